"""Forms of the neutrality register: a case, a step, a reason, a limit, and the filters of the address."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.blueprints.stages.forms import choices
from app.documents.case_asking import words_of
from app.domain.neutrality import (
    BEGINNINGS,
    OTHER_BREACH,
    ROUTES,
    CaseRow,
    CaseSaid,
    CaseState,
    Kind,
    MoveSaid,
    Source,
    Verb,
    breaches,
)
from app.web.forms import DayField, DeedForm, NoteField, WholeNumberField

NO_NAMES = "Tanpa nama orang dan tanpa nomor identitas."


class FactsForm(DeedForm):
    """What is known of a case."""

    source = SelectField("Sumber", name="sumber", choices=choices([(one.value, one.label) for one in Source]))
    breach = SelectField(
        "Jenis pelanggaran", name="pelanggaran", validators=[DataRequired("Pilih pelanggarannya.")]
    )
    breach_words = StringField(
        "Pelanggaran lain", name="pelanggaran_lain", description="Hanya bila tidak ada dalam daftar."
    )
    agency = StringField(
        "Instansi",
        name="instansi",
        description="Secara umum, misalnya: dinas di lingkungan Pemerintah Kabupaten. " + NO_NAMES,
        validators=[DataRequired("Tuliskan instansinya."), Length(max=160)],
    )
    occurred_on = DayField(
        "Tanggal kejadian",
        name="terjadi",
        validators=[Optional()],
        description="Kosongkan bila tidak diketahui.",
    )
    occurred_note = StringField(
        "Mengapa tanggalnya tidak diketahui",
        name="terjadi_catatan",
        description="Diisi bila tanggal kejadian kosong.",
    )
    known_on = DayField(
        "Tanggal diketahui desk", name="diketahui", validators=[InputRequired("Tuliskan tanggalnya.")]
    )
    place = StringField(
        "Tempat", name="tempat", description="Misalnya: media sosial, lapangan di ibu kota kecamatan."
    )
    account = NoteField(
        "Uraian singkat",
        name="uraian",
        description=NO_NAMES,
        validators=[DataRequired("Tuliskan uraian singkatnya."), Length(max=1_000)],
    )
    name = StringField(
        "Nama",
        name="nama",
        description="Disimpan terkunci; tidak tampil di daftar, laporan, atau jejak. Kosongkan bila tidak diperlukan.",
    )
    nip_tail = StringField("Angka terakhir NIP", name="nip", description="Paling banyak 4 angka.")

    def offer(self) -> FactsForm:
        """The kinds of breach to choose from."""
        known = [(code, one.words) for code, one in breaches().items()]
        self.breach.choices = choices(
            [("", "Pilih jenis pelanggaran"), *known, (OTHER_BREACH, "Lain, dengan kata sendiri")]
        )
        return self

    def said(self) -> CaseSaid:
        """The facts as they were said; the form is valid."""
        assert self.known_on.data is not None  # noqa: S101
        return CaseSaid(
            self.agency.data or "",
            self.breach.data or "",
            Source(self.source.data),
            self.known_on.data,
            self.account.data,
            self.breach_words.data or "",
            self.occurred_on.data,
            self.occurred_note.data or "",
            self.place.data or "",
            self.name.data or "",
            self.nip_tail.data or "",
        )


class ChangeForm(FactsForm):
    """The facts of a case that is there already; its name is not shown."""

    drops_name = BooleanField("Hapus nama yang tercatat", name="hapus_nama")

    def filled(self, case: CaseRow) -> ChangeForm:
        """The form with what the case says, but the name."""
        facts = case.facts
        assert facts is not None  # noqa: S101
        for field in (
            "agency",
            "breach",
            "occurred_on",
            "occurred_note",
            "known_on",
            "place",
            "account",
            "nip_tail",
        ):
            self[field].data = getattr(facts, field)
        self.source.data = facts.source.value
        self.breach_words.data = facts.breach_title if facts.breach == OTHER_BREACH else ""
        return self


class CaseForm(FactsForm):
    """A new case, and how far it had gone when the desk heard of it."""

    region = SelectField("Wilayah", name="di", validators=[DataRequired("Pilih wilayahnya.")])
    kind = SelectField("Jenis orang", name="jenis", validators=[DataRequired("Pilih jenisnya.")])
    state = SelectField("Sudah sampai di langkah", name="langkah", default=CaseState.RECORDED.value)
    done_on = DayField("Tanggal langkah itu", name="tanggal", validators=[Optional()])
    letter_number = StringField("Nomor surat", name="nomor_surat")
    letter_date = DayField("Tanggal surat", name="tanggal_surat", validators=[Optional()])
    receiver = SelectField("Diteruskan ke", name="kepada", default="")
    note = NoteField(
        "Catatan langkah",
        name="catatan",
        description="Jelaskan di sini bila tanggal atau nomor suratnya belum diketahui.",
    )

    def offer_new(self, regions: list[tuple[str, str]]) -> CaseForm:
        """What may be chosen, for who may record in these regions."""
        self.offer()
        self.region.choices = choices(regions)
        self.kind.choices = choices([("", "Pilih jenis"), *((one.value, words_of(one)) for one in Kind)])
        self.state.choices = choices([(one.value, one.label) for one in BEGINNINGS])
        receivers = sorted({words for route in ROUTES.values() for words in route.receivers})
        self.receiver.choices = choices([("", "Menurut jenis orang"), *((one, one) for one in receivers)])
        return self

    def step(self) -> MoveSaid | None:
        """The last step that was taken; None where the case begins here."""
        if self.state.data == CaseState.RECORDED.value:
            return None
        return MoveSaid(
            self.done_on.data,
            self.letter_number.data or "",
            self.letter_date.data,
            self.receiver.data or "",
            self.note.data,
        )


class MoveForm(DeedForm):
    """One step of a case; its ids carry the verb, since a page has several."""

    done_on = DayField(
        "Tanggal",
        name="tanggal",
        validators=[Optional()],
        description="Kosongkan bila tidak diketahui, dan jelaskan di catatan.",
    )
    receiver = SelectField("Kepada", name="kepada", default="")
    letter_number = StringField("Nomor surat", name="nomor_surat", validators=[Length(max=80)])
    letter_date = DayField("Tanggal surat", name="tanggal_surat", validators=[Optional()])
    note = NoteField("Catatan", name="catatan", description=NO_NAMES, validators=[Length(max=1_000)])

    def about(self, verb: Verb, case: CaseRow) -> MoveForm:
        """The form as it belongs to one verb of one case."""
        receivers = ROUTES[case.kind].receivers
        self.receiver.choices = choices([(one, one) for one in receivers])
        if not self.receiver.data and (verb is not Verb.FORWARD or len(receivers) == 1):
            self.receiver.data = receivers[0]  # where there is nothing to choose, nothing is asked
        for field in self:
            field.id = f"{verb.value}-{field.name}"
        return self

    def said(self) -> MoveSaid:
        """The step as it was said; the form is valid."""
        return MoveSaid(
            self.done_on.data,
            self.letter_number.data or "",
            self.letter_date.data,
            self.receiver.data or "",
            self.note.data,
        )


class RevealForm(DeedForm):
    """Why a name has to be shown."""

    reason = StringField(
        "Alasan",
        name="alasan",
        id="alasan-nama",
        description="Untuk apa nama diperlukan. Alasan ini, waktu, dan nama Anda masuk jejak.",
        validators=[DataRequired("Tuliskan untuk apa nama ini diperlukan."), Length(max=200)],
    )


class ProofForm(DeedForm):
    """A file that belongs to a case."""

    file = FileField(
        "Berkas",
        name="berkas",
        description="Foto, PDF, Excel, Word, CSV, atau teks. Nama berkas diganti dengan nomor kasus.",
    )


class LimitForm(DeedForm):
    """How long a step may take."""

    working_days = WholeNumberField(
        "Hari kerja", name="hari", validators=[InputRequired("Tuliskan bilangannya.")]
    )
