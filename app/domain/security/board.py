"""What /keamanan shows of a region and those right below it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from app.domain.regions import (
    FigureKind,
    Level,
    RegionRow,
    current_figures,
    find,
    subtree,
    with_children,
)
from app.domain.registers import RecordRow, Register, counting, records_in, rows_of
from app.domain.security.facts import is_due, published_words, risk_level
from app.domain.security.models import Risk
from app.domain.security.registers import (
    INDICATORS,
    PERSONNEL,
    RISKS,
    STATION_CLASSES,
    VULNERABILITIES,
    VULNERABLE_STATIONS,
)
from app.domain.security.rules import DATASETS, STILL_POSSIBLE
from app.domain.security.standing import (
    Classes,
    Strength,
    classes,
    classes_of,
    latest_published,
    strength_of,
    strengths,
)
from app.extensions import db

MOST_RISKS = 10


class Measured(NamedTuple):
    """What a published measurement says of a region: in words, and the record with its source."""

    words: str
    row: RecordRow


class RegionLine(NamedTuple):
    """A region: its personnel, its polling stations, and what each measurement says of it."""

    region: RegionRow
    strength: Strength | None
    stations: Decimal | None
    """All polling stations, by the reference figure in force."""
    classes: Classes | None
    published: dict[str, Measured]
    """Dataset -> what it says of this region; absent where the region was not measured or it is not known."""

    @property
    def ratio(self) -> Decimal | None:
        """People for each polling station; None while one of the two is not known."""
        if self.strength is None or not self.stations:
            return None
        return (self.strength.people / self.stations).quantize(Decimal("0.01"))


class Published(NamedTuple):
    """One count of Bawaslu's mapping of polling stations, as published; None is not known."""

    indicator: str
    words: str
    stations: int | None
    row: RecordRow | None
    share: Decimal | None
    """Of all polling stations of the region, in percent, where both are known."""


class RiskLine(NamedTuple):
    """A risk that is still possible."""

    row: RecordRow
    level: str
    is_due: bool


class Board(NamedTuple):
    """The page: its regions, the counts by indicator, and the gravest risks."""

    lines: list[RegionLine]
    indicators: list[Published]
    risks: list[RiskLine]
    risks_possible: int


def board_of(region: str) -> Board:
    """The board of a region: itself, and below a province its kabupaten/kota. About twenty statements."""
    place = find(region)
    places = with_children([region]) if place.level is Level.PROVINCE else [place]
    people = strengths(records_in(PERSONNEL, [region]))
    stated = classes(records_in(STATION_CLASSES, [region]))
    measured = latest_published(_own(VULNERABILITIES, [one.code for one in places]), "dataset")
    figures = current_figures([one.code for one in places])
    lines = [
        RegionLine(
            one,
            strength_of(one.code, people),
            figure.value if (figure := figures.get((one.code, FigureKind.POLLING_STATIONS))) else None,
            classes_of(one.code, stated),
            {
                key: Measured(published_words(row), row)
                for key in DATASETS
                if (row := measured.get((one.code, key)))
            },
        )
        for one in places
    ]
    risks = _possible_risks(region)
    return Board(lines, _indicators(region, lines[0].stations), risks[:MOST_RISKS], len(risks))


def _own(register: Register, codes: Sequence[str]) -> list[RecordRow]:
    """The records of these regions themselves."""
    model = register.model
    query = select(model).where(counting(model), model.region_code.in_(codes))
    return rows_of(register, list(db.session.scalars(query)))


def _indicators(region: str, whole: Decimal | None) -> list[Published]:
    latest = latest_published(_own(VULNERABLE_STATIONS, [region]), "indicator")
    told = []
    for key, words in INDICATORS.items():
        row = latest.get((region, key))
        count = row.values["stations"] if row else None
        share = round(100 * count / whole, 1) if count is not None and whole else None
        told.append(Published(key, words, count, row, share))
    known = any(one.row for one in told)
    return sorted(told, key=lambda one: (one.stations is None, -(one.stations or 0))) if known else []


def _possible_risks(region: str) -> list[RiskLine]:
    """Risks that have not come true nor been closed, the gravest first, then those to be looked at soonest."""
    query = select(Risk).where(
        counting(Risk), subtree(Risk.region_code, region), Risk.state.in_(STILL_POSSIBLE)
    )
    rows = rows_of(RISKS, list(db.session.scalars(query)))
    graveness = ("tinggi", "sedang", "rendah")
    lines = [RiskLine(row, risk_level(row), is_due(row)) for row in rows]
    return sorted(
        lines, key=lambda one: (graveness.index(one.level), one.row.values["review_on"], one.row.id)
    )
