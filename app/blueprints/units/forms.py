"""Forms of the units: what one is called, and why it is no longer used."""

from __future__ import annotations

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from app.domain.units import LONGEST_CODE, LONGEST_NAME, LONGEST_REASON
from app.web.forms import DeedForm

NAME = [DataRequired("Tuliskan namanya."), Length(max=LONGEST_NAME)]


class ChangeForm(DeedForm):
    """A unit's name, and whether it is only quoted."""

    name = StringField("Nama lengkap", name="nama", validators=NAME)
    is_source_only = BooleanField(
        "Hanya sumber data",
        name="sumber_saja",
        description="Seperti KPU, Bawaslu, dan Polri: disebut sebagai sumber, tidak menanggungjawabi butir.",
    )


class AddForm(ChangeForm):
    """A new unit."""

    code = StringField(
        "Kode",
        name="kode",
        description="Dipakai di lembar impor dan tidak berubah lagi, misalnya diskominfo. Kosong: dari namanya.",
        validators=[Length(max=LONGEST_CODE)],
    )


class ReasonForm(DeedForm):
    """Why a unit is taken out of use, or used again."""

    reason = StringField(
        "Alasan",
        name="alasan",
        description="Misalnya dasar hukum perubahan susunan perangkat daerah.",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=LONGEST_REASON)],
    )
