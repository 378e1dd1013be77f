"""Forms of the elections. Those that say first what would change are filled by a GET, and then by the POST."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.web.forms import DayField, DeedForm, NoteField

END, KEEP = "akhiri", "biarkan"


class RenameForm(DeedForm):
    """An election's name, as every page and paper shows it."""

    name = StringField("Nama", name="nama", validators=[DataRequired("Tuliskan namanya."), Length(max=160)])


class VotingDayForm(DeedForm):
    """Another voting day, and why."""

    voting_day = DayField(
        "Hari pemungutan suara", name="hari", validators=[InputRequired("Tuliskan harinya.")]
    )
    reason = NoteField(
        "Alasan",
        name="alasan",
        description="Misalnya nomor peraturan KPU yang menetapkannya.",
        validators=[DataRequired("Tuliskan alasannya."), Length(max=400)],
    )


class CloneForm(DeedForm):
    """The next election: its name, its code in commands and addresses, and its days."""

    name = StringField("Nama", name="nama", validators=[DataRequired("Tuliskan namanya."), Length(max=160)])
    code = StringField(
        "Kode",
        name="kode",
        description="Pendek, untuk perintah terminal: huruf kecil, angka, dan garis. Misalnya pilkada-2029.",
        validators=[DataRequired("Tuliskan kodenya."), Length(max=40)],
    )
    voting_day = DayField(
        "Hari pemungutan suara", name="hari", validators=[InputRequired("Tuliskan harinya.")]
    )
    in_use_from = DayField(
        "Pencatatan dimulai",
        name="dicatat",
        description="Yang bertenggat sebelum hari ini dan tidak disentuh tidak dihitung lewat waktu.",
        validators=[InputRequired("Tuliskan harinya.")],
    )
    is_meant = BooleanField("Hari pemungutan ini memang demikian", name="memang")


class SwitchForm(DeedForm):
    """Handing the desks over: what happens to today's appointments has to be said."""

    people = RadioField(
        "Penugasan yang berlaku sekarang",
        name="penugasan",
        choices=[
            SelectChoice(value=END, label="Akhiri hari ini, kecuali admin; semua mendapat penugasan baru"),
            SelectChoice(
                value=KEEP, label="Biarkan sampai hari terakhirnya, atau sampai diakhiri satu per satu"
            ),
        ],
        validators=[InputRequired("Pilih salah satu.")],
    )
    instead_of = IntegerField(name="dari", default=0)
