"""Forms of writing: the whole report, the reasons beside what was found, the nil report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import BooleanField, RadioField
from wtforms.validators import DataRequired, Length, Optional

from app.blueprints.stages.forms import choices
from app.domain.reports import MOST_SENTENCE, MOST_TEXT, Change, Draft, Finding, Grade, key_of
from app.web.forms import DeedForm, NoteField
from app.words import angka

MOST_SENTENCES = 200
"""Sentences on changes in one form; no report has as many."""


def _long(label: str, name: str, most: int, hint: str = "") -> NoteField:
    told = f"Paling banyak {angka(most)} huruf. Ringkas teksnya."
    return NoteField(
        label,
        name=name,
        description=hint,
        validators=[Optional(), Length(max=most, message=told)],
        render_kw={"maxlength": False},  # a browser would cut off a paste without a word
    )


class WritingForm(DeedForm):
    """What people write: the general situation, and a field for each section and each sentence on a change."""

    grade = RadioField(
        "Menurut desk",
        name="keadaan",
        choices=choices([(one.value, one.label) for one in Grade]),
        validators=[DataRequired("Pilih salah satu.")],
    )
    grade_reason = _long(
        "Alasan keadaan", "alasan_keadaan", MOST_SENTENCE, "Wajib bila keadaannya waspada atau rawan."
    )

    @classmethod
    def of(cls, draft: Draft) -> type[WritingForm]:
        """The form of a report, with a field for each of its sections and sentences, those that were sent too."""
        fields: dict[str, Any] = {
            f"text_{one.key}": _long(one.title, f"teks_{one.key}", MOST_TEXT) for one in draft.sections
        }
        for number, key in enumerate(_keys(draft.changes)):
            fields[f"change_{number}"] = _long("Kalimat", f"perubahan_{key}", MOST_SENTENCE)
        return type("WritingFormOf", (cls,), fields)

    def filled(self, draft: Draft) -> WritingForm:
        """The form with what the draft says."""
        self.grade.data, self.grade_reason.data = draft.grade, draft.grade_reason
        for section in draft.sections:
            self[f"text_{section.key}"].data = section.text
        said = {key_of(change): change.text for change in draft.changes}
        for field in self.sentences:
            field.data = said.get(field.name.removeprefix("perubahan_"), "")
        return self

    @property
    def sentences(self) -> list[Any]:
        """The fields of the sentences on changes."""
        return [field for field in self if field.name.startswith("perubahan_")]

    @property
    def texts(self) -> dict[str, str]:
        """Section -> what was typed."""
        return {
            field.name.removeprefix("teks_"): field.data for field in self if field.name.startswith("teks_")
        }

    @property
    def confirmed(self) -> frozenset[str]:
        """The sections of which was said that they hold still."""
        return frozenset(request.form.getlist("masih_berlaku"))

    @property
    def edits(self) -> dict[str, str]:
        """First figure of a sentence -> what it became; a sentence that was left as it came is not among them."""
        typed = {field.name.removeprefix("perubahan_"): field.data for field in self.sentences}
        return {
            key: text
            for key, text in typed.items()
            if text != " ".join(request.form.get(f"semula_{key}", "").split())
        }

    def is_first_sending(self) -> bool:
        """A draft is saved over and over from one page; its version keeps two sendings apart."""
        return True


def _keys(changes: Iterable[Change]) -> list[str]:
    sent = [name.removeprefix("perubahan_") for name in request.form if name.startswith("perubahan_")]
    keys = [key_of(change) for change in changes]
    return [key for key in dict.fromkeys([*keys, *sent]) if key][:MOST_SENTENCES]


class ReasonsForm(DeedForm):
    """Why what was found stands nevertheless; a field for each finding that asks for a reason.

    They are needed to send, and may be given one after the other.
    """

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> type[ReasonsForm]:
        """The form for these findings."""
        asked = [one for one in findings if not one.blocks]
        fields = {
            f"reason_{number}": _long("Alasan", f"alasan_{one.rule}", MOST_SENTENCE)
            for number, one in enumerate(asked)
        }
        return type("ReasonsFormOf", (cls,), fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self:
            one.flags.required = True

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """(rule, reason) of those that were given."""
        told = [
            (one.name.removeprefix("alasan_"), one.data) for one in self if one.name.startswith("alasan_")
        ]
        return tuple((rule, reason) for rule, reason in told if reason)

    def field_of(self, rule: str) -> Any:
        """The field of a finding."""
        return next((one for one in self if one.name == f"alasan_{rule}"), None)

    def is_first_sending(self) -> bool:
        """As of a draft: its version keeps two sendings apart."""
        return True


class NilForm(DeedForm):
    """A nil report: that somebody looked, and one sentence on the condition."""

    sentence = NoteField(
        "Kondisi terkini",
        name="kalimat",
        description="Satu kalimat, tanpa nama orang.",
        validators=[
            DataRequired("Tuliskan kondisi terkini dalam satu kalimat."),
            Length(max=MOST_SENTENCE, message=f"Paling banyak {MOST_SENTENCE} huruf. Ringkas kalimatnya."),
        ],
    )
    looked = BooleanField(
        "Saya sudah memeriksa catatan di atas dan tidak ada yang perlu dilaporkan",
        name="diperiksa",
        validators=[DataRequired("Nyatakan dahulu bahwa Anda sudah memeriksanya.")],
    )
