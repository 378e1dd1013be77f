"""Sending: what was written becomes a version that nobody changes any more, and waits for who verifies it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.domain import clock, stages
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.reports.checking import findings_of, still_unexplained
from app.domain.reports.compiling import compiled_parts
from app.domain.reports.drafting import save_draft
from app.domain.reports.drafts import Draft, before_of
from app.domain.reports.final import final_tables
from app.domain.reports.findings import Finding
from app.domain.reports.freezing import Content, freeze
from app.domain.reports.locks import require_open
from app.domain.reports.models import ReportDraft
from app.domain.reports.moving import add_move, claim, tell
from app.domain.reports.queries import ReportRow
from app.domain.reports.reach import mandate_in, permissions_in
from app.domain.reports.reconciling import require_reconciled
from app.domain.reports.rules import WORKFLOW, Grade, Kind, State, Verb
from app.domain.reports.snapshot import Dress, Explained, Part, Reading, Table
from app.domain.workflow import advance
from app.extensions import db

DRAFT_MOVED = (
    "Naskah laporan ini disimpan lagi sesudah Anda membukanya, jadi belum dikirim. "
    "Periksa isinya sekarang, lalu kirim."
)
MOST_SAID = 3
"""Findings that a refusal names; the page names them all."""


def send(
    row: ReportRow,
    draft: Draft,
    reading: Reading,
    dress: Dress,
    *,
    by: Person,
    version: int,
) -> int:
    """Freeze what was written as the report's next version; returns its number.

    `version` is that of the draft that the person saw. A final report takes along the tables of its chapters. Refuses
    who does not write for this desk (NotAllowed); a report that was sent already, is locked without an exception in
    force, or whose draft somebody saved meanwhile (NotNow); and what contradicts itself, lacks a reason, says nothing
    or, of a compilation, does not add up (Invalid). The first sending decides whether it came on time.
    """
    mandate = mandate_in(by, Permission.REPORT_WRITE, row.region_code)
    report = claim(row)
    before = State(report.state)
    target = advance(WORKFLOW, Verb.SEND, before, permissions=permissions_in(by, row.region_code))
    now = clock.now()
    require_open(row._replace(state=before, first_sent_at=report.first_sent_at), now)
    if _draft_version(row.id) != version:
        raise NotNow(DRAFT_MOVED)
    parts = compiled_parts(row)
    tables = _tables_of(row, reading, by)
    explained = _explained(draft, findings_of(row, draft, reading))
    require_reconciled(row, parts, reading)
    content, before_it = _content(draft, explained, parts, tables), before_of(row)
    kept = freeze(
        report,
        content,
        reading,
        dress,
        by=by,
        mandate=mandate,
        previous_sha256=before_it.sha256 if before_it else "",
    )
    report.state, report.number, report.version = target.value, kept.number, report.version + 1
    report.is_nil, report.sent_at, report.returned_section = draft.is_nil, now, ""
    report.first_sent_at = report.first_sent_at or now
    add_move(report, Verb.SEND, by=by, mandate=mandate)
    changes: dict[str, list[Any]] = {"state": [before.value, target.value], "sha256": [None, kept.sha256]}
    tell(report, "send", by, mandate, changes | {"report_version": [None, kept.number]})
    return kept.number


def send_nil(
    row: ReportRow, draft: Draft, reading: Reading, dress: Dress, *, by: Person, version: int
) -> int:
    """Keep a nil report as the draft, and send it; returns the version's number. Refuses as `send` does.

    `draft` says what was looked at (`nil_checked`) and one sentence on the condition; the draft stays, so that a
    returned one begins with it.
    """
    draft = draft._replace(is_nil=True)
    saved = save_draft(row, draft, by=by, version=version)
    return send(row, draft, reading, dress, by=by, version=saved)


def _tables_of(row: ReportRow, reading: Reading, by: Person) -> tuple[Table, ...]:
    if row.kind is not Kind.FINAL:
        return ()
    election = stages.find_election(row.election_id)
    return final_tables(by, election, row.region_code, row.day, reading.hindrances)


def _draft_version(report_id: int) -> int:
    return db.session.scalar(select(ReportDraft.version).where(ReportDraft.report_id == report_id)) or 0


def _explained(draft: Draft, findings: list[Finding]) -> tuple[Explained, ...]:
    """Each finding with its reason. Raises Invalid, naming the first ones that keep the report from being sent."""
    wrong = still_unexplained(draft, findings)
    if wrong:
        more = len(wrong) - MOST_SAID
        said = " ".join(one.words for one in wrong[:MOST_SAID])
        raise Invalid(
            f"Laporan belum dikirim. {said}"
            + (f" Masih ada {more} hal lain." if more > 0 else "")
            + " Betulkan di halaman penulisan, atau tuliskan alasannya di sana."
        )
    return tuple(Explained(one.rule, one.words, draft.reason(one.rule).strip()) for one in findings)


def _content(
    draft: Draft, explained: tuple[Explained, ...], parts: Sequence[Part], tables: Sequence[Table]
) -> Content:
    return Content(
        sections=draft.sections,
        grade=Grade(draft.grade),
        grade_reason=draft.grade_reason,
        changes=draft.changes,
        explained=explained,
        is_nil=draft.is_nil,
        nil_checked=draft.nil_checked,
        photos=draft.photos,
        parts=tuple(parts),
        tables=tuple(tables),
    )
