"""Forms of the calendar. Each is filled twice: by a GET that says what would move, and by the POST that does it."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import request
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.web.forms import DayField, DeedForm, NoteField

Form = TypeVar("Form", bound=DeedForm)
LOOKED = "lihat"
"""The name of the button that asks what would move."""


def asked(kind: type[Form], **given: Any) -> Form:
    """The form as the address fills it: no token is needed for looking."""
    return kind(formdata=request.args if LOOKED in request.args else None, meta={"csrf": False}, **given)


def choices(pairs: list[tuple[str, str]]) -> list[SelectChoice]:
    """Choices of a select from (value, words)."""
    return [SelectChoice(value=value, label=words) for value, words in pairs]


def carried(form: DeedForm) -> list[tuple[str, str]]:
    """What was said, for the hidden fields of the form that does it; a tick that was not set is not said."""
    kept = [
        field
        for field in form
        if field.name not in ("csrf_token", "kunci", "versi", "kembali")
        and (field.data or not isinstance(field, BooleanField))
    ]
    return [
        (field.name, str(field._value() if hasattr(field, "_value") else field.data or "")) for field in kept
    ]


POSTPONED, AGAIN = "ditunda", "diulang"


class MoveForm(DeedForm):
    """Other dates of a stage in one region."""

    stage_code = SelectField("Tahapan", name="tahapan", validators=[InputRequired("Pilih tahapannya.")])
    region_code = SelectField(
        "Wilayah",
        name="wilayah",
        description="Berlaku di wilayah ini dan semua di bawahnya. Kecamatan dan desa muncul setelah wilayah di "
        "atasnya dipilih.",
        validators=[InputRequired("Pilih wilayahnya.")],
    )
    starts_on = DayField(
        "Hari pertama", name="mulai", validators=[InputRequired("Tuliskan hari pertamanya.")]
    )
    ends_on = DayField(
        "Hari terakhir", name="sampai", validators=[InputRequired("Tuliskan hari terakhirnya.")]
    )
    reason = NoteField(
        "Alasan",
        name="alasan",
        description="Akan dibaca semua desk di wilayah itu, pada tahapan dan pada setiap tenggat yang bergeser.",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=400)],
    )
    document = StringField(
        "Dokumen dasar",
        name="dokumen",
        description="Nomor putusan atau keputusan, misalnya Putusan MK Nomor 195/PHPU.BUP-XXIII/2025.",
        validators=[Length(max=160)],
    )
    again = RadioField(
        "Bila tahapan baru dimulai setelah masanya lewat",
        name="jenis",
        description="Ditunda: belum berjalan di wilayah ini, jadi isiannya bergeser. Diulang: sudah berjalan, "
        "jadi isiannya diminta sekali lagi.",
        choices=[
            SelectChoice(POSTPONED, "Ditunda"),
            SelectChoice(AGAIN, "Diulang, misalnya pemungutan suara ulang"),
        ],
        validators=[Optional()],
    )
    seen = IntegerField(name="berlaku", default=0)

    @property
    def runs_again(self) -> bool | None:
        """What was chosen; None where nothing was."""
        return {POSTPONED: False, AGAIN: True}.get(self.again.data or "")


class WithdrawForm(DeedForm):
    """Why a move is taken back."""

    reason = NoteField(
        "Alasan mencabut",
        name="alasan",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=400)],
    )


class StageForm(DeedForm):
    """A stage of the whole election; its days are said as dates and kept as days from voting day."""

    name = StringField(
        "Nama tahapan", name="nama", validators=[DataRequired("Tuliskan namanya."), Length(max=80)]
    )
    start_offset = DayField(
        "Hari pertama", name="mulai", validators=[InputRequired("Tuliskan hari pertamanya.")]
    )
    end_offset = DayField(
        "Hari terakhir", name="sampai", validators=[InputRequired("Tuliskan hari terakhirnya.")]
    )
    place = IntegerField(
        "Urutan",
        name="urutan",
        description="1 adalah yang pertama dalam daftar.",
        validators=[
            InputRequired("Tuliskan urutannya."),
            NumberRange(min=1, max=99, message="Isi 1 sampai 99."),
        ],
    )
