"""Forms of a person's own account."""

from __future__ import annotations

from wtforms import PasswordField
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
