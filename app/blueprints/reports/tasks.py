"""What the reports ask of a person now, in lines: for the front page and the list of reports."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import url_for

from app.domain import clock, regions, reports
from app.domain.reports import Kind, ReportRow, Task, Waiting
from app.web.access import me
from app.web.context import election
from app.words import tanggal, tanggal_pendek

NIL = frozenset({Kind.DAILY, Kind.WEEKLY})
"""Kinds of which somebody may say that there is nothing to report."""


class Line(NamedTuple):
    """One report that waits: `tone` is late, now or empty."""

    title: str
    about: str
    tone: str
    href: str
    note: str = ""
    """Why it came back."""
    nil: str = ""
    """Where a nil report begins, of one that nobody has written yet."""


class Part(NamedTuple):
    """Reports that wait for the same deed."""

    name: str
    title: str
    lines: list[Line]


class Asked(NamedTuple):
    """All of it; `silent` is how many reports of the desks below have not come in."""

    parts: list[Part]
    total: int
    silent: int


def asked_of_me(region: str) -> Asked:
    """What waits for the person, each desk but that of `region` named. Two statements."""
    found: Waiting = reports.waiting_for(me(), election())
    now = clock.now()
    parts = [
        Part("returned", "Laporan dikembalikan", [_back(task, region) for task in found.returned]),
        Part("write", "Laporan yang ditulis", [_owed(task, now, region) for task in found.to_write]),
        Part("verify", "Laporan menunggu verifikasi", [_sent(task, region) for task in found.to_verify]),
        Part(
            "late", "Belum diperiksa siapa pun", [_sent(task, region, late=True) for task in found.escalated]
        ),
        Part("endorse", "Laporan menunggu disahkan", [_sent(task, region) for task in found.to_endorse]),
    ]
    return Asked([part for part in parts if part.lines], found.total, found.silent)


def title_of(row: ReportRow, region: str = "") -> str:
    """ "Laporan harian Senin, 25 November 2024", with the desk's name where it is another one than `region`."""
    kind = "mingguan" if row.kind is Kind.WEEKLY else row.kind.label.lower()
    name = row.title if row.kind is Kind.BRIEF else f"Laporan {kind} {tanggal(row.day)}"
    if row.slot and row.kind is Kind.DAILY:
        name += f" pukul {clock.local(row.cut_off_at, regions.zone_of(row.region_code)):%H.%M}"
    return name if row.region_code == region else f"{row.region_name}: {name}"


def _owed(task: Task, now: dt.datetime, region: str) -> Line:
    row, phase = task.row, task.phase(now)
    due = _when(row.due_at, row, now)
    about, tone = {
        "nanti": (f"tenggat {due}", ""),
        "segera": (f"tenggat {due}, {_minutes(row.due_at - now)} lagi", "now"),
        "lewat": (f"lewat tenggat, terkunci {_when(row.locks_at, row, now)}", "late"),
        "terkunci": ("terkunci, tetapi ada pengecualian yang berlaku", "late"),
    }[phase]
    started = row.state is reports.State.DRAFT
    return Line(
        title_of(row, region),
        about + (" · sudah ada draf" if started else ""),
        tone,
        url_for("reports.write", report_id=row.id),
        nil="" if started or row.kind not in NIL else url_for("reports.nil", report_id=row.id),
    )


def _back(task: Task, region: str) -> Line:
    about = task.row.state.label.lower()
    href = url_for("reports.write", report_id=task.row.id)
    return Line(title_of(task.row, region), about, "late", href, task.reason)


def _sent(task: Task, region: str, *, late: bool = False) -> Line:
    row = task.row
    sent = "" if row.sent_at is None else f"dikirim {_when(row.sent_at, row, clock.now())}"
    return Line(title_of(row, region), sent, "late" if late else "", _page(row))


def _page(row: ReportRow) -> str:
    return url_for("reports.show", report_id=row.id)


def _when(moment: dt.datetime, row: ReportRow, now: dt.datetime) -> str:
    """ "16.00 WITA" today, else with its day, in the desk's own zone."""
    zone = regions.zone_of(row.region_code)
    local, here = clock.local(moment, zone), clock.abbreviation(zone)
    hour = f"{local:%H.%M} {here}"
    return (
        f"pukul {hour}"
        if local.date() == clock.local(now, zone).date()
        else f"{tanggal_pendek(local)} {hour}"
    )


def _minutes(left: dt.timedelta) -> str:
    return f"{max(1, int(left.total_seconds() // 60))} menit"
