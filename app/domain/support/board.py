"""The support of a region on one page: grants by institution, what is late, and each region right below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.regions import RegionRow, children_of
from app.domain.registers import RecordRow, today_in
from app.domain.support.registers import AGREEMENTS, TRANCHES
from app.domain.support.rules import INSTITUTIONS
from app.domain.support.tally import Grants, Records, Tally, grants, overdue, records_of, split, tally


@dataclass(frozen=True)
class LateTranche:
    """A tranche past its day, with the agreement that it is of."""

    tranche: RecordRow
    agreement: RecordRow


@dataclass(frozen=True)
class Board:
    """What the page shows. `own` is what stands at the region itself, without those below it."""

    whole: Tally
    own: Tally
    institutions: tuple[tuple[str, Grants], ...]
    """Words of an institution and its grants, those that have any."""
    late: tuple[LateTranche, ...]
    lines: tuple[tuple[RegionRow, Tally], ...]

    @property
    def without_grants(self) -> list[RegionRow]:
        """The regions right below that recorded no agreement."""
        return [place for place, one in self.lines if not one.grants.count]

    @property
    def without_measures(self) -> list[RegionRow]:
        """The regions right below that recorded nothing but agreements."""
        return [place for place, one in self.lines if not one.has_measures]


def board_of(code: str) -> Board:
    """Of a region and all below it. Some sixteen statements, whatever the number of records."""
    records, today, below = records_of([code]), today_in(code), children_of(code)
    parts = split(records, [place.code for place in below])
    own: Records = {key: [row for row in rows if row.region_code == code] for key, rows in records.items()}
    agreements, tranches = records[AGREEMENTS.key], records[TRANCHES.key]
    by_id = {row.id: row for row in agreements}
    late = [
        LateTranche(row, by_id[number])
        for row in tranches
        if (number := row.parents["agreement_id"]) in by_id and overdue(row, today)
    ]
    return Board(
        whole=tally(records, today),
        own=tally(own, today),
        institutions=tuple(
            (words, grants(mine, tranches, today))
            for key, words in (*INSTITUTIONS.items(), ("", "Belum diketahui"))
            if (mine := _of(agreements, key))
        ),
        late=tuple(sorted(late, key=lambda one: one.tranche.values["due_on"])),
        lines=tuple((place, tally(parts[place.code], today)) for place in below),
    )


def _of(agreements: Sequence[RecordRow], institution: str) -> list[RecordRow]:
    return [row for row in agreements if row.values["institution"] == institution]
