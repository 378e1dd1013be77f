"""Which incident a risk became."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import DataRequired, Length, Optional

from app.blueprints.incidents.forms import incident_words
from app.blueprints.stages.forms import choices
from app.domain.registers import RecordRow, StepSaid
from app.web.forms import DayField, DeedForm, NoteField, small_number


class CameTrueForm(DeedForm):
    """The incident, the day, and a note."""

    incident = SelectField(
        "Kejadiannya",
        name="kejadian",
        description="Belum tercatat? Catat dahulu di register kejadian, lalu kembali ke sini.",
        validators=[DataRequired("Pilih kejadiannya.")],
    )
    done_on = DayField("Tanggal", name="tanggal", validators=[Optional()])
    note = NoteField("Catatan", name="catatan", validators=[Length(max=1_000)])

    def offer(self, rows: Sequence[RecordRow]) -> CameTrueForm:
        """The incidents to choose from."""
        self.incident.choices = choices(
            [("", "Pilih"), *((str(row.id), incident_words(row)) for row in rows)]
        )
        return self

    def picked(self) -> int:
        """The number of the incident that was chosen; the form is valid."""
        return small_number(self.incident.data or "") or 0

    def said(self) -> StepSaid:
        """The step as it was said; the form is valid."""
        return StepSaid(self.done_on.data, note=self.note.data)
