"""/netralitas: the register of cases, and one case. No name stands in any of it."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.neutrality import view
from app.blueprints.neutrality.forms import CaseForm, ChangeForm
from app.documents.case_asking import Asked, asked, words_of
from app.domain import neutrality
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.neutrality import CaseRow, CaseState, Kind, Listed, Verb
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires
from app.web.context import today_in
from app.web.paging import Page, asked_page

bp = Blueprint("neutrality", __name__)

PER_PAGE = 50


@bp.get("/netralitas")
@requires(Permission.NEUTRALITY_READ)
def index() -> ResponseReturnValue:
    """The cases of the person's reach, the silent ones first, with their counts as people say them."""
    said = asked(request.args)
    number = asked_page()
    return _list(neutrality.listed(current_user, said.filters, page=number, per_page=PER_PAGE), said, number)


def _list(found: Listed, said: Asked, number: int) -> str:
    return render_template(
        "neutrality/index.html",
        found=found,
        page=Page(number, max(1, -(-found.total // PER_PAGE)), found.total),
        typed=said.typed,
        region_choices=[(place.code, place.name) for place in neutrality.places_of(current_user)],
        kind_choices=[(kind.value, words_of(kind)) for kind in Kind],
        state_choices=[(state.value, state.label) for state in CaseState],
        may_record=bool(neutrality.own_regions(current_user, Permission.NEUTRALITY_HANDLE)),
        has_own=bool(neutrality.own_regions(current_user, Permission.NEUTRALITY_READ)),
    )


@bp.get("/netralitas/baru")
@requires(Permission.NEUTRALITY_HANDLE)
def new() -> ResponseReturnValue:
    """The form of a new case."""
    form = CaseForm(formdata=None)
    own = neutrality.own_regions(current_user, Permission.NEUTRALITY_HANDLE)
    if own:
        form.region.data = own[0]
        form.known_on.data = today_in(own[0])
    return _new(form)


def _new(form: CaseForm, status: int = 200) -> ResponseReturnValue:
    places = neutrality.regions_to_record(current_user)
    if not places:
        raise NotAllowed(
            "Kasus dicatat oleh operator kabupaten/kota atau provinsi yang membidangi netralitas. "
            "Hubungi admin desk bila seharusnya Anda."
        )
    form.offer_new([(place.code, place.name) for place in places])
    return render_template("neutrality/new.html", form=form), status


@bp.post("/netralitas/baru")
@requires(Permission.NEUTRALITY_HANDLE)
def record() -> ResponseReturnValue:
    """Record a case. The same sending twice records one."""
    form = CaseForm()
    places = neutrality.regions_to_record(current_user)
    form.offer_new([(place.code, place.name) for place in places])
    if not form.validate():
        return _new(form, 422)
    try:
        if not form.is_first_sending():
            return htmx.see_other(url_for(".index"))
        case_id = neutrality.record(
            form.region.data,
            Kind(form.kind.data),
            form.said(),
            by=current_user,
            state=CaseState(form.state.data),
            step=form.step(),
        )
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new(form, 422)
    flash("Kasus sudah dicatat.", "ok")
    return htmx.see_other(url_for(".show", case_id=case_id))


@bp.get("/netralitas/<int:case_id>")
@requires(Permission.NEUTRALITY_READ)
def show(case_id: int) -> ResponseReturnValue:
    """One case, as much of it as the person may know."""
    return view.drawn(neutrality.find(case_id, current_user))


@bp.get("/netralitas/<int:case_id>/ubah")
@requires(Permission.NEUTRALITY_HANDLE)
def change_form(case_id: int) -> ResponseReturnValue:
    """The form that corrects the facts."""
    case = neutrality.find(case_id, current_user)
    _may_change(case)
    return _change(case, ChangeForm(formdata=None).filled(case))


def _may_change(case: CaseRow) -> None:
    """Refuse who may not (NotAllowed), and a case that has ended (NotNow)."""
    neutrality.mandate_in(current_user, Permission.NEUTRALITY_HANDLE, case.region_code)
    if Verb.CHANGE not in neutrality.open_deeds(case, current_user):
        raise NotNow("Kasus ini sudah berakhir. Minta penyelia membukanya kembali untuk membetulkan data.")


def _change(case: CaseRow, form: ChangeForm, status: int = 200, overtaken: str = "") -> ResponseReturnValue:
    form.offer()
    return render_template("neutrality/change.html", case=case, form=form, overtaken=overtaken), status


@bp.post("/netralitas/<int:case_id>/ubah")
@requires(Permission.NEUTRALITY_HANDLE)
def change(case_id: int) -> ResponseReturnValue:
    """Correct the facts. 409 where somebody else was quicker."""
    case = neutrality.find(case_id, current_user)
    _may_change(case)
    form = ChangeForm()
    form.offer()

    def do() -> None:
        neutrality.change(
            case,
            form.said(),
            by=current_user,
            version=form.version.data,
            keeps_name=not form.drops_name.data,
        )
        flash("Data kasus sudah dibetulkan.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _change(neutrality.find(case_id, current_user), form, status, overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".show", case_id=case_id))


from app.blueprints.neutrality import deeds, limits, out  # noqa: E402, F401  (their views hang on this blueprint)
