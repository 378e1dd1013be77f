"""What is counted about a region, in which unit, and which numbers can be right."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from app.domain.errors import Invalid

LARGEST = Decimal(10) ** 15
"""No figure reaches it; the column holds no more."""


class FigureKind(StrEnum):
    """What is counted. The value is the key in measure definitions and imports."""

    POLLING_STATIONS = "tps_total"
    SPECIAL_POLLING_STATIONS = "tps_lokasi_khusus"
    SPECIAL_VOTERS = "pemilih_lokasi_khusus"
    VOTERS = "dpt_total"
    VOTERS_MALE = "dpt_laki"
    VOTERS_FEMALE = "dpt_perempuan"
    DISTRICTS = "n_kecamatan"
    WARDS = "n_kelurahan"
    VILLAGES = "n_desa"
    BALLOTS = "surat_suara_per_jenis"
    SECURITY_PERSONNEL = "personel_pengamanan"
    POPULATION = "penduduk"
    AREA_KM2 = "luas_km2"
    TURNOUT_TARGET = "target_partisipasi_pct"

    @property
    def label(self) -> str:
        """The figure's name for people."""
        return LABELS[self]

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return UNITS[self]

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self not in (FigureKind.AREA_KM2, FigureKind.TURNOUT_TARGET)


LABELS = {
    FigureKind.POLLING_STATIONS: "TPS",
    FigureKind.SPECIAL_POLLING_STATIONS: "TPS lokasi khusus",
    FigureKind.SPECIAL_VOTERS: "Pemilih di TPS lokasi khusus",
    FigureKind.VOTERS: "Pemilih dalam DPT",
    FigureKind.VOTERS_MALE: "DPT laki-laki",
    FigureKind.VOTERS_FEMALE: "DPT perempuan",
    FigureKind.DISTRICTS: "Kecamatan",
    FigureKind.WARDS: "Kelurahan",
    FigureKind.VILLAGES: "Desa/kampung",
    FigureKind.BALLOTS: "Surat suara per jenis Pemilihan",
    FigureKind.SECURITY_PERSONNEL: "Personel pengamanan",
    FigureKind.POPULATION: "Penduduk",
    FigureKind.AREA_KM2: "Luas (km²)",
    FigureKind.TURNOUT_TARGET: "Target partisipasi (%)",
}
UNITS = {
    FigureKind.POLLING_STATIONS: "TPS",
    FigureKind.SPECIAL_POLLING_STATIONS: "TPS",
    FigureKind.SPECIAL_VOTERS: "pemilih",
    FigureKind.VOTERS: "pemilih",
    FigureKind.VOTERS_MALE: "pemilih",
    FigureKind.VOTERS_FEMALE: "pemilih",
    FigureKind.DISTRICTS: "kecamatan",
    FigureKind.WARDS: "kelurahan",
    FigureKind.VILLAGES: "desa",
    FigureKind.BALLOTS: "lembar",
    FigureKind.SECURITY_PERSONNEL: "orang",
    FigureKind.POPULATION: "jiwa",
    FigureKind.AREA_KM2: "km²",
    FigureKind.TURNOUT_TARGET: "%",
}

_BLANKS = re.compile(r"[ \u00a0\u202f]")
_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?")


def read_number(text: str) -> Decimal:
    """A number as people here write it: 1588, 1.588, 1 588, 45,67. Refuses (Invalid) anything else."""
    bare = _BLANKS.sub("", text)
    if not _NUMBER.fullmatch(bare):
        sentence = f"«{text.strip()[:40]}» bukan angka. Tulis misalnya 1.588 atau 45,67."
        raise Invalid(sentence, value=sentence)
    return Decimal(bare.replace(".", "").replace(",", "."))


def check_value(kind: FigureKind, value: Decimal) -> None:
    """Refuse (Invalid, at the field "value") a number that this figure cannot have."""
    sentence = _fault(kind, value)
    if sentence:
        raise Invalid(sentence, value=sentence)


def _fault(kind: FigureKind, value: Decimal) -> str:
    if value < 0:
        return "Angka acuan tidak boleh negatif. Isi nol atau lebih, atau pilih belum diketahui."
    if value >= LARGEST:
        return "Angka ini terlalu besar: paling banyak 15 angka."
    if kind.is_whole and value != value.to_integral_value():
        return f"{kind.label} harus bilangan bulat."
    if value != round(value, 3):
        return "Paling banyak tiga angka di belakang koma."
    if kind is FigureKind.TURNOUT_TARGET and value > 100:
        return "Persentase paling besar 100."
    return ""
