"""Which incident another one repeats."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import DataRequired

from app.blueprints.stages.forms import choices
from app.domain.registers import RecordRow
from app.web.forms import DeedForm, small_number
from app.words import tanggal_pendek


class DuplicateForm(DeedForm):
    """The incident that counts."""

    original = SelectField(
        "Kejadian yang dihitung",
        name="kejadian",
        description="Yang tanggalnya paling dekat berada di atas.",
        validators=[DataRequired("Pilih kejadiannya.")],
    )

    def offer(self, rows: Sequence[RecordRow]) -> DuplicateForm:
        """The incidents to choose from."""
        self.original.choices = choices(
            [("", "Pilih"), *((str(row.id), incident_words(row)) for row in rows)]
        )
        return self

    def picked(self) -> int:
        """The number of the record that was chosen; the form is valid."""
        return small_number(self.original.data or "") or 0


def incident_words(row: RecordRow) -> str:
    """An incident in one line of a select."""
    day = tanggal_pendek(row.values["happened_on"])
    return f"{row.number}, {row.region_name}, {day}: {row.title[:80]}"
