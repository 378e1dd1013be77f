"""A Monday's pack on its way to the printing child, and what a person asks for; light enough for any process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from app.documents.asking import slug
from app.domain.accounts import Permission, Person
from app.domain.regions import contains
from app.domain.reports import Pack, roots

PACK_JOB = "monday_pack"
"""The kind of job that prints a pack."""
SHEET = "lembar"
LAYOUTS = {"kertas": "Untuk kertas", "layar": "Untuk layar (16:9)", SHEET: "Untuk diolah (Excel)"}


@dataclass(frozen=True, slots=True)
class PackPaper:
    """A pack to be made for paper, for the screen of the meeting room or as a sheet. `logo` is the letterhead's."""

    pack: Pack
    layout: str
    logo: bytes | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown layout with ValueError."""
        if self.layout not in LAYOUTS:
            raise ValueError(f"unknown layout {self.layout!r}: expected one of {', '.join(LAYOUTS)}")


@dataclass(frozen=True)
class PackAsk:
    """One pack that is kept: whose meeting, which Monday, in which layout."""

    region: str
    day: dt.date
    layout: str
    pack: int

    @property
    def form(self) -> str:
        """The kind of file."""
        return "xlsx" if self.layout == SHEET else "pdf"

    def to_params(self) -> dict[str, Any]:
        """Plain values for the job's row."""
        return {
            "region": self.region,
            "day": self.day.isoformat(),
            "layout": self.layout,
            "pack": self.pack,
            "format": self.form,
        }

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """What `to_params` made, read again; an order from before packs were kept names none, which none has."""
        day = dt.date.fromisoformat(params["day"])
        return cls(params["region"], day, params["layout"], params.get("pack", 0))

    def is_still_for(self, person: Person) -> bool:
        """Whether the person still reads the reports of all that region."""
        return person.may(Permission.REPORT_READ, region=self.region) and any(
            contains(root, self.region) for root in roots(person)
        )

    def file_name(self, region_name: str) -> str:
        """rapat-senin-provinsi-kalimantan-timur-2024-11-25-layar.pdf."""
        return f"rapat-senin-{slug(region_name)[:80]}-{self.day.isoformat()}-{self.layout}.{self.form}"


def render_pack(order: PackPaper, progress: Any) -> bytes:
    """The pack as PDF, or as XLSX where its layout is a sheet."""
    if order.layout == SHEET:
        from app.documents.pack_sheet import render_pack_xlsx

        return render_pack_xlsx(order.pack)
    from app.documents.pack_paper import render_pack_pdf

    return render_pack_pdf(order, progress)
