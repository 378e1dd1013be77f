"""Rules of the checklists room: standings, verbs and the one workflow table, recurrences, measures."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.domain.accounts import Permission
from app.domain.errors import Invalid
from app.domain.workflow import Step, open_verbs


class Standing(StrEnum):
    """Where an entry stands; what it was and how it was judged in one word."""

    NOT_STARTED = "belum"
    IN_PROGRESS = "proses"
    DONE = "selesai"
    BLOCKED = "terkendala"
    NOT_APPLICABLE = "tidak_berlaku"
    RETURNED = "dikembalikan"
    REOPENED = "dibuka_kembali"
    VERIFIED = "selesai_diverifikasi"
    WAIVER_VERIFIED = "tidak_berlaku_diverifikasi"

    @property
    def label(self) -> str:
        """The standing in words for people."""
        return LABELS[self]


LABELS = {
    Standing.NOT_STARTED: "Belum",
    Standing.IN_PROGRESS: "Proses",
    Standing.DONE: "Selesai",
    Standing.BLOCKED: "Terkendala",
    Standing.NOT_APPLICABLE: "Tidak berlaku",
    Standing.RETURNED: "Dikembalikan",
    Standing.REOPENED: "Dibuka kembali",
    Standing.VERIFIED: "Terverifikasi",
    Standing.WAIVER_VERIFIED: "Tidak berlaku, terverifikasi",
}

S = Standing
OPEN = frozenset({S.NOT_STARTED, S.IN_PROGRESS, S.BLOCKED, S.RETURNED, S.REOPENED})
"""Somebody still has to do something here."""
WAITING = frozenset({S.DONE, S.NOT_APPLICABLE})
"""Filled, not yet judged."""
VERIFIED = frozenset({S.VERIFIED, S.WAIVER_VERIFIED})
"""Judged and locked; only reopening, with a reason, changes them."""


class Verb(StrEnum):
    """A deed on an entry; the value is the last part of its audit action and of its endpoint."""

    START = "start"
    TICK = "tick"
    BLOCK = "block"
    WAIVE = "waive"
    UNDO = "undo"
    NOTE = "note"
    ATTACH = "attach"
    VERIFY = "verify"
    ACCEPT = "accept"
    RETURN = "return"
    REOPEN = "reopen"
    RESCHEDULE = "reschedule"


_FILL, _VERIFY = Permission.CHECKLIST_FILL, Permission.CHECKLIST_VERIFY

WORKFLOW: dict[Verb, Step[Standing]] = {
    Verb.START: Step("Mulai proses", OPEN, S.IN_PROGRESS, _FILL),
    Verb.TICK: Step("Tandai selesai", OPEN, S.DONE, _FILL),
    Verb.BLOCK: Step("Tandai terkendala", OPEN, S.BLOCKED, _FILL, needs_reason=True),
    Verb.WAIVE: Step("Tandai tidak berlaku", OPEN, S.NOT_APPLICABLE, _FILL, needs_reason=True),
    Verb.UNDO: Step("Batalkan", WAITING, S.IN_PROGRESS, _FILL),
    Verb.NOTE: Step("Simpan isian", OPEN | WAITING, None, _FILL),
    Verb.ATTACH: Step("Ubah bukti", OPEN | WAITING, None, Permission.EVIDENCE_ATTACH),
    Verb.VERIFY: Step("Verifikasi", frozenset({S.DONE}), S.VERIFIED, _VERIFY, four_eyes=True),
    Verb.ACCEPT: Step(
        "Terima tidak berlaku", frozenset({S.NOT_APPLICABLE}), S.WAIVER_VERIFIED, _VERIFY, four_eyes=True
    ),
    Verb.RETURN: Step("Kembalikan", WAITING, S.RETURNED, _VERIFY, four_eyes=True, needs_reason=True),
    Verb.REOPEN: Step("Buka kembali", VERIFIED, S.REOPENED, _VERIFY, needs_reason=True),
    Verb.RESCHEDULE: Step("Pindahkan tenggat", OPEN, None, _VERIFY, needs_reason=True),
}
FILLING = frozenset(
    verb for verb, step in WORKFLOW.items() if step.permission in (_FILL, Permission.EVIDENCE_ATTACH)
)
"""Deeds that make a person a contributor, who may then not judge the entry."""


@lru_cache(maxsize=2_048)
def verbs_for(
    standing: Standing, permissions: frozenset[Permission], had_a_hand: bool = False
) -> frozenset[Verb]:
    """The verbs open to a person with these permissions; remembered, since lists ask for every row."""
    return open_verbs(WORKFLOW, standing, permissions=permissions, had_a_hand=had_a_hand)


AREAS = {
    "LOG": "Logistik",
    "ASN": "Netralitas ASN",
    "KTP": "KTP-el",
    "SOS": "Sosialisasi dan partisipasi",
    "KAM": "Keamanan dan kerawanan",
    "DUK": "Dukungan pemda",
    "PTH": "Pemantauan tahapan",
    "LAP": "Pelaporan",
}


class Recurrence(StrEnum):
    """How often an item is expected."""

    ONCE = "sekali"
    DAILY = "harian"
    WEEKLY = "mingguan_senin"
    PER_EVENT = "per_kejadian"
    TWICE_ON_DAY = "dua_kali_hari_H"
    FIVE_ON_DAY = "lima_kali_hari_H"

    @property
    def label(self) -> str:
        """In words for people."""
        return {
            "sekali": "sekali",
            "harian": "setiap hari",
            "mingguan_senin": "setiap Senin",
            "per_kejadian": "setiap kejadian",
            "dua_kali_hari_H": "dua kali pada hari pemungutan",
            "lima_kali_hari_H": "lima kali pada hari pemungutan",
        }[self.value]


ON_THE_DAY = {Recurrence.TWICE_ON_DAY: 2, Recurrence.FIVE_ON_DAY: 5}
"""Recurrences of voting day, and how many times."""
EVENT = "k-"
AGAIN = "ulang-"
"""How the keys of two special kinds of period begin: an event, and a period of a stage that runs again."""


def series_of(period: str) -> str:
    """What the periods of one run of an item begin with: "" as a rule, "ulang-3 " where a stage ran again."""
    return period.split(" ")[0] + " " if period.startswith(AGAIN) else ""


class Period(NamedTuple):
    """One time an item is due: its key, the first and the last day to
    work on it, and an hour if it has one.
    """

    key: str
    opens_on: dt.date
    due_on: dt.date
    due_time: str = ""


def periods(
    recurrence: Recurrence, opens_on: dt.date, due_on: dt.date, times: tuple[str, ...] = ()
) -> list[Period]:
    """All periods of an item between its first and last day (both inside). None for per-event items.

    A daily item whose window is one day is that one day; a weekly one is due on the Mondays inside its
    window.
    """
    if recurrence is Recurrence.ONCE:
        return [Period("", opens_on, due_on)]
    if recurrence is Recurrence.PER_EVENT:
        return []
    days = [opens_on + dt.timedelta(days=n) for n in range((due_on - opens_on).days + 1)]
    if recurrence is Recurrence.DAILY:
        return [Period(day.isoformat(), day, day) for day in days]
    if recurrence is Recurrence.WEEKLY:
        return [Period(day.isoformat(), day, day) for day in days if day.weekday() == 0]
    hours = times or tuple(f"ke-{number}" for number in range(1, ON_THE_DAY[recurrence] + 1))
    return [
        Period(f"{due_on.isoformat()} {hour}", opens_on, due_on, hour if ":" in hour else "")
        for hour in hours
    ]


FILE_EVIDENCE = frozenset({"dokumen", "foto", "berita_acara"})
EVIDENCE_WORDS = {
    "dokumen": "dokumen",
    "foto": "foto",
    "berita_acara": "berita acara",
    "angka": "angka",
    "tautan": "tautan",
}


def needs_file(evidence: str) -> bool:
    """Whether an item with this evidence list needs a file before it can be done."""
    return bool(FILE_EVIDENCE & set(evidence.split()))


def evidence_text(evidence: str) -> str:
    """The evidence that is asked for, in words: "foto dan berita acara"."""
    words = [EVIDENCE_WORDS.get(word, word) for word in evidence.split()]
    return " dan ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


TOTAL_RULE = re.compile(
    r"(?:(?P<number>\d+)(?!\S*/)|(?P<kind>[a-z_]+))(?:\s*\*\s*(?P<times>\d+))?(?:\s*\+\s*(?P<plus>\d+))?"
)


class TotalRule(NamedTuple):
    """Where a measure's total comes from: a fixed number, or a figure times and plus something."""

    number: int | None
    kind: str
    times: int = 1
    plus: int = 0

    def value(self, figure: int | None) -> int | None:
        """The total, None while the figure is unknown (never zero in its place)."""
        if self.number is not None:
            return self.number
        return None if figure is None else figure * self.times + self.plus


def total_rule(text: str) -> TotalRule | None:
    """Read the library's "tps_total*2", "n_kabkota + 1", "27 indikator",
    "n_kecamatan"; None where a desk must say.
    """
    match = TOTAL_RULE.match(text.strip())
    if match is None or (match["kind"] and not match["kind"].startswith(("n_", "tps_", "dpt_"))):
        return None
    if match["number"]:
        return TotalRule(int(match["number"]), "")
    return TotalRule(None, match["kind"], int(match["times"] or 1), int(match["plus"] or 0))


LARGEST = 10**15 - 1


def check_measure(value: int | None, total: int | None, previous: int | None, reason: str) -> None:
    """Refuse (Invalid) a measure that cannot be right, or needs a reason and has none.

    `previous` is the value of the period before, for items that count up.
    """
    if max(value or 0, total or 0) > LARGEST:
        raise Invalid("Angka terlalu besar.", measure_value="Periksa kembali: paling banyak 15 angka.")
    if value is not None and value < 0:
        raise Invalid("Angka tidak boleh negatif.", measure_value="Isi nol atau lebih.")
    if total is not None and total < 0:
        raise Invalid("Jumlah seluruhnya tidak boleh negatif.", measure_total="Isi nol atau lebih.")
    if value is None or reason.strip():
        return
    if total is not None and value > total:
        raise Invalid(
            "Angka melebihi jumlah seluruhnya.",
            measure_reason=f"Tuliskan alasan mengapa {value} dari {total}, atau perbaiki angkanya.",
        )
    if previous is not None and value < previous:
        raise Invalid(
            "Angka turun dari periode sebelumnya.",
            measure_reason=f"Sebelumnya {previous}. Tuliskan alasan penurunannya, atau perbaiki angkanya.",
        )
