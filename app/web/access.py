"""Who may ask for a page: one mark stands above every view, and the house tests find it there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Request, current_app, flash, request, session, url_for
from flask_login import current_user as _current_user
from flask_login import login_user, logout_user

from app.domain import accounts
from app.domain.accounts import AccountOver, Permission, Person
from app.web import htmx
from app.web.rooms import MARK, Door

View = TypeVar("View", bound=Callable[..., Any])
SEEN = "seen"
TOKEN = "token"  # noqa: S105  (the name of a key in the cookie, not a secret)
BEFORE_OWN_PASSWORD = frozenset({"account.index", "account.password", "auth.leave"})
"""Where somebody may go whose password was set by another."""
TO_SECOND_FACTOR = frozenset(
    {
        "account.second_factor",
        "account.begin_second_factor",
        "account.cancel_second_factor",
        "account.confirm_second_factor",
        "auth.leave",
    }
)
"""Where somebody may go whose role wants a second factor that is not there yet."""

current_user = cast(Person, _current_user)
"""The signed-in Person; only views marked `open_to_all` may run without one."""


def me() -> Person:
    """The signed-in Person itself, not its stand-in: for code that asks it many things."""
    found: Person = _current_user._get_current_object()
    return found


def the_request() -> Request:
    """The request itself, not its stand-in: for what asks it many things at every click."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found


def requires(permission: Permission) -> Callable[[View], View]:
    """The view is for people who hold the permission somewhere; where exactly is the domain's question."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            me().require(permission)
            return view(*args, **kwargs)

        setattr(guarded, MARK, permission)
        return cast(View, guarded)

    return mark


def open_to_all(view: View) -> View:
    """The view needs nobody signed in: sign-in itself, health, assets."""
    setattr(view, MARK, "open")
    return view


def signed_in(view: View) -> View:
    """The view is about the person's own account."""
    setattr(view, MARK, "signed_in")
    return view


def mark_of(endpoint: str) -> Permission | str | None:
    """The mark of an endpoint's view, None where somebody forgot it (a house test refuses that)."""
    view = current_app.view_functions.get(endpoint)
    return getattr(view.open() if isinstance(view, Door) else view, MARK, None)


def load_person(session_id: str) -> Person | None:
    """Flask-Login's user loader: the person with today's appointments, or None when the session is over."""
    token = session.get(TOKEN)
    if not token or not session_id.isdigit():
        return None
    try:
        return accounts.signed_in_person(int(session_id), token)
    except AccountOver as refusal:
        session.pop(TOKEN)  # said once: whatever the browser asks next is asked by nobody
        flash(refusal.message, "warn")
        return None


def keep_signed_in(sign_in: accounts.SignIn) -> Person | None:
    """Bind the browser to a new session; everything the cookie held before is dropped (no session fixation)."""
    session.clear()
    session.permanent = True
    session[TOKEN] = sign_in.token
    person = accounts.signed_in_person(sign_in.session_id, sign_in.token)
    if person is not None:
        login_user(person)
        session.pop("_id", None)  # the library's own mark of a browser, which we do not use, on every request
    return person


def forget_person() -> None:
    """Drop everything that the cookie holds."""
    logout_user()
    session.clear()


def require_sign_in() -> Any:
    """Before every request: nobody passes without a session unless the view is open to all.

    Whoever still has a password that somebody else set comes no further than the page that changes it; then whoever
    must have a second factor, no further than the page that sets one up.
    """
    asked = request.endpoint
    if asked is None or asked == "static" or mark_of(asked) == "open":
        return None
    person = me()
    if not person.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if person.must_change_password:
        return None if asked in BEFORE_OWN_PASSWORD else htmx.see_other(url_for("account.index"))
    roles = current_app.config["TWO_STEPS_ROLES"]
    if roles and asked not in TO_SECOND_FACTOR and accounts.owes_second_factor(person, roles):
        return htmx.see_other(url_for("account.second_factor"))
    return None
