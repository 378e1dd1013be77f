"""Forms of the library: an item's wording, why it is retired, where it stands, and what is published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from flask import request
from wtforms import SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.accounts import Unit
from app.domain.checklists import AREAS, Answer, Condition, Recurrence, Wording
from app.domain.checklists.library import CROSS_STAGE
from app.domain.checklists.rules import EVIDENCE_WORDS
from app.domain.errors import Invalid
from app.domain.regions import Level
from app.domain.stages import Stage
from app.web.forms import DeedForm, WholeNumberField
from app.words import kapital

DAY = re.compile(r"(?:h(?:ari)?-?h|h)?\s*(?P<sign>[+-]?)\s*(?P<days>\d{1,5})?", re.IGNORECASE)
ANSWERS = (
    (Answer.DONE.value, "selesai"),
    (Answer.WAIVED.value, "tidak berlaku"),
    (Answer.ABOVE.value, "angkanya lebih dari"),
)
Choices = Sequence[tuple[str, str]]


class OffsetField(StringField):
    """Days from voting day as people write them: -14, H-14, H+3, 0, Hari-H; empty is None."""

    data: int | str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip().replace("\u2212", "-")
        self.data = None
        if not text:
            return
        match = DAY.fullmatch(text)
        if match is None or (match["days"] is None and match["sign"]):
            self.data = text
            raise ValidationError("Tulis hari dari Hari-H, misalnya H-14, H+3, atau 0.")
        self.data = int(f"{match['sign']}{match['days'] or 0}")

    def _value(self) -> str:
        if isinstance(self.data, int):
            return "0" if self.data == 0 else f"H{self.data:+d}"
        return self.data or ""


class Asked:
    """Marks a field that must be said, where the domain's rules say what is missing."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing is refused here."""


class TicksField(SelectMultipleField):
    """Several of a few, as ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _options(pairs: Choices) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=words) for value, words in pairs]


class ItemForm(DeedForm):
    """What an item says. Whether it makes sense is the domain's question; what is chosen need not exist either."""

    code = StringField(
        "Kode",
        name="kode",
        description="Kosong: nomor berikutnya dari bidangnya.",
        validators=[Length(max=12)],
    )
    area = SelectField(
        "Bidang",
        name="bidang",
        choices=_options(list(AREAS.items())),
        validate_choice=False,
        validators=[Asked()],
    )
    title = TextAreaField(
        "Yang harus dikerjakan", name="judul", validators=[DataRequired("Tuliskan judulnya.")]
    )
    stage = SelectField("Tahapan", name="tahapan", validate_choice=False, validators=[Asked()])
    levels = TicksField(
        "Tingkat",
        name="tingkat",
        choices=_options([(level.value, level.label) for level in Level]),
        validate_choice=False,
        validators=[Asked()],
        description="Setiap wilayah pada tingkat ini mendapat isiannya sendiri.",
    )
    unit_id = SelectField(
        "Perangkat daerah yang bertanggung jawab",
        name="perangkat_daerah",
        validate_choice=False,
        validators=[Asked()],
    )
    roles = StringField(
        "Pelaksana",
        name="pelaksana",
        description="Semua yang ikut, juga sumber data, dipisah titik koma. Kosong: perangkat daerah di atas.",
    )
    recurrence = SelectField(
        "Pengulangan",
        name="pengulangan",
        choices=_options([(one.value, kapital(one.label)) for one in Recurrence]),
        validate_choice=False,
        validators=[Asked()],
    )
    start_offset = OffsetField(
        "Mulai", name="mulai", description="Hari dari Hari-H, misalnya H-63. Kosong: sejak tahapannya mulai."
    )
    due_offset = OffsetField(
        "Tenggat",
        name="tenggat",
        description="Misalnya H-14. Untuk yang berulang: hari terakhirnya.",
        validators=[Asked()],
    )
    times = StringField(
        "Jam", name="jam", description="Hanya untuk hari pemungutan, misalnya 10.00 13.00, waktu setempat."
    )
    evidence = TicksField(
        "Bukti yang diminta",
        name="bukti",
        choices=_options([(key, kapital(words)) for key, words in EVIDENCE_WORDS.items()]),
        validate_choice=False,
    )
    measure_unit = StringField(
        "Yang dihitung", name="satuan", description="Bagian dan keseluruhannya, misalnya TPS siap / TPS."
    )
    measure_total = StringField(
        "Jumlah seluruhnya",
        name="jumlah_seluruhnya",
        description="Angka acuan seperti tps_total atau n_kecamatan, bilangan tetap, atau kata bila desk yang mengisi.",
    )
    legal_basis = StringField("Dasar", name="dasar")
    sla = StringField(
        "Batas waktu tanggapan", name="batas_waktu", description="Misalnya 1 jam atau 14 hari kerja."
    )
    condition = SelectField(
        "Hanya ditanyakan bila",
        name="syarat_butir",
        validate_choice=False,
        description="Isiannya baru ada setelah butir itu dijawab begitu di wilayah yang sama.",
    )
    answer = SelectField(
        "Jawabannya",
        name="syarat_jawaban",
        choices=_options(ANSWERS),
        validate_choice=False,
        validators=[Asked()],
    )
    number = WholeNumberField("Bilangan", name="syarat_angka", description="Untuk «angkanya lebih dari».")

    @classmethod
    def with_choices(
        cls, stages: Sequence[Stage], units: Sequence[Unit], items: Choices, **more: Any
    ) -> ItemForm:
        """The form with the stages, the accountable units and the items of this desk."""
        form = cls(**more)
        form.stage.choices = _options(
            [*((stage.code, stage.name) for stage in stages), (CROSS_STAGE, "Lintas tahapan")]
        )
        able = [
            (str(unit.id), unit.name) for unit in units if not unit.is_source_only and not unit.retired_on
        ]
        form.unit_id.choices = _options([("", "Pilih"), *able])
        form.condition.choices = _options([("", "Tanpa syarat: selalu ditanyakan"), *items])
        return form

    def fill(self, wording: Wording, version: int) -> None:
        """Show a wording, made on this version of its draft."""
        for name in (
            "area", "title", "stage", "roles", "recurrence", "start_offset", "due_offset",
            "measure_unit", "measure_total", "legal_basis", "sla",
        ):  # fmt: skip
            getattr(self, name).data = getattr(wording, name)
        self.levels.data, self.evidence.data = wording.levels.split(), wording.evidence.split()
        self.unit_id.data = "" if wording.unit_id is None else str(wording.unit_id)
        self.times.data = wording.times.replace(":", ".")
        condition = Condition.read(wording.condition)
        if condition is not None:
            self.condition.data, self.answer.data = condition.code, condition.answer.value
            self.number.data = condition.number if condition.answer is Answer.ABOVE else None
        self.version.data = version

    def wording(self, unit_name: str) -> Wording:
        """What was typed. Refuses (Invalid) a deadline that is missing."""
        if not isinstance(self.due_offset.data, int):
            raise Invalid("Tenggatnya belum diisi.", due_offset="Isi tenggatnya, misalnya H-14.")
        first = self.start_offset.data
        return Wording(
            area=self.area.data or "",
            stage=self.stage.data or "",
            levels=" ".join(self.levels.data or ()),
            unit_id=self.chosen_unit,
            roles=self.roles.data or unit_name,
            title=self.title.data or "",
            recurrence=self.recurrence.data or "",
            start_offset=first if isinstance(first, int) else None,
            due_offset=self.due_offset.data,
            times=self.times.data or "",
            evidence=" ".join(self.evidence.data or ()),
            measure_unit=self.measure_unit.data or "",
            measure_total=self.measure_total.data or "",
            legal_basis=self.legal_basis.data or "",
            sla=self.sla.data or "",
            condition=self._condition(),
        )

    @property
    def chosen_unit(self) -> int | None:
        """The unit's number; None for none and for what is no number."""
        said = self.unit_id.data or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None

    def _condition(self) -> str:
        if not self.condition.data:
            return ""
        if self.answer.data != Answer.ABOVE.value:
            return f"{self.condition.data} {self.answer.data}"
        if not isinstance(self.number.data, int) or self.number.data < 0:
            raise Invalid("Bilangannya belum diisi.", number="Isi bilangan nol atau lebih.")
        return f"{self.condition.data} > {self.number.data}"


class RetireForm(DeedForm):
    """Why an item is not asked any more."""

    reason = TextAreaField(
        "Alasan",
        name="alasan",
        description="Misalnya dasar perubahannya. Tercatat pada jejak dan di halaman butir.",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=400)],
    )


class PlaceForm(DeedForm):
    """Where an item stands in its area."""

    place = WholeNumberField("Nomor urut", name="urutan", validators=[Asked()])


class PublishForm(DeedForm):
    """The drafts that were shown when the button was pressed, each with its version."""

    @staticmethod
    def chosen() -> list[tuple[str, int]]:
        """(code, version) of each; what cannot be read is left out, and then nothing fits any more."""
        found = []
        for said in request.form.getlist("rancangan"):
            code, _, version = said.partition(":")
            if version.isascii() and version.isdecimal() and len(version) < 10:
                found.append((code, int(version)))
        return found
