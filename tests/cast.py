"""The cast: the people and places that tests speak of, and the fillings of the database that they start from.

A filling is a function that writes rows inside an application context. It runs once per test process; every
test then starts from a copy, so a rich one costs no more than an empty one. `@pytest.mark.template("empty")`
chooses another than the usual one for a test, a class or (as `pytestmark`) a module.

    kaltim   the usual one: Kalimantan Timur's regions and figures, the election of 2024 with its stages,
             eleven items of the library, all their entries untouched, and the demo's people with a few more
    demo     what `flask demo load` makes: all 120 items and the day as Berau's Sekda told it
    empty    migrated, no rows

Fixtures give people as the domain sees them (Person); `signed_in(client, "operator.berau")` puts one at a
browser.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import data
from app.domain import accounts, checklists, clock, regions, stages
from app.domain.accounts import Account, LoginSession, Person, Role
from app.domain.checklists import EntryRow
from app.extensions import db

PASSWORD = "sandi-demo-untuk-pengujian"
"""Everybody's, as tests/desk.py sets it."""
ITEMS = frozenset(
    {
        "LOG-09",  # province, once, needs a file, n_kabkota
        "LOG-10",  # kabupaten, daily, needs a file, tps_total
        "LOG-12",  # kecamatan, once, needs a file, due on the first quiet day
        "LOG-14",  # kabupaten, once, needs a file, due on the test's day
        "LOG-15",  # desa, three days
        "ASN-09",  # per event, needs a file
        "KTP-10",  # kabupaten, three days, needs a photo
        "KTP-11",  # kabupaten, three days, needs no file
        "KAM-05",  # kabupaten and province, every Monday
        "SOS-13",  # kecamatan and desa, twice on voting day at an hour
        "LAP-04",  # kabupaten, daily across the stages
    }
)
BERAU, PASER, SAMBALIUNG, TELUK_BAYUR, MARATUA = "64.03", "64.01", "64.03.03", "64.03.09", "64.03.11"


def fill_kaltim() -> None:
    """The usual filling."""
    from app.cli.demo import ground, people
    from app.cli.regions import KALTIM, SOURCE_VERSION, shipped

    regions.load_regions(shipped(KALTIM), source_version=SOURCE_VERSION, today=clock.today("Asia/Makassar"))
    regions.load_figures(data.rows("kaltim_angka.csv"), by="Sistem")
    regions.load_polling_stations(data.rows("kaltim_tps_khusus.csv"))
    accounts.load_units(data.rows("perangkat_daerah.csv"))
    accountable = accounts.Accountability(data.rows("perangkat_daerah.csv"))
    chosen = (row for row in data.rows("checklist_items.csv") if row["code"] in ITEMS)
    checklists.load_library(chosen, unit_for=accountable.unit_for, cite=data.cite)
    election = stages.create_election(
        ground.CODE, "Pemilihan Serentak 2024", ground.VOTING_DAY, in_use_from=ground.IN_USE_FROM
    )
    stages.load_stages(election, data.rows("app_stages.csv"))
    checklists.expect(election)
    people.appoint_all(PASSWORD)
    _appoint_the_others()


def _appoint_the_others() -> None:
    """Who the demo has no use for: a colleague, one in two offices, one
    who left yesterday, one who comes tomorrow.
    """
    since, yesterday, tomorrow = dt.date(2024, 11, 1), dt.date(2024, 11, 24), dt.date(2024, 11, 26)
    add_person("rekan.berau", (Role.OPERATOR, BERAU, {"starts_on": since}))
    add_person(
        "rangkap.berau",
        (Role.OPERATOR, BERAU, {"starts_on": since}),
        (Role.SUPERVISOR, "64", {"starts_on": since}),
    )
    add_person("mantan.berau", (Role.OPERATOR, BERAU, {"starts_on": since, "ends_on": yesterday}))
    add_person("calon.berau", (Role.OPERATOR, BERAU, {"starts_on": tomorrow}))
    add_person("logistik.berau", (Role.OPERATOR, BERAU, {"starts_on": since, "areas": ("LOG",)}))
    add_person("disdukcapil.berau", (Role.OPERATOR, BERAU, {"starts_on": since, "unit_code": "disdukcapil"}))


def add_person(username: str, *appointments: tuple[Role, str, dict[str, Any]]) -> Person:
    """Somebody more, with everybody's password; each appointment is
    (role, region code, the rest of `appoint`).
    """
    stored = db.session.scalar(db.select(Account.password_hash).limit(1)) or accounts.hash_password(PASSWORD)
    name = username.replace(".", " ").title()
    account = accounts.create_account(username, name, PASSWORD, must_change=False, ready_hash=stored)
    for role, region, about in appointments:
        accounts.appoint(account.id, role, region, **about)
    return person(username)


def fill_demo() -> None:
    """What `flask demo load` makes."""
    from app.cli.demo import fill

    fill(PASSWORD)


FILLINGS: dict[str, Callable[[], None]] = {"kaltim": fill_kaltim, "demo": fill_demo}
"""Name to filling; "empty" (migrated, no rows of our own) is always there."""

USUAL = "kaltim"
"""Which one a test gets that does not choose."""


def person(username: str) -> Person:
    """Somebody by account name, with the appointments in force at the test's moment."""
    found = accounts.person_of(username)
    assert found is not None, f"nobody is called {username}"
    return found


def entry_of(code: str, region: str, period: str = "") -> EntryRow:
    """An expected entry as it stands now."""
    return checklists.expected(stages.current_election(), code, region, period)


def figure(code: str, kind: regions.FigureKind, value: Decimal | int | None, **said: Any) -> regions.Figure:
    """A version of a reference figure more, in the session: as data of a past day, so without a trail."""
    row = regions.Figure(**regions.figure_values(code, kind, value, **said))
    db.session.add(row)
    db.session.flush()
    return row


def signed_in(client: FlaskClient, username: str) -> FlaskClient:
    """Give the browser a session of that person without the form (whose hashing is slow on purpose)."""
    from app.web.access import TOKEN

    token = f"tanda-{username}"
    with client.application.app_context():
        account_id = db.session.scalar(db.select(Account.id).where(Account.username == username))
        assert account_id is not None, f"nobody is called {username}"
        kept = hashlib.sha256(token.encode()).hexdigest()
        row = db.session.scalar(db.select(LoginSession).where(LoginSession.token_hash == kept))
        if row is None:
            row = LoginSession(
                token_hash=kept,
                account_id=account_id,
                started_at=clock.real_now(),
                expires_at=clock.real_now() + dt.timedelta(hours=12),
            )
            db.session.add(row)
        session_id = row.id if row.id is not None else _flushed(row)
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.permanent = True
        cookie["_user_id"] = str(session_id)
        cookie["_fresh"] = True
        cookie[TOKEN] = token
    return client


def _flushed(row: LoginSession) -> int:
    db.session.flush()
    return row.id


@pytest.fixture
def operator(session: Any) -> Person:
    """Who fills: the operator of Berau."""
    return person("operator.berau")


@pytest.fixture
def supervisor(session: Any) -> Person:
    """Who verifies: the supervisor of Berau."""
    return person("penyelia.berau")


@pytest.fixture
def stranger(session: Any) -> Person:
    """The operator of Paser, who has no business in Berau."""
    return person("operator.paser")


@pytest.fixture
def inspector(session: Any) -> Person:
    """Who reads everything in the province, the trail too."""
    return person("inspektorat.kaltim")


@pytest.fixture
def admin(session: Any) -> Person:
    """Who administers the province's desks and verifies nothing."""
    return person("admin.kaltim")


@pytest.fixture
def left(session: Any) -> Person:
    """Who was operator of Berau until yesterday."""
    return person("mantan.berau")


@pytest.fixture
def camat(session: Any) -> Person:
    """The operator of one kecamatan, Sambaliung."""
    return person("operator.sambaliung")


@pytest.fixture
def election(session: Any) -> stages.Election:
    """The election of 27 November 2024."""
    return stages.current_election()
