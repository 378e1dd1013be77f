"""What a desk still lacks is read from what is there; nobody ticks it off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import delete, update

from app.domain import accounts, jobs, letterheads, preparing
from app.domain.accounts import Account, Appointment, Role
from app.domain.checklists import Entry
from app.domain.errors import NotAllowed
from app.domain.regions import Figure
from app.domain.stages import Election
from app.extensions import db
from tests import cast
from tests.counting import statements

KALTIM = "64"
SOME_HEAD = letterheads.Content(
    (letterheads.Line("PEMERINTAH PROVINSI"), letterheads.Line("DESK PILKADA", "besar", True))
)


def admin(username: str = "admin.kaltim") -> accounts.Person:
    person = accounts.person_of(username)
    assert person is not None
    return person


def missing(region: str = KALTIM, username: str = "admin.kaltim") -> dict[str, preparing.Step]:
    return {step.name: step for step in preparing.missing_steps(admin(username), region)}


def test_a_kabupaten_whose_operators_ended_is_named(session: Any):
    session.execute(
        update(Appointment)
        .where(Appointment.region_code == cast.BERAU, Appointment.role == Role.OPERATOR.value)
        .values(starts_on=dt.date(2024, 11, 1), ends_on=dt.date(2024, 11, 24))
    )
    assert "Kabupaten Berau" in missing()["people-operator"].words


def test_who_is_disabled_does_not_fill_a_desk(session: Any):
    ids = db.session.scalars(
        db.select(Appointment.account_id).where(
            Appointment.region_code == cast.BERAU, Appointment.role == Role.SUPERVISOR.value
        )
    ).all()
    before = missing()["people-penyelia"].words if "people-penyelia" in missing() else ""
    assert "Kabupaten Berau" not in before
    session.execute(update(Account).where(Account.id.in_(ids)).values(is_disabled=True))
    assert "Kabupaten Berau" in missing()["people-penyelia"].words


def test_a_desk_that_has_a_signatory_is_not_named(session: Any):
    assert "signatory" not in missing()
    session.execute(update(Appointment).where(Appointment.region_code == cast.BERAU).values(signs=False))
    assert missing()["signatory"].words == "Kabupaten Berau."
    cast.add_person(
        "kaban.berau", (Role.LEADER, cast.BERAU, {"starts_on": dt.date(2024, 11, 1), "signs": True})
    )
    db.session.commit()
    assert "signatory" not in missing()


def test_an_unknown_number_of_voters_is_missed_and_zero_is_not(session: Any):
    assert "figures" not in missing()
    newest = db.session.scalars(
        db.select(Figure.id)
        .where(Figure.region_code == cast.BERAU, Figure.kind == "dpt_total")
        .order_by(Figure.id.desc())
    ).first()
    session.execute(update(Figure).where(Figure.id == newest).values(value=None))
    assert "Kabupaten Berau" in missing()["figures"].words
    session.execute(update(Figure).where(Figure.id == newest).values(value=0))
    assert "figures" not in missing()


def test_a_desk_without_a_letterhead_prints_with_the_built_in_one(session: Any):
    assert "letterhead" in missing()
    by = admin()
    draft = letterheads.save_draft(KALTIM, SOME_HEAD, by=by, version=0)
    letterheads.publish(KALTIM, by=by, version=draft.version)
    assert "letterhead" not in missing()


def test_people_who_never_came_are_counted(session: Any):
    session.execute(update(Account).values(must_change_password=False))
    assert "newcomers" not in missing()
    session.execute(
        update(Account).where(Account.username == "operator.berau").values(must_change_password=True)
    )
    assert missing()["newcomers"].title.startswith("1 orang")
    assert "newcomers" not in missing(cast.PASER)


def test_without_a_worker_papers_wait_and_it_says_so(session: Any):
    assert "worker" in missing()
    jobs.show_alive("pekerja-1")
    assert "worker" not in missing()


def test_without_entries_the_library_is_named(session: Any):
    assert "entries" not in missing()
    session.execute(delete(Entry))
    assert "entries" in missing()


def test_without_an_election_that_comes_first(session: Any):
    session.execute(update(Election).values(is_current=False))
    assert next(iter(missing())) == "election"
    assert "entries" not in missing()


def test_it_is_not_told_to_whoever_manages_nobody(session: Any):
    with pytest.raises(NotAllowed):
        preparing.missing_steps(cast.person("operator.berau"), cast.BERAU)
    with pytest.raises(NotAllowed):
        preparing.missing_steps(admin(), "65")


def test_it_asks_ten_statements_at_most(session: Any, app: Any):
    person = admin()
    with statements() as asked:
        preparing.missing_steps(person, KALTIM)
    assert len(asked) <= 10
