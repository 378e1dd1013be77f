"""Forms about people. Several stand on one page, so each keeps the ids of its fields apart by its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from app.blueprints.people.words import STANDINGS
from app.domain.accounts import Proposal, Role, Standing
from app.web.forms import DayField, DeedForm, IdentityNumberField, NoteField
from app.words import plain

CHOOSE = "Pilih salah satu dari daftar."


def tidy(text: str | None) -> str:
    """One line without what cannot be printed."""
    return " ".join(plain(text or "").split())


def line(label: str, name: str, most: int, hint: str = "", required: str = "") -> Any:
    """A field of one line."""
    checks: list[Any] = [DataRequired(required)] if required else []
    return StringField(
        label, name=name, description=hint, filters=[tidy], validators=[*checks, Length(max=most)]
    )


class SelectOne(SelectField):
    """One of the list, refused in our words."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list; whether it may be empty is a validator's question."""
        if self.data and self.data not in {choice.value for choice in self.choices or ()}:
            raise StopValidation(CHOOSE)


class RolePicked(RadioField):
    """One of the roles."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no role."""
        if self.data not in {choice.value for choice in self.choices or ()}:
            raise StopValidation("Pilih perannya.")


class Ticked(SelectMultipleField):
    """Some of a list, as boxes to tick; none is allowed."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list."""
        if set(self.data or ()) - {choice.value for choice in self.choices or ()}:
            raise StopValidation(CHOOSE)


class PlacedForm(DeedForm):
    """A form in its place on the page."""

    def __init__(self, *args: Any, place: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if place:
            for field in self:
                field.id = f"{place}-{field.id}"

    @property
    def seen(self) -> int:
        """The account's version that the person saw; 0 where the form does not say."""
        return self.version.data


class WhoForm(PlacedForm):
    """Who somebody new is; it stands before what they are appointed to."""

    name = line("Nama lengkap", "nama", 120, "Dengan gelar, seperti pada SK.", "Tuliskan nama orangnya.")
    username = line(
        "Nama akun", "akun", 80, "Untuk masuk. Kosong: dibuatkan dari namanya, misalnya budi.santoso."
    )


class ProposalForm(PlacedForm):
    """An appointment to be given."""

    role = RolePicked("Peran", name="peran", choices=[SelectChoice(role.value, role.label) for role in Role])
    region = SelectOne(
        "Wilayah",
        name="wilayah",
        description="Dengan semua wilayah di bawahnya.",
        validators=[DataRequired("Pilih wilayahnya.")],
    )
    part = line(
        "Hanya kelurahan atau desa",
        "bagian",
        120,
        "Nama atau kodenya. Kosong: seluruh wilayah itu.",
    )
    unit = SelectOne("Perangkat daerah", name="perangkat")
    areas = Ticked("Bidang tugas", name="bidang", description="Tanpa centang berarti semua bidang.")
    starts_on = DayField("Mulai", name="mulai", validators=[InputRequired("Pilih tanggal mulainya.")])
    ends_on = DayField(
        "Sampai",
        name="sampai",
        description="Hari terakhir. Kosong: sampai diakhiri.",
        validators=[Optional()],
    )
    document = line("Nomor SK atau surat tugas", "sk", 160)
    standing = SelectOne(
        "Status jabatan",
        name="status",
        validators=[DataRequired(CHOOSE)],
        default=Standing.DEFINITIVE.value,
        choices=[SelectChoice(standing.value, words) for standing, words in STANDINGS.items()],
    )
    position = line("Jabatan", "jabatan", 160, "Seperti pada blok tanda tangan.")
    rank = line("Pangkat dan golongan", "pangkat", 80)
    employee_number = IdentityNumberField(
        "NIP",
        name="nip",
        description="18 angka.",
        filters=[lambda text: "".join(plain(text or "").split())],
        validators=[Length(max=40)],
    )
    signs = BooleanField(
        "Menandatangani laporan desk ini",
        name="menandatangani",
        description="Nama, jabatan, pangkat, dan NIP tercetak pada blok tanda tangan.",
    )

    on_behalf_of = line(
        "Atas nama (a.n.)",
        "atas_nama",
        160,
        "Jabatan yang diatasnamakan, misalnya Bupati Berau.",
    )
    through = line(
        "Untuk beliau (u.b.)",
        "untuk_beliau",
        160,
        "Jabatan di antaranya, misalnya Sekretaris Daerah. Hanya bila a.n. diisi.",
    )

    def __init__(
        self,
        *args: Any,
        regions: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        areas: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.region.choices = [SelectChoice(code, words) for code, words in regions]
        self.unit.choices = [SelectChoice(code, words) for code, words in units]
        self.areas.choices = [SelectChoice(code, words) for code, words in areas]

    def proposal(self, region: str) -> Proposal:
        """What is to be given, there."""
        return Proposal(
            role=Role(self.role.data),
            region=region,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            unit_code=self.unit.data or None,
            areas=tuple(self.areas.data or ()),
            standing=Standing(self.standing.data),
            position=self.position.data,
            rank=self.rank.data,
            employee_number=self.employee_number.data,
            signs=self.signs.data,
            on_behalf_of=self.on_behalf_of.data,
            through=self.through.data,
            document=self.document.data,
        )


class NewPersonForm(WhoForm, ProposalForm):
    """Somebody new with the first appointment."""

    is_other = BooleanField("Orang lain dengan nama yang sama", name="orang_lain")
    """Asked only where somebody of that name is there."""


class EndForm(PlacedForm):
    """The last day of an appointment."""

    on = DayField(
        "Hari terakhir",
        name="hari",
        description="Haknya hilang mulai hari berikutnya.",
        validators=[InputRequired("Pilih hari terakhirnya.")],
    )


class ExtendForm(PlacedForm):
    """A later last day."""

    until = DayField(
        "Hari terakhir yang baru",
        name="sampai",
        description="Kosong: sampai diakhiri.",
        validators=[Optional()],
    )
    document = line("Nomor SK perpanjangan", "sk", 150)


class PlainForm(PlacedForm):
    """A deed with nothing to say."""


class NameForm(PlacedForm):
    """The right name."""

    name = line("Nama lengkap", "nama", 120, "", "Tuliskan nama orangnya.")


class CloseForm(PlacedForm):
    """Why an account is shut."""

    reason = NoteField(
        "Alasan",
        name="alasan",
        filters=[lambda text: plain(text or "")],
        validators=[DataRequired("Tuliskan mengapa akun ini ditutup."), Length(max=300)],
    )


class LimitForm(PlacedForm):
    """The last day of an account."""

    last_day = DayField(
        "Akun berlaku sampai",
        name="sampai",
        description="Hari terakhir akun ini dapat dipakai masuk. Kosong: tanpa batas.",
        validators=[Optional()],
    )
