"""/tahapan/jadwal-khusus: a stage on other dates in one region, what moves with it, and taking it back."""

from __future__ import annotations

from typing import NamedTuple

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.stages.effects import Effects, effects_of
from app.blueprints.stages.forms import (
    AGAIN,
    LOOKED,
    POSTPONED,
    MoveForm,
    WithdrawForm,
    asked,
    carried,
    choices,
)
from app.blueprints.stages.reach import MANAGE, kept_election, region_choices
from app.blueprints.stages.routes import bp
from app.domain import checklists, regions, reports, stages
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.stages import Election, StageOverride
from app.extensions import db
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, today_in


class MoveRow(NamedTuple):
    """A move with its names."""

    move: StageOverride
    region: str
    stage: str


def _rows(now: Election, moves: list[StageOverride]) -> list[MoveRow]:
    names = regions.names_of([move.region_code for move in moves])
    titles = {stage.code: stage.name for stage in stages.stages_of(now)}
    return [
        MoveRow(
            move, names.get(move.region_code, move.region_code), titles.get(move.stage_code, move.stage_code)
        )
        for move in moves
    ]


@bp.get("/tahapan/jadwal-khusus")
@requires(MANAGE)
def moves() -> ResponseReturnValue:
    """The moves within reach: those in force, and those withdrawn or replaced, with who and when."""
    now = election()
    ever = stages.moves_ever(now, current_user.reach(MANAGE))
    in_force = {move.id for move in stages.moves_of(now)}
    rows = _rows(now, ever)
    return render_template(
        "stages/moves.html",
        election=now,
        standing=[row for row in rows if row.move.id in in_force],
        over=[row for row in rows if row.move.id not in in_force],
        zone=regions.zone_of(current_user.reach(MANAGE)[0]),
    )


@bp.get("/tahapan/jadwal-khusus/baru")
@requires(MANAGE)
def new_move() -> ResponseReturnValue:
    """The form, and once it is filled what would move; nothing is saved."""
    form = asked(MoveForm)
    replaced = _replaced(form)
    _offer(form)
    if LOOKED not in request.args:
        if replaced is not None:
            form.process(data=_as_said(replaced))
        return _page(form, replaced)
    return _page(form, replaced, status=200 if form.validate() else 422, looks=True)


def _replaced(form: MoveForm) -> StageOverride | None:
    """The move in force that the form is to replace (`?ganti=`), or the one that it named when it was looked at."""
    text = request.args.get("ganti", "")
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    return stages.find_move(number, current_user.reach(MANAGE)) if number else None


def _as_said(move: StageOverride) -> dict[str, object]:
    names = ("stage_code", "region_code", "starts_on", "ends_on", "reason", "document")
    again = AGAIN if move.runs_again else POSTPONED
    return {**{name: getattr(move, name) for name in names}, "again": again, "seen": move.id}


def _said_again(form: MoveForm) -> bool | None:
    """Whether the stage runs again or is postponed. Refuses (Invalid) a late one of which that is not said."""
    stage = stages.find_stage(election(), form.stage_code.data)
    late = stages.starts_after(form.starts_on.data, stage.end_offset, election().voting_day)
    if late and form.runs_again is None:
        raise Invalid(
            "Tahapan ini baru dimulai setelah masanya lewat.", again="Pilih: ditunda, atau diulang."
        )
    return form.runs_again


def _offer(form: MoveForm) -> None:
    """Stages and regions to choose from; a region out of reach is NotFound, as one that does not exist."""
    form.stage_code.choices = choices([(stage.code, stage.name) for stage in stages.stages_of(election())])
    roots = current_user.reach(MANAGE)
    wanted = form.region_code.data if isinstance(form.region_code.data, str) else ""
    if wanted:
        reach.within(MANAGE, wanted)
    form.region_code.choices = choices(region_choices(roots, wanted or roots[0]))


def _page(
    form: MoveForm,
    replaced: StageOverride | None,
    *,
    status: int = 200,
    looks: bool = False,
    overtaken: str = "",
) -> ResponseReturnValue:
    effects = None
    if looks and status in (200, 409):
        effects, status = _look(form, status)
    page = render_template(
        "stages/move.html",
        form=form,
        replaced=replaced,
        effects=effects,
        carried=carried(form) if effects else [],
        calendar_version=election().calendar_version,
        overtaken=overtaken,
    )
    return page, status


def _look(form: MoveForm, status: int) -> tuple[Effects | None, int]:
    """What the form would do; a refusal goes into the form instead."""
    now = election()
    try:
        move = stages.planned_move(
            now,
            form.stage_code.data,
            form.region_code.data,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            reason=form.reason.data,
            document=form.document.data or "",
            again=_said_again(form),
            seen=form.seen.data or None,
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return None, 422
    except NotNow as refusal:
        form.refuse(refusal)
        return None, 409
    there = (move.stage_code, move.region_code)
    standing = next((m for m in stages.moves_of(now) if (m.stage_code, m.region_code) == there), None)
    form.seen.data = 0 if standing is None else standing.id
    day = today_in(move.region_code)
    return effects_of(checklists.preview_move(now, move, day=day)), status


@bp.post("/tahapan/jadwal-khusus/baru")
@requires(MANAGE)
def make_move() -> ResponseReturnValue:
    """Save the move and let its entries follow. 409 where the calendar changed since it was looked at."""
    form = MoveForm()
    _offer(form)
    if not form.validate():
        return _page(form, None, status=422)
    try:
        if form.is_first_sending():
            now = kept_election()
            with reports.in_step(now):
                checklists.move_stage(
                    now,
                    form.stage_code.data,
                    form.region_code.data,
                    starts_on=form.starts_on.data,
                    ends_on=form.ends_on.data,
                    reason=form.reason.data,
                    document=form.document.data or "",
                    again=_said_again(form),
                    seen=form.seen.data or 0,
                    version=form.version.data or 0,
                    by=current_user,
                )
            flash("Jadwal khusus berlaku, dan isiannya sudah mengikuti.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, None, status=422)
    except NotNow as refusal:
        db.session.rollback()
        form.seen.data = 0
        return _page(form, None, status=409, looks=True, overtaken=refusal.message)
    return htmx.see_other(url_for(".moves"))


@bp.get("/tahapan/jadwal-khusus/<int:move_id>/cabut")
@requires(MANAGE)
def look_at_withdrawal(move_id: int) -> ResponseReturnValue:
    """What withdrawing a move would do, and the form that does it."""
    return _withdrawal(_found(move_id), WithdrawForm(formdata=None))


def _found(move_id: int) -> StageOverride:
    move = stages.find_move(move_id, current_user.reach(MANAGE))
    if move.election_id != election().id:
        raise NotFound("Jadwal khusus itu milik Pemilihan yang tidak sedang berlaku.")
    return move


def _withdrawal(
    move: StageOverride, form: WithdrawForm, status: int = 200, overtaken: str = ""
) -> ResponseReturnValue:
    now, day = election(), today_in(move.region_code)
    stands = move.withdrawn_at is None and move.id in {one.id for one in stages.moves_of(now)}
    page = render_template(
        "stages/withdraw.html",
        row=_rows(now, [move])[0],
        form=form,
        effects=effects_of(checklists.preview_withdrawal(now, move, day=day)) if stands else None,
        calendar_version=now.calendar_version,
        overtaken=overtaken,
        zone=regions.zone_of(move.region_code),
    )
    return page, status


@bp.post("/tahapan/jadwal-khusus/<int:move_id>/cabut")
@requires(MANAGE)
def withdraw(move_id: int) -> ResponseReturnValue:
    """Take a move back; its open entries follow, what was answered stays."""
    move, form = _found(move_id), WithdrawForm()
    if not form.validate():
        return _withdrawal(move, form, 422)
    try:
        if form.is_first_sending():
            now = kept_election()
            with reports.in_step(now):
                checklists.withdraw_move(
                    now, move, reason=form.reason.data, version=form.version.data or 0, by=current_user
                )
            flash("Jadwal khusus dicabut, dan isiannya sudah mengikuti.", "ok")
        db.session.commit()
    except NotNow as refusal:
        db.session.rollback()
        return _withdrawal(_found(move_id), form, 409, refusal.message)
    return htmx.see_other(url_for(".moves"))
