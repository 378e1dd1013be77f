"""/tahapan/<kode>/ubah: a stage of the whole election, and what moves with it."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.stages.effects import Effects, effects_of
from app.blueprints.stages.forms import LOOKED, StageForm, asked, carried
from app.blueprints.stages.reach import MANAGE, kept_election
from app.blueprints.stages.routes import bp
from app.domain import checklists, reports, stages
from app.domain.errors import Invalid, NotNow
from app.domain.stages import Election, Stage
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, requires
from app.web.context import election, home_region, today_in


@bp.get("/tahapan/<stage_code>/ubah")
@requires(MANAGE)
def look_at_stage(stage_code: str) -> ResponseReturnValue:
    """A stage's name, days and place, and once they are changed what would move; nothing is saved."""
    now = election()
    stage = stages.find_stage(now, stage_code)
    form = asked(StageForm)
    if LOOKED not in request.args:
        form.process(data=_as_it_is(now, stage))
        return _page(stage, form)
    return _page(stage, form, status=200 if form.validate() else 422, looks=True)


def _as_it_is(now: Election, stage: Stage) -> dict[str, object]:
    order = [one.code for one in stages.stages_of(now)]
    return {
        "name": stage.name,
        "start_offset": stages.shifted(now.voting_day, stage.start_offset),
        "end_offset": stages.shifted(now.voting_day, stage.end_offset),
        "place": order.index(stage.code) + 1,
    }


def _page(
    stage: Stage, form: StageForm, *, status: int = 200, looks: bool = False, overtaken: str = ""
) -> ResponseReturnValue:
    now = election()
    effects: Effects | None = None
    if looks and status in (200, 409):
        try:
            planned = _planned(now, stage.code, form)
            effects = effects_of(checklists.preview_stage(now, planned, day=today_in(home_region())))
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
    page = render_template(
        "stages/edit.html",
        election=now,
        stage=stage,
        form=form,
        effects=effects,
        carried=carried(form) if effects else [],
        may_change=stages.may_govern(current_user, MANAGE, now),
        moved_in=[move for move in stages.moves_of(now) if move.stage_code == stage.code],
        overtaken=overtaken,
    )
    return page, status


def _planned(now: Election, code: str, form: StageForm) -> Stage:
    """The stage as the form says it. Raises the domain's Invalid."""
    first, last = form.start_offset.data or now.voting_day, form.end_offset.data or now.voting_day
    return stages.planned_stage(
        now,
        code,
        name=form.name.data or "",
        start_offset=(first - now.voting_day).days,
        end_offset=(last - now.voting_day).days,
    )


@bp.post("/tahapan/<stage_code>/ubah")
@requires(MANAGE)
def change_stage(stage_code: str) -> ResponseReturnValue:
    """Save a stage, its items' new wordings and their entries at once. 409 where the calendar changed since."""
    stage = stages.find_stage(election(), stage_code)
    form = StageForm()
    if not form.validate():
        return _page(stage, form, status=422)
    try:
        if form.is_first_sending():
            now = kept_election()
            with reports.in_step(now):
                checklists.change_stage(
                    now,
                    _planned(now, stage_code, form),
                    place=form.place.data or 1,
                    version=form.version.data or 0,
                    by=current_user,
                )
            flash(f"Tahapan {form.name.data} disimpan, dan isiannya sudah mengikuti.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(stage, form, status=422)
    except NotNow as refusal:
        db.session.rollback()
        return _page(stage, form, status=409, looks=True, overtaken=refusal.message)
    return htmx.see_other(url_for(".index"))
