"""Target and real of staff, rooms, health checks and transport: what is counted once, and what is not known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import support
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.registers import Fact
from app.domain.support import AD_HOC, HEALTH_CHECKS, LENT_ROOMS, STAFF, TRANSPORT
from tests import cast
from tests.counting import statements
from tests.domain.support.given import MEASURE, figure, made


@pytest.fixture
def province(session: Any) -> Person:
    return cast.person("operator.kaltim")


def fact(key: str, code: str) -> Fact:
    return next(one for one in support.facts((code,)) if one.key == f"dukungan.{key}")


class TestAddingUp:
    def test_a_figure_of_a_region_covers_those_below_it(self, province: Person):
        figure(AD_HOC, province, cast.SAMBALIUNG, "ppk", target=5, real=5)
        figure(AD_HOC, province, cast.TELUK_BAYUR, "ppk", target=5, real=4)
        assert (fact("adhoc", "64").value, fact("adhoc", "64").whole) == (9, 10)
        figure(AD_HOC, province, cast.BERAU, "ppk", target=65, real=60)
        assert (fact("adhoc", "64").value, fact("adhoc", "64").whole) == (60, 65)
        figure(AD_HOC, province, cast.PASER, "ppk", target=50, real=50)
        assert fact("adhoc", "64").value == 110
        figure(AD_HOC, province, "64", "ppk", target=525, real=None)
        assert (fact("adhoc", "64").value, fact("adhoc", "64").whole) == (110, 525)
        assert fact("adhoc", cast.SAMBALIUNG).value == 5

    def test_offices_that_each_region_has_of_its_own_add_up(self, province: Person):
        figure(STAFF, province, "64", "kpu", target=10, real=8)
        figure(STAFF, province, cast.BERAU, "kpu", target=5, real=5)
        assert (fact("asn", "64").value, fact("asn", "64").whole) == (13, 15)
        assert fact("asn_jenis", "64").value == 1

    def test_a_target_that_does_not_speak_of_all_is_not_known(self, province: Person):
        figure(LENT_ROOMS, province, cast.BERAU, "ppk", target=13, real=13)
        figure(LENT_ROOMS, province, cast.BERAU, "pps", real=100)
        assert (fact("ruang", "64").value, fact("ruang", "64").whole) == (113, None)

    def test_a_target_leaves_out_bodies_that_nobody_counted(self, province: Person):
        figure(AD_HOC, province, "64", "kpps", target=43_918, real=43_000)
        figure(AD_HOC, province, "64", "ptps", target=6_274)
        told = fact("adhoc", "64")
        assert (told.value, told.whole) == (43_000, 43_918)
        assert told.label == "Personel badan ad hoc, tanpa 1 yang belum diketahui"

    def test_what_nobody_counted_is_not_zero(self, province: Person):
        figure(HEALTH_CHECKS, province, cast.BERAU, "kpps", target=3_325)
        assert fact("kesehatan", "64").value is None
        assert fact("kesehatan_jenis", "64").value == 1

    def test_vehicles_add_up_use_by_use(self, province: Person):
        for kind, lent in (("truk", 4), ("speedboat", 2)):
            made(
                TRANSPORT,
                province,
                MEASURE | {"kind": kind, "purpose": "Distribusi logistik", "target": 4, "real": lent},
            )
        assert (fact("angkutan", "64").value, fact("angkutan", "64").whole) == (6, 8)
        assert fact("angkutan_jenis", "64").value == 2

    def test_the_figures_of_a_province_take_few_statements(self, province: Person):
        for number, code in enumerate((cast.BERAU, cast.PASER, cast.SAMBALIUNG)):
            figure(STAFF, province, code, "ppk", target=number, real=number)
        with statements() as asked:
            support.facts(("64",))
        assert len(asked) <= 14


class TestRefusing:
    @pytest.mark.parametrize(
        "register, region, body",
        [
            (STAFF, cast.SAMBALIUNG, "kpu"),
            (STAFF, "64.03.03.2001", "ppk"),
            (LENT_ROOMS, "64.03.03.2001", "panwascam"),
        ],
    )
    def test_a_body_that_the_place_does_not_have(
        self, province: Person, register: Any, region: str, body: str
    ):
        with pytest.raises(Invalid) as told:
            figure(register, province, region, body, real=1)
        assert "body" in told.value.fields

    def test_a_day_without_a_count(self, province: Person):
        with pytest.raises(Invalid) as told:
            figure(STAFF, province, cast.BERAU, "pps", counted_on=dt.date(2024, 11, 1))
        assert "real" in told.value.fields

    def test_the_same_body_of_a_region_twice(self, province: Person):
        figure(STAFF, province, cast.BERAU, "pps", real=1)
        with pytest.raises(Invalid) as told:
            figure(STAFF, province, cast.BERAU, "pps", real=2)
        assert "body" in told.value.fields

    def test_a_body_that_is_not_in_the_list(self, province: Person):
        with pytest.raises(Invalid):
            figure(AD_HOC, province, cast.BERAU, "kpu", real=1)
