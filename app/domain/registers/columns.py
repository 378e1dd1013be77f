"""What a register keeps of a record: its columns, and the checks that follow from what a column is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.domain.errors import Invalid
from app.domain.identity import NUMBER_SENTENCE, holds_identity_number
from app.words import angka, tanggal_pendek

Values = Mapping[str, Any]
"""Column name -> value: str, int, Decimal, date, bool, or None where it is not known."""

EARLIEST = dt.date(2020, 1, 1)
MOST_COUNT = 2_000_000_000
"""Fits the database's integer; more than Indonesia has voters."""
MOST_MONEY = 10**15


class Form(StrEnum):
    """What a column holds."""

    TEXT = "teks"
    LONG = "uraian"
    COUNT = "jumlah"
    MONEY = "rupiah"
    DECIMAL = "desimal"
    """With at most two digits behind the comma: a score, a percentage."""
    DAY = "tanggal"
    CLOCK = "jam"
    CHOICE = "pilihan"
    TICK = "ya"


NUMBERS = frozenset({Form.COUNT, Form.MONEY, Form.DECIMAL})
TEXTS = frozenset({Form.TEXT, Form.LONG})


@dataclass(frozen=True, eq=False)
class Column:
    """One fact of a record. `name` is the attribute of the model; an empty number or day is not known, never zero."""

    name: str
    label: str
    form: Form = Form.TEXT
    required: bool = False
    hint: str = ""
    unit: str = ""
    most: int = 200
    """Signs of a text."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Value -> words, of a CHOICE."""
    group: str = ""
    """What stands above it in the form, once for neighbours of the same group: ticks that belong together."""
    in_list: bool = False
    is_filter: bool = False
    is_summed: bool = False
    """A COUNT or MONEY whose sum over a list means something."""
    may_be_ahead: bool = False
    """A DAY that may still come: a plan, a deadline."""
    at_most: str = ""
    """A COUNT that cannot be more than this other column of the record, where that is known."""
    parts: tuple[str, ...] = ()
    """COUNTs that add up to this one, where all of them are known: by sex, good and damaged."""

    def words(self, value: Any) -> str:
        """A value as the pages say it; empty for one that is not known."""
        if value is None or value == "":
            return ""
        if self.form is Form.CHOICE:
            return self.choices.get(value, str(value))
        if self.form is Form.TICK:
            return "ya" if value else "tidak"
        if self.form is Form.MONEY:
            return f"Rp{angka(value)}"
        if self.form in (Form.COUNT, Form.DECIMAL):
            return f"{angka(value)} {self.unit}".rstrip()
        return tanggal_pendek(value) if isinstance(value, dt.date) else str(value)

    @property
    def is_figure(self) -> bool:
        """Whether its values stand under each other by their digits."""
        return self.form in (Form.COUNT, Form.MONEY, Form.DECIMAL)


def checked_value(column: Column, value: Any, today: dt.date) -> Any:
    """The value as it will be kept. Refuses (Invalid, at the column) what cannot be.

    `today` is the day in the record's region: a day ahead of it is refused unless the column is a plan's.
    """
    if column.form in TEXTS:
        value = (value or "").strip()
        if len(value) > column.most:
            raise _refused(column, f"Paling banyak {angka(column.most)} tanda.")
        if holds_identity_number(value):
            raise _refused(column, NUMBER_SENTENCE)
    if column.form is Form.TICK:
        return bool(value)
    if value is None or value == "":
        if column.required:
            raise _refused(column, "Wajib diisi.")
        return "" if column.form in (*TEXTS, Form.CHOICE, Form.CLOCK) else None
    if column.form is Form.CHOICE and value not in column.choices:
        raise _refused(column, "Pilih salah satu dari daftar.")
    if column.form in NUMBERS:
        _check_number(column, value)
    if column.form is Form.DAY:
        _check_day(column, value, today)
    return _clock(column, value) if column.form is Form.CLOCK else value


def _clock(column: Column, text: str) -> str:
    """An hour of the day as it is kept, 09.30."""
    found = re.fullmatch(r"([01]?\d|2[0-3])[.:]([0-5]\d)", text.strip(), re.ASCII)
    if found is None:
        raise _refused(column, "Tulis jamnya seperti 09.30.")
    return f"{int(found[1]):02d}.{found[2]}"


def _check_number(column: Column, value: int | Decimal) -> None:
    if value < 0:
        raise _refused(column, "Angka ini tidak boleh kurang dari nol.")
    if value > (MOST_MONEY if column.form is Form.MONEY else MOST_COUNT):
        raise _refused(column, "Angka ini terlalu besar. Periksa lagi.")
    if value != round(value, 2):
        raise _refused(column, "Paling banyak dua angka di belakang koma.")


def _check_day(column: Column, day: dt.date, today: dt.date) -> None:
    if day < EARLIEST:
        raise _refused(column, "Tanggal ini terlalu lama. Periksa tahunnya.")
    if day > today and not column.may_be_ahead:
        raise _refused(column, "Tanggal ini belum tiba. Catat sesudah terjadi.")


def check_sums(columns: tuple[Column, ...], values: Values) -> None:
    """Refuse (Invalid) parts that do not add up to their whole, and a share of more than its whole."""
    labels = {column.name: column.label for column in columns}
    for column in columns:
        value = values.get(column.name)
        if value is None:
            continue
        parts = [part for name in column.parts if (part := values.get(name)) is not None]
        if parts and len(parts) == len(column.parts) and sum(parts) != value:
            told = " + ".join(f"{labels[name]} {angka(values[name])}" for name in column.parts)
            raise _refused(
                column, f"{told} tidak sama dengan {column.label} {angka(value)}. Periksa ketiganya."
            )
        over = [name for name in column.parts if (values.get(name) or 0) > value]
        if over:
            raise _refused(column, f"{labels[over[0]]} lebih besar dari {column.label}. Periksa keduanya.")
    for column in columns:
        value, whole = values.get(column.name), values.get(column.at_most) if column.at_most else None
        if value is not None and whole is not None and value > whole:
            raise _refused(
                column,
                f"{column.label} {angka(value)} lebih besar dari {labels[column.at_most]} {angka(whole)}. "
                "Periksa keduanya.",
            )


def _refused(column: Column, sentence: str) -> Invalid:
    return Invalid(f"{column.label}: {sentence}", **{column.name: sentence})
