"""What no appointment may be, whoever gives it, and how one is extended or taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import accounts, audit, clock
from app.domain.accounts import Appointment, Role, Standing
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import Region
from tests.cast import BERAU, MARATUA, SAMBALIUNG, add_person, person

MONDAY = dt.date(2024, 11, 25)
FRIDAY = dt.date(2024, 11, 29)
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer(session: Any) -> accounts.Person:
    """Operator of Berau for logistics, from Monday to Friday."""
    return add_person(
        "petugas.berau",
        (
            Role.OPERATOR,
            BERAU,
            {"starts_on": MONDAY, "ends_on": FRIDAY, "areas": ("LOG",), "document": "1/SK"},
        ),
    )


@pytest.mark.parametrize(
    "starts_on, ends_on, areas",
    [
        (MONDAY, FRIDAY, ("LOG",)),
        (FRIDAY, None, ("LOG",)),
        (MONDAY - DAY, MONDAY, ("ASN", "LOG")),
        (MONDAY - DAY, None, ()),
    ],
)
def test_the_same_appointment_is_not_held_twice_on_a_day(
    officer: Any, starts_on: dt.date, ends_on: dt.date | None, areas: tuple[str, ...]
):
    with pytest.raises(Invalid) as refused:
        accounts.appoint(officer.id, Role.OPERATOR, BERAU, starts_on=starts_on, ends_on=ends_on, areas=areas)
    assert (
        "sudah Operator di wilayah itu, 25 Nov 2024 sampai 29 Nov 2024" in refused.value.fields["starts_on"]
    )


@pytest.mark.parametrize(
    "about",
    [
        {"starts_on": FRIDAY + DAY, "areas": ("LOG",)},
        {"starts_on": MONDAY - DAY, "ends_on": MONDAY - DAY, "areas": ("LOG",)},
        {"starts_on": MONDAY, "areas": ("ASN",)},
        {"starts_on": MONDAY, "areas": ("LOG",), "unit_code": "dishub"},
        {"starts_on": MONDAY, "areas": ("LOG",), "role": Role.LEADER},
        {"starts_on": MONDAY, "areas": ("LOG",), "region": SAMBALIUNG},
    ],
)
def test_another_appointment_beside_it_is_given(officer: Any, about: dict[str, Any]):
    role, region = about.pop("role", Role.OPERATOR), about.pop("region", BERAU)
    assert accounts.appoint(officer.id, role, region, **about).id


def test_a_region_that_is_no_more_gets_no_officers(session: Any, operator: Any):
    session.get(Region, SAMBALIUNG).retired_on = dt.date(2024, 1, 1)
    session.flush()
    with pytest.raises(Invalid) as refused:
        accounts.appoint(operator.id, Role.OPERATOR, SAMBALIUNG, starts_on=MONDAY)
    assert "tidak berlaku lagi sejak 1 Jan 2024" in refused.value.fields["region"]


def test_a_desk_has_one_definitive_signatory_at_a_time(session: Any, officer: Any):
    with pytest.raises(Invalid) as refused:
        accounts.appoint(officer.id, Role.SUPERVISOR, BERAU, starts_on=MONDAY, signs=True)
    assert "Penyelia Berau (demo)" in refused.value.fields["signs"]
    acting = accounts.appoint(
        officer.id, Role.SUPERVISOR, BERAU, starts_on=MONDAY, signs=True, standing=Standing.PLT
    )
    assert acting.id
    assert accounts.appoint(officer.id, Role.LEADER, MARATUA, starts_on=MONDAY, signs=True).id


def test_who_signs_in_anothers_name_stands_beside_the_definitive_signatory(session: Any, officer: Any):
    made = accounts.appoint(
        officer.id,
        Role.LEADER,
        BERAU,
        starts_on=MONDAY,
        signs=True,
        position="Kepala Badan",
        on_behalf_of="Bupati Berau",
        through="Sekretaris Daerah",
        by=person("admin.berau"),
    )
    changed = audit.history_of("account", officer.id)[0].changed
    assert changed["on_behalf_of"] == [None, "Bupati Berau"]
    assert changed["through"] == [None, "Sekretaris Daerah"]
    holder = accounts.signatory(BERAU, MONDAY)
    assert holder is not None
    assert (holder.name, holder.manner) == (officer.name, "u.b.")
    assert not made.through.startswith("u.b.")


@pytest.mark.parametrize(
    "said, field",
    [
        ({"signs": True, "position": "Kepala", "through": "Sekda"}, "on_behalf_of"),
        ({"signs": False, "position": "Kepala", "on_behalf_of": "Bupati"}, "on_behalf_of"),
        ({"signs": True, "on_behalf_of": "Bupati"}, "position"),
        ({"signs": True, "position": "Kepala", "on_behalf_of": "x" * 161}, "on_behalf_of"),
    ],
)
def test_a_manner_of_signing_that_no_paper_could_show_is_refused(
    officer: Any, said: dict[str, Any], field: str
):
    with pytest.raises(Invalid) as refused:
        accounts.appoint(officer.id, Role.LEADER, BERAU, starts_on=MONDAY, **said)
    assert list(refused.value.fields) == [field]


def test_a_signatory_whose_term_or_account_is_over_stands_in_nobodys_way(session: Any, officer: Any):
    before = person("penyelia.berau")
    accounts.end_appointment(before.appointments[0].id, on=MONDAY)
    with pytest.raises(Invalid):
        accounts.appoint(officer.id, Role.SUPERVISOR, BERAU, starts_on=MONDAY, signs=True)
    assert accounts.appoint(officer.id, Role.SUPERVISOR, BERAU, starts_on=MONDAY + DAY, signs=True).id
    accounts.disable_account(person("penyelia.paser").id)
    assert accounts.appoint(officer.id, Role.SUPERVISOR, "64.01", starts_on=MONDAY, signs=True).id


def test_an_extension_moves_the_last_day_and_adds_its_document(session: Any, officer: Any):
    held = officer.appointments[0]
    accounts.extend_appointment(held.id, until=FRIDAY + DAY, document="2/SK", by=person("admin.berau"))
    row = session.get(Appointment, held.id)
    assert (row.ends_on, row.document) == (FRIDAY + DAY, "1/SK; 2/SK")
    link = audit.history_of("account", officer.id)[0]
    assert (link.action, link.region_code) == ("account:appointment:extend", BERAU)
    assert link.changed["ends_on"] == ["2024-11-29", "2024-11-30"]
    accounts.extend_appointment(held.id, until=None)
    assert session.get(Appointment, held.id).ends_on is None


@pytest.mark.parametrize("until", [FRIDAY, MONDAY - DAY])
def test_an_extension_that_is_none_is_refused(officer: Any, until: dt.date):
    with pytest.raises(Invalid) as refused:
        accounts.extend_appointment(officer.appointments[0].id, until=until)
    assert "until" in refused.value.fields


def test_an_appointment_without_an_end_has_nothing_to_extend(operator: Any):
    with pytest.raises(Invalid):
        accounts.extend_appointment(operator.appointments[0].id, until=FRIDAY)


def test_an_extension_does_not_reach_into_the_same_appointment_that_follows(session: Any, officer: Any):
    accounts.appoint(officer.id, Role.OPERATOR, BERAU, starts_on=FRIDAY + 3 * DAY, areas=("LOG",))
    accounts.extend_appointment(officer.appointments[0].id, until=FRIDAY + 2 * DAY)
    with pytest.raises(Invalid, match="sudah ada"):
        accounts.extend_appointment(officer.appointments[0].id, until=FRIDAY + 3 * DAY)


def test_an_appointment_that_has_not_begun_is_taken_back_and_the_trail_keeps_it(session: Any):
    coming = accounts.mandates_of(person("calon.berau").id)[0]
    accounts.withdraw_appointment(coming.id)
    assert session.get(Appointment, coming.id) is None
    link = audit.history_of("account", person("calon.berau").id)[0]
    assert link.action == "account:appointment:withdraw"
    assert link.changed["role"] == ["operator", None]


def test_an_appointment_that_has_begun_is_not_taken_back(session: Any, operator: Any):
    with pytest.raises(NotNow):
        accounts.withdraw_appointment(operator.appointments[0].id)
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T00:00:00+08:00"))
    with pytest.raises(NotNow):
        accounts.withdraw_appointment(accounts.mandates_of(person("calon.berau").id)[0].id)
    with pytest.raises(NotFound):
        accounts.withdraw_appointment(999_999)
