"""Values of registers in words, as pages and sheets write them."""

from __future__ import annotations

import datetime as dt

from app.domain.registers.columns import NUMBERS, Column, Form
from app.domain.registers.queries import Listed, RecordRow
from app.domain.registers.register import Register
from app.words import UNKNOWN, angka, tanggal_pendek


def cell(column: Column, row: RecordRow) -> str:
    """One value of a record: what is not known is said so where a number or a day stands, else left empty."""
    value = row.values[column.name]
    if isinstance(value, dt.date):
        return tanggal_pendek(value)
    if value is None or value == "":
        return UNKNOWN if column.form in (*NUMBERS, Form.DAY) else ""
    return column.words(value)


def sums(register: Register, found: Listed) -> list[tuple[str, str]]:
    """(label, sum in words) of the columns that add up, with how many records do not say."""
    told = []
    for column in register.summed:
        total, unknown = found.sums[column.name]
        words = f"Rp{angka(total)}" if column.form is Form.MONEY else f"{angka(total)} {column.unit}".rstrip()
        told.append((column.label, f"{words} ({angka(unknown)} belum diketahui)" if unknown else words))
    return told
