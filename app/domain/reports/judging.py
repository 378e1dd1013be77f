"""Verbs of whoever judges a report, and of whoever takes it back: recall, verify, return, endorse, reopen."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from app.domain import clock
from app.domain.accounts import Mandate, Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.regions import Region, subtree
from app.domain.reports.compiled import tell_above
from app.domain.reports.models import Report, ReportDraft, ReportMove
from app.domain.reports.moving import WRITING, add_move, did, hold, said_reason, tell, wrote
from app.domain.reports.queries import COLUMNS, ReportRow, row_of
from app.domain.reports.reach import mandate_in, permissions_in
from app.domain.reports.rules import AREA, WORKFLOW, Kind, State, Verb, sections_of
from app.domain.workflow import advance, open_verbs
from app.extensions import db
from app.statements import one_of

JUDGED = {Verb.VERIFY: State.SENT, Verb.ENDORSE: State.VERIFIED}
"""What waits in the queue for which deed."""


def recall(row: ReportRow, *, by: Person, version: int, reason: str) -> State:
    """Take back what was sent and nobody has verified yet; the draft is open again, the version stays on record.

    Refuses who does not write for this desk (NotAllowed); what is verified, was changed by somebody else, or is locked
    and could not be sent again (NotNow); no reason (Invalid). Who sends again only after the deadline is late then,
    unless a judge had opened the report before.
    """
    return _step(row, Verb.RECALL, by, version, reason)


def verify(row: ReportRow, *, by: Person, version: int) -> State:
    """Find it right. Raises NotAllowed (right, or a hand in what it says), NotNow (recalled, judged or sent anew)."""
    return _step(row, Verb.VERIFY, by, version)


def return_back(row: ReportRow, *, by: Person, version: int, reason: str, section: str = "") -> State:
    """Give it back to its writers with a reason and the section that is meant ("" for the whole report).

    Refuses as `verify` does, and no reason or a section that the report does not have (Invalid).
    """
    if section and section not in {one.key for one in sections_of(row.kind)}:
        raise Invalid("Pilih bagian laporan dari daftar.", section="Bagian itu tidak ada dalam laporan ini.")
    return _step(row, Verb.RETURN, by, version, reason, section)


def endorse(row: ReportRow, *, by: Person, version: int) -> State:
    """Make it the desk's word. Raises NotAllowed (right; who wrote or verified it), NotNow (not verified any more)."""
    return _step(row, Verb.ENDORSE, by, version)


def reopen(row: ReportRow, *, by: Person, version: int, reason: str) -> State:
    """Open what was verified or endorsed for a new version. Refuses as `verify` does, and no reason (Invalid).

    Every compilation that was made of the version is told: on its trail, and on its page for as long as it stands.
    """
    return _step(row, Verb.REOPEN, by, version, reason)


def open_verbs_of(row: ReportRow, person: Person) -> list[Verb]:
    """The verbs that this person may use on the report now, in the order of the table; for drawing its forms."""
    verbs = open_verbs(WORKFLOW, row.state, permissions=permissions_in(person, row.region_code))
    judging = {verb for verb in verbs if WORKFLOW[verb].four_eyes}
    if judging and wrote(row.id, person):
        verbs -= judging
    elif Verb.ENDORSE in judging and _had_a_hand(row.id, Verb.ENDORSE, person):
        verbs -= {Verb.ENDORSE}
    return [verb for verb in WORKFLOW if verb in verbs]


def queue_of(
    person: Person, election_id: int, verb: Verb, *, region: str = "", limit: int = 30
) -> tuple[list[ReportRow], int]:
    """What waits for this person's verifying or endorsing, the one that waits longest first, and how many there are.

    Of their own desk and of those right below it (whoever is further down has a judge nearer by), or of one region
    and below; nothing that they wrote or, for endorsing, verified.
    """
    permission = Permission(WORKFLOW[verb].permission)
    near = _near(person, permission, region)
    if near is None:
        return [], 0
    mine = handled(person.id, verb)
    query = (
        select(*COLUMNS)
        .join(Region, Region.code == Report.region_code)
        .where(Report.election_id == election_id, Report.state == JUDGED[verb].value, near)
        .where(~mine)
        .order_by(Report.sent_at, Report.id)
    )
    rows = [row_of(found) for found in db.session.execute(query)]
    return rows[:limit], len(rows)


def _near(person: Person, permission: Permission, region: str) -> Any:
    codes = {m.region_code for m in person.appointments if m.gives(permission, m.region_code, AREA)}
    if not codes:
        return None
    if region:
        return subtree(Report.region_code, *codes) & subtree(Report.region_code, region)
    return or_(Report.region_code.in_(codes), Region.parent_code.in_(codes))


def handled(account: Any, verb: Verb) -> Any:
    """SQL condition: the person of this account (its number, or a name to bind it to) had a hand in the report."""
    verbs = sorted(WRITING | {Verb.VERIFY} if verb is Verb.ENDORSE else WRITING)
    moved = select(ReportMove.id).where(
        ReportMove.report_id == Report.id, ReportMove.by_id == account, one_of(ReportMove.verb, verbs)
    )
    drafted = select(ReportDraft.report_id).where(
        ReportDraft.report_id == Report.id, ReportDraft.saved_by_id == account
    )
    return or_(moved.exists(), drafted.exists())


def _had_a_hand(report_id: int, verb: Verb, person: Person) -> bool:
    if wrote(report_id, person):
        return True
    return verb is Verb.ENDORSE and did(report_id, person, frozenset({Verb.VERIFY}))


def _step(row: ReportRow, verb: Verb, by: Person, version: int, reason: str = "", section: str = "") -> State:
    """The one path of these verbs; returns where the report stands then."""
    step = WORKFLOW[verb]
    mandate = mandate_in(by, Permission(step.permission), row.region_code)
    report = hold(row, version)
    before = State(report.state)
    target = advance(
        WORKFLOW,
        verb,
        before,
        permissions=permissions_in(by, row.region_code),
        had_a_hand=step.four_eyes and _had_a_hand(row.id, verb, by),
        reason=reason,
    )
    reason = said_reason(reason) if step.needs_reason else ""
    if verb is Verb.RECALL:
        _unsend(report)
    report.state, report.version = target.value, version + 1
    report.returned_section = section
    add_move(report, verb, by=by, mandate=mandate, reason=reason, section=section)
    _tell(report, verb, by, mandate, before, reason, section)
    return target


def _unsend(report: Report) -> None:
    """The sending counts as if it had not been, unless a judge had opened the report again before."""
    if clock.now() >= report.locks_at:
        raise NotNow("Laporan sudah terkunci. Minta penyelia mengembalikannya bila masih perlu diperbaiki.")
    opened = select(ReportMove.id).where(
        ReportMove.report_id == report.id, ReportMove.verb.in_((Verb.RETURN, Verb.REOPEN))
    )
    if db.session.scalar(opened.limit(1)) is None:
        report.first_sent_at = None


TRAIL = {
    Verb.RECALL: "recall",
    Verb.VERIFY: "verify",
    Verb.RETURN: "return",
    Verb.ENDORSE: "endorse",
    Verb.REOPEN: "reopen",
}
"""What the trail calls them."""


def _tell(
    report: Report, verb: Verb, by: Person, mandate: Mandate, before: State, reason: str, section: str
) -> None:
    changes: dict[str, list[Any]] = {
        "state": [before.value, report.state],
        "report_version": [None, report.number],
    }
    if reason:
        changes["reason"] = [None, reason]
    if section:
        titles = {one.key: one.title for one in sections_of(Kind(report.kind))}
        changes["section"] = [None, titles[section]]
    if verb in (Verb.RECALL, Verb.RETURN, Verb.REOPEN):
        tell_above(report, by, mandate)
    tell(report, TRAIL[verb], by, mandate, changes)
