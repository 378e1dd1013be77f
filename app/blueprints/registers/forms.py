"""Forms of registers: one made from the columns of each, a step, a reason, a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.blueprints.stages.forms import choices
from app.documents.register_asking import field_name
from app.domain.registers import Column, Form, RecordRow, Register, StepSaid
from app.web.forms import (
    DayField,
    DeedForm,
    NoteField,
    PointNumberField,
    WholeNumberField,
)


class RecordForm(DeedForm):
    """What every record's form has besides the columns of its register."""

    region = SelectField("Wilayah", name="di", validators=[DataRequired("Pilih wilayahnya.")])

    @classmethod
    def of(cls, register: Register) -> type[RecordForm]:
        """The form of a register, with a field for each column."""
        return _form_of(register)

    def offer(self, regions: Sequence[tuple[str, str]]) -> RecordForm:
        """The regions to choose from."""
        self.region.choices = choices(list(regions))
        return self

    def filled(self, row: RecordRow) -> RecordForm:
        """The form with what a record says."""
        for name, value in row.values.items():
            self[name].data = value
        return self.offer([(row.region_code, row.region_name)])

    def values(self, register: Register) -> dict[str, Any]:
        """Column -> what was said; the form is valid."""
        return {column.name: self[column.name].data for column in register.columns}


@cache
def _form_of(register: Register) -> type[RecordForm]:
    fields = {column.name: _FIELDS[column.form](column) for column in register.columns}
    return type(f"{register.model.__name__}Form", (RecordForm,), fields)


def _said(column: Column) -> dict[str, Any]:
    needed = InputRequired("Wajib diisi.") if column.required else Optional()
    return {"name": field_name(column), "description": column.hint, "validators": [needed]}


def _text(column: Column) -> Any:
    said = _said(column)
    said["validators"].append(Length(max=column.most))
    return (NoteField if column.form is Form.LONG else StringField)(column.label, **said)


def _choice(column: Column) -> Any:
    blank = [("", "Pilih" if column.required else "Belum diketahui")]
    said = _said(column)
    if column.required:
        said["validators"] = [DataRequired("Pilih salah satu dari daftar.")]
    return SelectField(column.label, choices=choices([*blank, *column.choices.items()]), default="", **said)


_FIELDS: Mapping[Form, Callable[[Column], Any]] = {
    Form.TEXT: _text,
    Form.LONG: _text,
    Form.COUNT: lambda column: WholeNumberField(_with_unit(column), **_said(column)),
    Form.MONEY: lambda column: WholeNumberField(f"{column.label} (rupiah)", **_said(column)),
    Form.DECIMAL: lambda column: PointNumberField(_with_unit(column), **_said(column)),
    Form.DAY: lambda column: DayField(column.label, **_said(column)),
    Form.CLOCK: lambda column: StringField(
        column.label, **{**_said(column), "description": column.hint or "09.30"}
    ),
    Form.CHOICE: _choice,
    Form.TICK: lambda column: BooleanField(column.label, name=field_name(column), description=column.hint),
}


def _with_unit(column: Column) -> str:
    return f"{column.label} ({column.unit})" if column.unit else column.label


class StepForm(DeedForm):
    """One step of a record; its ids carry the verb, since a page has several."""

    done_on = DayField("Tanggal", name="tanggal", validators=[Optional()])
    receiver = StringField("Kepada", name="kepada", validators=[Length(max=120)])
    letter_number = StringField("Nomor surat", name="nomor_surat", validators=[Length(max=80)])
    note = NoteField("Catatan", name="catatan", validators=[Length(max=1_000)])

    def about(self, verb: StrEnum) -> StepForm:
        """The form as it belongs to one verb."""
        for field in self:
            field.id = f"{verb.value}-{field.name}"
        return self

    def said(self) -> StepSaid:
        """The step as it was said; the form is valid."""
        return StepSaid(
            self.done_on.data, self.letter_number.data or "", self.receiver.data or "", self.note.data
        )


class WithdrawForm(DeedForm):
    """Why a record counts no more."""

    reason = StringField(
        "Alasan",
        name="alasan",
        id="alasan-batal",
        description="Catatan tetap dapat dibaca, tetapi tidak dihitung lagi.",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=200)],
    )


class RestoreForm(DeedForm):
    """That a withdrawn record counts again; there is nothing to say but its version."""


class ProofForm(DeedForm):
    """A file that belongs to a record."""

    file = FileField("Berkas", name="berkas", description="Foto, PDF, Excel, Word, CSV, atau teks.")
