"""Readiness with its arithmetic, thresholds of each desk, and what contradicts what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.domain import audit, situation
from app.domain.accounts import Person
from app.domain.checklists import Overview, RollUp, Totals
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.regions import FigureKind
from app.domain.registers import Fact
from app.domain.situation import (
    Grade,
    Limit,
    Readiness,
    contradictions_in,
    limits_of,
    readiness_of,
    set_limit,
)
from tests import cast


def ready(**counts: int) -> Readiness:
    return Readiness("LOG", "Logistik", Totals(**counts), Limit("LOG"))


class TestReadiness:
    @pytest.mark.parametrize(
        "counts, grade, shape",
        [
            ({}, Grade.UNKNOWN, "–"),
            ({"belum": 10}, Grade.BEHIND, "○"),
            ({"selesai": 59, "belum": 41}, Grade.BEHIND, "○"),
            ({"selesai": 60, "belum": 40}, Grade.WATCH, "◐"),
            ({"selesai_diverifikasi": 90, "belum": 10}, Grade.READY, "●"),
            ({"selesai": 95, "terkendala": 5}, Grade.WATCH, "◐"),
        ],
    )
    def test_the_grade_follows_the_thresholds_and_nothing_else(
        self, counts: dict[str, int], grade: Grade, shape: str
    ):
        assert (ready(**counts).grade, ready(**counts).grade.shape) == (grade, shape)

    def test_the_whole_arithmetic_is_told(self):
        one = ready(selesai=3, selesai_diverifikasi=6, belum=2, terkendala=1)
        assert one.arithmetic == "9 selesai dari 12 isian = 75,0 %; 6 terverifikasi, 1 terkendala"

    def test_every_area_has_its_line(self, session: Any):
        found = readiness_of(Overview(), limits_of("64"))
        assert [one.area for one in found] == ["LOG", "ASN", "KTP", "SOS", "KAM", "DUK", "PTH", "LAP"]
        assert {one.grade for one in found} == {Grade.UNKNOWN}


class TestThresholds:
    def test_a_desk_follows_the_one_above_until_it_has_its_own(self, admin: Person):
        set_limit("64", "LOG", watch=70, ready=95, by=admin, version=0)
        below = limits_of(cast.BERAU)["LOG"]
        assert (below.watch, below.ready, below.region, below.version) == (70, 95, "64", 0)
        set_limit(cast.BERAU, "LOG", watch=50, ready=80, by=admin, version=0)
        assert limits_of(cast.BERAU)["LOG"].ready == 80
        assert limits_of(cast.PASER)["LOG"].ready == 95
        assert limits_of(cast.BERAU)["KTP"] == Limit("KTP")

    def test_old_and_new_are_on_the_trail(self, admin: Person):
        set_limit("64", "LOG", watch=70, ready=95, by=admin, version=0)
        (link,) = audit.history_of(situation.SUBJECT, "LOG")
        assert link.changed == {"watch": [60, 70], "ready": [90, 95]}

    @pytest.mark.parametrize(
        "watch, ready, field", [(0, 90, "watch"), (60, 101, "ready"), (91, 90, "watch"), (-5, 90, "watch")]
    )
    def test_percents_that_cannot_be_are_refused(self, admin: Person, watch: int, ready: int, field: str):
        with pytest.raises(Invalid) as told:
            set_limit("64", "LOG", watch=watch, ready=ready, by=admin, version=0)
        assert field in told.value.fields
        assert limits_of("64")["LOG"] == Limit("LOG")

    def test_others_are_refused_and_the_later_one_is_told(self, admin: Person, operator: Person):
        with pytest.raises(NotAllowed):
            set_limit(cast.BERAU, "LOG", watch=50, ready=80, by=operator, version=0)
        with pytest.raises(NotFound):
            set_limit("64", "XXX", watch=50, ready=80, by=admin, version=0)
        set_limit("64", "LOG", watch=50, ready=80, by=admin, version=0)
        for stale in (0, 2):
            with pytest.raises(NotNow):
                set_limit("64", "LOG", watch=51, ready=80, by=admin, version=stale)
        set_limit("64", "LOG", watch=51, ready=80, by=admin, version=1)
        assert limits_of("64")["LOG"].version == 2


def rolled(done: int, total: int = 13, day: int = 24) -> RollUp:
    return RollUp(
        "LOG-12", "Logistik tiba", "LOG", "kecamatan", "", dt.date(2024, 11, day), done, 0, total, ()
    )


class TestContradictions:
    FACT = Fact("logistik.kecamatan_lengkap", "LOG", "Kecamatan lengkap", 11, "kecamatan", whole=13)

    def test_agreement_says_nothing(self, session: Any):
        assert contradictions_in(cast.BERAU, [self.FACT], [rolled(11)]) == []

    def test_a_register_beside_its_item(self, session: Any):
        (one,) = contradictions_in(cast.BERAU, [self.FACT], [rolled(9, day=20), rolled(12)])
        assert one.words == (
            "Register menghitung 11 kecamatan yang logistiknya lengkap, daftar periksa LOG-12 12 dari 13"
        )

    def test_what_is_not_known_contradicts_nothing(self, session: Any):
        unknown = Fact(self.FACT.key, "LOG", "Kecamatan lengkap", None)
        assert contradictions_in(cast.BERAU, [unknown], [rolled(12)]) == []

    def test_a_part_larger_than_its_whole(self, session: Any):
        (one,) = contradictions_in(cast.BERAU, [Fact("x", "DUK", "Ruang", 5, "ruang", whole=4)], [])
        assert one.words == "Ruang: 5 lebih besar dari 4 ruang"

    def test_sources_that_disagree(self, session: Any):
        cast.figure(
            cast.BERAU,
            FigureKind.POLLING_STATIONS,
            Decimal(480),
            by="x",
            source="Polres Berau",
            dated_on=dt.date(2024, 11, 25),
        )
        (one,) = contradictions_in(cast.BERAU, [], [])
        assert "480 (Polres Berau)" in one.words
        assert "475 (" in one.words
