"""The two registers of this room: what was done to reach people, and what is said of participation."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.outreach.models import OutreachEvent, Turnout
from app.domain.outreach.rules import check_event, check_turnout
from app.domain.outreach.words import AUDIENCES, FIGURES, KINDS, PROGRESS, RACES, TURNOUT_KINDS
from app.domain.regions import Level
from app.domain.registers import Column, Form, Register

AREA = "SOS"
PEOPLE = "orang"


def _ticks(columns: Mapping[str, str], before: str, group: str) -> list[Column]:
    return [
        Column(name, f"{before}: {words.lower()}", Form.TICK, group=group) for name, words in columns.items()
    ]


EVENTS = Register(
    key="sosialisasi",
    subject="outreach_event",
    action="outreach:event",
    model=OutreachEvent,
    title="Kegiatan sosialisasi",
    one="kegiatan sosialisasi",
    about="Sosialisasi dan pendidikan pemilih: di mana, untuk siapa, siapa yang diundang, berapa yang dijangkau.",
    area=AREA,
    levels=frozenset(Level),
    day="held_on",
    name="title",
    check=check_event,
    columns=(
        Column("title", "Kegiatan", required=True, most=200, in_list=True),
        Column("kind", "Bentuk", Form.CHOICE, required=True, choices=KINDS, in_list=True, is_filter=True),
        Column(
            "progress",
            "Pelaksanaan",
            Form.CHOICE,
            required=True,
            choices=PROGRESS,
            in_list=True,
            is_filter=True,
        ),
        Column("held_on", "Tanggal kegiatan", Form.DAY, may_be_ahead=True, in_list=True),
        Column("place", "Tempat", most=160),
        Column("organiser", "Penyelenggara", most=160, hint="Instansi, bukan nama orang."),
        *(
            Column(name, f"Untuk: {words.lower()}", Form.TICK, group="Kelompok sasaran")
            for name, words in AUDIENCES.items()
        ),
        *(
            Column(name, f"Diundang: {words.lower()}", Form.TICK, group="Tokoh yang diundang")
            for name, words in FIGURES.items()
        ),
        Column(
            "reached",
            "Dijangkau",
            Form.COUNT,
            unit=PEOPLE,
            in_list=True,
            is_summed=True,
            parts=("reached_male", "reached_female"),
        ),
        Column("reached_male", "Dijangkau laki-laki", Form.COUNT, unit=PEOPLE),
        Column("reached_female", "Dijangkau perempuan", Form.COUNT, unit=PEOPLE),
        Column("material", "Materi", Form.LONG, most=1_000),
        Column("source", "Sumber", most=300),
        Column("note", "Catatan", Form.LONG, most=1_000),
    ),
)

TURNOUT = Register(
    key="partisipasi",
    subject="turnout",
    action="outreach:turnout",
    model=Turnout,
    title="Partisipasi pemilih",
    one="angka partisipasi",
    about="Partisipasi Pemilihan sebelumnya, target, proyeksi, dan hasil, masing-masing dengan sumbernya. Bukan suara.",
    area=AREA,
    levels=frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT}),
    day="stated_on",
    check=check_turnout,
    once_per=("kind", "race", "of_election", "stated_on"),
    columns=(
        Column(
            "kind", "Jenis", Form.CHOICE, required=True, choices=TURNOUT_KINDS, in_list=True, is_filter=True
        ),
        Column("race", "Pemilihan", Form.CHOICE, required=True, choices=RACES, in_list=True, is_filter=True),
        Column(
            "of_election",
            "Nama Pemilihan",
            most=120,
            hint="Wajib untuk Pemilihan sebelumnya, misalnya Pilgub 2018.",
        ),
        Column(
            "percent",
            "Partisipasi",
            Form.DECIMAL,
            unit="%",
            in_list=True,
            hint="Kosong bila dihitung dari jumlah.",
        ),
        Column("voters", "Pengguna hak pilih", Form.COUNT, unit="pemilih", at_most="entitled"),
        Column("entitled", "Pemilih terdaftar", Form.COUNT, unit="pemilih"),
        Column("stated_on", "Tanggal sumber", Form.DAY, in_list=True),
        Column("source", "Sumber", required=True, most=300, in_list=True),
        Column("note", "Catatan", Form.LONG, most=1_000),
    ),
)

REGISTERS = (EVENTS, TURNOUT)
