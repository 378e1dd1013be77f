"""Grants and their tranches: never more than the agreement says, each tranche once, percentages of what is known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.domain import registers, support
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.registers import Fact, Filters
from app.domain.support import AGREEMENTS, TRANCHES
from tests import cast
from tests.domain.support.given import GRANT, TRANCHE, grant, tranche


def fact(key: str, *codes: str) -> Fact:
    return next(one for one in support.facts(codes or (cast.BERAU,)) if one.key == f"dukungan.{key}")


def count() -> int:
    return registers.listed(TRANCHES, cast.person("operator.berau"), Filters()).total


class TestTranches:
    def test_they_add_up_to_the_agreement_and_no_further(self, operator: Person):
        of = grant(operator)
        tranche(operator, of)
        tranche(operator, of, ordinal=2, amount=600, transferred=None, transferred_on=None)
        with pytest.raises(Invalid) as told:
            tranche(operator, of, ordinal=3, amount=1, transferred=None, transferred_on=None)
        assert told.value.fields["amount"].endswith("paling banyak Rp0.")
        assert count() == 2

    def test_what_was_transferred_has_the_same_limit_where_no_part_was_planned(self, operator: Person):
        of = grant(operator)
        tranche(operator, of, amount=None, transferred=700)
        with pytest.raises(Invalid) as told:
            tranche(operator, of, ordinal=2, amount=None, transferred=301)
        assert "Rp1.001" in told.value.fields["transferred"]
        assert count() == 1

    def test_a_tranche_that_is_corrected_does_not_count_twice(self, operator: Person):
        of = grant(operator)
        row = tranche(operator, of)
        assert registers.change(row, TRANCHE | {"amount": 1_000}, by=operator, version=row.version)
        row = registers.find(TRANCHES, row.id, operator)
        with pytest.raises(Invalid):
            registers.change(row, TRANCHE | {"amount": 1_001}, by=operator, version=row.version)

    def test_an_unknown_total_limits_nothing(self, operator: Person):
        of = grant(operator, total=None)
        tranche(operator, of, amount=5_000, transferred=5_000)
        assert fact("nphd_persen").value is None
        assert fact("nphd_nilai").value is None

    def test_a_withdrawn_tranche_makes_room_and_comes_back_only_where_there_is_some(self, operator: Person):
        of = grant(operator)
        first = tranche(operator, of, amount=800)
        registers.withdraw(first, by=operator, reason="Salah ketik.", version=first.version)
        tranche(operator, of, amount=900)
        first = registers.find(TRANCHES, first.id, operator)
        with pytest.raises(Invalid):
            registers.restore(first, by=operator, version=first.version)

    @pytest.mark.parametrize(
        "wrong, field",
        [
            ({"ordinal": 0}, "ordinal"),
            ({"ordinal": None}, "ordinal"),
            ({"transferred": None}, "transferred"),
            ({"transferred": 401}, "transferred"),
            ({"transferred": -1}, "transferred"),
            ({"transferred_on": dt.date(2024, 11, 26)}, "transferred_on"),
            ({"amount": 10**15 + 1}, "amount"),
        ],
    )
    def test_it_explains_what_cannot_be(self, operator: Person, wrong: dict[str, Any], field: str):
        of = grant(operator)
        with pytest.raises(Invalid) as told:
            tranche(operator, of, **wrong)
        assert field in told.value.fields
        assert count() == 0

    def test_the_same_number_of_an_agreement_is_refused(self, operator: Person):
        of = grant(operator)
        tranche(operator, of)
        with pytest.raises(Invalid, match="sudah ada"):
            tranche(operator, of, amount=1, transferred=None, transferred_on=None)

    def test_one_without_its_agreement_or_of_another_region_is_refused(self, operator: Person):
        with pytest.raises(Invalid, match="Buka NPHD-nya"):
            registers.record(TRANCHES, cast.BERAU, TRANCHE, by=operator)
        province = cast.person("operator.kaltim")
        of = grant(province, "64", recipient="KPU Provinsi")
        with pytest.raises(Invalid) as told:
            registers.record(TRANCHES, cast.PASER, TRANCHE, by=province, parents={"agreement_id": of.id})
        assert "region" in told.value.fields

    def test_strangers_and_readers_are_refused(
        self, operator: Person, stranger: Person, supervisor: Person, inspector: Person
    ):
        of = grant(operator)
        known = {"agreement_id": of.id}
        for by, region in ((supervisor, cast.BERAU), (inspector, cast.BERAU), (stranger, cast.BERAU)):
            with pytest.raises(NotAllowed):
                registers.record(TRANCHES, region, TRANCHE, by=by, parents=known)
        with pytest.raises(NotFound):
            registers.record(TRANCHES, cast.PASER, TRANCHE, by=stranger, parents=known)

    def test_a_withdrawn_agreement_takes_no_tranche(self, operator: Person):
        of = grant(operator)
        registers.withdraw(of, by=operator, reason="Salah penerima.", version=of.version)
        with pytest.raises(NotNow):
            tranche(operator, of)


class TestAgreements:
    def test_a_total_below_its_tranches_is_refused(self, operator: Person):
        of = grant(operator)
        tranche(operator, of)
        with pytest.raises(Invalid) as told:
            registers.change(of, GRANT | {"total": 399}, by=operator, version=of.version)
        assert "Rp400" in told.value.fields["total"]
        assert registers.change(of, GRANT | {"total": 400}, by=operator, version=of.version)

    def test_one_recipient_has_one_agreement(self, operator: Person):
        grant(operator)
        with pytest.raises(Invalid) as told:
            grant(operator, letter_number="900/2")
        assert "recipient" in told.value.fields

    @pytest.mark.parametrize("total", [1.5, "banyak"])
    def test_an_amount_is_a_whole_number_on_the_page(self, client: Any, session: Any, total: object):
        cast.signed_in(client, "operator.berau")
        answer = client.post(
            "/register/nphd/baru",
            data={"di": cast.BERAU, "penerima": "KPU Berau", "nilai": str(total)},
        )
        assert answer.status_code == 422
        assert registers.listed(AGREEMENTS, cast.person("operator.berau"), Filters()).total == 0


class TestFacts:
    def test_the_percentage_speaks_of_agreements_whose_tranches_are_recorded(self, operator: Person):
        tranche(operator, grant(operator))
        grant(operator, recipient="Bawaslu Kabupaten Berau", institution="bawaslu", total=500)
        assert fact("nphd").value == 2
        assert fact("nphd_nilai").value == 1_500
        assert (fact("nphd_ditransfer").value, fact("nphd_ditransfer").whole) == (400, 1_000)
        assert fact("nphd_persen").value == Decimal("40.0")
        assert fact("nphd_persen_kpu").value == Decimal("40.0")
        assert fact("nphd_persen_bawaslu").value is None
        assert "dukungan.nphd_nilai_tni" not in {one.key for one in support.facts((cast.BERAU,))}

    def test_nearly_all_is_not_a_hundred_percent(self, operator: Person):
        tranche(operator, grant(operator, total=100_000), amount=None, transferred=99_999)
        assert fact("nphd_persen").value == Decimal("99.9")

    @pytest.mark.parametrize(
        "said, late",
        [
            ({"transferred": None, "transferred_on": None}, 1),
            ({"transferred": 399}, 1),
            ({}, 0),
            ({"due_on": dt.date(2024, 11, 25), "transferred": None, "transferred_on": None}, 0),
            ({"due_on": dt.date(2024, 11, 24), "transferred": None, "transferred_on": None}, 1),
            ({"due_on": None, "transferred": None, "transferred_on": None}, 0),
        ],
    )
    def test_a_tranche_is_late_after_its_day_while_anything_is_missing(
        self, operator: Person, said: dict[str, Any], late: int
    ):
        tranche(operator, grant(operator), **said)
        assert fact("tahap_terlambat").value == late

    def test_tranches_of_a_withdrawn_agreement_count_nowhere(self, operator: Person):
        of = grant(operator)
        tranche(operator, of)
        registers.withdraw(of, by=operator, reason="Salah penerima.", version=of.version)
        assert fact("nphd_ditransfer").value is None
        assert fact("nphd").value == 0

    def test_a_region_without_records_knows_nothing(self, session: Any):
        known = {one.key: one.value for one in support.facts((cast.PASER,))}
        assert known["dukungan.nphd"] == 0
        assert known["dukungan.nphd_nilai"] is None
        assert known["dukungan.asn"] is None
