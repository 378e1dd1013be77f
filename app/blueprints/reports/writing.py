"""Writing a report: the form that saves itself, the look before sending, newer figures, and the nil report."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.forms import NilForm, ReasonsForm, WritingForm
from app.blueprints.reports.routes import bp
from app.blueprints.reports.steps import SendForm
from app.domain import clock, letterheads, regions, reports
from app.domain.accounts import Permission
from app.domain.errors import NotNow
from app.domain.registers import Fact
from app.domain.reports import Change, Draft, Reading, ReportRow, SectionText
from app.web import htmx
from app.web.access import me, requires
from app.web.context import today_in
from app.web.forms import DeedForm

CHECK = "periksa"
SHOWN = 6
"""Figures of a section that stand open; the rest is folded."""


class Written(NamedTuple):
    """A section as the form shows it."""

    section: SectionText
    hint: str
    field: Any
    figures: tuple[Fact, ...]
    is_offered: bool
    """It holds what the report before said, confirmed or not."""
    is_confirmed: bool
    theirs: str
    """What somebody else saved meanwhile, where it differs."""


class Sentence(NamedTuple):
    """A sentence on a change; `field` is None where there is nothing to edit."""

    change: Change
    field: Any


def _writable(report_id: int) -> ReportRow:
    """A report that this person may write in now. Raises NotFound, NotAllowed, NotNow."""
    row = reports.find(report_id, me())
    reports.mandate_in(me(), Permission.REPORT_WRITE, row.region_code)
    if row.state not in reports.OPEN:
        raise NotNow(f"Laporan ini sudah {row.state.label.lower()}, jadi naskahnya tidak dapat diubah lagi.")
    return row


@bp.get("/pelaporan/<int:report_id>/tulis")
@requires(Permission.REPORT_WRITE)
def write(report_id: int) -> ResponseReturnValue:
    """The report as it stands, already filled; saves itself while somebody types."""
    row = _writable(report_id)
    draft, reading, version = reports.open_draft(row, by=me())
    form = WritingForm.of(draft)(formdata=None).filled(draft)
    return _page(row, draft, reading, form, version)


@bp.post("/pelaporan/<int:report_id>/simpan")
@requires(Permission.REPORT_WRITE)
def save(report_id: int) -> ResponseReturnValue:
    """Keep what was typed. 409 with both versions where somebody else was quicker; nothing typed is lost."""
    row = _writable(report_id)
    draft, _ = reports.kept_draft(row)
    form = WritingForm.of(draft)()
    kept: list[int] = []

    def do() -> None:
        said = reports.written(draft, form.texts, form.confirmed, form.edits)
        said = said._replace(grade=form.grade.data, grade_reason=form.grade_reason.data, is_nil=False)
        kept.append(reports.save_draft(row, said, by=me(), version=form.version.data))

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        if htmx.is_partial():
            return _status(row, form.version.data, status, overtaken=overtaken, form=form)
        return _again(row, form, status, overtaken)

    refused = carried_out(form, do, again)
    if refused is not None:
        return refused
    if htmx.is_partial():
        return _status(row, kept[0])
    if request.form.get("aksi") == CHECK:
        return htmx.see_other(url_for(".check", report_id=report_id))
    flash("Draf tersimpan.", "ok")
    return htmx.see_other(url_for(".write", report_id=report_id))


def _status(
    row: ReportRow, version: int, status: int = 200, *, overtaken: str = "", form: DeedForm | None = None
) -> ResponseReturnValue:
    return htmx.fragment(
        "reports/_saved.html",
        status,
        row=row,
        version=version,
        saved=reports.saved_of(row),
        overtaken=overtaken,
        wrong=[field.errors[0] for field in form if field.errors] if form is not None else [],
        zone=regions.zone_of(row.region_code),
    )


def _again(row: ReportRow, form: WritingForm, status: int, overtaken: str) -> ResponseReturnValue:
    """The form as it was typed; where somebody else was quicker, their texts beside it and their version under it."""
    row = reports.find(row.id, me())
    stored, reading, version = reports.open_draft(row, by=me())
    said = reports.written(stored, form.texts, form.confirmed, form.edits)
    shown = said._replace(changes=stored.changes)
    theirs = stored if overtaken else None
    return _page(
        row,
        shown,
        reading,
        form,
        version if overtaken else form.version.data,
        status,
        overtaken=overtaken,
        theirs=theirs,
    )


def _page(
    row: ReportRow,
    draft: Draft,
    reading: Reading,
    form: WritingForm,
    version: int,
    status: int = 200,
    *,
    overtaken: str = "",
    theirs: Draft | None = None,
) -> tuple[str, int]:
    hints = {one.key: one.hint for one in reports.sections_of(row.kind)}
    known = {fact.key: fact for fact in reading.figures if not fact.is_silent}
    names = {field.name: field for field in form.sentences}
    page = render_template(
        "reports/write.html",
        **_common(row, reading),
        form=form,
        version=version,
        saved=reports.saved_of(row),
        overtaken=overtaken,
        sections=[_written(one, hints, known, draft, form, theirs) for one in draft.sections],
        changes=[
            Sentence(one, names.get(f"perubahan_{reports.key_of(one)}"))
            for one in draft.changes
            if one.text or one.figures
        ],
        before=reports.before_of(row),
        shown=SHOWN,
        key_of=reports.key_of,
    )
    return page, status


def _written(
    section: SectionText,
    hints: dict[str, str],
    known: dict[str, Fact],
    draft: Draft,
    form: WritingForm,
    theirs: Draft | None,
) -> Written:
    field = form[f"text_{section.key}"]
    other = theirs.section(section.key) if theirs is not None else None
    return Written(
        section,
        hints.get(section.key, ""),
        field,
        tuple(known[key] for key in section.figures if key in known),
        section.origin == "dilanjutkan",
        section.key not in draft.carried,
        other.text if other is not None and other.text != field.data else "",
    )


def _common(row: ReportRow, reading: Reading) -> dict[str, Any]:
    """What every page of writing shows: which report, and what the figures are of."""
    zone = regions.zone_of(row.region_code)
    return {
        "row": row,
        "name": row.title or row.kind.heading,
        "zone": zone,
        "reading": reading,
        "is_live": clock.now() < row.cut_off_at,
        "is_late": reading.read_at > row.cut_off_at,
        "now": clock.now(),
    }


@bp.post("/pelaporan/<int:report_id>/angka")
@requires(Permission.REPORT_WRITE)
def reread(report_id: int) -> ResponseReturnValue:
    """Take the figures as they are now in the place of those of the cut-off."""
    row = _writable(report_id)
    form = DeedForm()

    def do() -> None:
        reports.reread(row, by=me(), version=form.version.data)
        flash("Angka terbaru sudah diambil.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        draft, reading, version = reports.open_draft(row, by=me())
        filled = WritingForm.of(draft)(formdata=None).filled(draft)
        return _page(row, draft, reading, filled, version, status, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".write", report_id=report_id))


@bp.get("/pelaporan/<int:report_id>/periksa")
@requires(Permission.REPORT_WRITE)
def check(report_id: int) -> ResponseReturnValue:
    """What was found, what still lacks a reason, and the report as it would be sent."""
    return check_page(_writable(report_id))


def check_page(
    row: ReportRow, status: int = 200, *, refused: DeedForm | None = None, overtaken: str = ""
) -> tuple[str, int]:
    """The look before sending; `refused` is a sending or a reason that was not accepted."""
    draft, reading, version = reports.open_draft(row, by=me())
    findings = reports.findings_of(row, draft, reading)
    form = refused if isinstance(refused, ReasonsForm) else ReasonsForm.of(findings)(formdata=None)
    if form is not refused:
        for one in form:
            if one.name.startswith("alasan_"):
                one.data = draft.reason(one.name.removeprefix("alasan_"))
    page = render_template(
        "reports/check.html",
        **_common(row, reading),
        draft=draft,
        version=version,
        findings=[(one, form.field_of(one.rule)) for one in findings],
        left=reports.still_unexplained(draft, findings),
        form=form,
        sending=refused if isinstance(refused, SendForm) else SendForm(formdata=None),
        refused=refused,
        overtaken=overtaken,
        grade=reports.Grade(draft.grade),
        sections=[one for one in draft.sections if one.text],
        titles={one.key: one.title for one in draft.sections},
        next_number=_next_number(row),
    )
    return page, status


def _next_number(row: ReportRow) -> str:
    """What the desk's letterhead would number this paper; empty where it has no pattern."""
    head = letterheads.in_force(row.region_code)
    return letterheads.next_number(head, today_in(row.region_code)) if head else ""


@bp.post("/pelaporan/<int:report_id>/alasan")
@requires(Permission.REPORT_WRITE)
def explain(report_id: int) -> ResponseReturnValue:
    """Say why what was found stands nevertheless; the reasons travel with the report."""
    row = _writable(report_id)
    draft, reading, _ = reports.open_draft(row, by=me())
    form = ReasonsForm.of(reports.findings_of(row, draft, reading))()

    def do() -> None:
        said = draft._replace(reasons=form.reasons)
        reports.save_draft(row, said, by=me(), version=form.version.data)
        flash("Alasan tersimpan.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return check_page(row, status, refused=form, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".check", report_id=report_id))


@bp.get("/pelaporan/<int:report_id>/nihil")
@requires(Permission.REPORT_WRITE)
def nil(report_id: int) -> ResponseReturnValue:
    """A nil report: what to look at, one sentence, send."""
    row = _writable(report_id)
    form = NilForm(formdata=None)
    form.sentence.data = reports.nil_sentence(row)
    return nil_page(row, form)


def nil_page(row: ReportRow, form: NilForm, status: int = 200, *, overtaken: str = "") -> tuple[str, int]:
    """The page of a nil report; where something is open it leads to the full one instead."""
    _, reading, version = reports.open_draft(row, by=me())
    draft, _ = reports.kept_draft(row)
    checks = reports.nil_checks(reading)
    page = render_template(
        "reports/nil.html",
        **_common(row, reading),
        form=form,
        version=version,
        checks=checks,
        still=[one for one in checks if one.is_open],
        typed=[one.title for one in draft.sections if one.text and one.origin != "dilanjutkan"]
        if not draft.is_nil
        else [],
        overtaken=overtaken,
    )
    return page, status
