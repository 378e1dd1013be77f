"""What outreach tells of a region, and which statement on participation stands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from app.domain import outreach, registers
from app.domain.accounts import Person
from app.domain.registers import Fact
from tests import cast
from tests.counting import statements
from tests.domain.outreach.gatherings import gathered, stated


def told(*codes: str) -> dict[str, Fact]:
    return {fact.key: fact for fact in outreach.facts(codes or (cast.BERAU,))}


def test_nothing_recorded_reaches_nobody_and_knows_no_percentage(session: Any):
    found = told()
    assert (found["sosialisasi.kegiatan"].value, found["sosialisasi.dijangkau"].value) == (0, None)
    assert (found["sosialisasi.kecamatan"].value, found["sosialisasi.kecamatan"].whole) == (0, 13)
    assert found["partisipasi.proyeksi"].value is None
    assert found["partisipasi.hasil"].value is None


def test_people_segments_and_kecamatan_are_counted(operator: Person):
    gathered(operator)
    gathered(operator, "64.03.03.2001", with_community_figures=True)
    gathered(operator, cast.TELUK_BAYUR, reached=None, reached_male=None, reached_female=None)
    gathered(operator, cast.BERAU, for_women=True)
    plan = dict.fromkeys(("reached", "reached_male", "reached_female")) | {"progress": "direncanakan"}
    gathered(operator, cast.MARATUA, **plan)
    gone = gathered(operator, cast.MARATUA)
    registers.withdraw(gone, by=operator, reason="Tercatat dua kali", version=gone.version)
    found = {key: fact.value for key, fact in told().items()}
    assert found["sosialisasi.kegiatan"] == 4
    assert (found["sosialisasi.dijangkau"], found["sosialisasi.perempuan"]) == (180, 105)
    assert found["sosialisasi.kecamatan"] == 2
    assert found["sosialisasi.for-first-voters"] == 4
    assert found["sosialisasi.with-community-figures"] == 1
    assert found["sosialisasi.for-women"] == 1


def test_the_newest_source_stands_and_the_last_word_of_a_day(operator: Person):
    stated(operator, percent=Decimal("79.5"), stated_on=dt.date(2024, 11, 20))
    stated(operator, percent=Decimal(75), stated_on=dt.date(2024, 11, 1))
    stated(operator, percent=Decimal(74), stated_on=None)
    assert told()["partisipasi.proyeksi"].value == Decimal("79.5")


def test_each_kind_comes_with_its_own_source(operator: Person):
    stated(
        operator, kind="sebelumnya", of_election="Pilbup 2020", percent=Decimal("61.2"), source="KPU Berau"
    )
    stated(operator, race="gubernur", percent=Decimal("66.57"), source="KPU Kaltim")
    found = told()
    assert (found["partisipasi.sebelumnya"].value, found["partisipasi.sebelumnya"].source) == (
        Decimal("61.2"),
        "KPU Berau",
    )
    assert found["partisipasi.proyeksi.gubernur"].value == Decimal("66.57")
    assert "partisipasi.hasil.gubernur" not in found


def test_the_reference_figure_is_the_target_until_the_desk_states_its_own(session: Any):
    province = cast.person("operator.kaltim")
    assert (told("64")["partisipasi.target"].value, told("64")["partisipasi.target"].source) == (
        Decimal("79.5"),
        "RPJMN 2020-2024",
    )
    stated(province, "64", kind="target", percent=Decimal(80), source="SK Gubernur")
    assert told("64")["partisipasi.target"].value == 80


def test_percentages_of_several_regions_are_not_mixed(session: Any):
    assert not [key for key in told(cast.BERAU, cast.PASER) if key.startswith("partisipasi")]


def test_few_statements_whatever_the_number_of_records(operator: Person):
    for _ in range(12):
        gathered(operator)
    with statements() as asked:
        told("64")
    assert len(asked) <= 4
