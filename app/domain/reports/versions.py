"""Versions of a report as they were sent, how far each has come, and the steps that it took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select, tuple_

from app.domain.errors import NotFound, NotNow
from app.domain.reports.canonical import digest
from app.domain.reports.models import ReportMove, ReportSeal, ReportVersion
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import State, Verb
from app.domain.reports.snapshot import Marks, Snapshot, snapshot_of
from app.extensions import db

UNDOING = frozenset({Verb.RECALL, Verb.RETURN, Verb.REOPEN})
"""What takes a version's marks away: it stands no more."""
STEPS = frozenset({Verb.SEND, Verb.VERIFY, Verb.ENDORSE}) | UNDOING


class Move(NamedTuple):
    """One step of a report: who did what in which office, and where the report stood afterwards."""

    number: int
    verb: Verb
    state: State
    reason: str
    section: str
    at: dt.datetime
    by_id: int
    by_name: str
    office: str


class Version(NamedTuple):
    """A version in a list, without what it says."""

    number: int
    sha256: str
    sent_at: dt.datetime
    sent_by: str
    marks: Marks


class Frozen(NamedTuple):
    """One version with all that its screen, paper, sheet and text are made of: (snapshot, marks)."""

    row: ReportRow
    snapshot: Snapshot
    marks: Marks
    sha256: str
    number: int
    version_id: int
    is_intact: bool
    """Whether the snapshot's bytes still make the hash that was kept when it was sent."""


def moves_of(row: ReportRow) -> list[Move]:
    """Every step of the report, the first one first."""
    return moves_of_many([row.id]).get(row.id, [])


def moves_of_many(report_ids: Iterable[int]) -> dict[int, list[Move]]:
    """The steps of several reports. One statement."""
    query = (
        select(
            ReportMove.report_id,
            ReportMove.number,
            ReportMove.verb,
            ReportMove.state,
            ReportMove.reason,
            ReportMove.section,
            ReportMove.at,
            ReportMove.by_id,
            ReportMove.by_name,
            ReportMove.office,
        )
        .where(ReportMove.report_id.in_(list(report_ids)))
        .order_by(ReportMove.id)
    )
    found: dict[int, list[Move]] = {}
    for report_id, number, verb, state, *rest in db.session.execute(query):
        found.setdefault(report_id, []).append(Move(number, Verb(verb), State(state), *rest))
    return found


def marks_of(moves: Iterable[Move], number: int) -> Marks:
    """How far a version has come by its steps. What was recalled, returned or reopened bears no mark any more."""
    marks = Marks(State.SENT.value)
    for move in moves:
        if move.number != number or move.verb not in STEPS:
            continue
        marks = marks._replace(state=move.state.value)
        if move.verb is Verb.VERIFY:
            marks = marks._replace(verified_by=move.by_name, verified_office=move.office, verified_at=move.at)
        elif move.verb is Verb.ENDORSE:
            marks = marks._replace(endorsed_by=move.by_name, endorsed_office=move.office, endorsed_at=move.at)
        elif move.verb in UNDOING:
            marks = Marks(move.state.value)
    return marks


def versions_of(row: ReportRow, moves: list[Move] | None = None) -> list[Version]:
    """The report's versions, the newest first, without what they say. One statement, two without the moves."""
    moves = moves_of(row) if moves is None else moves
    senders = {move.number: move.by_name for move in moves if move.verb is Verb.SEND}
    query = (
        select(ReportVersion.number, ReportVersion.sha256, ReportVersion.sent_at)
        .where(ReportVersion.report_id == row.id)
        .order_by(ReportVersion.number.desc())
    )
    return [
        Version(number, sha256, sent_at, senders.get(number, ""), marks_of(moves, number))
        for number, sha256, sent_at in db.session.execute(query)
    ]


def frozen(row: ReportRow, number: int | None = None) -> Frozen:
    """A version of the report, the one that was sent last where none is named. Three statements.

    Raises NotFound for a version that there is not, and NotNow for one whose row was tampered with so that it cannot
    even be read; one that can be read says so (`is_intact`).
    """
    wanted = row.number if number is None else number
    found = _read([(row, wanted)]).get(row.id)
    if found is None:
        raise NotFound(
            "Versi laporan itu tidak ada. Buka laporannya untuk melihat versi yang pernah dikirim."
        )
    return found


def frozen_many(rows: Iterable[ReportRow], *, back: int = 0) -> dict[int, Frozen]:
    """The version that was sent last of each report that has one, or so many before it, by the report's id.

    Three statements.
    """
    return _read([(row, row.number - back) for row in rows if row.number > back])


def _read(wanted: list[tuple[ReportRow, int]]) -> dict[int, Frozen]:
    if not wanted:
        return {}
    rows = {row.id: row for row, _ in wanted}
    query = select(
        ReportVersion.report_id,
        ReportVersion.number,
        ReportVersion.id,
        ReportVersion.snapshot,
        ReportVersion.sha256,
    ).where(tuple_(ReportVersion.report_id, ReportVersion.number).in_([(row.id, n) for row, n in wanted]))
    found = db.session.execute(query).all()
    moves, codes = moves_of_many(rows), _codes([line.id for line in found])
    made: dict[int, Frozen] = {}
    for report_id, number, version_id, text, sha256 in found:
        marks = marks_of(moves.get(report_id, []), number)
        code = codes.get((version_id, marks.state), "")
        made[report_id] = Frozen(
            rows[report_id],
            _snapshot(text),
            marks._replace(code=code),
            sha256,
            number,
            version_id,
            digest(text) == sha256,
        )
    return made


def _snapshot(text: str) -> Snapshot:
    try:
        return snapshot_of(text)
    except ValueError:
        raise NotNow(
            "Isi versi ini tidak utuh lagi dan tidak dapat dibaca. Beri tahu admin server agar memeriksa cadangan."
        ) from None


def _codes(version_ids: list[int]) -> dict[tuple[int, str], str]:
    """The codes that papers of these versions bear, for each state in which one was printed."""
    query = select(ReportSeal.version_id, ReportSeal.state, ReportSeal.code)
    lines = db.session.execute(query.where(ReportSeal.version_id.in_(version_ids)))
    return {(version_id, state): code for version_id, state, code in lines}
