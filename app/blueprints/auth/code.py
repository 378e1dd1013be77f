"""/masuk/kode: the second step of signing in."""

from __future__ import annotations

from flask import current_app, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.auth import halfway
from app.blueprints.auth.forms import CodeForm, RecoveryForm
from app.blueprints.auth.routes import bp
from app.domain import accounts, audit
from app.domain.accounts import TooMany, WrongCode
from app.domain.errors import NotNow
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, keep_signed_in, open_to_all


def _form() -> CodeForm | RecoveryForm:
    """For the phone's code, or with `?cadangan=1` for one on paper; either takes both."""
    return RecoveryForm() if request.args.get("cadangan") else CodeForm()


def _page(form: CodeForm | RecoveryForm, status: int = 200, retry_minutes: int = 0) -> ResponseReturnValue:
    page = render_template("auth/code.html", form=form, on_paper=isinstance(form, RecoveryForm))
    response = make_response(page, status)
    if retry_minutes:
        response.headers["Retry-After"] = str(retry_minutes * 60)
    return response


@bp.get("/masuk/kode")
@open_to_all
def code() -> ResponseReturnValue:
    """Ask for the code; to the front page for somebody who is in, to the password for somebody who is not halfway."""
    if current_user.is_authenticated:
        return htmx.see_other("/")
    if halfway.kept() is None:
        return _again("")
    return _page(_form())


@bp.post("/masuk/kode")
@open_to_all
def check_code() -> ResponseReturnValue:
    """Open the session; 422 for a wrong code, 429 after too many, back to the password after five minutes."""
    kept = halfway.kept()
    if kept is None:
        return _again("Waktu untuk menuliskan kode sudah habis. Masuk lagi dari awal.")
    person, next_path = kept
    form, address = _form(), request.remote_addr or ""
    if not form.validate():
        return _page(form, 422)
    try:
        begun = accounts.begin_try(person.username, address)
    except TooMany as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _page(form, 429, refusal.minutes)
    db.session.commit()  # counted before it is looked at
    try:
        opened = accounts.finish_sign_in(
            person,
            form.code.data or "",
            address=address,
            browser=request.user_agent.string,
            lifetime=current_app.config["SESSION_MAX_AGE"],
            begun=begun,
        )
    except WrongCode as refusal:
        db.session.commit()  # the try counts
        form.refuse(refusal)
        return _page(form, 422)
    except NotNow as refusal:
        db.session.rollback()
        return _again(refusal.message)
    signed_in = keep_signed_in(opened)
    audit.record("account:session:open", by=signed_in, subject=("account", person.username[:40]))
    db.session.commit()
    return htmx.see_other(next_path)


def _again(why: str) -> ResponseReturnValue:
    """Back to the password, with the reason and the path that was wanted."""
    wanted = halfway.forget()
    if why:
        flash(why, "warn")
    return htmx.see_other(url_for("auth.enter", lanjut=wanted if len(wanted) > 1 else None))
