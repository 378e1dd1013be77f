"""Every change of an account or an appointment is in the trail, and no password ever is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.domain import accounts, audit
from app.domain.accounts import Role
from tests.cast import BERAU, PASSWORD

MONDAY = dt.date(2024, 11, 25)


def told(session) -> list[audit.AuditEntry]:
    return list(session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.seq)))


def test_each_deed_leaves_its_link_with_who_did_it(session, admin):
    before = len(told(session))
    made = accounts.create_account("orang.baru", "Orang Baru", "sementara-2024", by=admin)
    held = accounts.appoint(made.id, Role.OPERATOR, BERAU, starts_on=MONDAY, areas=("LOG",), by=admin)
    accounts.end_appointment(held.id, on=MONDAY, by=admin)
    accounts.set_password(made.id, "sementara-2025", must_change=True, by=admin)
    accounts.change_password(made.id, old="sementara-2025", new="sandi yang lain 7", keep_session=0, by=admin)
    accounts.disable_account(made.id, by=admin)
    links = told(session)[before:]
    assert [link.action for link in links] == [
        "account:account:create",
        "account:appointment:create",
        "account:appointment:end",
        "account:password:reset",
        "account:password:change",
        "account:account:disable",
    ]
    assert {link.actor_id for link in links} == {admin.id}
    assert {(link.subject_kind, link.subject_id) for link in links} == {("account", str(made.id))}
    assert links[1].changed["role"] == [None, "operator"]
    assert links[1].changed["areas"] == [None, "LOG"]
    assert links[1].region_code == links[2].region_code == BERAU
    assert links[2].changed["ends_on"] == [None, "2024-11-25"]


def test_no_password_and_no_hash_is_in_the_trail(session, operator):
    accounts.set_password(operator.id, "rahasia-sekali-9", must_change=False)
    everything = " ".join(link.changes for link in told(session))
    stored = session.get(accounts.Account, operator.id).password_hash
    for secret in ("rahasia-sekali-9", PASSWORD, stored, "argon2"):
        assert secret not in everything


def test_what_the_command_line_does_is_told_as_the_systems(session):
    accounts.create_account("orang.baru", "Orang Baru", "sementara-2024")
    last = told(session)[-1]
    assert (last.actor_id, last.actor_name) == (None, "Sistem")
