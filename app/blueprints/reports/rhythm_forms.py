"""Forms of the rhythm: hours as people write them, and days that are kept from voting day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.domain import reports
from app.domain.reports import Rhythm
from app.web.forms import DayField, DeedForm


class HoursField(StringField):
    """Hours as people write them: 15.00, 8:00; several with blanks between."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keeps what was typed where it is no hour."""
        self.data = (valuelist[0] if valuelist else "").strip()
        try:
            self.data = reports.read_hours(self.data)
        except ValueError:
            raise ValidationError("Tulis jam seperti 15.00.") from None

    def _value(self) -> str:
        return reports.hours_text(self.data) if isinstance(self.data, tuple) else self.data or ""


class HourField(HoursField):
    """One hour."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuses none, or more than one."""
        super().process_formdata(valuelist)
        if len(self.data) != 1:
            raise ValidationError("Tulis satu jam, misalnya 15.00.")


class RhythmForm(DeedForm):
    """When a kind is owed; its days are said as dates and kept as days from voting day."""

    owed = BooleanField("Wajib dibuat", name="wajib")
    districts_owe = BooleanField("Kecamatan wajib membuatnya juga", name="kecamatan")
    first_offset = DayField("Hari pertama", name="mulai", validators=[InputRequired("Tuliskan harinya.")])
    last_offset = DayField("Hari terakhir", name="sampai", validators=[InputRequired("Tuliskan harinya.")])
    cut_off = HourField(
        "Jam data",
        name="jam_data",
        description="Angka dalam laporan adalah keadaan pada jam ini.",
        validators=[InputRequired("Tuliskan jamnya.")],
    )
    due = HourField("Tenggat", name="tenggat", validators=[InputRequired("Tuliskan jamnya.")])
    due_days = IntegerField(
        "Hari tenggat",
        name="hari_tenggat",
        description="0 berarti pada hari itu juga.",
        validators=[
            InputRequired("Isi 0 sampai 60."),
            NumberRange(min=0, max=60, message="Isi 0 sampai 60."),
        ],
    )
    grace_minutes = IntegerField(
        "Terkunci setelah tenggat lewat",
        name="kelonggaran",
        description="Sampai saat itu laporan masih diterima sebagai terlambat; 60 menit sama dengan 1 jam.",
        validators=[
            InputRequired("Tuliskan menitnya."),
            NumberRange(min=0, max=86_400, message="Isi 0 sampai 86.400 menit."),
        ],
    )
    tight_cut_offs = HoursField(
        "Jam data tambahan pada masa tenang dan hari pemungutan",
        name="jam_tambahan",
        description="Misalnya 08.00 12.00; setiap jam menjadi laporan tersendiri. Kosong: tidak ada.",
    )

    escalate_minutes = IntegerField(
        "Dinaikkan bila belum diverifikasi",
        name="dinaikkan",
        description="Dihitung sejak dikirim; sesudahnya laporan juga muncul pada penyelia desk di atas dan pimpinan. "
        "Kosong: 120 menit.",
        validators=[
            Optional(),
            NumberRange(min=15, max=10_080, message="Isi 15 sampai 10.080 menit."),
        ],
    )

    def show(self, said: Rhythm, voting_day: dt.date) -> None:
        """Fill it with what holds."""
        days = {
            name: voting_day + dt.timedelta(days=getattr(said, name))
            for name in ("first_offset", "last_offset")
        }
        hours = {"cut_off": (said.cut_off,), "due": (said.due,), "tight_cut_offs": said.tight_cut_offs}
        self.process(data={**said._asdict(), **days, **hours})

    def said(self, voting_day: dt.date) -> Rhythm:
        """What it says."""
        return Rhythm(
            owed=self.owed.data,
            districts_owe=self.districts_owe.data,
            first_offset=(self.first_offset.data - voting_day).days,
            last_offset=(self.last_offset.data - voting_day).days,
            cut_off=self.cut_off.data[0],
            due=self.due.data[0],
            due_days=self.due_days.data or 0,
            grace_minutes=self.grace_minutes.data or 0,
            tight_cut_offs=self.tight_cut_offs.data or (),
            escalate_minutes=self.escalate_minutes.data or reports.USUAL_SILENCE,
        )
