"""/netralitas/tenggat: how many working days each step may take before the list calls it silent."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.neutrality.forms import LimitForm
from app.blueprints.neutrality.routes import bp
from app.domain import neutrality, stages
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.neutrality import CaseState
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires
from app.web.context import election


@bp.get("/netralitas/tenggat")
@requires(Permission.CALENDAR_READ)
def limits() -> ResponseReturnValue:
    """The limit of each step; it says nothing of any case."""
    return _page()


def _page(
    used: CaseState | None = None, form: LimitForm | None = None, status: int = 200, overtaken: str = ""
) -> ResponseReturnValue:
    rows = []
    for state, limit in neutrality.limits().items():
        one = form if form is not None and state is used else LimitForm(formdata=None)
        if one is not form:
            one.working_days.data = limit.working_days
        one.working_days.id = f"hari-{state.value}"
        rows.append((limit, one))
    page = render_template(
        "neutrality/limits.html",
        rows=rows,
        wrong=form if form is not None and form.errors else None,
        may_set=stages.may_govern(current_user, Permission.CALENDAR_MANAGE, election()),
        overtaken=overtaken,
    )
    return page, status


@bp.post("/netralitas/tenggat/<step_code>")
@requires(Permission.CALENDAR_MANAGE)
def set_limit(step_code: str) -> ResponseReturnValue:
    """Let a step take so many working days. 409 where somebody else was quicker."""
    if step_code not in set(neutrality.TIMED):
        raise NotFound("Langkah itu tidak ada.")
    state, form = CaseState(step_code), LimitForm()
    form.working_days.id = f"hari-{state.value}"
    if not form.validate() or not isinstance(form.working_days.data, int):
        return _page(state, form, 422)
    try:
        if form.is_first_sending():
            version = form.version.data or 0
            neutrality.set_limit(state, form.working_days.data, by=current_user, version=version)
            flash(f"Batas langkah «{state.label}» sudah disimpan.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(state, form, 422)
    except NotNow as refusal:
        db.session.rollback()
        return _page(status=409, overtaken=refusal.message)
    return htmx.see_other(url_for(".limits"))
