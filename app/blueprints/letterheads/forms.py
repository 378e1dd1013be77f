"""Forms of a letterhead: its lines and what papers with it carry, and the last number given by hand."""

from __future__ import annotations

from wtforms import BooleanField, FileField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.blueprints.papers.forms import RadioOne, offered
from app.documents.asking import PAPER_WORDS
from app.domain.errors import Refusal
from app.domain.letterheads import MOST_LINES, Content, Line
from app.web.forms import DeedForm, WholeNumberField

SIZES = {"kecil": "Kecil", "sedang": "Sedang", "besar": "Besar"}


class LetterheadForm(DeedForm):
    """A letterhead; what its lines and texts may be is the domain's question."""

    logo = FileField("Logo", name="logo")
    drops_logo = BooleanField("Lepaskan logo", name="lepas_logo")
    address = TextAreaField(
        "Alamat", name="alamat", description="Satu atau dua baris: jalan, kode pos, telepon, laman."
    )
    number_pattern = StringField("Pola nomor", name="pola")
    classification = StringField("Sifat", name="sifat", description="Misalnya Biasa, Segera, atau Rahasia.")
    attachment = StringField("Lampiran", name="lampiran", description="Misalnya 1 (satu) berkas.")
    subject = StringField(
        "Hal", name="hal", description="Misalnya Laporan pertanggungjawaban daftar periksa."
    )
    copies = TextAreaField(
        "Tembusan", name="tembusan", description="Satu penerima satu baris, menurut urutan pada kertas."
    )
    paper = RadioOne("Kertas", name="kertas", choices=offered(PAPER_WORDS), default="F4")

    def rows(self) -> list[tuple[StringField, SelectField, BooleanField]]:
        """The boxes of each line: its text, its size, whether it is bold."""
        return [
            (self[f"text_{number}"], self[f"size_{number}"], self[f"bold_{number}"])
            for number in range(1, MOST_LINES + 1)
        ]

    def content(self) -> Content:
        """What was typed."""
        return Content(
            tuple(
                Line(text.data or "", size.data or "sedang", bool(bold.data))
                for text, size, bold in self.rows()
            ),
            tuple((self.address.data or "").splitlines()),
            self.number_pattern.data or "",
            self.classification.data or "",
            self.attachment.data or "",
            self.subject.data or "",
            tuple((self.copies.data or "").splitlines()),
            self.paper.data,
        )

    def fill(self, content: Content) -> None:
        """Show a letterhead."""
        for (text, size, bold), line in zip(self.rows(), content.lines, strict=False):
            text.data, size.data, bold.data = line.text, line.size, line.bold
        self.address.data, self.copies.data = "\n".join(content.address), "\n".join(content.copies)
        self.number_pattern.data, self.paper.data = content.number_pattern, content.paper
        self.classification.data, self.attachment.data = content.classification, content.attachment
        self.subject.data = content.subject

    def refuse(self, refusal: Refusal) -> None:
        """Sentences about the lines stand at the first one, those about an upload at the logo."""
        names = {"lines": "text_1", "file": "logo"}
        fields = {names.get(name, name): sentence for name, sentence in refusal.fields.items()}
        super().refuse(Refusal(refusal.message, **fields))


for _number in range(1, MOST_LINES + 1):
    setattr(LetterheadForm, f"text_{_number}", StringField(f"Baris {_number}", name=f"baris_{_number}"))
    setattr(
        LetterheadForm,
        f"size_{_number}",
        SelectField(
            f"Ukuran baris {_number}",
            name=f"ukuran_{_number}",
            choices=[SelectChoice(value, words) for value, words in SIZES.items()],
            default="sedang",
        ),
    )
    setattr(
        LetterheadForm, f"bold_{_number}", BooleanField(f"Baris {_number} tebal", name=f"tebal_{_number}")
    )


class NumberForm(DeedForm):
    """The last number that was given outside the application."""

    last = WholeNumberField(
        "Nomor terakhir yang sudah dipakai tahun ini",
        name="terakhir",
        description="Bila sebelumnya nomor diberikan di buku agenda: nomor laporan berikutnya mengikutinya.",
        validators=[InputRequired("Isi nomor terakhir, atau 0 bila belum ada.")],
    )
