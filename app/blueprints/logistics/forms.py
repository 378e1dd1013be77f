"""The one form of the grid: a button names the line, its version and the new state."""

from __future__ import annotations

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from app.domain.errors import NotFound
from app.web.forms import DeskForm, small_number

BROKEN = "Kiriman ini tidak utuh. Muat ulang halaman, lalu ulangi."


class MarkForm(DeskForm):
    """`tandai` is region:version:state:TPS, the TPS last since a special one may be called anything."""

    region = HiddenField(name="wilayah", validators=[DataRequired(BROKEN), Length(max=13)])
    level = HiddenField(name="tingkat")
    said_of = StringField(name="tandai", validators=[DataRequired(BROKEN), Length(max=80)])

    def said(self) -> tuple[str, str, int, str]:
        """Region, TPS, version and state. Raises NotFound for what is no such text."""
        parts = (self.said_of.data or "").split(":", 3)
        if len(parts) != 4:
            raise NotFound("Baris itu tidak ada. Muat ulang halaman, lalu ulangi.")
        place, version, stand, station = parts
        seen = small_number(version)
        if seen is None:
            raise NotFound("Baris itu tidak ada. Muat ulang halaman, lalu ulangi.")
        return place, station[:20], seen, stand
