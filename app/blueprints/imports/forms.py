"""The form that takes a sheet in."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.validators import DataRequired

from app.domain.errors import Invalid
from app.web.forms import DeedForm

CHOOSE = "Pilih berkas XLSX yang sudah diisi."


class UploadForm(DeedForm):
    """A region and a file; the file itself is read from the request."""

    region = HiddenField(name="wilayah", validators=[DataRequired()])
    file_error = ""

    def refuse_file(self, refusal: Invalid) -> None:
        """Say at the file what is wrong with it."""
        self.file_error = refusal.fields.get("file", refusal.message)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """All that is wrong, as the summary on top wants it."""
        return [("berkas", self.file_error)] if self.file_error else []
