"""What a person asks a paper to be: the words of the form, kept with the job and read again by the worker."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from app.domain.checklists import Scope
from app.domain.errors import Invalid
from app.words import tanggal_panjang

REPORT, SHEET = "Laporan Pertanggungjawaban Daftar Periksa", "Lembar Isian Daftar Periksa"
KINDS = {
    "ringkas": "Ringkas: satu baris untuk tiap butir",
    "rinci": "Rinci: satu baris untuk tiap isian",
    "kosong": "Lembar kosong: butir tanpa isian, untuk diisi dengan tangan",
}
PAPER_WORDS = {"F4": "F4 (215 x 330 mm)", "A4": "A4 (210 x 297 mm)"}
FORMATS = {
    "pdf": "PDF, untuk dicetak dan ditandatangani",
    "xlsx": "Excel (XLSX), untuk diolah",
    "csv": "CSV, untuk dibaca program lain",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_LINES = {"pdf": 5_000, "xlsx": 50_000, "csv": 50_000}
"""Entries that a detailed paper may have: a PDF of 5,000 lines has about 500 pages and takes minutes."""


@dataclass(frozen=True)
class Ask:
    """Region code, limits (empty: none), form and format of one paper. `since` and `until` are deadlines, both in."""

    region: str
    area: str = ""
    stage: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    kind: str = "ringkas"
    paper: str = "F4"
    format: str = "pdf"
    number: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        """Refuse (Invalid) what no paper can be, with each sentence at its field."""
        wrong: dict[str, str] = {}
        if self.since and self.until and self.until < self.since:
            wrong["until"] = "Tanggal akhir harus sama atau sesudah tanggal mulai."
        if self.kind == "kosong" and self.format != "pdf":
            wrong["format"] = "Lembar kosong hanya ada sebagai PDF. Pilih PDF."
        for name, known in (("kind", KINDS), ("paper", PAPER_WORDS), ("format", FORMATS)):
            if getattr(self, name) not in known:
                wrong[name] = "Pilih salah satu dari daftar."
        if wrong:
            raise Invalid("Laporan seperti itu tidak dapat dibuat.", **wrong)

    @property
    def scope(self) -> Scope:
        """What the paper covers, as the checklists room asks for it."""
        return Scope(self.region, self.area, self.stage, self.since, self.until)

    @property
    def title(self) -> str:
        """What kind of paper it is."""
        return SHEET if self.kind == "kosong" else REPORT

    def to_params(self) -> dict[str, Any]:
        """Plain values for the job's row; empty ones are left out."""
        given = {name: value for name, value in asdict(self).items() if value}
        return given | {
            name: value.isoformat() for name, value in given.items() if isinstance(value, dt.date)
        }

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """What `to_params` made, read again."""
        days = {name: dt.date.fromisoformat(params[name]) for name in ("since", "until") if params.get(name)}
        return cls(**{**params, **days})

    def period_text(self, today: dt.date) -> str:
        """18 s.d. 25 November 2024; without limits the state as of today is told."""
        if self.since and self.until:
            return _span(self.since, self.until)
        if self.since:
            return f"Sejak {tanggal_panjang(self.since)}"
        if self.until:
            return f"Sampai dengan {tanggal_panjang(self.until)}"
        return f"Keadaan sampai dengan {tanggal_panjang(today)}"

    def file_name(self, region_name: str, today: dt.date) -> str:
        """laporan-daftar-periksa-kabupaten-berau-2024-11-25.pdf: plain letters that every system can keep."""
        start = "lembar-isian" if self.kind == "kosong" else "laporan-daftar-periksa"
        parts = (start, region_name, self.area, self.stage, today.isoformat())
        return f"{slug(' '.join(parts))[:120]}.{self.format}"


def slug(text: str) -> str:
    """Small letters, figures and hyphens only."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _span(since: dt.date, until: dt.date) -> str:
    if since == until:
        return tanggal_panjang(since)
    whole = tanggal_panjang(since)
    if since.year == until.year:
        whole = whole.removesuffix(f" {since.year}")
        if since.month == until.month:
            whole = str(since.day)
    return f"{whole} s.d. {tanggal_panjang(until)}"
