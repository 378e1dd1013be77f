"""The sign-in form."""

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
