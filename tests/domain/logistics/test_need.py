"""How much of each kind is needed: by rule, from figures, and never a guess passed off as a count."""

from __future__ import annotations

from typing import Any

import pytest

from app import data
from app.domain import logistics
from app.domain.logistics import Rule, ballots_for, goods, needs_of, rule_of
from app.domain.regions import FigureKind
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import SEGAH, VILLAGE, arrived, both_elections, known, told

BERAU = cast.BERAU


def need(kind: str, code: str = BERAU) -> logistics.Need:
    return needs_of([code])[code, kind]


@pytest.mark.parametrize("row", list(data.rows("logistik_jenis.csv")), ids=lambda row: row["code"])
def test_every_formula_of_the_file_is_understood(row: dict[str, str]):
    assert rule_of(row["formula"]) != Rule()


def test_it_refuses_a_formula_that_it_does_not_know():
    with pytest.raises(ValueError, match="tidak dikenal"):
        rule_of("TPS*banyak")


@pytest.mark.parametrize("voters, ballots", [(0, 0), (1, 2), (40, 41), (41, 43), (400, 410), (600, 615)])
def test_ballots_of_one_tps_are_its_voters_and_two_and_a_half_percent_rounded_up(voters: int, ballots: int):
    assert ballots_for(voters) == ballots


def test_boxes_are_two_per_tps_and_two_per_kecamatan_where_two_offices_are_elected(session: Any):
    both_elections()
    assert need("KOTAK_SUARA").value == 2 * 475 + 2 * 13
    assert need("BILIK").value == 4 * 475
    assert need("FORMULIR_D").value == 2 * 13


def test_the_boxes_of_mahakam_ulu_come_out_as_its_kpu_told(session: Any):
    from app.domain import stages
    from app.extensions import db

    election = stages.find_election(stages.current_election().id)
    stages.add_race(election, "gub", "64")
    stages.add_race(election, "bup", "64.11")
    db.session.flush()
    assert need("KOTAK_SUARA", "64.11").value == 164
    assert need("BILIK", "64.11").value == 308


def test_nothing_is_known_of_boxes_while_no_election_is_set_up(session: Any):
    assert need("KOTAK_SUARA").value is None
    assert "belum diketahui" in need("KOTAK_SUARA").basis


def test_a_kind_that_kpu_fixes_by_hand_has_no_need_until_kpu_says_it(session: Any, operator: Any):
    both_elections()
    assert need("SEGEL").value is None
    told(logistics.STOCK, BERAU, operator, goods="SEGEL", received=4000, good=4000, damaged=0, need_said=3991)
    line = next(one for one in logistics.stock_of(BERAU) if one.goods.code == "SEGEL")
    assert (line.need.value, line.need.basis, line.adequacy) == (3991, "menurut KPU", "cukup")


def test_ballots_without_voters_per_tps_are_an_estimate_and_say_so(session: Any):
    both_elections()
    found = need("SURAT_SUARA_GUB")
    assert found.value == ballots_for(198_347)
    assert found.is_estimate
    assert "perkiraan" in found.basis


def test_ballots_as_a_source_states_them_go_before_an_estimate(session: Any):
    both_elections()
    known(BERAU, FigureKind.BALLOTS, 203_600)
    assert (need("SURAT_SUARA_GUB").value, need("SURAT_SUARA_GUB").is_estimate) == (203_600, False)


def test_ballots_are_rounded_up_at_each_tps_where_all_of_them_are_known(session: Any, operator: Any):
    both_elections()
    known(SEGAH, FigureKind.POLLING_STATIONS, 2)
    known(SEGAH, FigureKind.VOTERS, 82)
    arrived(VILLAGE, operator, "1", voters=41)
    assert need("SURAT_SUARA_GUB", SEGAH).is_estimate
    arrived(VILLAGE, operator, "2", voters=41)
    found = need("SURAT_SUARA_GUB", SEGAH)
    assert (found.value, found.is_estimate) == (86, False)
    assert ballots_for(82) == 85  # rounded up once, it would have been one ballot too few


def test_ballots_for_a_revote_stand_apart_and_belong_to_who_organises(session: Any):
    both_elections()
    assert need("SURAT_SUARA_PSU").value == 2000
    assert need("SURAT_SUARA_PSU", "64.01").value == 0


def test_a_region_without_its_own_election_needs_no_such_ballots(session: Any):
    both_elections()
    found = need("SURAT_SUARA_BUP", "64.01")
    assert (found.value, found.basis) == (0, "tidak dipilih di sini")


def test_an_unknown_number_of_tps_makes_the_need_unknown_not_zero(session: Any):
    both_elections()
    assert need("BILIK", SEGAH).value is None
    known(BERAU, FigureKind.POLLING_STATIONS, None)
    assert need("BILIK").value is None


def test_badges_are_counted_without_the_witnesses_that_nobody_knows_yet(session: Any):
    found = need("TANDA_PENGENAL")
    assert (found.value, found.is_estimate) == (9 * 475, True)


def test_the_needs_of_ten_regions_take_no_more_statements_than_of_one(session: Any):
    both_elections()
    with statements() as one:
        needs_of([BERAU])
    with statements() as ten:
        needs_of([f"64.{number:02d}" for number in (1, 2, 3, 7, 8, 9, 11, 71, 72, 74)])
    assert len(ten) == len(one) <= 5


@pytest.mark.parametrize(
    "said, adequacy",
    [
        ({"received": 1000, "good": 976, "damaged": 24}, "cukup"),
        ({"received": 1000, "good": 970, "damaged": 30}, "kurang"),
        ({"received": 1000, "good": 970, "damaged": 30, "short": 0, "replaced": 6}, "cukup"),
        ({"received": 1000}, ""),
        ({"received": 1000, "damaged": 24}, "cukup"),
    ],
)
def test_it_is_enough_when_the_good_ones_and_the_replacements_reach_the_need(
    session: Any, operator: Any, said: dict[str, int], adequacy: str
):
    both_elections()
    told(logistics.STOCK, BERAU, operator, goods="KOTAK_SUARA", **said)
    line = next(one for one in logistics.stock_of(BERAU) if one.goods.code == "KOTAK_SUARA")
    assert line.adequacy == adequacy


def test_all_seventeen_kinds_stand_in_the_table_of_a_region(session: Any):
    assert [line.goods.code for line in logistics.stock_of(BERAU)] == list(goods())
    assert len(goods()) == 17
