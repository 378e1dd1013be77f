"""/angka-acuan and /wilayah/<code>/angka: what sources say of a region's figures, recorded and chosen between."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.blueprints.figures import view
from app.blueprints.figures.forms import ChoiceForm, FigureForm
from app.blueprints.regions.view import trail_of
from app.domain import figures, regions
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.figures import Statement
from app.domain.regions import FigureKind, RegionRow
from app.extensions import db
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.words import angka

bp = Blueprint("figures", __name__)


@bp.get("/angka-acuan")
@requires(Permission.REGION_MANAGE)
def index() -> ResponseReturnValue:
    """The regions whose figures the person keeps, each with how many are known; below one with ?wilayah=."""
    code = request.args.get("wilayah", "")
    if code:
        reach.within(Permission.REGION_MANAGE, code)
    rows = regions.with_children([code] if code else current_user.reach(Permission.REGION_MANAGE))
    return render_template("figures/index.html", rows=view.region_lines(rows))


def _known(kind: str) -> FigureKind:
    if kind not in set(FigureKind):
        raise NotFound("Angka acuan itu tidak dikenal.")
    return FigureKind(kind)


def _trail(path: list[RegionRow], *steps: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    code = path[-1].code
    return [*trail_of(path), ("Angka acuan", url_for("figures.of_region", code=code)), *steps]


def _may_record(code: str) -> bool:
    return current_user.may(Permission.REGION_MANAGE, region=code)


@bp.get("/wilayah/<code>/angka")
@requires(Permission.REGION_READ)
def of_region(code: str) -> ResponseReturnValue:
    """All figures of a region with who said so, and where sources differ."""
    path = reach.path_within(Permission.REGION_READ, code)
    return render_template(
        "figures/region.html",
        region=path[-1],
        trail=_trail(path),
        rows=view.figure_lines(path[-1]),
        zone=regions.zone_of(code),
        may_record=_may_record(code),
    )


@bp.get("/wilayah/<code>/angka/<kind>")
@requires(Permission.REGION_READ)
def history(code: str, kind: str) -> ResponseReturnValue:
    """One figure: what each source says, all versions, all choices between sources."""
    return _history(reach.path_within(Permission.REGION_READ, code), _known(kind), ChoiceForm(formdata=None))


def _history(
    path: list[RegionRow], kind: FigureKind, form: ChoiceForm, status: int = 200
) -> ResponseReturnValue:
    code = path[-1].code
    shown = view.history_of(code, kind)
    _offer(form, shown)
    page = render_template(
        "figures/history.html",
        region=path[-1],
        trail=_trail(path, (kind.label, None)),
        kind=kind,
        zone=regions.zone_of(code),
        may_record=_may_record(code),
        form=form,
        **shown,
    )
    return page, status


def _offer(form: ChoiceForm, shown: dict[str, Any]) -> None:
    form.figure.choices = [
        SelectChoice(str(option.view.id), f"{angka(option.view.value)}, {option.source.words}")
        for option in shown["options"]
    ]


@bp.get("/wilayah/<code>/angka/<kind>/baru")
@requires(Permission.REGION_MANAGE)
def new(code: str, kind: str) -> ResponseReturnValue:
    """The form for what a source says of one figure."""
    path = reach.path_within(Permission.REGION_READ, code)
    current_user.require(Permission.REGION_MANAGE, region=code)
    return _form(path, _known(kind), FigureForm(formdata=None))


def _form(
    path: list[RegionRow], kind: FigureKind, form: FigureForm, status: int = 200
) -> ResponseReturnValue:
    code = path[-1].code
    said = regions.said_of([code]).get((code, kind))
    page = render_template(
        "figures/form.html",
        region=path[-1],
        trail=_trail(path, (kind.label, url_for(".history", code=code, kind=kind.value)), ("Catat", None)),
        kind=kind,
        form=form,
        said=said,
        sources=[] if said is None else sorted({statement.source for statement in said.statements}),
    )
    return page, status


@bp.post("/wilayah/<code>/angka/<kind>/periksa")
@requires(Permission.REGION_MANAGE)
def check(code: str, kind: str) -> ResponseReturnValue:
    """Show what recording this would move; nothing is saved yet. Badly said is 422 with the words kept."""
    path, known, form = reach.path_within(Permission.REGION_READ, code), _known(kind), FigureForm()
    current_user.require(Permission.REGION_MANAGE, region=code)
    if form.change.data:
        return _form(path, known, form)
    if not form.validate():
        return _form(path, known, form, 422)
    try:
        statement = form.statement(code, known)
        figures.check_statement(statement)
    except Invalid as refusal:
        form.refuse(refusal)
        return _form(path, known, form, 422)
    return _confirm(path, known, form, statement)


def _confirm(
    path: list[RegionRow],
    kind: FigureKind,
    form: FigureForm,
    statement: Statement,
    status: int = 200,
    late: str = "",
) -> ResponseReturnValue:
    """The page that shows the consequences and asks; a late deed sees it again as things stand now."""
    code = path[-1].code
    found = figures.outlook(statement)
    page = render_template(
        "figures/confirm.html",
        region=path[-1],
        trail=_trail(path, (kind.label, url_for(".history", code=code, kind=kind.value)), ("Catat", None)),
        kind=kind,
        form=form,
        version=regions.figure_version(code, kind),
        statement=statement,
        late=late,
        **view.outlook_words(found),
    )
    return page, status


@bp.post("/wilayah/<code>/angka/<kind>/catat")
@requires(Permission.REGION_MANAGE)
def record(code: str, kind: str) -> ResponseReturnValue:
    """Record what the source says. The same sending twice records once; 409 when somebody else was quicker."""
    path, known, form = reach.path_within(Permission.REGION_READ, code), _known(kind), FigureForm()
    if not form.validate():
        return _form(path, known, form, 422)
    try:
        said = form.statement(code, known)
        if form.is_first_sending():
            figures.record(said, by=current_user, version=form.version.data)
            flash(f"{known.label} sudah dicatat: {angka(said.value)}.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form(path, known, form, 422)
    except NotNow as refusal:
        db.session.rollback()
        return _confirm(path, known, form, said, 409, refusal.message)
    return htmx.see_other(url_for(".history", code=code, kind=kind))


@bp.post("/wilayah/<code>/angka/<kind>/pilih")
@requires(Permission.REGION_MANAGE)
def choose(code: str, kind: str) -> ResponseReturnValue:
    """Let one source count, with the reason. 409 when a source has spoken or somebody has chosen meanwhile."""
    path, known, form = reach.path_within(Permission.REGION_READ, code), _known(kind), ChoiceForm()
    _offer(form, view.history_of(code, known))
    if not form.validate():
        return _history(path, known, form, 422)
    try:
        if form.is_first_sending():
            figures.choose(
                int(form.figure.data), by=current_user, reason=form.reason.data, version=form.version.data
            )
            flash("Sumber yang dipakai sudah dicatat.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _history(path, known, form, 422)
    except NotNow as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _history(path, known, form, 409)
    return htmx.see_other(url_for(".history", code=code, kind=kind))
