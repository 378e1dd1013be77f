"""The list of people: who is in it, what narrows it, and in which state they are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import accounts, clock
from app.domain.accounts import Account, Appointment, PeopleFilters, Person, Role, State
from app.domain.accounts.naming import base_of
from app.domain.errors import NotAllowed
from app.extensions import db
from tests.cast import BERAU, PASER, PASSWORD, SAMBALIUNG, add_person, person
from tests.counting import statements

MONDAY = dt.date(2024, 11, 25)
DAY = dt.timedelta(days=1)


@pytest.fixture
def berau(session: Any) -> Person:
    """The admin of Berau."""
    return person("admin.berau")


def listed(by: Person, **about: Any) -> set[str]:
    rows, total = accounts.people_page(by, PeopleFilters(**about), page=1, per_page=200)
    assert total == len(rows)
    return {row.username for row in rows}


def change(username: str, **values: Any) -> None:
    db.session.execute(db.update(Account).where(Account.username == username).values(**values))
    db.session.flush()


def test_an_admin_sees_who_ever_served_below_and_whom_they_made(berau: Person):
    accounts.create_account("baru.berau", "Baru", PASSWORD, by=berau)
    accounts.create_account("baru.paser", "Baru", PASSWORD, by=person("admin.paser"))
    found = listed(berau)
    assert {"operator.berau", "mantan.berau", "calon.berau", "operator.sambaliung", "baru.berau"} <= found
    assert not {"operator.paser", "operator.kaltim", "baru.paser"} & found
    assert {"operator.paser", "operator.kaltim", "baru.paser"} <= listed(person("admin.kaltim"))


@pytest.mark.parametrize(
    "text, found",
    [
        ("rekan", {"rekan.berau"}),
        ("REKAN berau", {"rekan.berau"}),
        ("berau rekan", {"rekan.berau"}),
        ("operator.samb", {"operator.sambaliung"}),
        ("198001012005011001", {"kepala.berau"}),
        ("19800101 200501 1 001", {"kepala.berau"}),
        ("100%", set()),
        ("_____", set()),
        ("tidak ada yang begini", set()),
    ],
)
def test_people_are_found_by_name_account_and_employee_number(berau: Person, text: str, found: set[str]):
    add_person(
        "kepala.berau", (Role.LEADER, BERAU, {"starts_on": MONDAY, "employee_number": "198001012005011001"})
    )
    assert listed(berau, text=text) == found


def test_people_are_narrowed_by_role_region_and_unit(berau: Person):
    assert listed(berau, region=SAMBALIUNG) == {"operator.sambaliung", "penyelia.sambaliung"}
    assert listed(berau, region=SAMBALIUNG, role=Role.OPERATOR) == {"operator.sambaliung"}
    assert listed(berau, unit_code="tidak-ada") == set()
    assert listed(berau, unit_code="disdukcapil") == {"disdukcapil.berau"}
    assert "mantan.berau" not in listed(berau, role=Role.OPERATOR), "who was one is none"
    assert "mantan.berau" in listed(berau, role=Role.OPERATOR, state=State.IDLE)


def test_an_appointment_elsewhere_does_not_answer_for_one_here(berau: Person):
    """Operator in Berau and supervisor of the province: no supervisor of Berau."""
    assert "rangkap.berau" in listed(berau, region=BERAU, role=Role.OPERATOR)
    assert "rangkap.berau" not in listed(berau, region=BERAU, role=Role.SUPERVISOR)


def test_people_are_narrowed_by_where_they_stand(berau: Person):
    for name, until in (("segera.berau", MONDAY + 14 * DAY), ("nanti.berau", MONDAY + 15 * DAY)):
        add_person(name, (Role.LEADER, BERAU, {"starts_on": MONDAY, "ends_on": until}))
    change("rekan.berau", last_signed_in_at=clock.real_now())
    change("logistik.berau", expires_on=MONDAY + DAY)
    change("disdukcapil.berau", expires_on=MONDAY - DAY)
    change("operator.berau", is_disabled=True)
    assert listed(berau, state=State.CLOSED) == {"operator.berau"}
    assert listed(berau, state=State.OVER) == {"disdukcapil.berau"}
    assert listed(berau, state=State.IDLE) == {"mantan.berau", "calon.berau"}
    assert listed(berau, state=State.ENDING) == {"segera.berau", "logistik.berau"}
    assert "rekan.berau" not in listed(berau, state=State.NEVER)
    assert {"nanti.berau", "mantan.berau"} <= listed(berau, state=State.NEVER)
    active = listed(berau, state=State.ACTIVE)
    assert {"rekan.berau", "segera.berau"} <= active
    assert not {"operator.berau", "disdukcapil.berau", "mantan.berau"} & active


@pytest.mark.parametrize(
    "values, until, state",
    [
        ({"is_disabled": True, "expires_on": MONDAY - DAY}, None, State.CLOSED),
        ({"expires_on": MONDAY - DAY}, None, State.OVER),
        ({"expires_on": MONDAY}, None, State.NEVER),
        ({"expires_on": MONDAY, "seen": True}, None, State.ENDING),
        ({"seen": True}, MONDAY + 14 * DAY, State.ENDING),
        ({"seen": True}, MONDAY + 15 * DAY, State.ACTIVE),
        ({"seen": True}, None, State.ACTIVE),
    ],
)
def test_each_row_says_where_the_account_stands(
    berau: Person, values: dict[str, Any], until: dt.date | None, state: State
):
    add_person("seseorang.berau", (Role.LEADER, BERAU, {"starts_on": MONDAY, "ends_on": until}))
    kept = {key: value for key, value in values.items() if key != "seen"}
    seen = clock.real_now() if values.get("seen") else None
    change("seseorang.berau", **kept, last_signed_in_at=seen)
    row = accounts.people_page(berau, PeopleFilters(text="seseorang"), page=1)[0][0]
    assert row.state(MONDAY) is state


def test_the_list_is_by_name_with_the_shut_ones_last(berau: Person):
    accounts.rename_account(person("rekan.berau").id, "aaa kecil")
    change("admin.berau", is_disabled=True)
    names = [row.username for row in accounts.people_page(berau, PeopleFilters(), page=1)[0]]
    assert (names[0], names[-1]) == ("rekan.berau", "admin.berau")


def test_five_thousand_people_are_paged_in_three_statements(session: Any):
    many = [
        {
            "id": 10_000 + number,
            "username": f"orang.{number}",
            "name": f"Orang {number:05}",
            "password_hash": "-",
            "created_at": clock.now(),
        }
        for number in range(5_000)
    ]
    session.execute(db.insert(Account), many)
    session.execute(
        db.insert(Appointment),
        [
            {
                "account_id": row["id"],
                "role": "operator",
                "region_code": BERAU,
                "starts_on": MONDAY,
                "created_at": row["created_at"],
            }
            for row in many
        ],
    )
    session.commit()
    by = person("admin.kaltim")
    with statements() as asked:
        rows, total = accounts.people_page(by, PeopleFilters(text="Orang 0"), page=2, per_page=50)
    assert (total, len(rows), rows[0].name) == (5_000, 50, "Orang 00050")
    assert all(row.held for row in rows)
    assert len(asked) == 3


def test_wrong_tries_are_counted_until_the_right_one(session: Any, operator: Person):
    assert accounts.wrong_tries("operator.berau").newest is None
    for _ in range(5):
        accounts.sign_in("operator.berau", "salah", address="", browser="", lifetime=DAY)
    tries = accounts.wrong_tries("operator.berau")
    assert (tries.count, tries.waiting_minutes > 0) == (5, True)
    assert tries.newest is not None
    assert abs(tries.newest - clock.real_now()) < dt.timedelta(minutes=1)
    account = session.query(Account).filter_by(username="operator.berau").one()
    account.last_signed_in_at = clock.real_now() + dt.timedelta(seconds=1)
    session.flush()
    assert accounts.wrong_tries("operator.berau").count == 0


@pytest.mark.parametrize(
    "name, made",
    [
        ("Budi Santoso", "budi.santoso"),
        ("Dr. H. Budi Agus Santoso, S.E., M.Si.", "budi.santoso"),
        ("Suharto", "suharto"),
        ("Éva Ñuñez", "eva.nunez"),
        ("O'Brien", "obrien"),
        ("李小龍", "orang"),
        ("A", "orang.a"),
        ("H. A.", "h.a"),
        ("", "orang"),
        ("x" * 200, "x" * 40),
    ],
)
def test_an_account_name_is_made_from_a_name(name: str, made: str):
    assert base_of(name) == made
    accounts.check_username(made)


def test_a_suggested_account_name_is_free(session: Any):
    assert accounts.suggest_username("Operator Berau") == "operator.berau2"
    add_person("operator.berau2")
    assert accounts.suggest_username("Operator Berau") == "operator.berau3"
    assert accounts.suggest_username("Belum Ada") == "belum.ada"


def test_nobody_is_listed_for_whoever_manages_nobody(operator: Person):
    with pytest.raises(NotAllowed):
        accounts.people_page(operator, PeopleFilters(), page=1)


def test_a_name_of_another_region_is_not_found_by_searching(berau: Person):
    assert listed(berau, text="operator.paser") == set()
    assert listed(berau, region=PASER) == set()
