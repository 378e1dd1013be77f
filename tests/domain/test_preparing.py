"""What a desk still lacks is read from what is there; nobody ticks it off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from app.domain import accounts, backups, jobs, letterheads, preparing, stages
from app.domain.accounts import Account, Appointment, Role, Unit
from app.domain.checklists import Entry
from app.domain.errors import NotAllowed
from app.domain.regions import Figure
from app.domain.stages import Election, HolidayKind
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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where backups leave their note; none did."""
    return tmp_path


@pytest.fixture
def missing(data: Path, session: Any) -> Callable[..., dict[str, preparing.Step]]:
    """The steps by name, as an admin is told them. Kaltim's admin governs the election."""
    stages.add_race(stages.find_election(stages.current_election().id), "gub", KALTIM)

    def told(region: str = KALTIM, username: str = "admin.kaltim") -> dict[str, preparing.Step]:
        return {step.name: step for step in preparing.missing_steps(admin(username), region, data=data)}

    return told


def test_a_kabupaten_whose_operators_ended_is_named(session: Any, missing: Any):
    session.execute(
        update(Appointment)
        .where(Appointment.region_code == cast.BERAU, Appointment.role == Role.OPERATOR.value)
        .values(starts_on=dt.date(2024, 11, 1), ends_on=dt.date(2024, 11, 24))
    )
    assert "Kabupaten Berau" in missing()["people-operator"].words


def test_who_is_disabled_does_not_fill_a_desk(session: Any, missing: Any):
    ids = db.session.scalars(
        db.select(Appointment.account_id).where(
            Appointment.region_code == cast.BERAU, Appointment.role == Role.SUPERVISOR.value
        )
    ).all()
    before = missing()["people-penyelia"].words if "people-penyelia" in missing() else ""
    assert "Kabupaten Berau" not in before
    session.execute(update(Account).where(Account.id.in_(ids)).values(is_disabled=True))
    assert "Kabupaten Berau" in missing()["people-penyelia"].words


def test_whose_account_is_over_does_not_fill_a_desk(session: Any, missing: Any):
    ids = db.session.scalars(
        db.select(Appointment.account_id).where(
            Appointment.region_code == cast.BERAU, Appointment.role == Role.SUPERVISOR.value
        )
    ).all()
    over = update(Account).where(Account.id.in_(ids))
    session.execute(over.values(expires_on=dt.date(2024, 11, 25)))
    assert "Kabupaten Berau" not in missing().get("people-penyelia", preparing.Step("", "", "")).words
    session.execute(over.values(expires_on=dt.date(2024, 11, 24)))
    assert "Kabupaten Berau" in missing()["people-penyelia"].words


def test_a_desk_that_has_a_signatory_is_not_named(session: Any, missing: Any):
    assert "signatory" not in missing()
    session.execute(update(Appointment).where(Appointment.region_code == cast.BERAU).values(signs=False))
    assert missing()["signatory"].words == "Kabupaten Berau."
    cast.add_person(
        "kaban.berau", (Role.LEADER, cast.BERAU, {"starts_on": dt.date(2024, 11, 1), "signs": True})
    )
    db.session.commit()
    assert "signatory" not in missing()


def test_an_unknown_number_of_voters_is_missed_and_zero_is_not(session: Any, missing: Any):
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


def test_a_desk_without_a_letterhead_prints_with_the_built_in_one(session: Any, missing: Any):
    assert "letterhead" in missing()
    by = admin()
    draft = letterheads.save_draft(KALTIM, SOME_HEAD, by=by, version=0)
    letterheads.publish(KALTIM, by=by, version=draft.version)
    assert "letterhead" not in missing()


def test_people_who_never_came_are_counted(session: Any, missing: Any):
    came = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
    session.execute(update(Account).values(last_signed_in_at=came, must_change_password=True))
    assert "newcomers" not in missing()
    session.execute(
        update(Account).where(Account.username == "operator.berau").values(last_signed_in_at=None)
    )
    assert missing()["newcomers"].title.startswith("1 orang")
    assert "newcomers" not in missing(cast.PASER)


def test_as_many_never_came_as_the_list_of_people_shows(missing: Any, session: Any):
    by = admin("admin.berau")
    filters = accounts.PeopleFilters(region=cast.BERAU, state=accounts.State.NEVER)
    _, before = accounts.people_page(by, filters, page=1)
    session.execute(update(Account).where(Account.username == "operator.berau").values(is_disabled=True))
    session.execute(
        update(Account).where(Account.username == "rekan.berau").values(expires_on=dt.date(2024, 11, 24))
    )
    rows, total = accounts.people_page(by, filters, page=1)
    assert total == before - 2
    assert missing(cast.BERAU, "admin.berau")["newcomers"].title == f"{total} orang belum pernah masuk"
    assert accounts.count_people(by, filters) == total == len(rows)


def test_without_a_worker_papers_wait_and_it_says_so(session: Any, missing: Any):
    assert "worker" in missing()
    jobs.show_alive("pekerja-1")
    assert "worker" not in missing()


def holiday(day: dt.date, kind: HolidayKind, region: str = "") -> None:
    stages.add_holiday(stages.Day(day, "Libur", kind, "SKB 1/2024", region), by=None)


def test_the_days_off_of_the_elections_year_are_missed_until_shared_leave_is_there(missing: Any):
    holiday(dt.date(2025, 12, 26), HolidayKind.SHARED_LEAVE)
    holiday(dt.date(2024, 12, 26), HolidayKind.REGIONAL, KALTIM)
    assert missing()["holidays"].title == "Hari libur 2024 belum dicatat"
    holiday(dt.date(2024, 12, 25), HolidayKind.NATIONAL)
    assert missing()["holidays"].title == "Cuti bersama 2024 belum dicatat"
    holiday(dt.date(2024, 12, 26), HolidayKind.SHARED_LEAVE)
    assert "holidays" not in missing()


def test_a_backup_that_was_never_made_is_missed(missing: Any, data: Path):
    assert "backup" in missing()
    backups.note(data, data / "desk.tar.gz", "2024-11-24T22:00:00+00:00", with_keys=False)
    assert "backup" not in missing()


def test_units_are_missed_and_so_are_the_institutions_that_figures_quote(missing: Any, session: Any):
    assert "units" not in missing()
    retired = update(Unit).values(retired_on=dt.date(2024, 11, 1))
    session.execute(retired.where(Unit.is_source_only.is_(True)))
    assert missing()["units"].title == "Lembaga sumber angka belum ada"
    session.execute(retired)
    assert missing()["units"].title == "Perangkat daerah belum ada"


def test_what_all_desks_share_is_not_asked_of_the_admin_of_one(missing: Any):
    assert {"holidays", "backup"} <= missing().keys()
    assert not {"holidays", "backup", "units"} & missing(cast.BERAU, "admin.berau").keys()


def test_without_entries_the_library_is_named(session: Any, missing: Any):
    assert "entries" not in missing()
    session.execute(delete(Entry))
    assert "entries" in missing()


def test_without_an_election_that_comes_first(session: Any, missing: Any):
    session.execute(update(Election).values(is_current=False))
    assert next(iter(missing())) == "election"
    assert "entries" not in missing()


def test_it_is_not_told_to_whoever_manages_nobody(session: Any, data: Path):
    with pytest.raises(NotAllowed):
        preparing.missing_steps(cast.person("operator.berau"), cast.BERAU, data=data)
    with pytest.raises(NotAllowed):
        preparing.missing_steps(admin(), "65", data=data)


@pytest.mark.parametrize("username,region", [("admin.kaltim", KALTIM), ("admin.berau", cast.BERAU)])
def test_it_asks_nine_statements_at_most(username: str, region: str, data: Path, session: Any):
    person = admin(username)
    with statements() as asked:
        preparing.missing_steps(person, region, data=data)
    assert len(asked) <= 9
