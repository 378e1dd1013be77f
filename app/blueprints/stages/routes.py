"""/tahapan: which stage runs where, when, and on what ground."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.stages.timeline import timeline
from app.domain import regions, stages
from app.domain.accounts import Permission
from app.domain.stages import Election, Race, Stage, StageStep, Window
from app.web import reach
from app.web.access import current_user, requires
from app.web.context import election, today_in
from app.web.sources import Source, source_of
from app.words import tanggal_pendek

bp = Blueprint("stages", __name__)

RACES = {
    "gub": "Gubernur dan Wakil Gubernur",
    "bup": "Bupati dan Wakil Bupati",
    "wali": "Wali Kota dan Wakil Wali Kota",
}


class StageRow(NamedTuple):
    """A stage as it runs in the region, with what it would be without a move."""

    window: Window
    start: str
    end: str
    when: str
    usual: str
    is_running: bool


class StepRow(NamedTuple):
    """An official step in words."""

    title: str
    when: str
    legal_basis: str
    source: Source
    is_running: bool


@bp.get("/tahapan")
@requires(Permission.CALENDAR_READ)
def index() -> ResponseReturnValue:
    """The stages in the person's region with today in them, and the official steps."""
    region, now = regions.find(reach.asked_region(Permission.CALENDAR_READ)), election()
    today = today_in(region.code)
    windows = stages.windows_in(now, region.code)
    moved = stages.overrides_under(now, [region.code])
    races = [
        race
        for race in stages.races(now)
        if regions.contains(region.code, race.region_code) or regions.contains(race.region_code, region.code)
    ]
    named = regions.names_of([r.region_code for r in races] + [o.region_code for o in moved])
    usual = {stage.code: stage for stage in stages.stages_of(now)}
    return render_template(
        "stages/index.html",
        election=now,
        region=region,
        today=today,
        races=races_in_words(races, named),
        rows=[_stage_row(window, usual.get(window.code), now, today) for window in windows],
        picture=timeline(windows, today=today),
        moved=[(named.get(o.region_code, o.region_code), usual.get(o.stage_code), o) for o in moved],
        steps=_steps_by_stage(now, windows, today),
        may_move=current_user.may(Permission.CALENDAR_MANAGE),
        may_change=current_user.may(Permission.CALENDAR_MANAGE)
        and stages.may_govern(current_user, Permission.CALENDAR_MANAGE, now),
    )


def races_in_words(races: list[Race], names: dict[str, str]) -> list[str]:
    """One line an office: "Bupati dan Wakil Bupati: Berau, Paser"; the office tells the kind of region."""
    places: dict[str, list[str]] = {}
    for race in sorted(races, key=lambda race: (list(RACES).index(race.kind), race.region_code)):
        name = names.get(race.region_code, race.region_code)
        places.setdefault(race.kind, []).append(name.removeprefix("Kabupaten ").removeprefix("Kota "))
    return [f"{RACES[kind]}: {', '.join(named)}" for kind, named in places.items()]


def _stage_row(window: Window, stage: Stage | None, now: Election, today: dt.date) -> StageRow:
    usual = ""
    if window.reason and stage is not None:
        usual = span(
            stages.shifted(now.voting_day, stage.start_offset),
            stages.shifted(now.voting_day, stage.end_offset),
        )
    if window.holds(today):
        when = "Berjalan"
    else:
        when = "Sudah lewat" if window.ends_on < today else "Akan datang"
    return StageRow(
        window,
        stages.h_text(now.voting_day, window.starts_on),
        stages.h_text(now.voting_day, window.ends_on),
        when,
        usual,
        window.holds(today),
    )


def span(first: dt.date | None, last: dt.date | None) -> str:
    """Two days in words: "24 Nov 2024 sampai 26 Nov 2024", one day once, an open side named."""
    if first is None and last is None:
        return "tanggal belum ditetapkan"
    if first is None or last is None or first == last:
        day = tanggal_pendek(first or last)  # type: ignore[arg-type]
        return day if first == last else (f"sampai {day}" if first is None else f"mulai {day}")
    return f"{tanggal_pendek(first)} sampai {tanggal_pendek(last)}"


def _steps_by_stage(now: Election, windows: list[Window], today: dt.date) -> list[tuple[str, list[StepRow]]]:
    """The official steps under their stages, in the stages' order; those of no known stage come last."""
    found: dict[str, list[StepRow]] = {window.code: [] for window in windows}
    for step in stages.steps_of(now):
        found.setdefault(step.stage_code, []).append(_step_row(step, now.voting_day, today))
    names = {window.code: window.name for window in windows}
    return [(names.get(code, code), rows) for code, rows in found.items() if rows]


def _step_row(step: StageStep, voting_day: dt.date, today: dt.date) -> StepRow:
    first, last = (
        None if offset is None else stages.shifted(voting_day, offset)
        for offset in (step.start_offset, step.end_offset)
    )
    return StepRow(
        step.title,
        span(first, last),
        step.legal_basis,
        source_of(step.source),
        first is not None and last is not None and first <= today <= last,
    )


from app.blueprints.stages import editing, moves  # noqa: E402, F401  (they add their views to bp)
