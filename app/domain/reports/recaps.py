"""The recapitulations (a) to (d) of a final report: region beside region, each figure as its room told it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.domain import checklists, clock
from app.domain.accounts import Person
from app.domain.checklists import AREAS, AsOf, Totals
from app.domain.regions import Region, RegionRow
from app.domain.registers import Fact
from app.domain.reports.models import Report
from app.domain.reports.queries import COLUMNS, ReportRow, row_of
from app.domain.reports.rules import Kind, Mark
from app.domain.reports.snapshot import Table
from app.domain.stages import Election
from app.extensions import db
from app.words import UNKNOWN, persen

RECAPS = "rekap"
COUNTED = (Mark.ON_TIME, Mark.LATE, Mark.NIL, Mark.SILENT)
KINDS = (Kind.DAILY, Kind.WEEKLY)
Told = Mapping[str, Sequence[Fact]]
"""Region -> what its registers tell."""


class Seen(NamedTuple):
    """What the tables of a final report are made of, read once."""

    person: Person
    election: Election
    region: RegionRow
    places: list[RegionRow]
    """The regions right below, in the order of their codes."""
    as_of: AsOf


def recaps_of(seen: Seen, told: Told) -> list[Table]:
    """(a), (b) and (d); (c) stands with the chapter on neutrality, (e) and (f) are of voting day."""
    return [
        _readiness(seen),
        by_place("logistik", RECAPS, "(b) Logistik tiap wilayah", seen, told, "logistik."),
        _reported(seen),
    ]


def _readiness(seen: Seen) -> Table:
    """Region x area of work, in percent of what is asked."""
    rows = []
    for place in seen.places:
        areas = checklists.overview_of(seen.election, place.code, seen.as_of).areas
        rows.append(
            (called(place, seen), *(persen(areas.get(area, Totals()).percent_done) for area in AREAS))
        )
    return Table(
        "kesiapan",
        RECAPS,
        "(a) Kesiapan tiap wilayah dan bidang tugas",
        ("Wilayah", *AREAS.values()),
        tuple(rows),
    )


def by_place(key: str, section: str, title: str, seen: Seen, told: Told, prefix: str) -> Table:
    """Region x figure, of the figures that any of the regions has recorded."""
    kept: dict[str, str] = {}
    for facts in told.values():
        kept |= {fact.key: fact.label for fact in facts if fact.key.startswith(prefix) and not fact.is_silent}
    rows = []
    for place in seen.places:
        known = {fact.key: fact for fact in told[place.code]}
        rows.append((called(place, seen), *(known[one].said if one in known else UNKNOWN for one in kept)))
    return Table(key, section, title, ("Wilayah", *kept.values()), tuple(rows) if kept else ())


def _reported(seen: Seen) -> Table:
    """Region x kind of report: how many were on time, late, nil, missing. One statement.

    What is not due yet is not counted; one that was returned counts by whether it was late.
    """
    now, places = clock.now(), [*seen.places, seen.region]
    query = (
        select(*COLUMNS)
        .join(Region, Region.code == Report.region_code)
        .where(
            Report.election_id == seen.election.id,
            Report.region_code.in_([place.code for place in places]),
            Report.kind.in_([kind.value for kind in KINDS]),
            Report.due_at <= now,
        )
    )
    counts: Counter[tuple[str, Kind, Mark]] = Counter()
    for found in db.session.execute(query):
        row = row_of(found)
        counts[row.region_code, row.kind, _counts_as(row, now)] += 1
    rows: list[tuple[str | int | None, ...]] = [
        (place.title, *(counts[place.code, kind, mark] for kind in KINDS for mark in COUNTED))
        for place in places
        if any(counts[place.code, kind, mark] for kind in KINDS for mark in COUNTED)
    ]
    heads = ("Wilayah", *(f"{kind.label}: {mark.label.lower()}" for kind in KINDS for mark in COUNTED))
    return Table("pelaporan", RECAPS, "(d) Laporan tiap wilayah", heads, tuple(rows))


def _counts_as(row: ReportRow, now: dt.datetime) -> Mark:
    """A report that was returned or opened again had come: in time, or late."""
    mark = row.mark(now)
    if mark is not Mark.RETURNED or row.first_sent_at is None:
        return mark
    return Mark.LATE if row.first_sent_at > row.due_at else Mark.ON_TIME


def called(place: RegionRow, seen: Seen) -> str:
    """The region's name in a table; the whole is told from its parts."""
    return f"{place.title} (seluruhnya)" if place.code == seen.region.code else place.title
