"""Forms of briefs, of chasing, and of exceptions from a lock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import DateTimeLocalField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain import clock, reports
from app.web.forms import FIRST_DAY, LAST_DAY, DeedForm, NoteField


class MomentField(DateTimeLocalField):
    """A moment on the wall clock of a desk, as picked (2024-11-25T09:00) or typed (25/11/2024 09.00)."""

    data: Any

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H.%M", "%d/%m/%Y %H:%M"]
        super().__init__(label, validators, format=formats, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuses a year that nobody means, and keeps what was typed."""
        super().process_formdata(valuelist)
        if self.data is not None and not FIRST_DAY <= self.data.date() <= LAST_DAY:
            self.data = None
            raise ValidationError("Isi tanggal antara tahun 2000 dan 2100.")

    def at(self, zone: str) -> dt.datetime:
        """The moment (aware UTC) in that zone."""
        return clock.at(self.data.date(), self.data.time(), zone)


class FollowForm(DeedForm):
    """Nothing to say: the desk follows the one above again."""


class BriefForm(DeedForm):
    """A brief that somebody asks for."""

    title = StringField(
        "Untuk",
        name="untuk",
        description="Misalnya: Kunjungan kerja Komisi II DPR RI.",
        validators=[
            InputRequired("Tuliskan untuk siapa atau apa."),
            Length(max=160, message="Paling banyak 160 tanda."),
        ],
    )
    moment = MomentField(
        "Keadaan per",
        name="per",
        description="Tanggal dan jam angka-angkanya.",
        validators=[InputRequired("Tuliskan tanggal dan jamnya.")],
    )


class ChaseForm(DeedForm):
    """That a desk was asked."""

    channel = RadioField(
        "Cara",
        name="cara",
        choices=[SelectChoice(key, words) for key, words in reports.CHASE_CHANNELS.items()],
        validators=[InputRequired("Pilih cara menagihnya.")],
    )
    whom = StringField(
        "Siapa yang dihubungi",
        name="siapa",
        description="Jabatan saja, misalnya operator Kesbangpol.",
        validators=[
            InputRequired("Tuliskan siapa yang dihubungi."),
            Length(max=160, message="Paling banyak 160 tanda."),
        ],
    )
    answer = NoteField(
        "Jawabannya",
        name="jawaban",
        description="Misalnya: dikirim pukul 18.00, atau tidak diangkat.",
        validators=[
            InputRequired("Tuliskan jawabannya."),
            Length(max=400, message="Paling banyak 400 tanda."),
        ],
    )


class GrantForm(DeedForm):
    """Leave to send after the lock."""

    until = MomentField(
        "Berlaku sampai", name="sampai", validators=[InputRequired("Tuliskan tanggal dan jamnya.")]
    )
    reason = NoteField(
        "Alasan",
        name="alasan",
        validators=[
            InputRequired("Tuliskan alasannya."),
            Length(max=400, message="Paling banyak 400 tanda."),
        ],
    )
