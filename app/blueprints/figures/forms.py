"""Forms of the reference figures: what a source says, and which source counts."""

from __future__ import annotations

from decimal import Decimal

from wtforms import HiddenField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, Optional

from app.blueprints.papers.forms import RadioOne
from app.domain import regions
from app.domain.errors import Invalid
from app.domain.figures import LONGEST_REASON, Statement
from app.domain.regions import FigureKind
from app.web.forms import DayField, DeedForm, NoteField

KNOWN, UNKNOWN = "ya", "belum"


class FigureForm(DeedForm):
    """A new value with its source. Unknown is chosen; an empty box is never taken for it, nor for zero."""

    known = RadioOne(
        "Apakah angkanya diketahui?",
        name="diketahui",
        choices=[
            SelectChoice(KNOWN, "Diketahui"),
            SelectChoice(UNKNOWN, "Belum diketahui menurut sumber ini"),
        ],
    )
    value = StringField("Angka", name="nilai", validators=[Length(max=40)])
    source = StringField(
        "Sumber",
        name="sumber",
        description="Siapa yang menyebut angka ini: lembaga, atau alamat halamannya.",
        validators=[DataRequired("Tuliskan sumbernya."), Length(max=400)],
        render_kw={"list": "known-sources"},
    )
    document = StringField(
        "Dokumen",
        name="dokumen",
        description="Nomor dan judulnya, misalnya SK KPU Nomor 12 Tahun 2024.",
        validators=[Length(max=200)],
    )
    dated_on = DayField("Tanggal dokumen", name="tanggal", validators=[Optional()])
    note = NoteField("Catatan", name="catatan", validators=[Length(max=300)])
    change = HiddenField(name="ubah", default="")

    def statement(self, code: str, kind: FigureKind) -> Statement:
        """What is meant. Raises Invalid at the box of the figure."""
        return Statement(
            code,
            kind,
            self._value(kind),
            " ".join((self.source.data or "").split()),
            " ".join((self.document.data or "").split()),
            self.dated_on.data,
            self.note.data or "",
        )

    def _value(self, kind: FigureKind) -> Decimal | None:
        typed = (self.value.data or "").strip()
        if self.known.data == UNKNOWN:
            if typed:
                sentence = "Anda memilih belum diketahui. Kosongkan kotak ini, atau pilih Diketahui."
                raise Invalid(sentence, value=sentence)
            return None
        if not typed:
            sentence = "Isi angkanya, atau pilih belum diketahui. Kotak kosong tidak dianggap nol."
            raise Invalid(sentence, value=sentence)
        value = regions.read_number(typed)
        regions.check_value(kind, value)
        return value


class ChoiceForm(DeedForm):
    """Which source counts, and why."""

    figure = RadioOne("Sumber yang dipakai", name="sumber")
    reason = NoteField(
        "Alasan",
        name="alasan",
        description="Mengapa sumber ini yang dipakai. Tersimpan di jejak dan dapat dibaca di halaman ini.",
        validators=[DataRequired("Tuliskan mengapa sumber ini yang dipakai."), Length(max=LONGEST_REASON)],
    )
