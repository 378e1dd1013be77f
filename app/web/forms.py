"""The base of all forms: Indonesian messages, CSRF, and fields that read what people here type."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from decimal import Decimal
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import DateField, HiddenField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.domain import identity, submissions
from app.domain.errors import Refusal
from app.web.access import me, the_request
from app.words import angka, plain, point_number

MESSAGES = {
    "This field is required.": "Wajib diisi.",
    "Not a valid integer value.": "Isi dengan bilangan bulat.",
    "Not a valid date value.": "Tanggal tidak dikenal. Contoh: 25/11/2024.",
    "Not a valid datetime value.": "Waktu tidak dikenal. Contoh: 25/11/2024 09.00.",
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Invalid input.": "Isian tidak dapat diterima.",
    "Field must be equal to %(other_name)s.": "Isian ini harus sama dengan yang di atas.",
    "Field must be at least %(min)d character long.": "Terlalu pendek.",
    "Field must be at least %(min)d characters long.": "Paling sedikit %(min)d tanda.",
    "Field cannot be longer than %(max)d character.": "Terlalu panjang.",
    "Field cannot be longer than %(max)d characters.": "Paling banyak %(max)d tanda.",
    "Field must be between %(min)d and %(max)d characters long.": "Antara %(min)d dan %(max)d tanda.",
}


class Indonesian:
    """WTForms' messages in Indonesian; the library ships no such translation."""

    def gettext(self, message: str) -> str:
        """The message, or itself where it is already one of ours."""
        return MESSAGES.get(message, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Indonesian has one form for both."""
        return MESSAGES.get(singular if n == 1 else plural, singular if n == 1 else plural)


class DeskForm(FlaskForm):
    """A form with CSRF and our messages."""

    class Meta(FlaskForm.Meta):
        """WTForms' settings."""

        def get_translations(self, form: Any) -> Indonesian:
            """Never English."""
            return Indonesian()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Texts come without signs that nobody can see or type, and of which PostgreSQL keeps not all."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options = {**options, "filters": (*unbound_field.kwargs.get("filters", ()), _visible)}
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well said. What looks like a NIK or NIP in a text is masked, and the person is told so."""
        well = super().validate(extra_validators)
        for field in self:
            text = field.data
            if (
                not isinstance(field, StringField)
                or isinstance(field, NOT_TEXTS)
                or not isinstance(text, str)
            ):
                continue
            if identity.holds_identity_number(text):
                field.data = identity.masked(text)
                field.errors = [*field.errors, identity.MASKED_SENTENCE]
                well = False
        return bool(well)

    def refuse(self, refusal: Refusal) -> None:
        """Put the domain's refusal where the person typed; what belongs to no field goes on top."""
        for name, message in refusal.fields.items():
            field = self._fields.get(name)
            if field is not None and field.type != "HiddenField":
                field.errors = [*field.errors, message]
            else:
                self.form_errors.append(message)
        if not refusal.fields:
            self.form_errors.append(refusal.message)


class IdentityNumberField(StringField):
    """The one place of a form where somebody's own number belongs."""


NOT_TEXTS = (PasswordField, HiddenField, IdentityNumberField)
"""Fields that look like text and say nothing in words."""


def _visible(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def small_number(text: str) -> int | None:
    """A number of ours as an address or a hidden field has it: at most nine plain digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def picked_versions(name: str, most: int) -> list[tuple[int, int]]:
    """What was picked of a list, "number:version" each, at most `most`; what is written otherwise counts as none."""
    pairs = [tuple(map(small_number, text.split(":"))) for text in request.form.getlist(name)]
    return [(p[0], p[1]) for p in pairs if len(p) == 2 and p[0] is not None and p[1] is not None][:most]


class VersionField(IntegerField):
    """The version of a thing that the person saw; 0 where the form does not say."""

    data: int

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes `small_number`s only."""
        if not valuelist:
            return
        seen = small_number(valuelist[0])
        self.data = seen or 0
        if seen is None:
            raise ValidationError("Kiriman ini tidak utuh. Muat ulang halaman, lalu ulangi.")


class DeedForm(DeskForm):
    """A form that does something: it names the version it was made on and the key of this sending."""

    version = VersionField(name="versi", default=0)
    key = HiddenField(name="kunci", default="")
    back = HiddenField(name="kembali", default="")

    def is_first_sending(self) -> bool:
        """Take the sending's key in this transaction; False when the very same sending was done before.

        Raises NotNow when the key belongs to another sending. Reads the request's path and fields.
        """
        return claim_sending(self.key.data or "")


def claim_sending(key: str) -> bool:
    """`is_first_sending` for whoever has the key without a form.

    A browser's own sending and a script's end lines differently; they are the same sending.
    """
    asked = the_request()
    said = sorted(
        (name, value.replace("\r\n", "\n") if "\r" in value else value)
        for name, value in asked.form.items(multi=True)
        if name not in ("csrf_token",)
    )
    brought = sorted((name, _hash_of(file)) for name, file in asked.files.items(multi=True))
    digest = hashlib.sha256(repr(said + brought).encode()).hexdigest()
    return submissions.claim(key, account_id=me().id, route=asked.path[:120], digest=digest)


def _hash_of(file: FileStorage) -> str:
    """Of an upload, whose reader then stands where it stood: another file under the same key is another sending."""
    place = file.stream.tell()
    file.stream.seek(0)
    found = hashlib.sha256(file.stream.read()).hexdigest()
    file.stream.seek(place)
    return found


class WholeNumberField(StringField):
    """A whole number as people write it: 1588, 1.588 or 1 588; empty is None."""

    data: int | str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not text:
            return
        bare = re.sub(r"[ \u00a0\u202f]", "", text)
        grouped = re.fullmatch(r"-?\d{1,3}(\.\d{3})+", bare)
        if not grouped and not re.fullmatch(r"-?\d+", bare):
            self.data = text
            raise ValidationError("Tulis bilangan bulat, misalnya 1.588.")
        number = int(bare.replace(".", ""))
        if abs(number) >= 10**15:
            self.data = text
            raise ValidationError("Angka ini terlalu besar.")
        self.data = number

    def _value(self) -> str:
        if isinstance(self.data, int):
            return f"{self.data:,}".replace(",", ".")
        return self.data or ""


class PointNumberField(StringField):
    """A number as people write it, with a comma before what is less than one: 77,04 or 1.588; empty is None."""

    data: Decimal | str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = (valuelist[0] if valuelist else "").strip() or None
        if self.data is not None:
            try:
                self.data = point_number(self.data)
            except ValueError as fault:
                raise ValidationError(str(fault)) from None

    def _value(self) -> str:
        return angka(self.data) if isinstance(self.data, Decimal) else self.data or ""


FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
"""No desk means a day outside; arithmetic near the ends of the calendar would break."""


class DayField(DateField):
    """A date as picked by the browser (2024-11-25) or typed (25/11/2024, 25-11-2024), of a year that somebody means."""

    data: Any

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
        super().__init__(label, validators, format=formats, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuses a year that nobody means, and keeps what was typed."""
        super().process_formdata(valuelist)
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValidationError("Isi tanggal antara tahun 2000 dan 2100.")


class NoteField(TextAreaField):
    """Free text; blanks at both ends are not kept."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip()


def parse_day(text: str) -> dt.date | None:
    """A day of a query string (2024-11-25); None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
