"""The row of a draft: held while somebody writes, saved by its version, with whoever wrote noted once."""

from __future__ import annotations

from sqlalchemy import case, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock, regions
from app.domain.accounts import Mandate, Person
from app.domain.errors import NotNow
from app.domain.reports.models import Report, ReportDraft, ReportMove
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import OPEN, State, Verb
from app.extensions import db

SUBJECT = "report"


def stored_draft(report_id: int) -> ReportDraft | None:
    """The row of a report's draft as it is now; None while nobody has saved one."""
    query = select(ReportDraft).where(ReportDraft.report_id == report_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def claim_writing(row: ReportRow) -> None:
    """Hold the report for this transaction and begin it. Raises NotNow for one that takes no more writing."""
    here = (Report.id == row.id, Report.state.in_([state.value for state in OPEN]))
    begun = case((Report.state == State.EXPECTED.value, State.DRAFT.value), else_=Report.state)
    done = db.session.execute(update(Report).where(*here).values(state=begun))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotNow(
            "Laporan ini sudah dikirim, jadi naskahnya tidak dapat diubah lagi. Tarik kembali bila perlu."
        )


def first_saving(report_id: int, told: dict[str, object]) -> bool:
    """Keep the first saving; False where somebody else was quicker."""
    try:
        with db.session.begin_nested():
            db.session.execute(insert(ReportDraft).values(report_id=report_id, version=1, **told))
    except IntegrityError:
        return False
    return True


def next_saving(report_id: int, told: dict[str, object], version: int) -> bool:
    """Keep the next saving; False where the draft is not the version that was seen."""
    here = (ReportDraft.report_id == report_id, ReportDraft.version == version)
    done = db.session.execute(update(ReportDraft).where(*here).values(version=version + 1, **told))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def overtaken_words(row: ReportRow, stored: ReportDraft | None) -> str:
    """What a writer is told whose version is not the newest."""
    if stored is None:
        return "Naskah ini belum pernah disimpan. Simpan draf dahulu, lalu ulangi."
    zone = regions.zone_of(row.region_code)
    at = clock.local(stored.saved_at, zone)
    return (
        f"Naskah ini sudah disimpan {stored.saved_by_name} pukul {at:%H.%M} {clock.abbreviation(zone)}, sesudah Anda "
        "membukanya. Ketikan Anda belum disimpan dan masih ada di bawah. Bandingkan, gabungkan, lalu simpan lagi."
    )


def note_writer(row: ReportRow, mandate: Mandate, by: Person) -> None:
    """Once for each writer of a version: whoever wrote in it does not verify it."""
    mine = (
        ReportMove.report_id == row.id,
        ReportMove.number == row.number,
        ReportMove.verb == Verb.WRITE.value,
        ReportMove.by_id == by.id,
    )
    if db.session.scalar(select(ReportMove.id).where(*mine).limit(1)) is not None:
        return
    state = State.DRAFT if row.state is State.EXPECTED else row.state
    db.session.add(
        ReportMove(
            report_id=row.id,
            number=row.number,
            verb=Verb.WRITE.value,
            state=state.value,
            reason="",
            section="",
            at=clock.now(),
            by_id=by.id,
            by_name=by.name,
            office=mandate.text,
        )
    )
    audit.record(
        "report:draft:write",
        by=by,
        subject=(SUBJECT, row.id),
        region=row.region_code,
        changes={"state": [row.state.value, state.value]},
        office=mandate.text,
    )
    db.session.flush()
