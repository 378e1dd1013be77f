"""Rights come from appointments in force, and reach what the appointment says."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain import accounts, clock
from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.errors import Invalid, NotAllowed, NotFound
from tests.cast import BERAU, MARATUA, PASER, SAMBALIUNG, add_person, person

FILL, VERIFY, READ = Permission.CHECKLIST_FILL, Permission.CHECKLIST_VERIFY, Permission.CHECKLIST_READ
MONDAY = dt.date(2024, 11, 25)


def test_a_right_reaches_the_regions_subtree_and_nothing_else(operator, camat):
    assert operator.may(FILL, region=BERAU)
    assert operator.may(FILL, region=MARATUA)
    assert not operator.may(FILL, region=PASER)
    assert not operator.may(FILL, region="64")
    assert camat.may(FILL, region=SAMBALIUNG)
    assert not camat.may(FILL, region=MARATUA)
    assert not camat.may(READ, region=BERAU)


def test_an_appointment_that_ended_yesterday_gives_nothing(left):
    assert left.appointments == ()
    assert not left.may(READ, region=BERAU)


def test_an_appointment_gives_its_rights_on_its_last_day_too(session):
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-24T23:59:00+08:00"))
    assert person("mantan.berau").may(FILL, region=BERAU)
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-25T00:00:00+08:00"))
    assert not person("mantan.berau").may(FILL, region=BERAU)


def test_the_last_day_ends_when_it_ends_in_that_region(session):
    """At 00.30 WIT it is still 23.30 in Kaltim (WITA): whoever serves there until the 24th is still in office."""
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-25T00:30:00+09:00"))
    assert person("mantan.berau").may(FILL, region=BERAU)


def test_an_appointment_that_starts_tomorrow_gives_nothing_yet(session):
    assert person("calon.berau").appointments == ()
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T08:00:00+08:00"))
    assert person("calon.berau").may(FILL, region=BERAU)


def test_areas_of_work_limit_a_right(session):
    logistics = person("logistik.berau")
    assert logistics.may(FILL, region=BERAU, area="LOG")
    assert not logistics.may(FILL, region=BERAU, area="ASN")
    assert logistics.may(FILL, region=BERAU), "somewhere, for some matter"


def test_a_unit_limits_a_right_to_its_own_matters_and_nobodys(session):
    dukcapil = person("disdukcapil.berau")
    own = dukcapil.appointments[0].unit_id
    assert dukcapil.may(FILL, region=BERAU, unit=own)
    assert dukcapil.may(FILL, region=BERAU, unit=None)
    assert not dukcapil.may(FILL, region=BERAU, unit=own + 1)


def test_who_administers_does_not_verify_and_who_verifies_does_not_fill():
    assert VERIFY not in PERMISSIONS[Role.ADMIN]
    assert FILL not in PERMISSIONS[Role.ADMIN]
    assert FILL not in PERMISSIONS[Role.SUPERVISOR]
    assert VERIFY not in PERMISSIONS[Role.OPERATOR]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_and_only_inspectors_and_admins_read_the_trail(role: Role):
    assert READ in PERMISSIONS[role]
    assert (Permission.AUDIT_READ in PERMISSIONS[role]) is (role in (Role.INSPECTOR, Role.ADMIN))


def test_reach_names_the_widest_roots_only(session):
    both = add_person(
        "dua.tempat",
        (Role.OPERATOR, SAMBALIUNG, {"starts_on": MONDAY}),
        (Role.OPERATOR, BERAU, {"starts_on": MONDAY}),
        (Role.SUPERVISOR, PASER, {"starts_on": MONDAY}),
    )
    assert both.reach(FILL) == (BERAU,)
    assert set(both.reach(READ)) == {BERAU, PASER}
    assert both.reach(Permission.PEOPLE_MANAGE) == ()


def test_a_deed_is_done_under_the_nearest_appointment(session):
    both = add_person(
        "dua.jabatan",
        (Role.OPERATOR, BERAU, {"starts_on": MONDAY}),
        (Role.OPERATOR, SAMBALIUNG, {"starts_on": MONDAY, "standing": accounts.Standing.PLT}),
    )
    assert both.mandate_for(FILL, region=SAMBALIUNG).text == "Plt. Operator, Sambaliung"
    assert both.mandate_for(FILL, region=MARATUA).region_code == BERAU
    with pytest.raises(NotAllowed):
        both.mandate_for(FILL, region=PASER)


def test_require_raises_what_a_person_can_act_on(stranger):
    with pytest.raises(NotAllowed, match="Hubungi admin desk"):
        stranger.require(FILL, region=BERAU)


def test_who_signs_is_the_newest_appointment_marked_so(session):
    assert accounts.signatory(BERAU, MONDAY).name == "Penyelia Berau (demo)"
    add_person(
        "plt.berau",
        (
            Role.SUPERVISOR,
            BERAU,
            {
                "starts_on": MONDAY,
                "signs": True,
                "standing": accounts.Standing.PLT,
                "position": "Kepala Badan Kesatuan Bangsa dan Politik",
            },
        ),
    )
    assert accounts.signatory(BERAU, MONDAY).standing is accounts.Standing.PLT
    assert accounts.signatory(BERAU, MONDAY - dt.timedelta(days=1)).name == "Penyelia Berau (demo)"
    assert accounts.signatory(MARATUA, MONDAY) is None


def test_the_holders_of_a_region_are_those_in_office_that_day(session):
    names = {holder.name for holder in accounts.holders_in(BERAU, MONDAY)}
    assert "Operator Berau (demo)" in names
    assert "Mantan Berau" not in names
    assert "Mantan Berau" in {holder.name for holder in accounts.holders_in(BERAU, dt.date(2024, 11, 20))}


@pytest.mark.parametrize(
    "about, error",
    [
        ({"ends_on": dt.date(2024, 11, 24)}, Invalid),
        ({"unit_code": "tidak-ada"}, NotFound),
        ({"employee_number": "123"}, Invalid),
        ({"position": "x" * 161}, Invalid),
    ],
)
def test_an_impossible_appointment_is_refused(session, operator, about: dict[str, object], error: type):
    with pytest.raises(error):
        accounts.appoint(operator.id, Role.OPERATOR, BERAU, starts_on=MONDAY, **about)


def test_nobody_is_appointed_to_nowhere_and_no_one_is_nobody(session, operator):
    with pytest.raises(NotFound):
        accounts.appoint(operator.id, Role.OPERATOR, "99", starts_on=MONDAY)
    with pytest.raises(NotFound):
        accounts.appoint(999_999, Role.OPERATOR, BERAU, starts_on=MONDAY)


def test_an_appointment_does_not_end_before_it_began(session, operator):
    with pytest.raises(Invalid):
        accounts.end_appointment(operator.appointments[0].id, on=dt.date(2024, 10, 1))
    with pytest.raises(NotFound):
        accounts.end_appointment(999_999, on=MONDAY)
