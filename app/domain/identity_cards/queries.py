"""Reading the drive: the newest figures of each region, what is left day by day, and the services that were held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from app.domain.identity_cards.models import Certificate, Enrolment, Service
from app.domain.identity_cards.words import HELD
from app.domain.pace import Point, added
from app.domain.regions import below_given, contains, given, kabkota_of, subtree
from app.domain.registers import counting, known_sum
from app.extensions import db
from app.statements import Fixed

MEASURES = (
    "obliged",
    "enrolled",
    "unenrolled",
    "printed",
    "turning",
    "turning_enrolled",
    "turning_left",
    "turning_elsewhere",
    "on_the_day",
    "on_the_day_enrolled",
)
HOME = 5
"""Signs of a kabupaten/kota's code: 64.03."""
WHOLE_AND_PARTS = (("obliged", "enrolled", "unenrolled"), ("turning", "turning_enrolled", "turning_left"))


@dataclass(frozen=True)
class Standing:
    """The figures of some regions, each by its newest record."""

    figures: Mapping[str, int | None] = field(default_factory=dict)
    """Measure -> the sum of what is known; None where nothing is."""
    since: dt.date | None = None
    """The oldest of the records' days."""
    until: dt.date | None = None
    sources: tuple[str, ...] = ()
    changed_at: dt.datetime | None = None
    regions: int = 0
    """How many regions tell a figure."""

    def __getitem__(self, measure: str) -> int | None:
        return self.figures.get(measure)


def newest(codes: Sequence[str]) -> dict[str, Standing]:
    """Region -> its own newest record, of the regions in these subtrees that have one. One statement."""
    rows = _newest(len(codes)).all(**given(codes)) if codes else []
    return {
        region: Standing(
            _completed(dict(zip(MEASURES, values, strict=True))), day, day, (source,), changed_at, 1
        )
        for region, day, source, changed_at, *values in rows
    }


@lru_cache(maxsize=64)
def _newest(number: int) -> Fixed:
    last = (
        select(Enrolment.region_code, func.max(Enrolment.counted_on).label("day"))
        .where(counting(Enrolment), below_given(Enrolment.region_code, number))
        .group_by(Enrolment.region_code)
        .subquery()
    )
    columns = [getattr(Enrolment, measure) for measure in MEASURES]
    query = (
        select(Enrolment.region_code, Enrolment.counted_on, Enrolment.source, Enrolment.changed_at, *columns)
        .join(last, and_(last.c.region_code == Enrolment.region_code, last.c.day == Enrolment.counted_on))
        .where(counting(Enrolment))
    )
    return Fixed(query)


def _completed(figures: dict[str, int | None]) -> dict[str, int | None]:
    """What follows from two of three: the whole, the part done, the part left."""
    for whole, done, left in WHOLE_AND_PARTS:
        all_of, gone, still = figures[whole], figures[done], figures[left]
        if all_of is None and gone is not None and still is not None:
            figures[whole] = gone + still
        elif gone is None and all_of is not None and still is not None:
            figures[done] = all_of - still
        elif still is None and all_of is not None and gone is not None:
            figures[left] = all_of - gone
    return figures


def together(found: Mapping[str, Standing], within: str) -> Standing:
    """The standing of a region from the newest records in it: a kabupaten's own figures, or the sum of its kecamatan's.

    The sum of a province is that of its kabupaten/kota.
    """
    inside = [code for code in found if contains(within, code)]
    chosen = [found[code] for code in leading(inside)]
    figures: dict[str, int | None] = {}
    for measure in MEASURES:
        figures[measure] = known_sum(one[measure] for one in chosen)
    days = [one.until for one in chosen if one.until]
    changed = [one.changed_at for one in chosen if one.changed_at]
    sources = tuple(dict.fromkeys(source for one in chosen for source in one.sources))
    return Standing(
        figures,
        min(days, default=None),
        max(days, default=None),
        sources,
        max(changed, default=None),
        len({kabkota_of(code) for code in inside}),
    )


def share(found: Mapping[str, Standing], within: str, part: str, whole: str) -> tuple[int | None, int | None]:
    """(part, whole) over those records only that know both, so that neither is compared with another's."""
    chosen = [found[code] for code in leading([code for code in found if contains(within, code)])]
    both = [(p, w) for one in chosen if (p := one[part]) is not None and (w := one[whole]) is not None]
    return (sum(p for p, _ in both), sum(w for _, w in both)) if both else (None, None)


def leading(codes: Iterable[str]) -> list[str]:
    """Those that count: a kecamatan only where its kabupaten/kota tells nothing itself."""
    there = set(codes)
    return sorted(code for code in there if code == kabkota_of(code) or kabkota_of(code) not in there)


def remaining(codes: Sequence[str], *, only_leading: bool = False) -> dict[str, list[Point]]:
    """Region -> how many are not yet enrolled, day by day, of every region that tells. One statement.

    `only_leading` leaves out the kecamatan whose kabupaten/kota tells it itself, and so most of a province's rows.
    """
    rest = func.coalesce(Enrolment.unenrolled, Enrolment.obliged - Enrolment.enrolled)
    query = (
        select(Enrolment.region_code, Enrolment.counted_on, rest)
        .where(counting(Enrolment), subtree(Enrolment.region_code, *codes), rest.is_not(None))
        .order_by(Enrolment.counted_on)
    )
    if only_leading:
        homes = subtree(Enrolment.region_code, *{code[:HOME] for code in codes})
        telling = select(Enrolment.region_code).where(counting(Enrolment), homes, rest.is_not(None))
        home = func.substr(Enrolment.region_code, 1, HOME)
        query = query.where(or_(Enrolment.region_code == home, home.not_in(telling)))
    found: dict[str, list[Point]] = {}
    for region, day, left in db.session.execute(query):
        found.setdefault(region, []).append(Point(day, left))
    return found


def series(found: Mapping[str, list[Point]], within: str) -> list[Point]:
    """How many are left in a region day by day, from its own figures or, without any, as the sum of its kecamatan's."""
    return added(found[code] for code in leading([code for code in found if contains(within, code)]))


class Served(NamedTuple):
    """A service that was held."""

    region: str
    kind: str
    hours: str
    day: dt.date | None
    for_turning: bool
    served: int | None
    enrolled: int | None
    obstacle: str
    obstacle_people: int | None
    changed_at: dt.datetime


def held(codes: Sequence[str]) -> list[Served]:
    """The services that were held in these subtrees. One statement, none for no codes."""
    return [Served._make(row) for row in _served(len(codes)).all(**given(codes))] if codes else []


@lru_cache(maxsize=64)
def _served(number: int) -> Fixed:
    query = select(
        Service.region_code.label("region"),
        Service.kind,
        Service.hours,
        Service.served_on.label("day"),
        Service.for_turning,
        Service.served,
        Service.served_enrolled.label("enrolled"),
        Service.obstacle,
        Service.obstacle_people,
        Service.changed_at,
    ).where(counting(Service), Service.progress == HELD, below_given(Service.region_code, number))
    return Fixed(query)


def certificates(codes: Sequence[str]) -> tuple[int | None, dt.datetime | None]:
    """Certificates issued in these subtrees, None where nobody counted, and their last change. One statement."""
    issued, changed_at = _issued(len(codes)).first(**given(codes)) or (None, None)
    return (None if issued is None else int(issued)), changed_at


@lru_cache(maxsize=64)
def _issued(number: int) -> Fixed:
    query = select(func.sum(Certificate.issued), func.max(Certificate.changed_at))
    return Fixed(query.where(counting(Certificate), below_given(Certificate.region_code, number)))
