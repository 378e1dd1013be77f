"""Figures as people type them, and which numbers a figure can have."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.errors import Invalid
from app.domain.regions import FigureKind, check_value, read_number

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    "text, value",
    [
        ("1588", "1588"),
        ("1.588", "1588"),
        (" 1 588 ", "1588"),
        ("1\u00a0588", "1588"),
        ("2.821.202", "2821202"),
        ("45,67", "45.67"),
        ("1.234,5", "1234.5"),
        ("0", "0"),
    ],
)
def test_it_reads_what_people_here_write(text: str, value: str):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "1,5,6", "1.58", "12.34.567", "seribu", "1e6", "5 %", "٣", "--1", "1.588,"]
)
def test_it_refuses_what_could_mean_anything(text: str):
    with pytest.raises(Invalid) as refusal:
        read_number(text)
    assert "bukan angka" in refusal.value.fields["value"]


@pytest.mark.parametrize(
    "kind, value, sentence",
    [
        (FigureKind.VOTERS, "-1", "negatif"),
        (FigureKind.VOTERS, "45.67", "bilangan bulat"),
        (FigureKind.VOTERS, "1000000000000000", "terlalu besar"),
        (FigureKind.TURNOUT_TARGET, "100.01", "paling besar 100"),
        (FigureKind.AREA_KM2, "1.2345", "tiga angka"),
    ],
)
def test_it_refuses_a_number_that_cannot_be_right(kind: FigureKind, value: str, sentence: str):
    with pytest.raises(Invalid, match=sentence):
        check_value(kind, Decimal(value))


@pytest.mark.parametrize(
    "kind, value",
    [(FigureKind.VOTERS, "0"), (FigureKind.TURNOUT_TARGET, "79.5"), (FigureKind.AREA_KM2, "20999.287")],
)
def test_it_accepts_what_can(kind: FigureKind, value: str):
    check_value(kind, Decimal(value))
