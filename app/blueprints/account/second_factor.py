"""/akun/dua-langkah: one's own second factor, its recovery codes, and doing without it again."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, flash, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.account.forms import ConfirmForm, RenewForm, TurnOffForm
from app.blueprints.account.routes import bp, home_zone
from app.domain import accounts, clock, secrecy
from app.domain.accounts import TooMany, Try, WrongCode
from app.domain.errors import Invalid
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, me, signed_in
from app.web.forms import DeskForm
from app.web.qr import square_code

DRAWN = "recovery_codes"
"""Where the cookie keeps new recovery codes, locked, on the way from the deed to the page that shows them once."""


def _page(form: DeskForm | None = None, status: int = 200) -> ResponseReturnValue:
    """How it stands, with the form that was refused, if any; the others are fresh."""
    person = me()
    state = accounts.second_factor_of(person.id)
    page = render_template(
        "account/second_factor.html",
        state=state,
        square=square_code(state.enrolment.uri) if state.enrolment else "",
        must=accounts.owes_second_factor(person, current_app.config["TWO_STEPS_ROLES"]),
        refused=form,
        confirm=form if isinstance(form, ConfirmForm) else ConfirmForm(formdata=None),
        renew=form if isinstance(form, RenewForm) else RenewForm(formdata=None),
        turn_off=form if isinstance(form, TurnOffForm) else TurnOffForm(formdata=None),
        zone=home_zone(),
    )
    return make_response(page, status)


@bp.get("/akun/dua-langkah")
@signed_in
def second_factor() -> ResponseReturnValue:
    """Off, being set up or on, each with what can be done about it."""
    return _page()


@bp.post("/akun/dua-langkah/mulai")
@signed_in
def begin_second_factor() -> ResponseReturnValue:
    """Draw a secret for the phone; NotNow when it is on already."""
    accounts.begin_second_factor(current_user.id, by=current_user)
    db.session.commit()
    return htmx.see_other(url_for("account.second_factor"))


@bp.post("/akun/dua-langkah/batal")
@signed_in
def cancel_second_factor() -> ResponseReturnValue:
    """Forget the secret that no code has confirmed yet; NotNow when there is none."""
    accounts.cancel_second_factor(current_user.id, by=current_user)
    db.session.commit()
    flash("Penyiapan dibatalkan. Hapus juga Desk Pilkada dari aplikasi kode di ponsel.", "ok")
    return htmx.see_other(url_for("account.second_factor"))


@bp.post("/akun/dua-langkah/pastikan")
@signed_in
def confirm_second_factor() -> ResponseReturnValue:
    """Turn it on by a first code, then show the recovery codes; 422 for a code that does not fit."""
    form = ConfirmForm()
    if not form.validate():
        return _page(form, 422)
    try:
        drawn = accounts.confirm_second_factor(
            current_user.id, form.code.data or "", keep_session=current_user.session_id, by=current_user
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, 422)
    db.session.commit()
    flash("Masuk dua langkah menyala. Sesi Anda di perangkat lain sudah diakhiri.", "ok")
    return _to_codes(drawn)


@bp.post("/akun/dua-langkah/kode-cadangan/baru")
@signed_in
def renew_recovery_codes() -> ResponseReturnValue:
    """New recovery codes in the place of all old ones; 422 for a wrong code, 429 after too many."""
    form = RenewForm()
    drawn: list[str] = []

    def renew(address: str, begun: Try) -> None:
        drawn.extend(accounts.renew_recovery_codes(me(), form.code.data or "", address=address, begun=begun))

    return _proven(form, renew) or _to_codes(drawn)


@bp.post("/akun/dua-langkah/matikan")
@signed_in
def turn_off_second_factor() -> ResponseReturnValue:
    """Do without it again; 422 for a wrong password or code, 429 after too many."""
    form = TurnOffForm()

    def turn_off(address: str, begun: Try) -> None:
        password, code = form.password.data or "", form.code.data or ""
        accounts.turn_off_second_factor(me(), password=password, code=code, address=address, begun=begun)

    refused = _proven(form, turn_off)
    if refused is not None:
        return refused
    flash("Masuk dua langkah sudah dimatikan. Kode cadangan yang lama tidak berlaku lagi.", "ok")
    return htmx.see_other(url_for("account.second_factor"))


def _proven(form: DeskForm, deed: Callable[[str, Try], None]) -> ResponseReturnValue | None:
    """Do a deed that takes a code and commit it; the page that explains where it was refused, None where it was not."""
    if not form.validate():
        return _page(form, 422)
    address = request.remote_addr or ""
    try:
        begun = accounts.begin_try(current_user.username, address)
    except TooMany as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _page(form, 429)
    db.session.commit()  # counted before it is looked at
    try:
        deed(address, begun)
    except WrongCode as refusal:
        db.session.commit()  # the try counts
        form.refuse(refusal)
        return _page(form, 422)
    db.session.commit()
    return None


def _to_codes(drawn: list[str]) -> ResponseReturnValue:
    session[DRAWN] = secrecy.lock(" ".join(drawn))
    return htmx.see_other(url_for("account.recovery_codes"))


@bp.get("/akun/dua-langkah/kode-cadangan")
@signed_in
def recovery_codes() -> ResponseReturnValue:
    """New recovery codes, to be printed or written down: this once, then the cookie has forgotten them too."""
    locked = session.pop(DRAWN, "")
    if not locked:
        flash(
            "Kode cadangan hanya ditampilkan sekali. Bila belum tersimpan, buat yang baru di bawah.", "warn"
        )
        return htmx.see_other(url_for("account.second_factor"))
    return render_template(
        "account/recovery_codes.html",
        codes=secrecy.unlock(locked).split(),
        made_on=clock.local(clock.real_now(), home_zone()).date(),
    )
