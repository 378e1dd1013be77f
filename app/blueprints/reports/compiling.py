"""/pelaporan/<id>/kompilasi: a report made of those of the desks below, each sum with the rows behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.routes import bp
from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.domain.checklists import AREAS
from app.domain.errors import NotFound
from app.domain.reports import OPEN, Mark, Part, Reading, ReportRow, State, Summed
from app.web import htmx
from app.web.access import me, requires
from app.web.forms import DeedForm, small_number

MOST_LETTERS = 4
"""Of a code."""
MOST = 200
"""Regions right below one."""


class Shown(NamedTuple):
    """The compilation that a page shows: a draft's last one, or that of a version as it was sent."""

    parts: tuple[Part, ...]
    reading: Reading | None
    number: int
    """The version; 0 for the draft's."""
    version: int = 0
    """Of the compilation, for the form that makes the next one."""
    by_name: str = ""
    at: Any = None


class Line(NamedTuple):
    """One desk below, as it stands now."""

    part: Part
    mark: Mark
    state: State
    is_chosen: bool


@bp.get("/pelaporan/<int:report_id>/kompilasi")
@requires(Permission.REPORT_READ)
def compilation(report_id: int) -> ResponseReturnValue:
    """The desks below with their reports, what was compiled, and whether it adds up; `?versi=` as it was sent.

    `?kode=`, as somebody reads it on paper, leads to the rows behind that sum; for another one the page says so, 404.
    """
    row = reports.find(report_id, me())
    shown, code = _shown(row), request.args.get("kode", "").strip().lower()
    if not code:
        return _page(row, shown)
    if any(one.code == code for one in reports.summed(shown.parts)):
        return htmx.see_other(url_for(".behind", report_id=report_id, kode=code, versi=shown.number or None))
    return _page(row, shown, 404, unknown=code[:MOST_LETTERS])


def _shown(row: ReportRow) -> Shown:
    """What the address names. Raises NotFound for a version that there is not."""
    asked = request.args.get("versi", "")
    number = (small_number(asked) or -1) if asked else (0 if row.state in OPEN else row.number)
    if number:
        found = reports.frozen(row, number)
        return Shown(found.snapshot.parts, found.snapshot.reading, number)
    kept = reports.compiled_of(row)
    reading = reports.draft_reading(row) if kept.parts else None
    return Shown(kept.parts, reading, 0, kept.version, kept.by_name, kept.at)


def _page(
    row: ReportRow,
    shown: Shown,
    status: int = 200,
    *,
    form: DeedForm | None = None,
    chosen: Collection[int] | None = None,
    overtaken: str = "",
    unknown: str = "",
) -> ResponseReturnValue:
    now = () if shown.number else reports.parts_for(row, me())
    sums = reports.summed(shown.parts)
    wrong = reports.unreconciled(shown.parts, shown.reading) if shown.parts and shown.reading else []
    page = render_template(
        "reports/compilation.html",
        row=row,
        shown=shown,
        form=form,
        lines=_lines(now or shown.parts, _chosen(now, shown) if chosen is None else chosen),
        areas=_by_area([one for one in sums if not one.fact.is_silent]),
        quiet=[one for one in sums if one.fact.is_silent],
        wrong=wrong,
        since=reports.overtaken(shown.parts) if shown.parts else [],
        late=overtaken,
        unknown=unknown,
        may_compile=not shown.number and row.state in OPEN and reports.may_transmit(me(), row.region_code),
        zone=regions.zone_of(row.region_code),
        now=clock.now(),
    )
    return page, status


def _chosen(now: Sequence[Part], shown: Shown) -> frozenset[int]:
    """What was taken the last time and still stands; the verified ones where nothing was compiled yet."""
    if not shown.parts:
        return reports.usual(now)
    standing = {part.report_id for part in now if part.is_included}
    return frozenset(part.report_id for part in reports.included(shown.parts)) & standing


def _lines(parts: Sequence[Part], chosen: Collection[int]) -> list[Line]:
    return [Line(part, Mark(part.mark), State(part.state), part.report_id in chosen) for part in parts]


def _by_area(sums: list[Summed]) -> list[tuple[str, list[Summed]]]:
    """The sums by area of work, in the order of the areas."""
    order = {area: number for number, area in enumerate(AREAS)}
    ordered = sorted(sums, key=lambda one: order.get(one.fact.area, len(order)))
    grouped = groupby(ordered, key=lambda one: one.fact.area)
    return [(AREAS.get(area, area), list(found)) for area, found in grouped]


@bp.post("/pelaporan/<int:report_id>/kompilasi")
@requires(Permission.REPORT_WRITE)
def compile_report(report_id: int) -> ResponseReturnValue:
    """Put the sums of the picked reports (`sertakan`) into the draft. 409 where one does not stand any more."""
    row, form = reports.find(report_id, me()), DeedForm()
    reports.mandate_in(me(), Permission.REPORT_WRITE, row.region_code)
    picked = [small_number(text) for text in request.form.getlist("sertakan")[:MOST]]
    include = frozenset(number for number in picked if number is not None)

    def do() -> None:
        reports.compile_into(row, include, by=me(), version=form.version.data)
        flash(f"Kompilasi disusun dari {len(include)} laporan. Periksa angkanya di bawah.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        now = reports.find(report_id, me())
        return _page(now, _shown(now), status, form=form, chosen=include, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".compilation", report_id=report_id))


@bp.get("/pelaporan/<int:report_id>/kompilasi/angka")
@requires(Permission.REPORT_READ)
def behind(report_id: int) -> ResponseReturnValue:
    """The exact rows behind one sum (`?kode=`) of the draft or of a version (`?versi=`): version, hash and value."""
    row = reports.find(report_id, me())
    shown, code = _shown(row), request.args.get("kode", "")
    found = next((one for one in reports.summed(shown.parts) if one.code == code), None)
    if found is None:
        raise NotFound("Kode angka itu tidak ada dalam kompilasi ini. Buka halaman kompilasinya.")
    return render_template(
        "reports/behind.html",
        row=row,
        shown=shown,
        found=found,
        missing=[part for part in shown.parts if not part.is_included],
        zone=regions.zone_of(row.region_code),
    )
