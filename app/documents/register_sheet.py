"""A register as a sheet: the columns of its template, its records as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from app.documents.commas import Cell
from app.documents.sheet_template import make_template
from app.documents.tables import SheetColumn
from app.domain.regions import Level
from app.domain.registers import PARENT, Column, Form, RecordRow, Register
from app.words import angka

KINDS = {Form.COUNT: "number", Form.MONEY: "number", Form.DAY: "day"}
EXAMPLES = {
    Form.COUNT: "12",
    Form.MONEY: "15000000",
    Form.DECIMAL: "77,04",
    Form.DAY: "25/11/2024",
    Form.CLOCK: "09.30",
    Form.TICK: "ya",
}


def import_kind(register: Register) -> str:
    """The word by which the register's sheet is known to the imports: /impor/<kind>."""
    return f"register-{register.key}"


def sheet_columns(register: Register, code: str = "", name: str = "") -> tuple[SheetColumn, ...]:
    """The template's columns: the region by code and by name, with one as the example, then the register's own."""
    levels = ", ".join(level.label.lower() for level in Level if level in register.levels)
    return (
        SheetColumn(
            "region",
            "Kode wilayah",
            f"Kode Kemendagri dari {levels}.",
            required=True,
            example=code,
            width=16,
        ),
        SheetColumn("region_name", "Wilayah", "Nama, untuk mencocokkan kodenya.", example=name, width=26),
        *_parent_column(register),
        *(_sheet_column(column) for column in register.columns),
    )


def _parent_column(register: Register) -> tuple[SheetColumn, ...]:
    """The number of the record that each line belongs to; none where it belongs to no other."""
    if not register.belongs_to:
        return ()
    parent = register.parents[register.belongs_to]
    return (
        SheetColumn(
            PARENT,
            f"Nomor {parent.one}",
            f"Nomornya di register {parent.title}, misalnya 1/2024. Bila bernomor sama di wilayah lain, tulis kode "
            "wilayahnya di depan: 64 1/2024.",
            required=True,
            example="1/2024",
        ),
    )


def _sheet_column(column: Column) -> SheetColumn:
    choices = tuple(column.choices.values()) if column.form is Form.CHOICE else ()
    unit = f" Dalam {column.unit}." if column.unit else ""
    meaning = f"{column.hint or column.label}{unit}".strip()
    return SheetColumn(
        column.name,
        column.label,
        meaning if meaning.endswith(".") else f"{meaning}.",
        required=column.required,
        choices=("ya", "tidak") if column.form is Form.TICK else choices,
        example=choices[0] if choices else EXAMPLES.get(column.form, ""),
        width=40 if column.form is Form.LONG else 20,
        form=KINDS.get(column.form, "text"),  # type: ignore[arg-type]
    )


def sheet_of(
    register: Register, rows: Iterable[RecordRow], numbers: Mapping[int | None, str] = MappingProxyType({})
) -> bytes:
    """The register's template filled with records, in the order given, as XLSX.

    `numbers` are those of the records that they belong to, by id (`registers.numbers_of`).
    """

    def parent(row: RecordRow) -> list[str]:
        return [numbers.get(row.parents[register.belongs_to], "")] if register.belongs_to else []

    lines = [
        [
            row.region_code,
            row.region_name,
            *parent(row),
            *(_written(c, row.values[c.name]) for c in register.columns),
        ]
        for row in rows
    ]
    return make_template(import_kind(register), register.title, sheet_columns(register), rows=lines)


def _written(column: Column, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if column.form in (Form.COUNT, Form.MONEY):
        return str(value)
    if column.form is Form.DECIMAL:
        return angka(value)
    return column.words(value)


def head_of(register: Register) -> list[Cell]:
    """The first line of a CSV."""
    own = [column.label for column in register.columns]
    state = ["Keadaan", "Sejak"] if register.flow else []
    return ["Nomor", "Kode wilayah", "Wilayah", *own, *state, "Dicatat oleh", "Dibatalkan karena"]


def cells_of(row: RecordRow) -> list[Cell]:
    """A record as a line of a CSV: numbers as numbers, days as days, what is not known as an empty cell."""
    register = row.register
    own: list[Cell] = []
    for column in register.columns:
        value = row.values[column.name]
        own.append(column.words(value) if column.form in (Form.CHOICE, Form.TICK) else value)
    state: list[Cell] = [row.state_words, row.state_since] if register.flow else []
    return [
        row.number,
        row.region_code,
        row.region_name,
        *own,
        *state,
        row.recorded_by_name,
        row.withdrawn_reason,
    ]
