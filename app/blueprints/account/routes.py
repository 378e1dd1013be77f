"""/akun: one's own appointments, password and sessions."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from app.blueprints.account.forms import PasswordForm
from app.blueprints.account.words import MandateRow, browser_words, governed, mandate_row
from app.domain import accounts, audit, clock, regions
from app.domain.accounts import LoginSession, Mandate, TooMany
from app.domain.errors import Invalid, NotFound
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, forget_person, signed_in

bp = Blueprint("account", __name__)

ACCOUNT = "account"


class SessionRow(NamedTuple):
    """One signed-in browser of the person."""

    session: LoginSession
    browser: str
    is_this: bool


@bp.get("/akun")
@signed_in
def index() -> ResponseReturnValue:
    """Who I am here, what I may do, and where I am signed in."""
    return _page(PasswordForm())


def _page(form: PasswordForm, status: int = 200) -> ResponseReturnValue:
    now, coming, ended = _mandates()
    page = render_template(
        "account/index.html",
        form=form,
        now=now,
        coming=coming,
        ended=ended,
        sessions=[
            SessionRow(session, browser_words(session.browser), session.id == current_user.session_id)
            for session in accounts.sessions_of(current_user.id)
        ],
        zone=home_zone(),
    )
    return make_response(page, status)


@bp.get("/akun/kunci-formulir")
@signed_in
def form_key() -> ResponseReturnValue:
    """Whose session this is and a token for its forms: what a browser asks before it sends again what it kept."""
    return {"akun": current_user.id, "kunci": generate_csrf()}


def home_zone() -> str:
    """The zone in which this person is told times of their own."""
    return regions.zone_of(current_user.home.region_code) if current_user.home else "Asia/Jakarta"


def _mandates() -> tuple[list[MandateRow], list[MandateRow], list[MandateRow]]:
    """Appointments in force, to come, and over, each by the calendar of its own region."""
    now: list[Mandate] = []
    coming: list[Mandate] = []
    ended: list[Mandate] = []
    for mandate in accounts.mandates_of(current_user.id):
        today = clock.today(regions.zone_of(mandate.region_code))
        part = now if mandate.is_in_force(today) else coming if today < mandate.starts_on else ended
        part.append(mandate)
    return _rows(now), _rows(coming), _rows(ended)


def _rows(mandates: list[Mandate]) -> list[MandateRow]:
    whole = governed(mandates)
    return [mandate_row(mandate, whole) for mandate in mandates]


@bp.post("/akun/sandi")
@signed_in
def password() -> ResponseReturnValue:
    """Change one's own password; all other sessions of the account end. 422 with the reason at its field.

    429 after too many wrong ones: whoever finds a browser signed in must not guess the password there.
    """
    form = PasswordForm()
    if not form.validate():
        return _page(form, 422)
    try:
        begun = accounts.begin_try(current_user.username, request.remote_addr or "")
    except TooMany as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _page(form, 429)
    db.session.commit()  # counted before it is looked at
    try:
        accounts.change_password(
            current_user.id,
            old=form.old.data or "",
            new=form.password.data or "",
            keep_session=current_user.session_id,
            by=current_user,
        )
    except Invalid as refusal:
        db.session.rollback()
        if "old" not in refusal.fields:
            accounts.take_back(begun)
            db.session.commit()
        form.refuse(refusal)
        return _page(form, 422)
    accounts.take_back(begun)
    db.session.commit()
    flash("Kata sandi sudah diganti. Sesi Anda di perangkat lain sudah diakhiri.", "ok")
    return htmx.see_other(url_for("account.index"))


@bp.post("/akun/sesi/<int:session_id>/akhiri")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """End one session of one's own, this one too; NotFound for anybody else's and for one that is over."""
    if not accounts.end_session(session_id, current_user.id):
        raise NotFound("Sesi itu tidak ada, sudah berakhir, atau bukan milik Anda.")
    _record("account:session:end", session=session_id)
    if session_id == current_user.session_id:
        forget_person()
        flash("Anda sudah keluar.", "ok")
        return htmx.see_other(url_for("auth.enter"))
    flash("Sesi itu sudah diakhiri. Peramban di sana harus masuk lagi.", "ok")
    return htmx.see_other(url_for("account.index"))


@bp.post("/akun/sesi/akhiri-lainnya")
@signed_in
def end_others() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    count = accounts.end_sessions(current_user.id, but=current_user.session_id)
    if count:
        _record("account:session:end_others", sessions=count)
    flash(f"{count} sesi lain sudah diakhiri." if count else "Tidak ada sesi lain yang terbuka.", "ok")
    return htmx.see_other(url_for("account.index"))


def _record(action: str, **said: Any) -> None:
    """Put the deed into the trail and commit both."""
    audit.record(
        action,
        by=current_user,
        subject=(ACCOUNT, current_user.id),
        changes={name: [None, value] for name, value in said.items()},
    )
    db.session.commit()


from app.blueprints.account import second_factor  # noqa: E402, F401  (it adds its views to bp)
