"""Kinds of meetings, how one attends, what a visit is, and the steps of a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from app.domain.errors import Invalid
from app.domain.registers import JUDGE, RECORD, Flow, Place, Values
from app.domain.workflow import Step

MONDAY = "senin"
KINDS = {
    MONDAY: "Rapat Senin",
    "khusus": "Rapat khusus",
    "forkopimda": "Rapat koordinasi Forkopimda",
    "dpr": "Rapat kerja atau kunjungan Komisi II DPR RI",
    "laporan": "Rapat penyusunan laporan",
    "lain": "Rapat lain",
}
INSTITUTIONS = {
    "desk": "Tim Desk Pilkada",
    "pemantau": "Tim Pemantauan Perkembangan Politik",
    "forkopimda": "Forkopimda",
    "kpu": "KPU",
    "bawaslu": "Bawaslu",
    "tni": "TNI",
    "polri": "Polri",
    "kejaksaan": "Kejaksaan",
    "dprd": "DPRD",
    "opd": "Perangkat daerah",
    "lain": "Lembaga lain",
}
ABSENT = "tidak_hadir"
PRESENCES = {"hadir": "Hadir", "daring": "Daring", ABSENT: "Tidak hadir"}

DONE, PLANNED = "terlaksana", "rencana"
STANDINGS = {PLANNED: "Rencana", DONE: "Terlaksana", "batal": "Tidak jadi"}
PROVINCE_TEAM = "provinsi"
TEAMS = {PROVINCE_TEAM: "Provinsi", "kabkota": "Kabupaten/kota", "bersama": "Bersama"}
TRANSPORTS = {
    "darat": "Kendaraan darat",
    "perahu": "Perahu, longboat, atau speedboat",
    "udara": "Pesawat atau helikopter",
    "campuran": "Darat, air, dan udara bergantian",
}


def check_meeting(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) a link that no browser should follow, and a summary of what has not been held."""
    link = values["link"]
    if link and (urlsplit(link).scheme not in ("http", "https") or " " in link or not urlsplit(link).netloc):
        sentence = "Tulis tautannya lengkap, mulai dari https://."
        raise Invalid(sentence, link=sentence)
    if values["summary"] and values["held_on"] > place.today:
        sentence = "Rapat ini belum berlangsung. Tulis ringkasannya sesudahnya."
        raise Invalid(sentence, summary=sentence)
    return values


def check_attendance(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) people from where nobody came, and nobody from where somebody did."""
    if values["presence"] == ABSENT and (values["people"] or values["speaker"]):
        name = "people" if values["people"] else "speaker"
        sentence = "Tidak hadir berarti tidak ada orangnya. Kosongkan, atau ubah kehadirannya."
        raise Invalid(sentence, **{name: sentence})
    if values["presence"] != ABSENT and values["people"] == 0:
        sentence = "Nol orang berarti tidak hadir. Kosongkan bila banyaknya belum diketahui."
        raise Invalid(sentence, people=sentence)
    return values


def check_visit(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) the day or the findings of a visit that was not made."""
    if values["standing"] != DONE:
        for name, words in (("visited_on", "Tanggal kunjungan"), ("findings", "Temuan")):
            if values[name]:
                sentence = (
                    f"{words} hanya untuk kunjungan yang terlaksana. Ubah pelaksanaannya, atau kosongkan."
                )
                raise Invalid(sentence, **{name: sentence})
    return values


def check_follow_up(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) a deadline before the decision."""
    due, decided = values["due_on"], values["decided_on"]
    if due is not None and decided is not None and due < decided:
        sentence = "Tenggat mendahului keputusannya. Periksa keduanya."
        raise Invalid(sentence, due_on=sentence)
    return values


class Stand(StrEnum):
    """Where a follow-up stands."""

    OPEN = "terbuka"
    UNDER_WAY = "dikerjakan"
    DONE = "selesai"
    CLOSED = "ditutup"
    DROPPED = "dibatalkan"


class Verb(StrEnum):
    """What is done with a follow-up."""

    START = "start"
    FINISH = "finish"
    CLOSE = "close"
    SEND_BACK = "send_back"
    DROP = "drop"
    REOPEN = "reopen"


OPEN = frozenset({Stand.OPEN, Stand.UNDER_WAY})
"""Still to be done; what is done waits for a second person's look."""

STEPS: Mapping[StrEnum, Step[StrEnum]] = {
    Verb.START: Step("Mulai dikerjakan", frozenset({Stand.OPEN}), Stand.UNDER_WAY, RECORD),
    Verb.FINISH: Step("Tandai selesai", OPEN, Stand.DONE, RECORD),
    Verb.CLOSE: Step("Tutup", frozenset({Stand.DONE}), Stand.CLOSED, JUDGE, four_eyes=True),
    Verb.SEND_BACK: Step(
        "Kembalikan", frozenset({Stand.DONE}), Stand.UNDER_WAY, JUDGE, four_eyes=True, needs_reason=True
    ),
    Verb.DROP: Step("Batalkan tindak lanjut", OPEN, Stand.DROPPED, JUDGE, four_eyes=True, needs_reason=True),
    Verb.REOPEN: Step(
        "Buka kembali", frozenset({Stand.CLOSED, Stand.DROPPED}), Stand.OPEN, JUDGE, needs_reason=True
    ),
}

FLOW = Flow(
    table=STEPS,
    start=Stand.OPEN,
    words={
        Stand.OPEN: "terbuka",
        Stand.UNDER_WAY: "dikerjakan",
        Stand.DONE: "selesai, menunggu penyelia",
        Stand.CLOSED: "ditutup",
        Stand.DROPPED: "dibatalkan",
    },
    ended=frozenset({Stand.CLOSED, Stand.DROPPED}),
    by_proof=frozenset({Verb.FINISH}),
)
