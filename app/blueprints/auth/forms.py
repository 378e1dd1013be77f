"""The sign-in forms."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired

from app.web.forms import DeskForm


class SignInForm(DeskForm):
    """Account name and password; the same answer for a wrong one of either."""

    username = StringField("Nama akun", name="akun", validators=[DataRequired("Tuliskan nama akun Anda.")])
    password = PasswordField(
        "Kata sandi", name="sandi", validators=[DataRequired("Tuliskan kata sandi Anda.")]
    )


class CodeForm(DeskForm):
    """The second step: the code that the phone shows now."""

    code = StringField(
        "Kode enam angka",
        name="kode",
        validators=[DataRequired("Tuliskan kodenya.")],
        render_kw={"inputmode": "numeric", "maxlength": 40},
    )


class RecoveryForm(DeskForm):
    """The second step without the phone: one of the codes on paper."""

    code = StringField(
        "Kode cadangan",
        name="kode",
        description="Sepuluh tanda seperti k7mzq-4hdwe. Tiap kode hanya berlaku sekali.",
        validators=[DataRequired("Tuliskan satu kode cadangan.")],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "maxlength": 40},
    )
