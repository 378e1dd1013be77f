"""What a column is decides what it takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain.errors import Invalid
from app.domain.registers.columns import Column, Form, check_sums, checked_value

pytestmark = pytest.mark.one_database
TODAY = dt.date(2024, 11, 25)


def refused(column: Column, value: Any) -> str:
    with pytest.raises(Invalid) as told:
        checked_value(column, value, TODAY)
    return str(told.value.fields[column.name])


@pytest.mark.parametrize(
    "form, value, sentence",
    [
        (Form.TEXT, "x" * 201, "Paling banyak 200 tanda."),
        (Form.TEXT, "NIK 6403010101010001", "nomor yang tampak seperti NIK"),
        (Form.LONG, "NIP 19850101 201001 1 001", "nomor yang tampak seperti NIK"),
        (Form.COUNT, -1, "tidak boleh kurang dari nol"),
        (Form.COUNT, 3_000_000_000, "terlalu besar"),
        (Form.MONEY, 10**16, "terlalu besar"),
        (Form.DAY, dt.date(2024, 11, 26), "belum tiba"),
        (Form.DAY, dt.date(2019, 1, 1), "terlalu lama"),
        (Form.CLOCK, "25.00", "seperti 09.30"),
        (Form.CLOCK, "\u0661\u0662.30", "seperti 09.30"),
        (Form.CHOICE, "lain", "Pilih salah satu"),
    ],
)
def test_it_refuses_what_cannot_be(form: Form, value: Any, sentence: str):
    assert sentence in refused(Column("it", "Isian", form, choices={"a": "A"}), value)


@pytest.mark.parametrize("form", [Form.COUNT, Form.MONEY, Form.DAY])
def test_what_is_not_known_is_none_and_never_zero(form: Form):
    assert checked_value(Column("it", "Isian", form), None, TODAY) is None
    assert checked_value(Column("it", "Isian", form), "", TODAY) is None
    assert "Wajib diisi." in refused(Column("it", "Isian", form, required=True), None)


def test_zero_is_a_number():
    assert checked_value(Column("it", "Isian", Form.COUNT, required=True), 0, TODAY) == 0


def test_a_plan_may_be_ahead_and_hours_are_kept_in_one_form():
    assert checked_value(Column("it", "Isian", Form.DAY, may_be_ahead=True), TODAY.replace(day=30), TODAY)
    assert checked_value(Column("it", "Jam", Form.CLOCK), "9:05", TODAY) == "09.05"


BY_SEX = (
    Column("total", "Direkam", Form.COUNT, parts=("men", "women"), at_most="target"),
    Column("men", "Laki-laki", Form.COUNT),
    Column("women", "Perempuan", Form.COUNT),
    Column("target", "Sasaran", Form.COUNT),
)


@pytest.mark.parametrize(
    "said, field",
    [
        ({"total": 10, "men": 6, "women": 5}, "total"),
        ({"total": 10, "men": 11, "women": None}, "total"),
        ({"total": 10, "men": None, "women": None, "target": 9}, "total"),
    ],
)
def test_sums_that_do_not_agree_are_refused_at_their_column(said: dict[str, Any], field: str):
    with pytest.raises(Invalid) as told:
        check_sums(BY_SEX, said)
    assert list(told.value.fields) == [field]


@pytest.mark.parametrize(
    "said",
    [
        {"total": 10, "men": 6, "women": 4, "target": 10},
        {"total": 10, "men": 6, "women": None, "target": None},
        {"total": None, "men": 6, "women": 4, "target": 3},
    ],
)
def test_what_is_not_known_contradicts_nothing(said: dict[str, Any]):
    check_sums(BY_SEX, said)


def test_no_register_has_a_column_of_the_name_of_the_sheets_own():
    from app.domain.all_registers import REGISTERS

    assert [one.key for one in REGISTERS if {"region", "region_name"} & set(one.by_name)] == []
