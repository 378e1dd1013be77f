"""Measures: the figure of the period before, and where a total comes from."""

from __future__ import annotations

from sqlalchemy import not_, select

from app.domain.checklists.models import Entry
from app.domain.checklists.rows import EntryRow
from app.domain.checklists.rules import (
    AGAIN,
    EVENT,
    series_of,
    total_rule,
)
from app.domain.regions import (
    FigureKind,
    Level,
    count_by_level,
    current_figures,
    level_of,
)
from app.extensions import db


def previous_measure(entry: EntryRow) -> tuple[str, int] | None:
    """Period and value of the nearest earlier period that has a
    measure; None for single items or none found.
    """
    if not entry.period or entry.period.startswith(EVENT):
        return None
    series = series_of(entry.period)
    query = (
        select(Entry.period, Entry.measure_value)
        .where(
            Entry.election_id == entry.election_id,
            Entry.item_id == entry.item_id,
            Entry.region_code == entry.region_code,
            Entry.period < entry.period,
            Entry.period.startswith(series) if series else not_(Entry.period.startswith(AGAIN)),
            Entry.measure_value.is_not(None),
        )
        .order_by(Entry.period.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row.period, int(row.measure_value))


def suggested_total(entry: EntryRow) -> int | None:
    """The measure's total from region counts or reference figures; None while unknown."""
    if entry.measure_total is not None:
        return entry.measure_total
    rule = total_rule(entry.measure_rule)
    if rule is None:
        return None
    if rule.number is not None:
        return rule.number
    return rule.value(_figure(entry.region_code, rule.kind))


COUNTED = {"n_kabkota": (Level.REGENCY,), "n_kecamatan": (Level.DISTRICT,), "n_keldes": (Level.VILLAGE,)}


def _figure(region_code: str, kind: str) -> int | None:
    if kind in COUNTED:
        level = COUNTED[kind][0]
        own = level_of(region_code)
        order = list(Level)
        return 1 if order.index(own) >= order.index(level) else count_by_level(region_code).get(level, 0)
    try:
        figure = current_figures([region_code]).get((region_code, FigureKind(kind)))
    except ValueError:
        return None
    return None if figure is None or figure.value is None else int(figure.value)
