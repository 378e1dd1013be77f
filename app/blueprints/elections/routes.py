"""/pemilihan: the elections, their voting day, the next one, and the one that the desks work on."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.elections.forms import END, CloneForm, RenameForm, SwitchForm, VotingDayForm
from app.blueprints.elections.view import row_of, shifted_stages, terms_for
from app.blueprints.stages.effects import effects_of
from app.blueprints.stages.forms import LOOKED, asked, carried
from app.domain import accounts, checklists, jobs, reports, stages
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotNow
from app.domain.stages import Election
from app.extensions import db
from app.jobs.elections import PREPARE
from app.web import htmx
from app.web.access import current_user, me, requires
from app.web.context import home_region, today_in

bp = Blueprint("elections", __name__)
MANAGE = Permission.CALENDAR_MANAGE


def _may_change(election: Election) -> bool:
    return stages.may_govern(current_user, MANAGE, election)


@bp.get("/pemilihan")
@requires(MANAGE)
def index() -> ResponseReturnValue:
    """All elections, newest voting day first."""
    return render_template("elections/index.html", rows=[row_of(one) for one in stages.elections()])


@bp.get("/pemilihan/<int:election_id>")
@requires(MANAGE)
def show(election_id: int) -> ResponseReturnValue:
    """One election: its days, what it holds, and what may be done with it."""
    return _show(stages.find_election(election_id))


def _show(election: Election, form: RenameForm | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "elections/show.html",
        row=row_of(election),
        races=stages.races(election),
        stages=shifted_stages(election, election.voting_day),
        steps=stages.steps_of(election),
        moves=stages.moves_of(election),
        form=form or RenameForm(formdata=None, data={"name": election.name}),
        may_change=_may_change(election),
    )
    return page, status


@bp.post("/pemilihan/<int:election_id>/nama")
@requires(MANAGE)
def rename(election_id: int) -> ResponseReturnValue:
    """Give an election another name. 409 where its calendar changed since."""
    election, form = stages.find_election(election_id), RenameForm()
    if not form.validate():
        return _show(election, form, 422)
    try:
        if form.is_first_sending():
            stages.rename_election(election, form.name.data or "", version=form.version.data, by=me())
            flash("Nama Pemilihan sudah diganti.", "ok")
        db.session.commit()
    except NotNow as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _show(stages.find_election(election_id), form, 409)
    return htmx.see_other(url_for(".show", election_id=election_id))


# --- Voting day ---------------------------------------------------------------------------------------------------


@bp.get("/pemilihan/<int:election_id>/hari")
@requires(MANAGE)
def look_at_day(election_id: int) -> ResponseReturnValue:
    """Another voting day, and once it is said what would move; nothing is saved."""
    election, form = stages.find_election(election_id), asked(VotingDayForm)
    if LOOKED not in request.args:
        return _day(election, form)
    return _day(election, form, 200 if form.validate() else 422, looks=True)


def _day(
    election: Election, form: VotingDayForm, status: int = 200, *, looks: bool = False, overtaken: str = ""
) -> ResponseReturnValue:
    effects, shifted = None, []
    day = form.voting_day.data
    if looks and status in (200, 409) and day is not None:
        try:
            effects = effects_of(checklists.preview_voting_day(election, day, day=today_in(home_region())))
            shifted = shifted_stages(election, day)
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
    page = render_template(
        "elections/day.html",
        election=election,
        form=form,
        effects=effects,
        shifted=shifted,
        carried=carried(form) if effects else [],
        moves=stages.moves_of(election),
        may_change=_may_change(election),
        overtaken=overtaken,
    )
    return page, status


@bp.post("/pemilihan/<int:election_id>/hari")
@requires(MANAGE)
def move_day(election_id: int) -> ResponseReturnValue:
    """Move voting day with every stage, step and open entry. 409 where the calendar changed since."""
    election, form = stages.find_election(election_id), VotingDayForm()
    if not form.validate():
        return _day(election, form, 422)
    try:
        if form.is_first_sending():
            with reports.in_step(election):
                checklists.change_voting_day(
                    election,
                    form.voting_day.data or election.voting_day,
                    reason=form.reason.data,
                    day=today_in(home_region()),
                    version=form.version.data or 0,
                    by=current_user,
                )
            flash("Hari pemungutan suara dipindahkan, dan semua tanggal mengikutinya.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _day(stages.find_election(election_id), form, 422)
    except NotNow as refusal:
        db.session.rollback()
        return _day(stages.find_election(election_id), form, 409, looks=True, overtaken=refusal.message)
    return htmx.see_other(url_for(".show", election_id=election_id))


# --- The next one -------------------------------------------------------------------------------------------------


@bp.get("/pemilihan/<int:election_id>/salin")
@requires(MANAGE)
def look_at_clone(election_id: int) -> ResponseReturnValue:
    """The next election's name and days, and once they are said all its dates; nothing is saved."""
    election, form = stages.find_election(election_id), asked(CloneForm)
    if LOOKED not in request.args:
        return _clone(election, form)
    return _clone(election, form, 200 if form.validate() else 422, looks=True)


def _clone(
    source: Election, form: CloneForm, status: int = 200, *, looks: bool = False
) -> ResponseReturnValue:
    shown = False
    if looks and status == 200:
        try:
            stages.check_clone(source, *_said(form), day=today_in(home_region()), is_meant=form.is_meant.data)
            shown = True
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
    _, _, voting_day, in_use_from = _said(form)
    page = render_template(
        "elections/clone.html",
        source=source,
        form=form,
        shown=shown,
        shifted=shifted_stages(source, voting_day) if shown else [],
        carried=carried(form) if shown else [],
        entries=checklists.entries_of_election(source),
        is_large=checklists.is_large(source),
        races=len(stages.races(source)),
        steps=len(stages.steps_of(source)),
        moves=len(stages.moves_of(source)),
        terms=terms_for(source, in_use_from) if shown else None,
        may_change=_may_change(source),
    )
    return page, status


def _said(form: CloneForm) -> tuple[str, str, dt.date, dt.date]:
    """Code, name, voting day and first day of the form; days that are missing make it invalid before they are read."""
    voting_day = form.voting_day.data or dt.date.max
    return form.code.data or "", form.name.data or "", voting_day, form.in_use_from.data or voting_day


@bp.post("/pemilihan/<int:election_id>/salin")
@requires(MANAGE)
def clone(election_id: int) -> ResponseReturnValue:
    """Make the next election with its entries; a large one's are made in the background."""
    source, form = stages.find_election(election_id), CloneForm()
    if not form.validate():
        return _clone(source, form, 422)
    try:
        if not form.is_first_sending():
            return htmx.see_other(url_for(".index"))
        code, name, voting_day, in_use_from = _said(form)
        made = checklists.clone_election(
            source,
            code,
            name,
            voting_day,
            in_use_from=in_use_from,
            day=today_in(home_region()),
            by=current_user,
            is_meant=form.is_meant.data,
        )
        if checklists.is_large(source):
            _prepare(made)
        else:
            reports.expect(made, since=in_use_from)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _clone(stages.find_election(election_id), form, 422)
    flash(f"{made.name} disiapkan. Desk tetap bekerja pada Pemilihan yang berlaku sampai diganti.", "ok")
    return htmx.see_other(url_for(".show", election_id=made.id))


def _prepare(election: Election) -> None:
    jobs.ask(
        PREPARE,
        f"Menyiapkan isian {election.name}",
        {"election": election.id},
        region=stages.provinces_of(election)[0],
        by=current_user,
    )


# --- Handing over -------------------------------------------------------------------------------------------------


@bp.get("/pemilihan/<int:election_id>/berlakukan")
@requires(MANAGE)
def look_at_switch(election_id: int) -> ResponseReturnValue:
    """What making an election the current one touches; nothing is done."""
    return _switch(stages.find_election(election_id), SwitchForm(formdata=None))


def _switch(
    election: Election, form: SwitchForm, status: int = 200, overtaken: str = ""
) -> ResponseReturnValue:
    now = stages.current_election()
    page = render_template(
        "elections/switch.html",
        row=row_of(election),
        now=now,
        now_entries=checklists.entries_of_election(now),
        form=form,
        terms=terms_for(now, election.in_use_from),
        may_change=_may_change(election) and _may_change(now),
        overtaken=overtaken,
    )
    return page, status


@bp.post("/pemilihan/<int:election_id>/berlakukan")
@requires(MANAGE)
def switch(election_id: int) -> ResponseReturnValue:
    """Let the desks work on this election. 409 where another one became current since."""
    election, form = stages.find_election(election_id), SwitchForm()
    if not form.validate():
        return _switch(election, form, 422)
    try:
        if form.is_first_sending():
            flash(_handed_over(election, form), "ok")
        db.session.commit()
    except NotNow as refusal:
        db.session.rollback()
        return _switch(stages.find_election(election_id), form, 409, refusal.message)
    return htmx.see_other(url_for(".index"))


def _handed_over(election: Election, form: SwitchForm) -> str:
    """Do it, and say what was done."""
    before = stages.current_election()
    stages.govern(current_user, MANAGE, before)
    with reports.in_step(election):
        checklists.make_current(
            election,
            instead_of=form.instead_of.data or 0,
            is_ready=row_of(election).is_ready,
            by=current_user,
        )
    if checklists.is_large(election):
        _prepare(election)
    said = f"{election.name} berlaku sekarang."
    if form.people.data == END:
        ended = accounts.end_terms(stages.provinces_of(before), today_in(home_region()), by=me())
        said += f" {ended} penugasan berakhir hari ini."
    return said
