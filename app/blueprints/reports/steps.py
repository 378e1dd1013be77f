"""Forms of the steps that a report takes after it was written."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from app.blueprints.stages.forms import choices
from app.domain.reports import Kind, Verb, sections_of
from app.web.forms import DeedForm, NoteField, VersionField


class StepForm(DeedForm):
    """One step; its ids carry the verb, since a page has several. `seen` is the version that the person looked at."""

    seen = VersionField(name="nomor", default=0)
    section = SelectField("Bagian yang perlu diperbaiki", name="bagian", default="")
    reason = NoteField("Alasan", name="alasan", validators=[Length(max=1_000)])

    def about(self, verb: Verb, kind: Kind, mark: str = "") -> StepForm:
        """The form as it belongs to one verb of one report; `mark` tells several reports on one page apart."""
        sections = [(one.key, one.title) for one in sections_of(kind)]
        self.section.choices = choices([("", "Seluruh laporan"), *sections])
        self.reason.flags.required = True
        for field in self:
            field.id = f"{verb.value}{mark}-{field.name}"
        return self


class SendForm(DeedForm):
    """Sending what was written; `version` is that of the draft."""

    number = StringField(
        "Nomor surat",
        name="nomor_surat",
        description="Boleh kosong; ditulis tangan pada kertasnya.",
        validators=[Length(max=80)],
    )
    takes_number = BooleanField("Ambil nomor berikutnya menurut kop surat", name="ambil_nomor")
