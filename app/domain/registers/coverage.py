"""Which kecamatan of some subtrees were reached: a place in a kecamatan, or in one of its villages, reaches it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.regions import Level, RegionRow, contains, district_of, kabkota_of, names_of, regions_under


@dataclass(frozen=True)
class Coverage:
    """The kecamatan in the order of their codes, and which of them were reached."""

    districts: tuple[RegionRow, ...]
    reached: frozenset[str]

    @property
    def count(self) -> int:
        """How many were reached."""
        return len(self.reached)

    @property
    def whole(self) -> int:
        """How many there are."""
        return len(self.districts)

    @property
    def missing(self) -> list[RegionRow]:
        """Those not yet reached."""
        return [row for row in self.districts if row.code not in self.reached]

    def within(self, code: str) -> Coverage:
        """The part of it that lies in a region."""
        inside = tuple(row for row in self.districts if contains(code, row.code))
        return Coverage(inside, self.reached & {row.code for row in inside})


def coverage_of(codes: Sequence[str], places: Iterable[str]) -> Coverage:
    """The coverage of these subtrees by these places. One statement.

    What was recorded for a whole kabupaten or province reaches no kecamatan: nobody says which.
    """
    districts = tuple(regions_under(codes, Level.DISTRICT))
    reached = {district_of(place) for place in places}
    return Coverage(districts, frozenset(row.code for row in districts if row.code in reached))


Missing = tuple[tuple[str, tuple[RegionRow, ...]], ...]
"""(name of a kabupaten/kota, its kecamatan) in the order of their codes."""


def missing_by_home(coverage: Coverage) -> Missing:
    """The kecamatan not yet reached, under the names of their kabupaten/kota. One statement, none without any."""
    homes: dict[str, list[RegionRow]] = {}
    for row in coverage.missing:
        homes.setdefault(kabkota_of(row.code), []).append(row)
    names = names_of(homes) if homes else {}
    return tuple((names[home], tuple(rows)) for home, rows in homes.items())
