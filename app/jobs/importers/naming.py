"""Rows that say a region twice, by code and by name: one that disagrees with itself holds a slip."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.tables import RowError, SheetRow
from app.domain.regions import found, names_of


def name_of(code: str) -> str:
    """A region's name, as a template's example; empty where there is none. One statement."""
    return names_of([code]).get(code, "")


def misnamed(rows: Sequence[SheetRow]) -> list[RowError]:
    """Rows whose region's name, in "region_name", is not that of its code, in "region". One statement."""
    named = [row for row in rows if row.values.get("region_name")]
    places = found({row.values["region"] for row in named})
    return [
        RowError(
            row.number, "region_name", f"Kode {row.values['region']} adalah {place.title}. Periksa kodenya."
        )
        for row in named
        if (place := places.get(row.values["region"])) is not None
        and _bare(place.name) not in _bare(row.values["region_name"])
        and _bare(row.values["region_name"]) not in _bare(place.title)
    ]


def _bare(name: str) -> str:
    return "".join(name.casefold().split())
