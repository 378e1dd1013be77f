"""An admin manages whom and what they hold: not strangers, not themselves, and never the last key away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from app.domain import accounts, audit, clock
from app.domain.accounts import Account, Appointment, Person, Proposal, Role, managing
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.extensions import db
from tests.cast import BERAU, PASER, PASSWORD, SAMBALIUNG, add_person, person

MONDAY = dt.date(2024, 11, 25)
YESTERDAY = dt.date(2024, 11, 24)
HERE = "10.0.0.9"


def proposal(region: str = BERAU, role: Role = Role.LEADER, **about: Any) -> Proposal:
    return Proposal(role, region, **{"starts_on": MONDAY, **about})


def account(username: str) -> Account:
    found = person(username)
    kept = db.session.get(Account, found.id)
    assert kept is not None
    return kept


def sign_in(username: str, password: str = PASSWORD) -> accounts.SignIn | None:
    opened = accounts.sign_in(username, password, address=HERE, browser="uji", lifetime=dt.timedelta(hours=1))
    assert opened is None or isinstance(opened, accounts.SignIn)
    return opened


@pytest.fixture
def berau(session: Any) -> Person:
    """The admin of Berau."""
    return person("admin.berau")


DEEDS: dict[str, Callable[[int, Person], Any]] = {
    "give": lambda who, by: managing.give(who, proposal(), by=by),
    "rename": lambda who, by: managing.rename(who, "Nama Baru", by=by),
    "close": lambda who, by: managing.close(who, "pindah tugas", by=by),
    "reopen": lambda who, by: managing.reopen(who, by=by),
    "reset": lambda who, by: managing.reset_password(who, by=by),
    "sessions": lambda who, by: managing.end_all_sessions(who, by=by),
    "limit": lambda who, by: managing.limit(who, MONDAY, by=by),
    "end": lambda who, by: managing.end(who, appointment_of(who), on=MONDAY, by=by),
    "extend": lambda who, by: managing.extend(who, appointment_of(who), until=None, by=by),
    "withdraw": lambda who, by: managing.withdraw(who, appointment_of(who), by=by),
}
WHOLE = ("rename", "close", "reopen", "reset", "sessions", "limit")


def appointment_of(account_id: int) -> int:
    held = accounts.mandates_of(account_id)
    return held[0].id if held else 999_999


# --- Whom -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", DEEDS)
def test_a_person_of_another_region_is_not_there(berau: Person, stranger: Person, deed: str):
    with pytest.raises(NotFound):
        DEEDS[deed](stranger.id, berau)
    with pytest.raises(NotFound):
        DEEDS[deed](999_999, berau)


@pytest.mark.parametrize("deed", WHOLE)
def test_an_account_that_reaches_beyond_is_not_changed_and_the_reason_is_said(berau: Person, deed: str):
    with pytest.raises(NotAllowed, match=r"di luar wewenang Anda \(Kalimantan Timur\)"):
        DEEDS[deed](person("rangkap.berau").id, berau)


def test_what_such_a_person_holds_here_is_still_the_admins(berau: Person):
    both = person("rangkap.berau")
    here, there = sorted(both.appointments, key=lambda mandate: -len(mandate.region_code))
    managing.end(both.id, here.id, on=MONDAY, by=berau)
    with pytest.raises(NotAllowed):
        managing.end(both.id, there.id, on=MONDAY, by=berau)
    managing.give(both.id, proposal(), by=berau)


def test_an_appointment_elsewhere_that_is_over_binds_nobody(session: Any, berau: Person):
    moved = add_person(
        "pindahan.berau",
        (Role.OPERATOR, PASER, {"starts_on": dt.date(2024, 1, 1), "ends_on": YESTERDAY}),
        (Role.OPERATOR, BERAU, {"starts_on": MONDAY}),
    )
    managing.rename(moved.id, "Nama Baru", by=berau)
    accounts.appoint(moved.id, Role.LEADER, PASER, starts_on=MONDAY + dt.timedelta(days=9))
    with pytest.raises(NotAllowed, match="Paser"):
        managing.rename(moved.id, "Lain", by=berau)


def test_an_appointment_of_somebody_else_is_not_reached_through_a_known_one(berau: Person, operator: Person):
    other = person("rekan.berau")
    with pytest.raises(NotFound):
        managing.end(operator.id, appointment_of(other.id), on=MONDAY, by=berau)


def test_an_account_not_yet_appointed_is_seen_by_who_made_it_and_whoever_stands_above(session: Any):
    berau, kaltim, paser = (person(f"admin.{place}") for place in ("berau", "kaltim", "paser"))
    made = accounts.create_account("baru.berau", "Baru", PASSWORD, by=berau)
    orphan = accounts.create_account("dari.terminal", "Terminal", PASSWORD)
    for who, sees in ((berau, (True, False)), (kaltim, (True, True)), (paser, (False, False))):
        for found, expected in zip((made, orphan), sees, strict=True):
            if expected:
                assert accounts.known_account(found.id, who).id == found.id
            else:
                with pytest.raises(NotFound):
                    accounts.known_account(found.id, who)


# --- What -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["64", PASER, "64.01.01"])
def test_nobody_appoints_above_or_outside_their_reach(berau: Person, operator: Person, region: str):
    with pytest.raises(NotAllowed, match="di luar atau di atas"):
        managing.give(operator.id, proposal(region), by=berau)
    with pytest.raises(NotAllowed, match="di luar atau di atas"):
        managing.open_account("Orang Lain", "", proposal(region), by=berau)
    assert accounts.person_of("orang.lain") is None


def test_an_admin_appoints_below_and_admins_too(berau: Person, operator: Person):
    managing.give(operator.id, proposal(SAMBALIUNG, Role.ADMIN), by=berau)
    assert person("operator.berau").may(accounts.Permission.PEOPLE_MANAGE, region=SAMBALIUNG)


@pytest.mark.parametrize(
    "about, is_theirs",
    [
        ({"unit_code": "dishub", "areas": ("LOG",)}, True),
        ({"unit_code": "dishub", "areas": ("LOG", "KAM")}, True),
        ({"unit_code": "dishub"}, False),
        ({"unit_code": "dishub", "areas": ("ASN",)}, False),
        ({"areas": ("LOG",)}, False),
        ({"unit_code": "disdukcapil", "areas": ("LOG",)}, False),
        ({"unit_code": "tidak-ada", "areas": ("LOG",)}, False),
    ],
)
def test_an_admin_of_one_unit_and_some_areas_gives_only_those(
    session: Any, operator: Person, about: dict[str, Any], is_theirs: bool
):
    limited = add_person(
        "admin.dishub",
        (Role.ADMIN, BERAU, {"starts_on": MONDAY, "unit_code": "dishub", "areas": ("LOG", "KAM")}),
    )
    if is_theirs:
        assert managing.give(operator.id, proposal(**about), by=limited).id
    else:
        with pytest.raises(NotAllowed, match="terbatas"):
            managing.give(operator.id, proposal(**about), by=limited)
    with pytest.raises(NotAllowed):
        managing.rename(operator.id, "Nama", by=limited)


def test_an_appointment_of_the_admin_that_is_over_gives_nothing_to_give(session: Any, operator: Person):
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-26T08:00:00+08:00"))
    accounts.end_appointment(person("admin.berau").appointments[0].id, on=MONDAY)
    with pytest.raises(NotAllowed):
        managing.give(operator.id, proposal(), by=person("admin.berau"))


# --- Oneself --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["give", "extend", "reset", "sessions", "limit", "close"])
def test_nobody_promotes_or_serves_themselves(berau: Person, deed: str):
    with pytest.raises(NotAllowed):
        DEEDS[deed](berau.id, berau)


def test_the_only_admin_of_a_kabupaten_does_not_shut_the_own_account(session: Any, berau: Person):
    with pytest.raises(NotAllowed, match="Minta admin lain"):
        managing.close(berau.id, "pindah", by=berau)
    assert not account("admin.berau").is_disabled


def test_the_last_admin_of_the_widest_region_stays_and_hears_who_could_follow(session: Any):
    kaltim = person("admin.kaltim")
    with pytest.raises(NotNow, match=r"admin terakhir untuk Kalimantan Timur.*misalnya Inspektorat Kaltim"):
        DEEDS["end"](kaltim.id, kaltim)
    add_person("admin.kedua", (Role.ADMIN, "64", {"starts_on": dt.date(2024, 11, 1)}))
    DEEDS["end"](kaltim.id, kaltim)


@pytest.mark.parametrize("deed", ["close", "end", "limit"])
@pytest.mark.parametrize(
    "second",
    [
        {"ends_on": MONDAY},
        {"unit_code": "dishub"},
        {"areas": ("LOG",)},
        {"starts_on": dt.date(2024, 12, 24)},
        {"disabled": True},
        {"expires_on": MONDAY},
    ],
)
def test_a_second_admin_counts_only_whole_and_afterwards(session: Any, deed: str, second: dict[str, Any]):
    """Who is limited, shut out, over or not begun by then could not let anybody in again."""
    since = dt.date(2024, 11, 1)
    until_tonight = add_person("admin.hari-ini", (Role.ADMIN, "64", {"starts_on": since, "ends_on": MONDAY}))
    other = add_person("admin.kedua")
    said = {key: value for key, value in second.items() if key not in ("disabled", "expires_on")}
    accounts.appoint(other.id, Role.ADMIN, "64", **{"starts_on": since, **said})
    accounts.limit_account(other.id, second.get("expires_on"))
    if second.get("disabled"):
        accounts.disable_account(other.id)
    with pytest.raises(NotNow, match="admin terakhir"):
        DEEDS[deed](person("admin.kaltim").id, until_tonight)


LATER = dt.date(2024, 12, 31)


@pytest.mark.parametrize("deed", ["close", "end", "limit"])
@pytest.mark.parametrize("is_limited", ["appointment", "account"])
def test_a_second_admin_with_an_end_replaces_only_one_who_ends_no_later(
    session: Any, deed: str, is_limited: str
):
    """Else the region would be without any admin after that end, and nobody could appoint one."""
    since = dt.date(2024, 11, 1)
    until_tonight = add_person("admin.hari-ini", (Role.ADMIN, "64", {"starts_on": since, "ends_on": MONDAY}))
    second = add_person("admin.kedua", (Role.ADMIN, "64", {"starts_on": since}))
    kaltim = person("admin.kaltim")
    if is_limited == "appointment":
        accounts.end_appointment(appointment_of(second.id), on=LATER)
    else:
        accounts.limit_account(second.id, LATER)
    with pytest.raises(NotNow, match="admin terakhir untuk Kalimantan Timur sesudah 31 Des 2024"):
        DEEDS[deed](kaltim.id, until_tonight)
    if is_limited == "appointment":
        accounts.end_appointment(appointment_of(kaltim.id), on=LATER)
    else:
        accounts.limit_account(kaltim.id, LATER)
    DEEDS[deed](kaltim.id, until_tonight)


def test_the_last_admin_is_not_removed_by_another_either(session: Any):
    leaving = add_person("admin.kedua", (Role.ADMIN, "64", {"starts_on": MONDAY, "ends_on": MONDAY}))
    kaltim = person("admin.kaltim")
    with pytest.raises(NotNow, match="admin terakhir"):
        managing.close(kaltim.id, "pindah", by=leaving)
    with pytest.raises(NotNow, match="admin terakhir"):
        managing.limit(kaltim.id, MONDAY, by=leaving)
    with pytest.raises(NotNow, match="admin terakhir"):
        managing.end(kaltim.id, kaltim.appointments[0].id, on=MONDAY, by=leaving)
    managing.close(leaving.id, "pindah", by=kaltim)


def test_an_admin_below_another_may_go(session: Any, berau: Person):
    managing.close(berau.id, "pindah", by=person("admin.kaltim"))
    assert account("admin.berau").is_disabled


def test_two_admins_without_one_above_are_each_the_last_of_their_own(session: Any, berau: Person):
    accounts.disable_account(person("admin.kaltim").id)
    with pytest.raises(NotNow, match="Kabupaten Berau"):
        managing.end(berau.id, berau.appointments[0].id, on=MONDAY, by=berau)


# --- The deeds ------------------------------------------------------------------------------------------------


def test_a_new_person_gets_an_account_an_appointment_and_a_password_to_change(session: Any, berau: Person):
    handed = managing.open_account("Dr. Siti Aminah, M.Si.", "", proposal(role=Role.OPERATOR), by=berau)
    assert handed.username == "siti.aminah"
    kept = account("siti.aminah")
    assert (kept.name, kept.created_by) == ("Dr. Siti Aminah, M.Si.", berau.id)
    opened = sign_in("siti.aminah", handed.password)
    assert opened is not None
    found = accounts.signed_in_person(opened.session_id, opened.token)
    assert found is not None
    assert found.must_change_password
    assert found.may(accounts.Permission.CHECKLIST_FILL, region=BERAU)
    told = audit.history_of("account", kept.id)
    assert {link.actor_name for link in told} == {berau.name}
    assert not any(handed.password in link.changes for link in told)


def test_a_new_person_whose_appointment_is_refused_is_not_made(session: Any, berau: Person):
    with pytest.raises(Invalid):
        managing.open_account("Orang Lain", "", proposal(ends_on=YESTERDAY), by=berau)
    session.rollback()
    assert accounts.person_of("orang.lain") is None


@pytest.mark.parametrize("username", ["operator.berau", " Operator.Berau "])
def test_an_account_name_is_one_persons_whatever_its_case(berau: Person, username: str):
    with pytest.raises(Invalid) as refused:
        managing.open_account("Orang Lain", username, proposal(), by=berau)
    assert "operator.berau sudah ada. Yang bebas: operator.berau2." in refused.value.fields["username"]


def test_a_reset_ends_sessions_forgives_wrong_tries_and_must_be_changed(berau: Person, operator: Person):
    opened = sign_in("operator.berau")
    assert opened is not None
    for _ in range(5):
        assert sign_in("operator.berau", "bukan-kata-sandinya") is None
    handed = managing.reset_password(operator.id, by=berau)
    assert accounts.signed_in_person(opened.session_id, opened.token) is None
    assert accounts.waiting_minutes("operator.berau", HERE) == 0
    assert sign_in("operator.berau") is None
    assert sign_in("operator.berau", handed.password) is not None
    assert account("operator.berau").must_change_password


def test_a_shut_account_says_why_and_can_be_opened_again(berau: Person, operator: Person):
    managing.close(operator.id, "  pindah tugas ", by=berau)
    assert account("operator.berau").disabled_reason == "pindah tugas"
    assert sign_in("operator.berau") is None
    with pytest.raises(NotNow):
        managing.close(operator.id, "lagi", by=berau)
    with pytest.raises(NotNow, match="Buka kembali"):
        managing.reset_password(operator.id, by=berau)
    managing.reopen(operator.id, by=berau)
    assert account("operator.berau").disabled_reason == ""
    assert sign_in("operator.berau") is not None
    with pytest.raises(NotNow):
        managing.reopen(operator.id, by=berau)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_an_account_is_not_shut_without_a_reason(berau: Person, operator: Person, reason: str):
    with pytest.raises(Invalid) as refused:
        managing.close(operator.id, reason, by=berau)
    assert "reason" in refused.value.fields


def test_all_sessions_of_somebody_end_and_are_counted(berau: Person, operator: Person):
    opened = [sign_in("operator.berau") for _ in range(2)]
    assert managing.end_all_sessions(operator.id, by=berau) == 2
    assert opened[0] is not None
    assert accounts.signed_in_person(opened[0].session_id, opened[0].token) is None
    assert audit.history_of("account", operator.id)[0].changed == {"sessions": [2, 0]}
    assert managing.end_all_sessions(operator.id, by=berau) == 0


def test_an_account_is_limited_and_set_free_again(berau: Person, operator: Person):
    managing.limit(operator.id, MONDAY, by=berau)
    assert account("operator.berau").expires_on == MONDAY
    managing.limit(operator.id, None, by=berau)
    assert account("operator.berau").expires_on is None
    with pytest.raises(Invalid, match="sudah lewat"):
        managing.limit(operator.id, YESTERDAY, by=berau)


@pytest.mark.parametrize("name", ["Ñuñez Ḥasan", "李小龍", "O'Brien-Smith, S.H."])
def test_a_name_may_be_written_as_it_is(berau: Person, operator: Person, name: str):
    managing.rename(operator.id, f"  {name}  ", by=berau)
    assert account("operator.berau").name == name


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b", "a\ud800"])
def test_a_name_that_is_none_is_refused(berau: Person, operator: Person, name: str):
    with pytest.raises(Invalid) as refused:
        managing.rename(operator.id, name, by=berau)
    assert "name" in refused.value.fields


def test_an_end_before_the_beginning_or_after_the_end_is_refused(session: Any, berau: Person):
    held = add_person("sebentar.berau", (Role.OPERATOR, BERAU, {"starts_on": MONDAY, "ends_on": MONDAY}))
    given = held.appointments[0].id
    for day in (YESTERDAY, MONDAY, MONDAY + dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            managing.end(held.id, given, on=day, by=berau)
        assert "on" in refused.value.fields
    managing.extend(held.id, given, until=dt.date(2024, 12, 1), by=berau)
    managing.end(held.id, given, on=MONDAY, by=berau)
    assert session.get(Appointment, given).ends_on == MONDAY


@pytest.mark.parametrize("deed", ["end", "extend"])
def test_an_appointment_that_is_over_stays_over(berau: Person, left: Person, deed: str):
    with pytest.raises(NotNow, match="sudah berakhir"):
        DEEDS[deed](left.id, berau)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed not in ("reopen", "withdraw")])
def test_who_saw_the_account_before_the_last_change_comes_too_late(
    session: Any, berau: Person, deed: str, monkeypatch: pytest.MonkeyPatch
):
    someone = add_person("sebentar.berau", (Role.OPERATOR, BERAU, {"starts_on": MONDAY, "ends_on": MONDAY}))
    seen = account("sebentar.berau").access_version
    managing.rename(someone.id, "Nama Baru", by=berau)
    given = appointment_of(someone.id)
    late: dict[str, Callable[[], Any]] = {
        "give": lambda: managing.give(someone.id, proposal(), by=berau, seen=seen),
        "rename": lambda: managing.rename(someone.id, "Lain", by=berau, seen=seen),
        "close": lambda: managing.close(someone.id, "x", by=berau, seen=seen),
        "reset": lambda: managing.reset_password(someone.id, by=berau, seen=seen),
        "sessions": lambda: managing.end_all_sessions(someone.id, by=berau, seen=seen),
        "limit": lambda: managing.limit(someone.id, MONDAY, by=berau, seen=seen),
        "end": lambda: managing.end(someone.id, given, on=MONDAY, by=berau, seen=seen),
        "extend": lambda: managing.extend(someone.id, given, until=None, by=berau, seen=seen),
    }
    with pytest.raises(NotNow, match="baru saja diubah"):
        late[deed]()


# --- One person, one account ----------------------------------------------------------------------------------

NUMBER, OTHER_NUMBER = "198001012005011001", "199001012015011002"


def opened(name: str, by: Person, region: str = BERAU, number: str = "", **more: Any) -> int:
    said = proposal(region, Role.OPERATOR, employee_number=number)
    return managing.open_account(name, "", said, by=by, **more).account_id


@pytest.mark.parametrize("name", ["Siti Aminah", "Orang Lain"])
@pytest.mark.parametrize("is_other", [False, True])
def test_a_number_that_stands_on_another_account_is_refused_there(berau: Person, name: str, is_other: bool):
    opened("Siti Aminah", berau, number=NUMBER)
    with pytest.raises(Invalid) as refused:
        opened(name, berau, number=NUMBER, is_other=is_other)
    assert "akun siti.aminah" in refused.value.fields["employee_number"]


def test_an_account_out_of_reach_is_not_named(berau: Person):
    opened("Siti Aminah", person("admin.paser"), PASER, NUMBER)
    with pytest.raises(Invalid) as refused:
        opened("Siti Aminah", berau, number=NUMBER)
    assert "akun lain" in refused.value.fields["employee_number"]
    assert "siti.aminah" not in refused.value.fields["employee_number"]
    opened("Budi Santoso", berau, SAMBALIUNG)
    below = add_person("admin.gunung-tabur", (Role.ADMIN, "64.03.04", {"starts_on": MONDAY}))
    with pytest.raises(Invalid) as refused:
        opened("Budi Santoso", below, "64.03.04")
    assert "akun lain di desk yang sama" in refused.value.fields["is_other"]


@pytest.mark.parametrize(
    "there, new", [("", ""), (NUMBER, ""), ("", NUMBER)], ids=["neither", "who is there", "who comes"]
)
def test_a_namesake_in_the_desk_is_confirmed_to_be_another(berau: Person, there: str, new: str):
    opened("Siti Aminah", berau, SAMBALIUNG, there)
    with pytest.raises(Invalid) as refused:
        opened(" siti  AMINAH", berau, number=new)
    assert "akun siti.aminah" in refused.value.fields["is_other"]
    assert opened("Siti Aminah", berau, number=new, is_other=True)


def test_a_namesake_of_another_number_or_another_desk_needs_no_word(berau: Person):
    opened("Siti Aminah", berau, number=NUMBER)
    opened("Siti Aminah", berau, number=OTHER_NUMBER)
    opened("Siti Aminah", person("admin.paser"), PASER)
    opened("Siti Aminah", person("admin.kaltim"), "64")
    with pytest.raises(Invalid):
        opened("Siti Aminah", person("admin.kaltim"), "64")


def test_a_number_of_another_account_is_not_given_with_an_appointment_either(berau: Person, operator: Person):
    made = opened("Siti Aminah", berau, number=NUMBER)
    with pytest.raises(Invalid) as refused:
        managing.give(operator.id, proposal(employee_number=NUMBER), by=berau)
    assert "akun siti.aminah" in refused.value.fields["employee_number"]
    managing.give(made, proposal(employee_number=NUMBER), by=berau)
