"""/ Hari ini: returned, late and due work of my desk, what waits for my verification, and how far my region is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import words
from app.blueprints.checklists import view
from app.blueprints.checklists.rows import Row
from app.blueprints.desk.preparing import missing_steps
from app.blueprints.reports.tasks import asked_of_me
from app.domain import checklists, clock, jobs, regions
from app.domain.accounts import Permission
from app.domain.checklists import AsOf, EntryRow, RollUp, Standing
from app.domain.regions import FigureKind, Level
from app.web.access import current_user, signed_in
from app.web.context import election, home_region, today_in
from app.web.filters import hari_lagi

bp = Blueprint("desk", __name__)

SHOWN = 12
"""Rows of one group on the front page; the rest is one click away."""
BELOW = {
    Level.PROVINCE: (Level.REGENCY.value,),
    Level.REGENCY: (Level.DISTRICT.value, Level.VILLAGE.value),
    Level.DISTRICT: (Level.VILLAGE.value,),
    Level.VILLAGE: (),
}


@dataclass(frozen=True)
class Group:
    """One part of the day: its name, its first rows, how many are still to do, how many there are, and where."""

    name: str
    title: str
    rows: list[Row]
    count: int
    total: int
    more: str


NUMBERS = (
    "Tidak ada",
    "Satu",
    "Dua",
    "Tiga",
    "Empat",
    "Lima",
    "Enam",
    "Tujuh",
    "Delapan",
    "Sembilan",
    "Sepuluh",
)


def headline(count: int) -> str:
    """The page's h1: "Lima hal menunggu Anda"."""
    if count == 0:
        return "Tidak ada yang menunggu Anda"
    return f"{NUMBERS[count] if count < len(NUMBERS) else words.angka(count)} hal menunggu Anda"


def _groups(entries: list[EntryRow], region: str, as_of: AsOf) -> list[Group]:
    now = clock.now()
    back = [e for e in entries if e.standing in (Standing.RETURNED, Standing.REOPENED)]
    late = [e for e in entries if e not in back and e.is_overdue(now) and e.due_on < as_of.today]
    due = [e for e in entries if e not in back and e.due_on == as_of.today]
    today = sorted(due, key=lambda entry: entry.standing not in checklists.OPEN)  # what is done stays below
    maker = view.rows_maker()
    link = f"/daftar-periksa?wilayah={region}"
    parts = (
        ("back", "Dikembalikan", back, f"{link}&keadaan=dikembalikan"),
        ("late", "Lewat waktu", late, f"{link}&tenggat=overdue"),
        ("today", "Hari ini", today, f"{link}&tenggat=today"),
    )
    return [
        Group(name, title, maker.many(found[:SHOWN]), _still_open(found), len(found), more)
        for name, title, found, more in parts
        if found
    ]


def _still_open(entries: list[EntryRow]) -> int:
    return sum(entry.standing in checklists.OPEN for entry in entries)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """The person's day. At most 14 statements, whatever the size of the country; for an admin nine more."""
    if current_user.home is None:
        return render_template("desk/unappointed.html")
    region = home_region()
    missing = missing_steps(region)
    if any(step.name == "election" for step, _ in missing):
        return render_template("desk/unprepared.html", missing=missing)
    as_of = AsOf.of(election(), today_in(region))
    fills = current_user.may(Permission.CHECKLIST_FILL, region=region)
    waiting, waiting_count = _waiting()
    shown = {row.id for row in waiting}
    own = [
        entry
        for entry in checklists.own_work(current_user, election(), region, as_of)
        if entry.id not in shown
    ]
    groups = _groups(own, region, as_of)
    asked = asked_of_me(region)
    todo = (sum(group.count for group in groups) if fills else 0) + waiting_count + asked.total
    return render_template(
        "desk/index.html",
        region=regions.find(region),
        headline=headline(todo) if fills or todo else "Keadaan hari ini",
        todo=todo if fills or todo else None,
        missing=missing,
        groups=groups,
        fills=fills,
        waiting=waiting,
        waiting_count=waiting_count,
        asked=asked,
        roll_ups=_roll_ups(region, as_of),
        progress=view.progress_of(region),
        facts=_facts(region),
        here=request.full_path.rstrip("?"),
        recent=jobs.recent(current_user, 3) if current_user.may(Permission.REPORT_EXPORT) else [],
    )


def _waiting() -> tuple[list[Row], int]:
    if not current_user.may(Permission.CHECKLIST_VERIFY):
        return [], 0
    entries, count = checklists.waiting_for(current_user, election(), limit=6)
    return view.rows_maker(show_region=True).many(entries), count


@dataclass(frozen=True)
class Line:
    """A roll-up as the page shows it."""

    roll_up: RollUp
    noun: str
    due: str
    late: bool
    href: str


NOUNS = {"kabkota": "kabupaten/kota", "kecamatan": "kecamatan", "keldes": "kelurahan/desa"}


def _roll_ups(region: str, as_of: AsOf) -> list[Line]:
    """Items of the levels below that are due by today and not complete; the most urgent first."""
    levels = BELOW[regions.level_of(region)]
    if not levels:
        return []
    found = checklists.roll_ups(current_user, election(), region, as_of, levels=levels)
    lines = [
        Line(
            roll,
            NOUNS[roll.level],
            hari_lagi(roll.due_on, as_of.today),
            roll.due_on < as_of.today,
            f"/daftar-periksa?wilayah={region}&butir={roll.code}&tingkat={roll.level}",
        )
        for roll in found
        if roll.due_on <= as_of.today and roll.done < roll.total
    ]
    lines.sort(key=lambda line: (not line.roll_up.done, line.roll_up.due_on, line.roll_up.code))
    return lines[:SHOWN]


def _facts(region: str) -> list[tuple[str, Any]]:
    """The figures under the progress table; what is unknown is not shown as zero."""
    figures = regions.current_figures([region])
    shown = (
        FigureKind.POLLING_STATIONS,
        FigureKind.SPECIAL_POLLING_STATIONS,
        FigureKind.VOTERS,
        FigureKind.SECURITY_PERSONNEL,
    )
    return [(kind.label, figures[region, kind].value) for kind in shown if (region, kind) in figures]
