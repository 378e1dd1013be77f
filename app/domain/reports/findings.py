"""A thing that does not fit together in a report, by the name of its rule; one table says which rules block."""

from __future__ import annotations

from typing import NamedTuple

BLOCKS: dict[str, bool] = {
    "kosong": True,
    "lanjutan": True,
    "alasan_keadaan": True,
    "nomor_identitas": True,
    "terlalu_panjang": True,
    "bagian_melebihi": True,
    "nihil_bertentangan": True,
    "nihil_tanpa_periksa": True,
    "tidak_ada_kendala": False,
    "aman_bertentangan": False,
    "keadaan_bertentangan": False,
    "acuan_berbeda": False,
    "bagian_tidak_genap": False,
    "kumulatif_turun": False,
    "angka_teks": False,
    "nama_orang": False,
}
"""Every rule: whether it blocks. The others ask for a reason."""


class Finding(NamedTuple):
    """One thing that does not fit; `keys` are the figures, sections or fields that it is about."""

    rule: str
    words: str
    keys: tuple[str, ...] = ()
    blocks: bool = False


def finding(rule: str, words: str, keys: tuple[str, ...] = (), of: str = "") -> Finding:
    """A finding of a rule; `of` is the section or figure, of a rule that may speak several times."""
    return Finding(f"{rule}:{of}" if of else rule, words, keys, BLOCKS[rule])
