"""What the drive tells of a region, and of which records."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import identity_cards, registers
from app.domain.accounts import Person
from app.domain.registers import Fact
from tests import cast
from tests.counting import statements
from tests.domain.identity_cards.enrolments import certified, counted, november, served


def told(*codes: str) -> dict[str, Fact]:
    return {fact.key: fact for fact in identity_cards.facts(codes or (cast.BERAU,))}


@pytest.fixture
def paser(session: Any) -> Person:
    return cast.person("operator.paser")


def test_nothing_recorded_is_unknown_and_never_zero(session: Any):
    found = told()
    assert found["ktp.rekam"].value is None
    assert found["ktp.surat_keterangan"].value is None
    assert found["ktp.dilayani"].value is None
    assert (found["ktp.layanan"].value, found["ktp.kecamatan_terlayani"].value) == (0, 0)
    assert found["ktp.kecamatan_terlayani"].whole == 13


def test_the_newest_day_stands(operator: Person):
    counted(operator, 20, obliged=100, enrolled=60, printed=50, turning=10, turning_enrolled=2)
    counted(operator, 24, obliged=100, enrolled=90, printed=70, turning=10, turning_enrolled=7)
    counted(operator, 22, obliged=100, enrolled=80, printed=60, turning=10, turning_enrolled=4)
    found = told()
    assert (found["ktp.rekam"].value, found["ktp.rekam"].whole) == (90, 100)
    assert (found["ktp.cetak"].value, found["ktp.cetak"].whole) == (70, 90)
    assert found["ktp.belum_rekam"].value == 10
    assert (found["ktp.pemula_rekam"].value, found["ktp.pemula_rekam"].whole) == (7, 10)
    assert found["ktp.pemula_belum"].value == 3
    assert found["ktp.rekam"].source == "Disdukcapil, laporan harian"
    assert found["ktp.rekam"].as_of is not None


def test_two_of_three_tell_the_third(operator: Person):
    counted(operator, 20, enrolled=60, unenrolled=40)
    assert told()["ktp.wajib"].value == 100
    counted(operator, 21, obliged=100, unenrolled=30)
    assert told()["ktp.rekam"].value == 70


def test_a_kabupaten_without_figures_is_the_sum_of_its_kecamatan(operator: Person):
    counted(operator, 20, cast.SAMBALIUNG, obliged=30, enrolled=20)
    counted(operator, 24, cast.TELUK_BAYUR, obliged=50, enrolled=40)
    assert told()["ktp.rekam"].value == 60
    assert told(cast.SAMBALIUNG)["ktp.rekam"].value == 20


def test_its_own_figures_stand_before_those_of_its_kecamatan(operator: Person):
    counted(operator, 20, obliged=1000, enrolled=900)
    counted(operator, 24, cast.TELUK_BAYUR, obliged=50, enrolled=40)
    assert told()["ktp.rekam"].value == 900


def test_a_province_adds_up_its_kabupaten_and_compares_only_what_both_know(operator: Person, paser: Person):
    counted(operator, 20, obliged=100, enrolled=60)
    counted(paser, 22, cast.PASER, enrolled=40)
    found = told("64")
    assert (found["ktp.rekam"].value, found["ktp.rekam"].whole) == (60, 100)
    assert found["ktp.wajib"].value == 100
    assert (found["ktp.kabkota_berangka"].value, found["ktp.kabkota_berangka"].whole) == (2, 10)


def test_what_was_withdrawn_counts_nowhere(operator: Person):
    row = counted(operator, 24, enrolled=90)
    registers.withdraw(row, by=operator, reason="Salah ketik", version=row.version)
    visit = served(operator)
    registers.withdraw(visit, by=operator, reason="Salah ketik", version=visit.version)
    found = told()
    assert (found["ktp.rekam"].value, found["ktp.layanan"].value) == (None, 0)


def test_services_are_counted_by_kind_and_hour_and_reach_their_kecamatan(operator: Person):
    served(operator)
    served(operator, "64.03.09.2001", kind="desa", served_on=dt.date(2024, 11, 23), for_turning=False)
    served(operator, cast.BERAU, kind="titik_layanan", hours="malam", served=None, served_enrolled=None)
    served(
        operator,
        cast.MARATUA,
        progress="direncanakan",
        served=None,
        served_enrolled=None,
        served_on=november(26),
    )
    served(operator, cast.SAMBALIUNG, kind="rumah", obstacle="menolak", obstacle_people=2, served_on=None)
    found = {key: fact.value for key, fact in told().items()}
    assert found["ktp.layanan"] == 4
    assert found["ktp.jemput_bola"] == 3
    assert found["ktp.jemput_bola_pemula"] == 2
    assert found["ktp.layanan_malam"] == 1
    assert found["ktp.layanan_libur"] == 1
    assert found["ktp.dilayani"] == 120
    assert found["ktp.terkendala"] == 2
    assert found["ktp.kecamatan_terlayani"] == 2


def test_certificates_are_added_up(operator: Person):
    certified(operator, 23, 5)
    certified(operator, 24, 7, issued_male=3, issued_female=4)
    assert told()["ktp.surat_keterangan"].value == 12


def test_few_statements_whatever_the_number_of_records(operator: Person):
    for day in range(1, 24):
        counted(operator, day, obliged=100, enrolled=day)
    with statements() as asked:
        told("64")
    assert len(asked) <= 4


def test_what_is_left_is_read_day_by_day_of_those_that_count(operator: Person):
    counted(operator, 20, obliged=100, enrolled=60)
    counted(operator, 21, printed=10)
    counted(operator, 22, unenrolled=30)
    counted(operator, 22, cast.SAMBALIUNG, unenrolled=3)
    with statements() as asked:
        found = identity_cards.remaining(["64"])
    assert len(asked) == 1
    assert [(p.day.day, p.left) for p in identity_cards.series(found, "64")] == [(20, 40), (22, 30)]
    assert [(p.day.day, p.left) for p in identity_cards.series(found, cast.SAMBALIUNG)] == [(22, 3)]
    assert identity_cards.series(found, cast.PASER) == []


def test_of_a_kabupaten_that_tells_only_it_is_read_and_of_others_their_kecamatan(
    operator: Person, paser: Person
):
    counted(operator, 20, unenrolled=40)
    counted(operator, 20, cast.SAMBALIUNG, unenrolled=4)
    counted(paser, 20, cast.PASER, printed=4)
    counted(paser, 20, "64.01.01", unenrolled=7)
    assert set(identity_cards.remaining(["64"], only_leading=True)) == {cast.BERAU, "64.01.01"}
    assert set(identity_cards.remaining(["64"])) == {cast.BERAU, cast.SAMBALIUNG, "64.01.01"}
