"""What the room tells reports: who protects, what is published (each in its own words), and what may happen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.domain import security
from app.domain.accounts import Person
from app.domain.registers import StepSaid
from tests import cast
from tests.counting import statements
from tests.domain.incidents.cases import incident, recorded
from tests.domain.security.cases import STATIONS, classes, people, published, risk

pytestmark = pytest.mark.one_database


def told(*codes: str) -> dict[str, Any]:
    return {
        fact.key.removeprefix("keamanan."): fact.words if fact.words else fact.value
        for fact in security.facts(list(codes) or [cast.BERAU])
    }


def test_nobody_counted_is_unknown_not_zero(session: Any):
    facts = told()
    assert facts["personel"] is None
    assert facts["tps.rawan"] is None
    assert facts["risiko_terbuka"] == 0


def test_the_whole_is_what_is_stated_and_the_last_day_counts(operator: Person):
    people(operator, dated_on=dt.date(2024, 11, 20), people=900)
    people(operator)
    people(operator, institution="polri", people=500)
    facts = told()
    assert (facts["personel"], facts["personel.polri"]) == (1588, 500)


def test_without_a_whole_the_institutions_add_up(operator: Person):
    people(operator, institution="polri", people=500)
    people(operator, institution="tni", people=200, station_class="aman")
    people(operator, institution="tni", people=30, station_class="sangat_rawan")
    assert told()["personel"] == 730


def test_a_regions_own_statement_counts_before_those_below(operator: Person, stranger: Person):
    people(operator)
    people(stranger, cast.PASER, people=412)
    assert (told("64")["personel"], told("64")["personel_wilayah"]) == (2000, 2)
    people(cast.person("operator.kaltim"), "64", people=21_398)
    assert told("64")["personel"] == 21_398
    assert told(cast.BERAU)["personel"] == 1588


def test_classes_add_up_only_where_all_are_known(operator: Person, stranger: Person):
    classes(operator)
    classes(stranger, cast.PASER, total=None, safe=None, vulnerable=40, very_vulnerable=None)
    facts = told("64")
    assert facts["tps.rawan"] == 100
    assert facts["tps.aman"] is None
    assert told()["tps.sangat_rawan"] == 15


def test_measurements_stay_apart_and_unknown_stays_unknown(session: Any):
    province = cast.person("operator.kaltim")
    published(province)
    published(
        province,
        dataset="pemetaan_2024",
        score=Decimal(18),
        place="ke-2 nasional",
        published_on=dt.date(2024, 8, 26),
    )
    published(province, cast.BERAU, score=None, level="sedang", place="")
    facts = told("64")
    assert facts["kerawanan.ikp_2022"] == "tinggi, 77,04 (skor 0-100), ke-5 nasional"
    assert facts["kerawanan.pemetaan_2024"] == "tinggi, 18 (banyaknya dari 27 indikator), ke-2 nasional"
    assert told()["kerawanan.ikp_2022"] == "sedang, nilai belum diketahui"
    assert told()["kerawanan.pemetaan_2024"] is None  # not measured: never taken from the province
    assert not any("kerawanan" in key and isinstance(value, int) for key, value in facts.items())


def test_indicators_are_counted_one_by_one(operator: Person):
    recorded(security.VULNERABLE_STATIONS, STATIONS, operator)
    recorded(security.VULNERABLE_STATIONS, STATIONS, operator, indicator="R10", stations=None)
    facts = told()
    assert facts["tps_rawan.R04"] == 12
    assert facts["tps_rawan.R10"] is None
    assert "tps_rawan.R01" not in facts


def test_what_came_true_is_no_possibility_any_more(operator: Person):
    due = risk(operator, review_on=dt.date(2024, 11, 25))
    risk(operator, likelihood="kecil", impact="kecil")
    facts = told()
    assert (facts["risiko_terbuka"], facts["risiko_tinggi"], facts["risiko_perlu_ditinjau"]) == (2, 1, 1)
    security.came_true(due, incident(operator).id, StepSaid(), by=operator, version=due.version)
    facts = told()
    assert (facts["risiko_terbuka"], facts["risiko_terjadi"], facts["risiko_perlu_ditinjau"]) == (1, 1, 0)


def test_it_takes_few_statements_whatever_the_number(operator: Person, stranger: Person):
    people(operator), classes(operator), risk(operator)
    with statements() as few:
        security.facts(["64"])
    people(stranger, cast.PASER), risk(operator), risk(operator)
    with statements() as many:
        security.facts(["64"])
    assert len(few) == len(many) <= 15


def test_the_board_sets_personnel_beside_polling_stations(operator: Person):
    people(operator), classes(operator), risk(operator)
    published(cast.person("operator.kaltim"), cast.BERAU, score=None, level="sedang", place="")
    board = security.board_of("64")
    line = next(one for one in board.lines if one.region.code == cast.BERAU)
    assert line.ratio == Decimal("3.34")  # 1,588 people, 475 polling stations
    assert {key: one.words for key, one in line.published.items()} == {
        "ikp_2022": "sedang, nilai belum diketahui"
    }
    assert [one.level for one in board.risks] == ["tinggi"]
    assert board.lines[0].region.code == "64"
    assert board.lines[0].strength is not None
    assert next(one for one in board.lines if one.region.code == cast.PASER).ratio is None
    assert board.indicators == []
