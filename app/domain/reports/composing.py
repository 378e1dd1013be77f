"""Compiling: the figures of the chosen reports below, summed, in the draft of the desk above."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import case, insert, update
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock
from app.domain.accounts import Mandate, Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.reports.adding import added, included
from app.domain.reports.canonical import to_text
from app.domain.reports.compiling import (
    Below,
    Compiled,
    below,
    compiled_of,
    compiled_reading,
    left_out,
    parts_text,
)
from app.domain.reports.drafting import open_draft, save_draft
from app.domain.reports.locks import require_open
from app.domain.reports.models import Report, ReportCompilation, ReportDraft
from app.domain.reports.moving import SUBJECT, WRITING, add_move, did
from app.domain.reports.queries import ReportRow
from app.domain.reports.reach import mandate_in
from app.domain.reports.rules import OPEN, State, Verb
from app.domain.reports.snapshot import Part, Reading
from app.extensions import db

TOO_LATE = (
    "Kompilasi ini baru saja disusun orang lain. Lihat hasilnya di bawah, lalu ulangi bila masih perlu."
)
CLOSED = "Laporan ini sudah dikirim, jadi kompilasinya tidak dapat diubah lagi. Tarik kembali laporannya bila perlu."


def compile_into(row: ReportRow, include: Collection[int], *, by: Person, version: int) -> int:
    """Put the sums of the chosen reports below (their ids) into the draft of this one; returns the new version.

    `version` is that of the compilation which the person saw, 0 for none. What was written in the draft stays; its
    figures, progress and hindrances are those of the chosen reports, each sum with its source, and what the desk alone
    knows stays beside them. Silent reports and those that were not chosen are kept as parts without figures.

    Refuses who does not write for this desk (NotAllowed); a report that was sent or is locked, a compilation that
    somebody else made meanwhile, and a chosen report that does not stand any more (NotNow); no report at all (Invalid).
    """
    mandate = mandate_in(by, Permission.REPORT_WRITE, row.region_code)
    _claim(row)
    require_open(row, clock.now())
    before = compiled_of(row)
    if before.version != version:
        raise NotNow(TOO_LATE)
    taken = _taken(below(row, by), include)
    parts = tuple(one.part for one in taken)
    draft, base, at = open_draft(row, by=by)
    if not at:
        at = save_draft(row, draft, by=by, version=0)
    reading = compiled_reading(_own(base, before.parts), taken, row.region_name)
    _put(row, reading._replace(read_at=clock.now()), at, by, mandate)
    _keep(row, parts, before, by)
    audit.record(
        "report:report:compile",
        by=by,
        subject=(SUBJECT, row.id),
        region=row.region_code,
        changes={
            "parts": [_named(before.parts), _named(parts)],
            "left_out": [None, ", ".join(part.region_name for part in parts if not part.is_included)],
        },
        office=mandate.text,
    )
    return version + 1


def _claim(row: ReportRow) -> None:
    """Hold the report until the commit: who sends, compiles or opens it meanwhile waits."""
    here = (Report.id == row.id, Report.state.in_([state.value for state in OPEN]))
    begun = case((Report.state == State.EXPECTED.value, State.DRAFT.value), else_=Report.state)
    done = db.session.execute(update(Report).where(*here).values(state=begun))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotNow(CLOSED)


def _taken(found: Sequence[Below], include: Collection[int]) -> list[Below]:
    wanted = set(include)
    gone = [one.part for one in found if one.part.report_id in wanted and not one.part.is_included]
    if gone:
        names = ", ".join(part.region_name for part in gone)
        raise NotNow(
            f"Laporan {names} baru saja ditarik, dikembalikan, atau dibuka kembali. Belum ada yang disusun; periksa "
            "pilihannya di bawah, lalu ulangi."
        )
    taken = [one if one.part.report_id in wanted else Below(left_out(one.part), None) for one in found]
    if not any(one.part.is_included for one in taken):
        raise Invalid(
            "Pilih paling sedikit satu laporan yang sudah dikirim.", include="Belum ada laporan yang dipilih."
        )
    return taken


def _own(base: Reading, before: Sequence[Part]) -> Reading:
    """The reading without the sums of the compilation before."""
    sums = set(added(before))
    return base._replace(figures=tuple(fact for fact in base.figures if fact not in sums))


def _put(row: ReportRow, reading: Reading, at: int, by: Person, mandate: Mandate) -> None:
    """Take the reading into the draft, and note that the person has written in it."""
    now = clock.now()
    db.session.execute(
        update(ReportDraft)
        .where(ReportDraft.report_id == row.id)
        .values(
            reading=to_text(reading),
            read_at=now,
            version=at + 1,
            saved_at=now,
            saved_by_id=by.id,
            saved_by_name=by.name,
        )
    )
    if did(row.id, by, WRITING):
        return
    report = db.session.get(Report, row.id, populate_existing=True)
    if report is not None:
        add_move(report, Verb.WRITE, by=by, mandate=mandate)


def _keep(row: ReportRow, parts: Sequence[Part], before: Compiled, by: Person) -> None:
    told = {
        "parts": parts_text(parts),
        "version": before.version + 1,
        "compiled_at": clock.now(),
        "compiled_by_id": by.id,
        "compiled_by_name": by.name,
    }
    if before.version:
        here = (ReportCompilation.report_id == row.id, ReportCompilation.version == before.version)
        done = db.session.execute(update(ReportCompilation).where(*here).values(**told))
        if not done.rowcount:  # type: ignore[attr-defined]
            raise NotNow(TOO_LATE)
        return
    try:
        with db.session.begin_nested():
            db.session.execute(insert(ReportCompilation).values(report_id=row.id, **told))
    except IntegrityError:
        raise NotNow(TOO_LATE) from None


def _named(parts: Sequence[Part]) -> str:
    return ", ".join(f"{part.region_name} versi {part.version}" for part in included(parts))
