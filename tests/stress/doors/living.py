"""Live sessions at several workers: what is taken away is gone at the next request of every one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from app.domain import accounts
from app.domain.accounts import Role
from app.extensions import db
from tests.stress.doors.browsing import Browser, at_once
from tests.stress.doors.guests import IN_FORCE, OWN, SIBLING, Guest, add, enter
from tests.stress.plan import Row, Way, nothing
from tests.stress.serving import PASSWORD

if TYPE_CHECKING:
    from tests.stress.doors.knocking import Scene

CONNECTIONS = 12
"""Kept connections of one person, spread over the workers by whoever accepts first."""
YESTERDAY = dt.date(2024, 11, 24)
NEW_PASSWORD = "kuda-lumping-merah-7"


class Change(NamedTuple):
    """Something that is taken from a person, and the page that they must not get any more."""

    name: str
    page: str
    take: Callable[[Scene, Guest], None]


def _end_role(scene: Scene, guest: Guest) -> None:
    assert guest.person is not None
    for mandate in guest.person.appointments:
        accounts.end_appointment(mandate.id, on=YESTERDAY)


def _move_away(scene: Scene, guest: Guest) -> None:
    """The office of Berau ends and one of Paser begins."""
    _end_role(scene, guest)
    assert guest.person is not None
    accounts.appoint(guest.person.id, Role.OPERATOR, SIBLING, starts_on=YESTERDAY)


def _disable(scene: Scene, guest: Guest) -> None:
    assert guest.person is not None
    accounts.disable_account(guest.person.id)


def _limit(scene: Scene, guest: Guest) -> None:
    assert guest.person is not None
    accounts.limit_account(guest.person.id, YESTERDAY)


def _end_sessions(scene: Scene, guest: Guest) -> None:
    assert guest.person is not None
    accounts.end_sessions(guest.person.id)


def _reset(scene: Scene, guest: Guest) -> None:
    assert guest.person is not None
    accounts.set_password(guest.person.id, NEW_PASSWORD, must_change=True)


def _change_password(scene: Scene, guest: Guest) -> None:
    """By the person, at another browser, through the form."""
    other = enter(scene.app, guest.name)
    fields = [
        ("csrf_token", other.token),
        ("sandi", PASSWORD),
        ("sandi_baru", NEW_PASSWORD),
        ("sandi_ulang", NEW_PASSWORD),
    ]
    answer = scene.browser.post("/akun/sandi", fields, other.cookie)
    assert answer.status == 303, answer.status


ENTRIES, REGION = f"/daftar-periksa?wilayah={OWN}", f"/wilayah/{OWN}"
CHANGES = (
    Change("a role that ended", "/daftar-periksa/kisi", _end_role),
    Change("a region that was taken away", REGION, _move_away),
    Change("an account that was shut", "/", _disable),
    Change("an account whose last day has passed", "/", _limit),
    Change("sessions that were ended", "/", _end_sessions),
    Change("a password that was reset", "/", _reset),
    Change("a password changed at another browser", "/", _change_password),
)


def rows(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """One row for each thing that can be taken."""
    ready_hash = accounts.hash_password(PASSWORD)
    for number, change in enumerate(CHANGES):
        name = f"hidup.{number}"
        add(name, ready_hash, [(Role.OPERATOR, OWN, None)])
        db.session.commit()
        guest = enter(scene.app, name, "operator", OWN, IN_FORCE)
        browsers = [Browser(scene.browser.port) for _ in range(CONNECTIONS)]
        before = statuses(browsers, change.page, guest)
        change.take(scene, guest)
        db.session.commit()
        after = statuses(browsers, change.page, guest)
        still = [f"{status}" for status in after if status == 200]
        still += [f"{status} before" for status in before if status != 200]
        yield nothing(part, way, f"live sessions that survive {change.name}", still, str(CONNECTIONS))


def statuses(browsers: list[Browser], page: str, guest: Guest) -> list[int]:
    """What each kept connection is answered with, all asking at once."""
    return list(at_once(lambda browser: browser.ask("GET", page, guest.cookie).status, browsers, CONNECTIONS))
