"""Whoever knocks: every role, in every place around Berau, in office and out of it, each with an open session."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf

from app import create_app
from app.cli.regions import SOURCE_VERSION, load_tree, shipped
from app.domain import accounts, clock
from app.domain.accounts import LoginSession, Person, Role
from app.domain.accounts.sessions import hash_token
from app.extensions import db
from app.web.access import TOKEN
from config import Settings
from tests.stress.serving import PASSWORD, Desk

OWN, CHILD, SIBLING, PARENT, ELSEWHERE = "64.03", "64.03.03", "64.01", "64", "65.01"
PLACES = (OWN, CHILD, SIBLING, PARENT, ELSEWHERE)
"""Berau, where everything lies that is knocked at; a kecamatan of it; a neighbour; the province; another province."""
SINCE, YESTERDAY = dt.date(2024, 11, 1), dt.date(2024, 11, 24)
IN_FORCE, ENDED, ANONYMOUS = "in force", "ended", "anonymous"
POWERFUL = ("serba.satu", "serba.dua")
"""Two who hold every role in Berau and in the province: together they can do all that four eyes can."""


class Guest(NamedTuple):
    """Somebody at a browser: `person` is what the domain says of them, None for nobody."""

    name: str
    role: str
    place: str
    standing: str
    cookie: str
    token: str
    person: Person | None

    def __str__(self) -> str:
        return f"{self.role or 'nobody'} of {self.place or 'nowhere'}, {self.standing}"


NOBODY = Guest("", "", "", ANONYMOUS, "", "", None)


@contextmanager
def inside(attacked: Desk) -> Iterator[Flask]:
    """The application on this desk's rows and on its day, in this process."""
    named = attacked.environment
    app = create_app(
        Settings(mode="demo", data=str(attacked.data), database_url=attacked.url, clock=named["DESK_CLOCK"])
    )
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
            clock.set_real()


def settle(app: Flask) -> list[Guest]:
    """Load another province, appoint everybody, and open their sessions; nobody first."""
    load_tree(shipped(ELSEWHERE), SOURCE_VERSION, ELSEWHERE)
    ready_hash = accounts.hash_password(PASSWORD)
    guests = [NOBODY]
    for standing, last_day in ((IN_FORCE, None), (ENDED, YESTERDAY)):
        for place in PLACES:
            for role in Role:
                name = f"{'t' if last_day is None else 'm'}.{role.value}.{place.replace('.', '')}"
                add(name, ready_hash, ((role, place, last_day),))
                guests.append(enter(app, name, role.value, place, standing))
    everything = [(role, place, None) for place in (OWN, PARENT) for role in Role]
    for name in POWERFUL:
        add(name, ready_hash, everything)
    db.session.commit()
    return guests


def add(
    username: str,
    ready_hash: str,
    held: list[tuple[Role, str, dt.date | None]] | tuple[tuple[Role, str, dt.date | None], ...],
) -> None:
    """Somebody with these appointments (role, place, last day)."""
    account = accounts.create_account(
        username, username.replace(".", " ").title(), PASSWORD, must_change=False, ready_hash=ready_hash
    )
    for role, place, last_day in held:
        accounts.appoint(account.id, role, place, starts_on=SINCE, ends_on=last_day)


def enter(app: Flask, username: str, role: str = "", place: str = "", standing: str = IN_FORCE) -> Guest:
    """A session as the sign-in form opens it, without the hashing of a password."""
    person = accounts.person_of(username)
    assert person is not None, f"nobody is called {username}"
    token = secrets.token_urlsafe(32)
    row = LoginSession(
        token_hash=hash_token(token),
        account_id=person.id,
        started_at=clock.real_now(),
        expires_at=clock.real_now() + dt.timedelta(hours=12),
    )
    db.session.add(row)
    db.session.commit()
    with app.test_request_context():
        session.permanent = True
        session.update({TOKEN: token, "_user_id": str(row.id), "_fresh": True})
        g.pop("csrf_token", None)  # kept from whoever came before, since all share one application context
        form_token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        cookie = signer.dumps(dict(session))
    return Guest(
        username, role, place, standing, f"{app.config['SESSION_COOKIE_NAME']}={cookie}", form_token, person
    )
