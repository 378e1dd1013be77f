"""Many people at once leave what the same people one by one would have left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import accounts, audit
from app.domain.accounts import Account, Appointment, Person, Proposal, Role, Standing, bringing
from app.domain.accounts.bringing import Arrival
from app.domain.audit import AuditEntry
from app.domain.errors import NotNow
from app.extensions import db
from tests import cast
from tests.counting import statements

DAY = dt.date(2024, 11, 1)
WHOLE = Proposal(
    Role.LEADER,
    "64.02.01",
    DAY,
    ends_on=dt.date(2024, 12, 31),
    unit_code="disdukcapil",
    areas=("LOG", "KTP"),
    standing=Standing.PLT,
    position="Camat",
    rank="Pembina",
    employee_number="198503172010012003",
    signs=True,
    document="200/118",
)
BARE = Proposal(Role.OPERATOR, cast.BERAU, DAY)
OWN = frozenset({"id", "account_id"})


def rows_of(username: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[Any, ...]]]:
    """Account, appointments and trail of somebody, without what differs between any two people."""
    account = db.session.query(Account).filter_by(username=username).one()
    said = {c.name: getattr(account, c.name) for c in Account.__table__.columns if c.name not in OWN}
    held = [
        {c.name: getattr(one, c.name) for c in Appointment.__table__.columns if c.name not in OWN}
        for one in db.session.query(Appointment).filter_by(account_id=account.id)
    ]
    links = db.session.query(AuditEntry).filter_by(subject_kind="account", subject_id=str(account.id))
    trail = [
        (one.action, one.region_code, one.actor_id, one.changes.replace(username, "x"), one.at)
        for one in links.order_by(AuditEntry.seq)
    ]
    del said["username"], said["access_version"]
    return said, held, trail


@pytest.mark.parametrize("proposal", [WHOLE, BARE], ids=["whole", "bare"])
def test_the_rows_and_the_trail_are_those_of_one_by_one(admin: Person, proposal: Proposal):
    made = accounts.create_account("satu.satu", "Siti", "sandi-panjang", ready_hash="x", by=admin)
    about = proposal._asdict()
    role, region = about.pop("role"), about.pop("region")
    accounts.appoint(made.id, role, region, **about, by=admin)
    one_by_one = rows_of("satu.satu")
    bringing.bring_in([Arrival(None, "banyak.orang", "Siti", "x", proposal)], by=admin)
    assert rows_of("banyak.orang") == one_by_one


def test_whoever_is_there_gets_the_appointment_and_fresh_rights(admin: Person):
    person = cast.add_person("sudah.ada")
    before = db.session.get(Account, person.id).access_version  # type: ignore[union-attr]
    bringing.bring_in([Arrival(person.id, "sudah.ada", "Sudah Ada", "", BARE)], by=admin)
    db.session.commit()
    db.session.expire_all()
    assert db.session.get(Account, person.id).access_version == before + 1  # type: ignore[union-attr]
    assert [mandate.role for mandate in accounts.mandates_of(person.id)] == [Role.OPERATOR]


def test_each_appointment_belongs_to_its_own_account(admin: Person):
    """More than one statement's worth, of different roles."""
    many = [
        Arrival(None, f"orang{n}", f"Orang {n}", f"hash {n}", BARE if n % 2 else WHOLE) for n in range(1_200)
    ]
    with statements() as asked:
        bringing.bring_in(many, by=admin)
    assert len(asked) < 40
    db.session.commit()
    found = (
        db.session.query(Account.username, Account.name, Account.password_hash, Appointment.role)
        .join(Appointment, Appointment.account_id == Account.id)
        .filter(Account.username.startswith("orang"))
        .all()
    )
    assert len(found) == 1_200
    for username, name, stored, role in found:
        number = int(username.removeprefix("orang"))
        assert (name, stored, role) == (
            f"Orang {number}",
            f"hash {number}",
            "operator" if number % 2 else "pimpinan",
        )
    assert audit.verify().first_break is None


def test_a_name_taken_since_is_refused(admin: Person):
    cast.add_person("baru.saja")
    with pytest.raises(NotNow, match=r"baru\.saja baru saja dipakai"):
        bringing.bring_in([Arrival(None, "baru.saja", "Baru", "x", BARE)], by=admin)


def test_nobody_leaves_no_trace(admin: Person):
    before = audit.head()
    bringing.bring_in([], by=admin)
    assert audit.head() == before
