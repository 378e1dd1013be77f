"""What the forms of transmissions and of a compilation say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import request
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.blueprints.stages.forms import choices
from app.domain import clock, evidence, regions
from app.domain.errors import Invalid
from app.domain.evidence import Inspected
from app.domain.reports import CHANNELS, Sent
from app.web.forms import DeedForm, NoteField, small_number

MOMENTS = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H.%M", "%d/%m/%Y %H:%M"]


class ReceiptForm(DeedForm):
    """A file that proves that a version arrived."""

    file = FileField(
        "Tanda terima",
        name="berkas",
        description="Foto, PDF, atau tangkapan layar yang menunjukkan laporan sudah diterima.",
    )

    def inspected(self) -> Inspected | None:
        """The file that came with the form, looked at; None where none did. Raises Invalid for one that is refused."""
        upload = request.files.get("berkas")
        if upload is None or not upload.filename:
            return None
        return evidence.inspect(upload.stream, upload.filename)

    def needed(self) -> Inspected:
        """The same where a file must be there. Raises Invalid (field file) without one."""
        found = self.inspected()
        if found is None:
            raise Invalid("Pilih berkasnya dulu.", file="Belum ada berkas yang dipilih.")
        return found


class TransmissionForm(ReceiptForm):
    """Which version went to whom, when and how."""

    number = SelectField("Versi", name="versi_laporan", validators=[DataRequired("Pilih versinya.")])
    recipient = StringField(
        "Dikirim kepada", name="penerima", validators=[DataRequired("Tulis kepada siapa."), Length(max=200)]
    )
    channel = SelectField(
        "Cara kirim",
        name="cara",
        choices=choices([("", "Pilih"), *CHANNELS.items()]),
        validators=[DataRequired("Pilih cara pengirimannya.")],
    )
    at = DateTimeLocalField(
        "Waktu kirim",
        name="waktu",
        format=MOMENTS,
        description="Waktu setempat, misalnya 25/11/2024 16.30.",
        validators=[InputRequired("Isi waktu pengirimannya.")],
    )
    letter_number = StringField("Nomor surat", name="nomor_surat", validators=[Length(max=80)])
    received_by = StringField(
        "Diterima oleh",
        name="diterima_oleh",
        description="Jabatan atau unit penerima, tanpa nama orang bila tidak perlu.",
        validators=[Length(max=160)],
    )
    note = NoteField("Catatan", name="catatan", validators=[Length(max=400)])

    def offer(self, numbers: Sequence[int]) -> TransmissionForm:
        """The versions to choose from, the newest first."""
        self.number.choices = choices([(str(number), f"Versi {number}") for number in numbers])
        return self

    def said(self, region_code: str) -> Sent:
        """What was said, the moment on the clocks of the region; the form is valid."""
        typed: dt.datetime = self.at.data
        moment = clock.at(typed.date(), typed.time(), regions.zone_of(region_code))
        return Sent(
            small_number(self.number.data or "") or 0,
            self.recipient.data or "",
            self.channel.data or "",
            moment,
            self.letter_number.data or "",
            self.received_by.data or "",
            self.note.data or "",
        )


class WithdrawalForm(DeedForm):
    """Why an entry does not hold."""

    reason = StringField(
        "Alasan",
        name="alasan",
        description="Catatan tetap terlihat di register, dengan alasan ini.",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=200)],
    )
