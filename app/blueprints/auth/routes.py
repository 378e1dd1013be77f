"""/masuk and /keluar."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.auth import halfway
from app.blueprints.auth.forms import SignInForm
from app.domain import accounts, audit
from app.domain.accounts import AccountOver, Halfway, TooMany
from app.extensions import db
from app.web import htmx
from app.web.access import current_user, forget_person, keep_signed_in, open_to_all, signed_in
from app.web.paging import safe_path

bp = Blueprint("auth", __name__)


def _form_page(form: SignInForm, status: int = 200, retry_minutes: int = 0) -> ResponseReturnValue:
    page = render_template("auth/enter.html", form=form, next_path=_next_path(), retry_minutes=retry_minutes)
    response = make_response(page, status)
    if retry_minutes:
        response.headers["Retry-After"] = str(retry_minutes * 60)
    return response


def _closed(form: SignInForm, refusal: TooMany) -> ResponseReturnValue:
    db.session.rollback()  # nobody waits for the page to be drawn before writing
    form.form_errors.append(refusal.message)
    return _form_page(form, 429, refusal.minutes)


def _next_path() -> str:
    return safe_path(request.values.get("lanjut"), "/")


@bp.get("/masuk")
@open_to_all
def enter() -> ResponseReturnValue:
    """The sign-in form, or the front page for somebody who is in already."""
    if current_user.is_authenticated:
        return htmx.see_other(_next_path())
    return _form_page(SignInForm())


@bp.post("/masuk")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Open a session, or ask for the second step; 422 for a wrong name or password, 429 after too many."""
    form = SignInForm()
    if not form.validate():
        return _form_page(form, 422)
    name, address = (form.username.data or "").strip().lower(), request.remote_addr or ""
    try:
        begun = accounts.begin_try(name, address)
    except TooMany as refusal:
        return _closed(form, refusal)
    db.session.commit()  # counted before it is looked at: of many tries at the same moment none is free
    why = "Nama akun atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."
    try:
        opened = accounts.sign_in(
            name,
            form.password.data or "",
            address=address,
            browser=request.user_agent.string,
            lifetime=current_app.config["SESSION_MAX_AGE"],
            begun=begun,
        )
    except TooMany as refusal:
        db.session.commit()  # nothing was looked at: no guess, and nothing for the trail
        return _closed(form, refusal)
    except AccountOver as refusal:
        opened, why = None, refusal.message
    if opened is None:
        audit.record("account:session:refuse", by=None, subject=("account", name[:40]))
        db.session.commit()
        if begun.closed_minutes:
            return _closed(form, TooMany(begun.closed_minutes))
        form.form_errors.append(why)
        return _form_page(form, 422)
    if isinstance(opened, Halfway):
        db.session.commit()
        halfway.keep(opened, _next_path())
        return htmx.see_other(url_for("auth.code"))
    person = keep_signed_in(opened)
    audit.record("account:session:open", by=person, subject=("account", name[:40]))
    db.session.commit()
    return htmx.see_other(_next_path())


@bp.post("/keluar")
@signed_in
def leave() -> ResponseReturnValue:
    """End this session."""
    accounts.end_session(current_user.session_id, current_user.id)
    audit.record("account:session:close", by=current_user, subject=("account", current_user.username[:40]))
    db.session.commit()
    forget_person()
    flash("Anda sudah keluar.", "ok")
    return htmx.see_other(url_for("auth.enter"))


from app.blueprints.auth import code  # noqa: E402, F401  (it adds its views to bp)
