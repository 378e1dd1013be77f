"""The form that asks for a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from app.documents import ability
from app.documents.asking import FORMATS, KINDS, PAPER_WORDS, Ask
from app.domain.errors import Invalid
from app.web.forms import DayField, DeedForm

CHOOSE = "Pilih salah satu dari daftar."


def offered(choices: Mapping[str, str]) -> list[SelectChoice]:
    """Value -> words as WTForms wants its choices."""
    return [SelectChoice(value, words) for value, words in choices.items()]


class SelectLimit(SelectField):
    """A select whose empty choice means no limit."""

    def __init__(self, label: str, *, name: str, **more: Any) -> None:
        super().__init__(label, name=name, validators=[Optional()], default="", **more)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list, in our words."""
        if self.data and self.data not in {choice.value for choice in self.choices or ()}:
            raise StopValidation(CHOOSE)


class RadioOne(RadioField):
    """One of a few; leaving it out is refused."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, validators=[DataRequired(CHOOSE)], **more)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered, in our words."""
        if self.data not in {choice.value for choice in self.choices or ()}:
            raise StopValidation(CHOOSE)


BY_PATTERN, BY_HAND = "otomatis", "sendiri"
NUMBERING = {
    BY_PATTERN: "Nomor berikutnya menurut kop surat",
    BY_HAND: "Tulis sendiri, atau kosongkan untuk diisi dengan tangan",
}


class PaperForm(DeedForm):
    """What the paper covers, what it looks like, and what stands in its head."""

    region = StringField("Wilayah", name="wilayah", validators=[DataRequired("Pilih wilayahnya.")])
    area = SelectLimit("Bidang tugas", name="bidang")
    stage = SelectLimit("Tahapan", name="tahapan")
    since = DayField("Dari", name="dari", validators=[Optional()])
    until = DayField("Sampai", name="sampai", validators=[Optional()])
    kind = RadioOne("Bentuk", choices=offered(KINDS), name="bentuk", default="ringkas")
    format = RadioOne("Berkas", choices=offered(FORMATS), name="format", default="pdf")
    paper = RadioOne("Kertas", choices=offered(PAPER_WORDS), name="kertas", default="F4")
    numbering = RadioOne("Penomoran", choices=offered(NUMBERING), name="penomoran", default=BY_HAND)
    number = StringField(
        "Nomor dokumen",
        name="nomor",
        validators=[Length(max=60)],
        description="Misalnya 200.2.1/118/DESK/2024. Kosong: titik-titik untuk diisi dengan tangan.",
    )
    place = StringField("Tempat penandatanganan", name="tempat", validators=[Length(max=60)])

    def __init__(
        self, *args: Any, areas: list[tuple[str, str]], stages: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.area.choices = offered({"": "Semua bidang", **dict(areas)})
        self.stage.choices = offered({"": "Semua tahapan", **dict(stages)})
        if ability.pdf_is_off():
            self.kind.choices = offered({value: words for value, words in KINDS.items() if value != "kosong"})
            self.format.choices = offered(
                {value: words for value, words in FORMATS.items() if value != "pdf"}
            )
            if not self.format.raw_data:  # the form as it is first shown
                self.format.data = "xlsx"

    @property
    def takes_number(self) -> bool:
        """Whether this paper gets the desk's next number: no sheet and no blank twin does."""
        return bool(
            self.numbering.data == BY_PATTERN and self.format.data == "pdf" and self.kind.data != "kosong"
        )

    def asked(self) -> Ask:
        """The paper that is meant, still without the desk's number. Raises Invalid for what no paper can be."""
        if self.takes_number and (self.number.data or "").strip():
            sentence = "Kosongkan nomor ini, atau pilih tulis sendiri."
            raise Invalid(sentence, number=sentence)
        return Ask(
            region=self.region.data or "",
            area=self.area.data or "",
            stage=self.stage.data or "",
            since=self.since.data,
            until=self.until.data,
            kind=self.kind.data,
            paper=self.paper.data,
            format=self.format.data,
            number=" ".join((self.number.data or "").split()),
            place=" ".join((self.place.data or "").split()),
        )
