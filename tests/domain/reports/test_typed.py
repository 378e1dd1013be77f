"""Numbers and names that people type: beside the figures, and beside what may stand in a report."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.registers import Fact
from app.domain.reports import Reading, ReferenceFigure
from app.domain.reports.typed import figures_in, leftovers_in, names_in

NOON = dt.datetime(2024, 11, 25, 4, 0, tzinfo=dt.UTC)
BERAU = Reading(
    NOON,
    figures=(
        Fact("logistik.kecamatan_lengkap", "LOG", "Kecamatan lengkap", 11, "kecamatan", whole=13),
        Fact("logistik.tps_lengkap", "LOG", "TPS lengkap", 470, "TPS", whole=475),
        Fact("keamanan.personel", "KAM", "Personel pengamanan", 1588, "orang"),
        Fact("keamanan.personel.polri", "KAM", "Personel Polri", 426, "orang"),
        Fact("netralitas.kasus", "ASN", "Kasus netralitas", 3, "kasus"),
        Fact("netralitas.berjalan", "ASN", "Kasus berjalan", 2, "kasus"),
    ),
    reference=(
        ReferenceFigure("TPS", 475, "KPU Berau"),
        ReferenceFigure("TPS lokasi khusus", 3, "KPU Berau"),
        ReferenceFigure("Kecamatan", 13, "Kemendagri"),
        ReferenceFigure("Desa/kampung", 100, "Kemendagri"),
        ReferenceFigure("Pemilih dalam DPT", None, ""),
    ),
)


@pytest.mark.parametrize(
    "text, key",
    [
        ("Jumlah TPS 474 TPS.", "acuan.TPS"),
        ("Sebanyak 474 TPS siap.", "acuan.TPS"),
        ("Seluruhnya 480 TPS di Berau.", "acuan.TPS"),
        ("11 dari 12 kecamatan.", "acuan.Kecamatan"),
        ("tersebar di 99 kampung", "acuan.Desa/kampung"),
        ("jumlah 4 TPS khusus", "acuan.TPS lokasi khusus"),
        ("1.688 personel disiagakan", "keamanan.personel"),
        ("4 kasus netralitas", "netralitas.kasus"),
    ],
)
def test_a_number_unlike_its_figure_is_found(text: str, key: str):
    assert [one.key for one in figures_in(text, BERAU)] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "Jumlah TPS 475 TPS yang tersebar di 13 kecamatan dan 100 kampung.",
        "Logistik sampai di 11 kecamatan, 470 TPS.",
        "Ada 12 TPS yang terendam.",
        "3 TPS khusus: 1 di lapas.",
        "1.588 personel, di antaranya 426 personel Polri.",
        "3 kasus netralitas, 2 kasus netralitas masih berjalan.",
        "Pada 25/11/2024 pukul 09.00 WITA di TPS 474.",
        "Jumlah 1.000 pemilih pemula.",
        "Nomor 474/TPS/2024",
        "0,474 TPS",
        "",
    ],
)
def test_a_number_that_fits_or_means_something_else_is_left_alone(text: str):
    assert figures_in(text, BERAU) == []


@pytest.mark.parametrize(
    "text", ["sisa 3 kecamatan", "Sisanya tiga kecamatan hari ini", "tinggal 1 kecamatan"]
)
def test_what_is_left_must_make_the_whole_with_what_is_done(text: str):
    assert [one.key for one in leftovers_in(text, BERAU)] == ["logistik.kecamatan_lengkap"]


@pytest.mark.parametrize(
    "text", ["sisa 2 kecamatan", "Sisanya dua kecamatan", "tersisa 5 TPS", "2 kecamatan"]
)
def test_what_makes_the_whole_is_left_alone(text: str):
    assert leftovers_in(text, BERAU) == []


def test_nothing_is_compared_with_what_nobody_knows():
    blank = Reading(NOON, reference=(ReferenceFigure("TPS", None, ""),))
    assert figures_in("Jumlah 474 TPS, 5 kasus netralitas.", blank) == []
    assert leftovers_in("sisa 3 kecamatan", blank) == []


@pytest.mark.parametrize(
    "text, name",
    [
        ("Sdr. Budi Santoso diperiksa.", "Budi Santoso"),
        ("atas nama Rina", "Rina"),
        ("a.n. Rina Wati", "Rina Wati"),
        ("inisial AB", "AB"),
        ("Bapak Muhammad Said hadir", "Muhammad Said"),
        ("Ahmad Fauzi, S.Sos memimpin", "Ahmad Fauzi"),
    ],
)
def test_what_looks_like_a_name_is_found(text: str, name: str):
    assert names_in(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Bapak Bupati Berau hadir.",
        "Ibu Camat Segah melapor.",
        "Kampung Long Ayan, Kecamatan Segah",
        "Satu kepala kampung, 1 PNS dan 1 PPPK.",
        "Pak Sekda memimpin rapat.",
    ],
)
def test_an_office_or_a_place_is_no_name(text: str):
    assert names_in(text) == []


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str):
    figures_in(text, BERAU)
    leftovers_in(text, BERAU)
    names_in(text)
