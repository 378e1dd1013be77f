"""Forms of the list of holidays, and of the small calculator of working days."""

from __future__ import annotations

from flask import request
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.domain.stages import MOST_WORKING_DAYS, Day, HolidayKind
from app.web.forms import DayField, DeedForm, DeskForm, NoteField


class HolidayForm(DeedForm):
    """One day, why offices are closed on it, and where."""

    change = HiddenField(name="ubah", default="")
    """Said by the button that leads back from what would move."""

    day = DayField("Tanggal", name="tanggal", validators=[InputRequired("Tuliskan tanggalnya.")])
    name = StringField("Nama", name="nama", validators=[DataRequired("Tuliskan namanya."), Length(max=120)])
    kind = SelectField("Jenis", name="jenis", validators=[InputRequired("Pilih jenisnya.")])
    region_code = SelectField("Wilayah", name="di", description="Hanya untuk libur daerah.", default="")
    source = StringField(
        "Sumber",
        name="sumber",
        description="Keputusan yang menetapkannya, misalnya SKB Menag 1017/2024 atau keputusan bupati.",
        validators=[DataRequired("Sebutkan keputusannya."), Length(max=300)],
    )

    def said(self) -> Day:
        """The day as it was said; the form is valid."""
        assert self.day.data is not None  # noqa: S101
        return Day(
            self.day.data,
            self.name.data or "",
            HolidayKind(self.kind.data),
            self.source.data or "",
            self.region_code.data or "",
        )


class PasteForm(DeedForm):
    """Many national days at once, one a line."""

    change = HiddenField(name="ubah", default="")

    lines = NoteField(
        "Baris",
        name="baris",
        description="Satu hari satu baris: tanggal; nama; sumber. Misalnya: 2024-12-25; Hari Raya Natal; SKB 855/2023. "
        "Nama yang dimulai dengan «Cuti bersama» dicatat sebagai cuti bersama.",
        validators=[DataRequired("Tempelkan sedikitnya satu baris."), Length(max=40_000)],
    )

    def tell(self, problems: int) -> None:
        """Say at the field that so many lines are wrong; which ones stands above it."""
        self.lines.errors = [f"{problems} baris perlu diperbaiki."]


class WorkDaysForm(DeskForm):
    """So many working days since a day; filled by the address."""

    since = DayField("Sejak tanggal", name="sejak", validators=[InputRequired("Tuliskan tanggalnya.")])
    number = IntegerField(
        "Banyak hari kerja",
        name="n",
        description="Hari pertama yang dihitung adalah hari kerja sesudahnya. Angka negatif menghitung mundur.",
        validators=[
            InputRequired("Tuliskan banyaknya."),
            NumberRange(
                -MOST_WORKING_DAYS, MOST_WORKING_DAYS, f"Paling banyak {MOST_WORKING_DAYS} hari kerja."
            ),
        ],
    )

    @classmethod
    def asked(cls) -> WorkDaysForm:
        """The form as the address fills it."""
        return cls(formdata=request.args if "n" in request.args else None, meta={"csrf": False})
