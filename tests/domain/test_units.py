"""Units: added, renamed, retired and used again; nothing in force may name a retired one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import accounts, audit, stages, units
from app.domain.accounts import Role, Unit
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.extensions import db
from tests import cast


@pytest.fixture
def governor(admin: Any, election: Any) -> Any:
    """Who governs the whole election: the admin of its one province."""
    stages.add_race(election, "gub", "64")
    return admin


def row(code: str) -> units.UnitRow:
    unit_id = db.session.scalar(db.select(Unit.id).where(Unit.code == code))
    assert unit_id is not None
    return units.find(unit_id)


def last_link() -> Any:
    return db.session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq.desc()).first()


class TestAdding:
    def test_its_code_follows_from_its_name(self, governor: Any):
        unit = units.add("  Dinas Kelautan & Perikanan ", is_source_only=False, by=governor)
        assert (unit.name, unit.code) == ("Dinas Kelautan & Perikanan", "dinas-kelautan-perikanan")
        assert last_link().action == "unit:unit:add"
        assert units.add("Dinas: Kelautan, Perikanan", is_source_only=False, by=governor).code.endswith("-2")

    @pytest.mark.parametrize(
        "about, field",
        [
            ({"name": " "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"name": "dinas sosial"}, "name"),
            ({"code": "Dua Kata"}, "code"),
            ({"code": "x" * 41}, "code"),
            ({"code": "dinsos"}, "code"),
        ],
    )
    def test_it_refuses_a_bad_or_taken_name_or_code(self, governor: Any, about: dict[str, str], field: str):
        with pytest.raises(Invalid) as refusal:
            units.add(**({"name": "Dinas Baru"} | about), is_source_only=False, by=governor)  # type: ignore[arg-type]
        assert field in refusal.value.fields

    def test_only_who_governs_the_election_may(self, governor: Any, session: Any):
        for username in ("admin.berau", "operator.kaltim"):
            with pytest.raises(NotAllowed):
                units.add("Dinas Baru", is_source_only=False, by=cast.person(username))
        assert not units.may_change(cast.person("admin.berau"))
        assert units.may_change(governor)


class TestChanging:
    def test_a_new_name_reaches_whoever_is_appointed_there(self, governor: Any, session: Any):
        person = cast.person("disdukcapil.berau")
        before = session.get(accounts.Account, person.id).access_version
        unit = row("disdukcapil")
        units.change(unit.id, name="Dinas Dukcapil", is_source_only=False, by=governor, version=unit.version)
        session.expire_all()
        assert session.get(accounts.Account, person.id).access_version == before + 1
        assert cast.person("disdukcapil.berau").appointments[0].unit_name == "Dinas Dukcapil"
        assert last_link().changed == {"name": ["Dinas Kependudukan dan Pencatatan Sipil", "Dinas Dukcapil"]}

    def test_nothing_changed_is_no_deed(self, governor: Any, session: Any):
        unit, before = row("pln"), last_link().seq
        units.change(unit.id, name=unit.name, is_source_only=True, by=governor, version=unit.version)
        assert last_link().seq == before

    def test_who_answers_for_items_is_no_mere_source(self, governor: Any):
        unit = row("kesbangpol")
        assert unit.items
        with pytest.raises(Invalid, match="Pustaka butir"):
            units.change(unit.id, name=unit.name, is_source_only=True, by=governor, version=unit.version)

    def test_it_refuses_a_taken_name_and_who_saw_an_older_state(self, governor: Any):
        unit = row("pln")
        with pytest.raises(Invalid):
            units.change(unit.id, name="DINAS SOSIAL", is_source_only=True, by=governor, version=unit.version)
        units.change(unit.id, name="PT PLN", is_source_only=True, by=governor, version=unit.version)
        with pytest.raises(NotNow, match="baru saja diubah"):
            units.change(unit.id, name="PLN", is_source_only=True, by=governor, version=unit.version)

    def test_it_refuses_a_unit_that_is_not_there(self, governor: Any):
        with pytest.raises(NotFound):
            units.change(99_999, name="x", is_source_only=True, by=governor, version=0)


class TestRetiring:
    def test_a_free_one_is_no_longer_offered_and_may_come_back(self, governor: Any):
        unit = row("pln")
        units.retire(unit.id, reason="tidak lagi mengirim data", by=governor, version=unit.version)
        assert row("pln").retired_on == dt.date(2024, 11, 25)
        assert "pln" not in {each.code for each in accounts.units()}
        assert units.all_units()[-1].code == "pln"
        assert last_link().changed["reason"] == [None, "tidak lagi mengirim data"]
        units.restore(unit.id, reason="kembali", by=governor, version=row("pln").version)
        assert "pln" in {each.code for each in accounts.units()}

    def test_nobody_can_be_appointed_in_a_retired_one(self, governor: Any):
        unit = row("pln")
        units.retire(unit.id, reason="x", by=governor, version=unit.version)
        with pytest.raises(NotFound):
            cast.add_person(
                "orang.pln",
                (Role.OPERATOR, cast.BERAU, {"starts_on": dt.date(2024, 11, 1), "unit_code": "pln"}),
            )

    @pytest.mark.parametrize("code, said", [("disdukcapil", "penugasan"), ("kesbangpol", "butir")])
    def test_it_refuses_what_is_named_by_somebody_and_says_the_way_out(
        self, governor: Any, code: str, said: str
    ):
        unit = row(code)
        with pytest.raises(NotNow, match=said) as refusal:
            units.retire(unit.id, reason="x", by=governor, version=unit.version)
        assert "pindahkan butirnya di Pustaka butir" in refusal.value.message

    def test_an_appointment_that_is_over_holds_nothing_and_one_to_come_does(self, governor: Any):
        day = {"unit_code": "pln", "starts_on": dt.date(2024, 11, 1), "ends_on": dt.date(2024, 11, 24)}
        cast.add_person("lalu.pln", (Role.OBSERVER, cast.BERAU, day))
        unit = row("pln")
        assert unit.appointments == 0
        cast.add_person(
            "nanti.pln", (Role.OBSERVER, cast.BERAU, {"unit_code": "pln", "starts_on": dt.date(2024, 12, 1)})
        )
        with pytest.raises(NotNow):
            units.retire(unit.id, reason="x", by=governor, version=unit.version)

    def test_it_refuses_twice_and_without_a_reason(self, governor: Any):
        unit = row("pln")
        with pytest.raises(Invalid):
            units.retire(unit.id, reason=" ", by=governor, version=unit.version)
        with pytest.raises(NotNow):
            units.restore(unit.id, reason="x", by=governor, version=unit.version)
        units.retire(unit.id, reason="x", by=governor, version=unit.version)
        with pytest.raises(NotNow, match="sudah tidak dipakai"):
            units.retire(unit.id, reason="x", by=governor, version=row("pln").version)

    def test_it_does_not_come_back_under_a_name_that_another_bears_now(self, governor: Any):
        unit = row("pln")
        units.retire(unit.id, reason="x", by=governor, version=unit.version)
        units.add("PLN", is_source_only=True, by=governor)
        with pytest.raises(Invalid, match="dipakai"):
            units.restore(unit.id, reason="x", by=governor, version=row("pln").version)


def test_the_counts_of_the_list_are_those_of_the_pages(session: Any):
    for listed in units.all_units():
        bonds = units.bonds_of(listed.id)
        assert (listed.appointments, listed.items) == (len(bonds.appointments), len(bonds.items)), listed.name


@pytest.mark.template("empty")
def test_without_an_election_nobody_changes_units(session: Any):
    assert not units.may_change(accounts.Person(1, "x", "X", 0, False, ()))
