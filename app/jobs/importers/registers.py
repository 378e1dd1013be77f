"""Registers by a sheet: one importer for each, made from what the register says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.documents.register_sheet import import_kind, sheet_columns
from app.documents.tables import Checked, RowError, SheetColumn, SheetRow, day_of
from app.domain import registers
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid
from app.domain.registers import CHANGED, NEW, PARENT, SAME, Column, Form, Line, Planned, Register
from app.jobs.importers.naming import misnamed, name_of
from app.words import UNKNOWN, point_number

SHOWN = 50
YES, NO = frozenset({"ya", "y", "1", "true"}), frozenset({"", "tidak", "t", "0", "false"})


class RegisterImporter:
    """Kind `register-<key>`; see `app.jobs.importing.Importer`."""

    permission = Permission.REGISTER_RECORD
    governs = False
    is_secret = False
    back = "registers.index"

    def __init__(self, register: Register) -> None:
        self.register = register
        self.kind = import_kind(register)
        self.title = register.title
        self.back_values: Mapping[str, Any] = {"book": register.key}

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """Where, and what the register keeps."""
        return sheet_columns(self.register, region, name_of(region))

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """All that `apply` would refuse, row by row, or what each row will do."""
        planned, errors = self._plan(rows, by, region)
        if errors:
            return Checked(tuple(errors), ())
        counts = {what: sum(one.what == what for one in planned) for what in (NEW, CHANGED, SAME)}
        facts = (
            ("Baru", str(counts[NEW])),
            ("Berubah", str(counts[CHANGED])),
            ("Tetap", str(counts[SAME])),
        )
        heads = ("Baris", "Wilayah", *(column.label for column in self.register.heads), "Yang terjadi")
        return Checked((), facts, heads, tuple(map(self._line, planned[:SHOWN])))

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> str:
        """Record and change what the rows say; raises Invalid when a row cannot be any more."""
        planned, errors = self._plan(rows, by, region)
        if errors:
            raise Invalid(f"Baris {errors[0].row}: {errors[0].message}")
        done = registers.apply(self.register, planned, by=by, progress=progress)
        return f"{done[NEW]} catatan baru, {done[CHANGED]} berubah, {done[SAME]} tetap."

    def _line(self, one: Planned) -> tuple[str, ...]:
        told = (column.words(one.values[column.name]) for column in self.register.heads)
        return (str(one.row), one.place.title, *(text or "–" for text in told), one.what)

    def _plan(
        self, rows: Sequence[SheetRow], by: Person, region: str
    ) -> tuple[list[Planned], list[RowError]]:
        errors: list[RowError] = []
        lines = [line for row in rows if (line := self._read(row, errors)) is not None]
        planned, wrong = registers.plan(self.register, lines, by=by, within=region)
        errors += [RowError(one.row, one.column, one.message) for one in wrong]
        if not errors:
            errors += misnamed(rows)
        return ([], sorted(errors, key=lambda error: error.row)) if errors else (planned, [])

    def _read(self, row: SheetRow, errors: list[RowError]) -> Line | None:
        values: dict[str, Any] = {}
        wrong = []
        for column in self.register.columns:
            try:
                values[column.name] = _value(column, row.values[column.name])
            except ValueError as fault:
                wrong.append(RowError(row.number, column.name, str(fault)))
        errors += wrong
        return None if wrong else Line(row.number, row.values["region"], values, row.values.get(PARENT, ""))


def _value(column: Column, text: str) -> Any:
    """A cell as the register keeps it. Raises ValueError with the sentence for whoever filled it in."""
    text = text.strip()
    if column.form is Form.TICK:
        if text.casefold() not in YES | NO:
            raise ValueError("Isi ya atau tidak.")
        return text.casefold() in YES
    if not text or (text.casefold() == UNKNOWN and column.form not in (Form.TEXT, Form.LONG)):
        return None
    if column.form in (Form.COUNT, Form.MONEY):
        return _whole(text)
    if column.form is Form.DECIMAL:
        return point_number(text)
    if column.form is Form.DAY:
        day = day_of(text)
        if day is None:
            raise ValueError("Tanggal tidak dikenal. Contoh: 25/11/2024.")
        return day
    if column.form is Form.CHOICE:
        picked = {words.casefold(): value for value, words in column.choices.items()}
        value = picked.get(text.casefold(), text if text in column.choices else None)
        if value is None:
            raise ValueError("Pilih salah satu dari daftar pada templat.")
        return value
    return text


def _whole(text: str) -> int:
    bare = text.removeprefix("Rp").replace(" ", "").replace("\u00a0", "")
    groups = bare.lstrip("-").split(".")
    grouped = len(groups) > 1 and 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    digits = bare.replace(".", "") if grouped else bare
    if not digits.lstrip("-").isdecimal() or not digits.isascii() or len(digits) > 16:
        raise ValueError("Tulis bilangan bulat, misalnya 1.588.")
    return int(digits)
