"""What does not fit together in the figures of a report alone, whatever was written. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.reports.findings import Finding, finding
from app.domain.reports.snapshot import Reading
from app.words import angka

CUMULATIVE = (
    "logistik.kecamatan_lengkap",
    "logistik.keldes_lengkap",
    "logistik.tps_lengkap",
    "logistik.tps_khusus_lengkap",
    "logistik.daerah_lengkap",
    "logistik.pergeseran",
    "logistik.diterima_",
    "netralitas.kasus",
    "netralitas.edaran",
    "netralitas.ikrar",
    "netralitas.tanda_terima",
    "ktp.rekam",
    "ktp.cetak",
    "ktp.pemula_rekam",
    "ktp.surat_keterangan",
    "ktp.kecamatan_terlayani",
    "sosialisasi.",
    "dukungan.nphd_ditransfer",
    "dukungan.nphd_persen",
    "rapat.diadakan",
    "rapat.senin",
    "kunjungan.terlaksana",
)
"""Beginnings of keys of figures that only grow."""
WHOLES = {
    "kecamatan": "Kecamatan",
    "TPS": "TPS",
}
"""Unit of a figure -> the reference figure that its whole must equal."""


def beyond(reading: Reading) -> Iterable[Finding]:
    """A part that is more than its whole."""
    for fact in reading.figures:
        if fact.value is not None and fact.whole is not None and fact.value > fact.whole:
            yield finding(
                "bagian_melebihi",
                f"{fact.label}: {angka(fact.value)} lebih besar daripada keseluruhannya, {angka(fact.whole)}. Betulkan "
                "catatannya, lalu ambil angka terbaru.",
                (fact.key,),
                fact.key,
            )


def unlike_reference(reading: Reading) -> Iterable[Finding]:
    """Wholes and sums that are not those of the reference figures."""
    known = {one.label: one for one in reading.reference if one.value is not None}
    for fact in reading.figures:
        label = "TPS lokasi khusus" if "khusus" in fact.key else WHOLES.get(fact.unit, "")
        one = known.get(label)
        if one is None or fact.whole is None or fact.is_silent or fact.whole == one.value:
            continue
        yield finding(
            "acuan_berbeda",
            f"{fact.label} dihitung dari {angka(fact.whole)}, sedangkan angka acuan {label} {angka(one.value)}"
            f"{f' ({one.source})' if one.source else ''}.",
            (fact.key, f"acuan.{label}"),
            fact.key,
        )
    whole = known.get("Pemilih dalam DPT")
    parts = [known[name].value for name in ("DPT laki-laki", "DPT perempuan") if name in known]
    both = sum(value for value in parts if value is not None)
    if whole is not None and len(parts) == 2 and both != whole.value:
        yield finding(
            "acuan_berbeda",
            f"DPT laki-laki dan perempuan berjumlah {angka(both)}, sedangkan DPT {angka(whole.value)}.",
            ("acuan.Pemilih dalam DPT",),
            "dpt",
        )


def uneven(reading: Reading) -> Iterable[Finding]:
    """Parts that do not make their whole: 11 there and 3 on the way, of 13."""
    for done, today in (
        ("logistik.kecamatan_lengkap", "logistik.kecamatan_hari_ini"),
        ("logistik.tps_khusus_lengkap", "logistik.tps_khusus_hari_ini"),
    ):
        there, coming = reading.figure(done), reading.figure(today)
        if there is None or coming is None or None in (there.value, there.whole) or not coming.value:
            continue
        total = (there.value or 0) + coming.value
        if total > (there.whole or 0):
            yield finding(
                "bagian_tidak_genap",
                f"{there.label} {angka(there.value)} dan {coming.label.lower()} {angka(coming.value)} berjumlah "
                f"{angka(total)}, padahal seluruhnya {angka(there.whole)}.",
                (done, today),
                done,
            )
    people = reading.figure("keamanan.personel")
    parts = [f for f in reading.figures if f.key.startswith("keamanan.personel.") and f.value is not None]
    both = sum(fact.value for fact in parts if fact.value is not None)
    if people is not None and people.value is not None and parts and both > people.value:
        yield finding(
            "bagian_tidak_genap",
            f"Personel menurut lembaga berjumlah {angka(both)}, padahal seluruhnya {angka(people.value)}.",
            (people.key, *(fact.key for fact in parts)),
            people.key,
        )


def fallen(then: Reading | None, now: Reading) -> Iterable[Finding]:
    """Figures that only grow, and fell since the report before."""
    for was in () if then is None else then.figures:
        fact = now.figure(was.key)
        if fact is None or not was.key.startswith(CUMULATIVE) or None in (was.value, fact.value):
            continue
        if (fact.value or 0) < (was.value or 0):
            yield finding(
                "kumulatif_turun",
                f"{fact.label} turun dari {angka(was.value)} menjadi {angka(fact.value)}, padahal angka ini hanya "
                "bertambah.",
                (fact.key,),
                fact.key,
            )
