"""A number with a comma: written as people write it, kept exactly, refused beyond two digits."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from app.domain.errors import Invalid
from app.domain.registers.columns import Column, Form, checked_value
from app.words import point_number

pytestmark = pytest.mark.one_database
TODAY = dt.date(2024, 11, 25)
SCORE = Column("score", "Skor", Form.DECIMAL, unit="persen")


@pytest.mark.parametrize(
    "written, meant",
    [
        ("77,04", "77.04"),
        ("77.04", "77.04"),
        ("35", "35"),
        ("1.588", "1588"),
        ("2.821.202,5", "2821202.5"),
        (" 79,5 ", "79.5"),
        ("-1", "-1"),
    ],
)
def test_it_reads_a_number_as_people_write_it(written: str, meant: str):
    assert point_number(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["tujuh", "7,7,0", "1,5.0", "77 %", "1e9", "\u0661,5", "NaN", "9" * 40, "²"]
)
def test_it_refuses_what_is_no_number(written: str):
    with pytest.raises(ValueError, match="misalnya 77,04"):
        point_number(written)


@pytest.mark.parametrize(
    "value, sentence",
    [
        (Decimal("77.045"), "dua angka di belakang koma"),
        (Decimal("-0.01"), "kurang dari nol"),
        (Decimal(10**10), "terlalu besar"),
    ],
)
def test_a_column_refuses_what_cannot_be(value: Decimal, sentence: str):
    with pytest.raises(Invalid) as told:
        checked_value(SCORE, value, TODAY)
    assert sentence in told.value.fields["score"]


def test_an_unknown_one_stays_unknown_and_a_known_one_is_said_with_a_comma():
    assert checked_value(SCORE, None, TODAY) is None
    assert SCORE.words(None) == ""
    assert SCORE.words(Decimal("77.04")) == "77,04 persen"
