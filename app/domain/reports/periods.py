"""For which days and hours a desk owes reports: its rhythm laid over the calendar of its region. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain import clock
from app.domain.regions import contains
from app.domain.reports.rhythm import RhythmRow
from app.domain.reports.rules import Kind
from app.domain.stages import Stage, StageOverride, shifted

CAMPAIGN, QUIET, VOTE, RECAP = "KAMPANYE", "MASA_TENANG", "PUNGUT_HITUNG", "REKAPITULASI"
WATCHED = frozenset({CAMPAIGN, QUIET, VOTE, RECAP})
"""The stages that are reported on from day to day (seed 003); run again, they are again."""
ONE = dt.timedelta(days=1)
Span = tuple[dt.date, dt.date]


class Calendar(NamedTuple):
    """What the election's calendar means for the reports of a region; spans include both days."""

    voting_day: dt.date
    watched: Span | None
    """From the campaign's first day to the last of the recapitulation; None where no such stages are kept."""
    again: tuple[Span, ...]
    """Stages that run once more in the region, above it or somewhere below it."""
    tight: tuple[Span, ...]
    """Quiet days and voting days."""


class Period(NamedTuple):
    """One report that is owed: its day and slot, and its three moments (aware UTC)."""

    day: dt.date
    slot: int
    cut_off_at: dt.datetime
    due_at: dt.datetime
    locks_at: dt.datetime


def calendar_of(
    region: str, voting_day: dt.date, stages: Mapping[str, Stage], moves: Sequence[StageOverride]
) -> Calendar:
    """The region's calendar, given the election's stages by code and the moves in force, the wider regions first."""
    moved = {
        move.stage_code: (move.starts_on, move.ends_on)
        for move in moves
        if not move.runs_again and contains(move.region_code, region)
    }
    usual = {
        code: (shifted(voting_day, one.start_offset), shifted(voting_day, one.end_offset))
        for code, one in stages.items()
    }
    runs = usual | moved
    near = [
        move
        for move in moves
        if move.runs_again and (contains(move.region_code, region) or contains(region, move.region_code))
    ]
    again = {(move.starts_on, move.ends_on) for move in near if move.stage_code in WATCHED}
    tight = {(move.starts_on, move.ends_on) for move in near if move.stage_code in (QUIET, VOTE)}
    tight |= {runs[code] for code in (QUIET, VOTE) if code in runs}
    watched = (runs[CAMPAIGN][0], runs[RECAP][1]) if {CAMPAIGN, RECAP} <= set(runs) else None
    day = runs[VOTE][0] if VOTE in moved else voting_day
    return Calendar(day, watched, tuple(sorted(again)), tuple(sorted(tight)))


def periods_of(rhythm: RhythmRow, calendar: Calendar, zone: str) -> tuple[Period, ...]:
    """Every report of the rhythm's kind that a desk in that zone owes, by day and slot; none where it is not owed."""
    if not rhythm.is_owed:
        return ()
    return tuple(
        _period(rhythm, day, slot, hour, zone)
        for day in _days(rhythm, calendar)
        for slot, hour in _slots(rhythm, calendar, day)
    )


def _days(rhythm: RhythmRow, calendar: Calendar) -> list[dt.date]:
    first, last = span_of(rhythm, calendar)
    if rhythm.kind is Kind.FINAL:
        return [first]
    days = {day for span in ((first, last), *calendar.again) for day in _between(*span)}
    return sorted(day for day in days if rhythm.kind is Kind.DAILY or day.weekday() == 0)


def span_of(rhythm: RhythmRow, calendar: Calendar) -> Span:
    """The first and the last day: the proposal's follow the stages, what a desk set counts from its voting day."""
    said = rhythm.said
    first, last = (
        shifted(calendar.voting_day, said.first_offset),
        shifted(calendar.voting_day, said.last_offset),
    )
    if rhythm.set_in or calendar.watched is None or rhythm.kind is Kind.FINAL:
        return first, last
    return calendar.watched[0], max(calendar.watched[1], last)


def _between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + ONE * number for number in range((last - first).days + 1))


def _slots(rhythm: RhythmRow, calendar: Calendar, day: dt.date) -> list[tuple[int, dt.time]]:
    own = [(0, rhythm.said.cut_off)]
    if rhythm.kind is not Kind.DAILY or not any(first <= day <= last for first, last in calendar.tight):
        return own
    return own + list(enumerate(rhythm.said.tight_cut_offs, start=1))


def _period(rhythm: RhythmRow, day: dt.date, slot: int, hour: dt.time, zone: str) -> Period:
    said = rhythm.said
    cut_off = clock.at(day, hour, zone)
    due = cut_off + dt.timedelta(minutes=said.minutes_to_write)
    return Period(day, slot, cut_off, due, due + dt.timedelta(minutes=said.grace_minutes))
