"""Forms of a person's own account."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo

from app.web.forms import DeskForm


class PasswordForm(DeskForm):
    """The old password once, the new one twice. What makes a good one is the domain's question."""

    old = PasswordField(
        "Kata sandi sekarang", name="sandi", validators=[DataRequired("Tuliskan kata sandi sekarang.")]
    )
    password = PasswordField(
        "Kata sandi baru",
        name="sandi_baru",
        description="Sedikitnya 10 tanda, tanpa nama akun Anda. Beberapa kata yang mudah diingat cukup kuat.",
        validators=[DataRequired("Tuliskan kata sandi baru.")],
    )
    again = PasswordField(
        "Kata sandi baru, sekali lagi",
        name="sandi_ulang",
        validators=[
            DataRequired("Tuliskan kata sandi baru sekali lagi."),
            EqualTo("password", "Tidak sama dengan kata sandi baru di atas."),
        ],
    )


class ConfirmForm(DeskForm):
    """The first code of a phone that was just set up."""

    code = StringField(
        "Kode enam angka",
        name="kode",
        validators=[DataRequired("Tuliskan kode yang sedang tampil di ponsel.")],
        render_kw={"inputmode": "numeric", "maxlength": 40},
    )


class RenewForm(DeskForm):
    """A code for new recovery codes."""

    code = StringField(
        "Kode dari ponsel, atau satu kode cadangan",
        name="kode",
        validators=[DataRequired("Tuliskan satu kode.")],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "maxlength": 40},
    )


class TurnOffForm(DeskForm):
    """Password and code, to sign in with the password alone again; ids of its own beside RenewForm."""

    password = PasswordField(
        "Kata sandi sekarang", name="sandi", validators=[DataRequired("Tuliskan kata sandi sekarang.")]
    )
    code = StringField(
        "Kode dari ponsel, atau satu kode cadangan",
        name="kode",
        id="kode-matikan",
        validators=[DataRequired("Tuliskan satu kode.")],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "maxlength": 40},
    )
