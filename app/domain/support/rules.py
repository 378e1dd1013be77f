"""What institutions, bodies and vehicles there are, and where the figures of a body may stand."""

from __future__ import annotations

from typing import Any

from app.domain.errors import Invalid
from app.domain.regions import Level, level_of
from app.domain.registers import Place, Values

INSTITUTIONS = {
    "kpu": "KPU",
    "bawaslu": "Bawaslu",
    "tni": "TNI",
    "polri": "Polri",
    "lain": "Lembaga lain",
}
SECRETARIATS = {
    "kpu": "Sekretariat KPU",
    "bawaslu": "Sekretariat Bawaslu",
    "ppk": "Sekretariat panitia pemilihan kecamatan",
    "panwascam": "Sekretariat Panwaslu Kecamatan",
    "pps": "Sekretariat PPS",
}
BODIES = {
    "ppk": "Panitia pemilihan kecamatan",
    "pps": "Panitia pemungutan suara (PPS)",
    "kpps": "KPPS",
    "ketertiban": "Petugas ketertiban TPS",
    "panwascam": "Panwaslu Kecamatan",
    "pkd": "Panwaslu Kelurahan/Desa",
    "ptps": "Pengawas TPS",
}
ROOMS = SECRETARIATS | {"gudang": "Gudang logistik", "lain": "Keperluan lain"}
VEHICLES = {
    "mobil": "Mobil",
    "truk": "Truk",
    "motor": "Sepeda motor",
    "perahu": "Perahu atau longboat",
    "speedboat": "Speedboat",
    "kapal": "Kapal",
    "pesawat": "Pesawat atau helikopter",
    "lain": "Lainnya",
}

OF_EACH_OFFICE = frozenset({"kpu", "bawaslu"})
"""Bodies with an office of their own in the province and in each kabupaten/kota: their figures add up. A figure of any
other body covers everything below its region."""
_DEEPEST = {
    "kpu": Level.REGENCY,
    "bawaslu": Level.REGENCY,
    "ppk": Level.DISTRICT,
    "panwascam": Level.DISTRICT,
}
"""Body -> the lowest level that has one; the others go down to the kelurahan/desa."""
ORDER = list(Level)


def check_measure(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) a body where there is none, and a figure of a day on which nothing was counted."""
    deepest = _DEEPEST.get(values.get("body", ""), Level.VILLAGE)
    if ORDER.index(level_of(place.region)) > ORDER.index(deepest):
        sentence = (
            f"Badan ini paling bawah di tingkat {deepest.label.lower()}. Pilih wilayah yang lebih tinggi."
        )
        raise Invalid(sentence, body=sentence)
    if values["counted_on"] is not None and values["real"] is None:
        sentence = "Tanggal hitung tanpa angkanya. Isi Nyata, atau kosongkan tanggalnya."
        raise Invalid(sentence, real=sentence)
    return values


def check_tranche(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) the day of a transfer of which nothing is said, and a tranche number of zero."""
    if values["ordinal"] == 0:
        raise Invalid("Tahap dihitung mulai dari 1.", ordinal="Tahap dihitung mulai dari 1.")
    if values["transferred_on"] is not None and values["transferred"] is None:
        sentence = "Isi berapa yang ditransfer, atau kosongkan tanggalnya."
        raise Invalid(sentence, transferred=sentence)
    return values
