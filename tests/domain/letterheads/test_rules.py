"""What a letterhead may say, and the grammar of paper numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from app.domain.errors import Invalid
from app.domain.letterheads import Content, Line, checked, numbered

pytestmark = pytest.mark.one_database

DAY = dt.date(2024, 11, 5)
GOOD = Content((Line("PEMERINTAH KABUPATEN BERAU"), Line("DESK PILKADA", "besar", True)), ("Jalan Contoh 1",))


@pytest.mark.parametrize(
    "pattern, number",
    [
        ("{nomor}/{bulan_romawi}/DESK/{tahun}", "7/XI/DESK/2024"),
        ("{nomor:3}/DESK-PILKADA/{tahun}", "007/DESK-PILKADA/2024"),
        ("200.2.1/{nomor:4}/{tanggal}.{bulan}.{tahun}", "200.2.1/0007/05.11.2024"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, number: str):
    assert checked(replace(GOOD, number_pattern=pattern)).number_pattern == pattern
    assert numbered(pattern, 7, DAY) == number


def test_a_number_grows_beyond_its_width():
    assert numbered("{nomor:2}/{tahun}", 1234, DAY) == "1234/2024"


@pytest.mark.parametrize("month, roman", [(1, "I"), (4, "IV"), (9, "IX"), (12, "XII")])
def test_months_are_written_in_roman_figures(month: int, roman: str):
    assert numbered("{nomor}/{bulan_romawi}/{tahun}", 1, dt.date(2027, month, 1)) == f"1/{roman}/2027"


@pytest.mark.parametrize(
    "pattern, sentence",
    [
        ("DESK/{tahun}", "memuat {nomor} satu kali"),
        ("{nomor}/{nomor:3}/{tahun}", "memuat {nomor} satu kali"),
        ("{nomor}/DESK", "dan {tahun}"),
        ("{nomer}/{tahun}", "{nomer} tidak dikenal"),
        ("{nomor:9}/{tahun}", "{nomor:9} tidak dikenal"),
        ("{nomor/{tahun}", "kurung kurawal"),
        ("{nomor}/{tahun}}", "kurung kurawal"),
        ("{nomor}/{tahun}<b>", "kurung kurawal"),
        ("{nomor.__class__}/{tahun}", "tidak dikenal"),
        ("{nomor}/{tahun}/" + "x" * 50, "terlalu panjang"),
        ("{nomor}/{tahun}" + "x" * 100, "Paling banyak 100"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused_at_its_field(pattern: str, sentence: str):
    with pytest.raises(Invalid) as refusal:
        checked(replace(GOOD, number_pattern=pattern))
    assert sentence in refusal.value.fields["number_pattern"]


@pytest.mark.parametrize(
    "change, field",
    [
        ({"lines": (Line("Satu"),)}, "lines"),
        ({"lines": (Line("Satu"), Line("  "))}, "lines"),
        ({"lines": tuple(Line(str(n)) for n in range(6))}, "lines"),
        ({"lines": (Line("Satu"), Line("x" * 81))}, "lines"),
        ({"lines": (Line("Satu"), Line("Dua", "raksasa"))}, "lines"),
        ({"address": ("a", "b", "c")}, "address"),
        ({"address": ("x" * 141,)}, "address"),
        ({"copies": ("x",) * 21}, "copies"),
        ({"copies": ("x" * 121,)}, "copies"),
        ({"classification": "x" * 41}, "classification"),
        ({"attachment": "x" * 81}, "attachment"),
        ({"subject": "x" * 201}, "subject"),
        ({"paper": "A3"}, "paper"),
    ],
)
def test_what_no_paper_should_carry_is_refused_at_its_field(change: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refusal:
        checked(replace(GOOD, **change))
    assert list(refusal.value.fields) == [field]


def test_blanks_and_empty_lines_are_tidied_away():
    made = checked(
        replace(
            GOOD,
            lines=(Line("  PEMERINTAH   BERAU "), Line(""), Line("DESK")),
            address=("", " Jalan  Contoh "),
            copies=("Bupati", " ", "Arsip "),
        )
    )
    assert [line.text for line in made.lines] == ["PEMERINTAH BERAU", "DESK"]
    assert (made.address, made.copies) == (("Jalan Contoh",), ("Bupati", "Arsip"))
