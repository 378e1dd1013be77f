"""Forms of the checklist pages."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import request
from wtforms import BooleanField, DateTimeLocalField, FileField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.domain import clock, regions
from app.domain.checklists import Filling
from app.web.forms import (
    DayField,
    DeedForm,
    NoteField,
    VersionField,
    WholeNumberField,
    claim_sending,
    small_number,
)

SAID_BY_A_CLICK = frozenset({"csrf_token", "versi", "kunci", "kembali"})


class Click(NamedTuple):
    """A deed with nothing typed: the version that was seen and the key of the sending; its token is checked already."""

    seen: int
    key: str

    def validate(self) -> bool:
        """There is nothing to be wrong."""
        return True

    def filling(self) -> Filling:
        """Nothing."""
        return Filling()

    def is_first_sending(self) -> bool:
        """As of any form."""
        return claim_sending(self.key)


class SeenForm(DeedForm):
    """A deed on one entry: it names the version that the person saw, for nobody changes or judges what they did not."""

    def validate_version(self, field: VersionField) -> None:
        """Refuses a sending that names none."""
        if not field.data and not field.errors:
            raise ValidationError(
                "Muat ulang halaman lalu ulangi: kiriman ini tidak menyebut apa yang Anda lihat."
            )


class FillForm(SeenForm):
    """Everything that can be said with a deed on an entry; what is left out stays as it is."""

    measure_value = WholeNumberField("Angka sekarang", name="angka")
    measure_total = WholeNumberField("Jumlah seluruhnya", name="jumlah")
    measure_reason = StringField("Alasan angka", name="alasan_angka", validators=[Length(max=300)])
    note = NoteField("Catatan", name="catatan", validators=[Length(max=4000)])
    reason = NoteField("Alasan", name="alasan", validators=[Length(max=600)])
    help_wanted = StringField("Bantuan yang diperlukan", name="bantuan", validators=[Length(max=300)])
    no_evidence_reason = StringField(
        "Mengapa belum ada bukti", name="tanpa_bukti", validators=[Length(max=300)]
    )

    @classmethod
    def as_sent(cls) -> FillForm | Click:
        """The form of this request; a bare click is read without one, which would be a tenth of its cost."""
        sent = request.form
        seen = small_number(sent.get("versi", ""))
        if not seen or sent.keys() - SAID_BY_A_CLICK:
            return cls()
        return Click(seen, sent.get("kunci", ""))

    @property
    def seen(self) -> int:
        """The version of the entry that the person saw; 0 where the form does not say."""
        return self.version.data or 0

    def filling(self) -> Filling:
        """What was typed; fields that the form did not carry are None and change nothing."""
        sent = {name for name, field in self._fields.items() if field.raw_data}
        names = [name for name in Filling.__dataclass_fields__ if name in sent]
        values = {name: getattr(self, name).data for name in names}
        if "measure_value" in values and values["measure_value"] is None:
            del values["measure_value"]
        return Filling(**values)


class JudgeForm(SeenForm):
    """Verify: nothing to say but which version was seen."""


class SeveralForm(DeedForm):
    """Verify several: each picked one names its own version."""


class ReturnForm(SeenForm):
    """Return or reopen: why, and what to mend."""

    reason = NoteField(
        "Alasan", name="alasan", validators=[DataRequired("Tuliskan alasannya."), Length(max=600)]
    )
    fix = StringField("Yang perlu diperbaiki", name="perbaikan", validators=[Length(max=300)])


class RescheduleForm(SeenForm):
    """Move one deadline."""

    due_on = DayField(
        "Tenggat baru", name="tenggat", validators=[DataRequired("Pilih tanggal tenggat yang baru.")]
    )
    reason = NoteField(
        "Alasan", name="alasan", validators=[DataRequired("Tuliskan alasannya."), Length(max=300)]
    )


class RemarkForm(DeedForm):
    """One word in the discussion."""

    text = NoteField("Pesan", name="pesan", validators=[DataRequired("Tuliskan pesannya."), Length(max=1000)])


class EvidenceForm(DeedForm):
    """A file as evidence, the keeping of where and when a photo was taken, or the verdict on a file."""

    file = FileField("Berkas", name="berkas")
    place = StringField("Tempat", name="tempat", validators=[Length(max=200)])
    taken = DateTimeLocalField("Waktu pengambilan", name="waktu", validators=[Optional()])
    reason = StringField("Alasan", name="alasan", validators=[Length(max=300)])
    keep = BooleanField("Simpan waktu dan tempat foto", name="simpan")
    verdict = StringField("Penilaian", name="penilaian", validators=[Length(max=12)])

    def taken_at(self, region_code: str) -> dt.datetime | None:
        """The moment that was typed, on the clocks of the region; None where nothing was."""
        typed = self.taken.data
        return clock.at(typed.date(), typed.time(), regions.zone_of(region_code)) if typed else None


class EventForm(DeedForm):
    """Something that happened, for an item that is recorded per event."""

    code = StringField("Butir", name="butir", validators=[DataRequired("Pilih butirnya.")])
    region = StringField("Wilayah", name="wilayah", validators=[DataRequired("Pilih wilayahnya.")])
    title = StringField(
        "Kejadian", name="kejadian", validators=[DataRequired("Sebutkan kejadiannya."), Length(max=160)]
    )
    due_on = DayField("Tenggat", name="tenggat", validators=[Optional()])


class GridForm(DeedForm):
    """One deed on many entries."""

    deed = StringField("Tindakan", name="tindakan", validators=[DataRequired("Pilih tindakannya.")])
    note = NoteField("Catatan untuk semua yang dipilih", name="catatan", validators=[Length(max=4000)])
    no_evidence_reason = StringField(
        "Mengapa belum ada bukti", name="tanpa_bukti", validators=[Length(max=300)]
    )
    measure_reason = StringField("Alasan angka", name="alasan_angka", validators=[Length(max=300)])
    file = FileField("Satu berkas untuk semua yang dipilih", name="berkas")
