"""Rules of the reports room: kinds, sections, states, the one workflow table, and the marks of the board.

Rhythm and sections follow the seeds (000: a report every Monday, nil is said; 001, 003: daily, to be passed on to
Kemendagri; 002: the final report) and domain.md 4b and 4c.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.domain.accounts import Permission
from app.domain.workflow import Step

AREA = "LAP"
"""The area of work of whoever writes reports: an appointment limited to other areas writes none."""
MOST_TEXT = 10_000
"""Letters of one section."""
MOST_SENTENCE = 600


class Kind(StrEnum):
    """What kind of report; each has a rhythm of its own."""

    DAILY = "harian"
    WEEKLY = "senin"
    BRIEF = "sewaktu"
    FINAL = "akhir"

    @property
    def heading(self) -> str:
        """What stands on the paper."""
        return {
            "harian": "Laporan Harian Perkembangan Situasi",
            "senin": "Laporan Mingguan Desk Pilkada",
            "sewaktu": "Laporan Kesiapan Sewaktu",
            "akhir": "Laporan Akhir Desk Pilkada",
        }[self.value]

    @property
    def label(self) -> str:
        """In lists and filters."""
        return {"harian": "Harian", "senin": "Senin", "sewaktu": "Sewaktu", "akhir": "Akhir"}[self.value]

    @property
    def is_expected(self) -> bool:
        """Whether its rows exist ahead of time; a brief is made when somebody asks for one."""
        return self is not Kind.BRIEF


class Grade(StrEnum):
    """The general situation, in the words of the desks."""

    SAFE = "aman"
    WATCHFUL = "waspada"
    CRITICAL = "rawan"

    @property
    def label(self) -> str:
        """In words for people."""
        return {"aman": "Aman dan kondusif", "waspada": "Waspada", "rawan": "Rawan"}[self.value]


class Section(NamedTuple):
    """A standing section: its heading, and the areas of work whose figures stand in it."""

    key: str
    title: str
    areas: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Beginnings of keys of figures that stand here although their area's section is another."""
    hint: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(
        "umum",
        "Situasi umum",
        facts=("keamanan.situasi", "keamanan.suasana_kampanye"),
        hint="Keadaan keamanan dan ketertiban, dan alasannya.",
    ),
    Section("tahapan", "Tahapan hari ini", ("PTH",)),
    Section("logistik", "Logistik", ("LOG",)),
    Section("keamanan", "Keamanan dan kejadian menonjol", ("KAM",)),
    Section(
        "pelanggaran",
        "Pelanggaran tim pasangan calon",
        facts=("keamanan.pelanggaran_tim_paslon",),
        hint="Tulis dugaan, bukan putusan; tanpa nama orang.",
    ),
    Section("netralitas", "Netralitas", ("ASN",), hint="Hanya jumlah dan jenis, tanpa nama."),
    Section("ktp", "KTP-el", ("KTP",)),
    Section("sosialisasi", "Sosialisasi dan partisipasi", ("SOS",)),
    Section("dukungan", "Dukungan pemerintah daerah", ("DUK", "LAP"), facts=("rapat.", "kunjungan.")),
    Section("cuaca", "Cuaca dan geografi"),
    Section(
        "kendala",
        "Kendala dan tindak lanjut",
        facts=("keamanan.kendala_", "logistik.kendala_", "tindak_lanjut.", "daftar_periksa."),
    ),
    Section("antisipasi", "Langkah antisipasi"),
    Section("rencana", "Rencana besok"),
    Section("belum_melapor", "Belum melapor"),
)
"""The standing sections of a daily report (domain.md 4c; seed 003: situation, logistics, anticipation)."""
WEEKLY_TITLES = {"tahapan": "Tahapan pekan ini", "rencana": "Rencana pekan depan"}
TROUBLES: dict[str, str] = {
    "netralitas.berjalan": "ASN",
    "netralitas.diam": "ASN",
    "logistik.kendala_terbuka": "LOG",
    "logistik.daerah_kurang": "LOG",
    "keamanan.kejadian_terbuka": "KAM",
    "keamanan.kejadian_berat": "KAM",
    "keamanan.kejadian_lewat_batas": "KAM",
    "keamanan.kendala_terbuka": "",
    "dukungan.tahap_terlambat": "DUK",
    "tindak_lanjut.terlambat": "",
    "daftar_periksa.terkendala": "",
    "daftar_periksa.terlambat": "",
}
"""Figures that say that something is open, short or late, each with its area of work; empty for any of them."""
NEVER_NIL = frozenset(
    {
        "netralitas.berjalan",
        "logistik.kendala_terbuka",
        "logistik.daerah_kurang",
        "keamanan.kejadian_terbuka",
        "keamanan.kendala_terbuka",
    }
)
"""Those of them with which "nihil" would not be true; what is merely late is told with it."""
FINAL_CHAPTERS: tuple[Section, ...] = (
    Section("bab1", "Pendahuluan"),
    Section("bab2", "Gambaran umum wilayah"),
    Section("bab3", "Pelaksanaan tugas tiap bidang"),
    Section("bab4", "Perkembangan tahapan"),
    Section("bab5", "Permasalahan dan tindak lanjut"),
    Section("bab6", "Netralitas"),
    Section("bab7", "Partisipasi dan evaluasi"),
    Section("bab8", "Kesimpulan dan rekomendasi"),
)
"""Chapters of the final report (domain.md 4b)."""


def sections_of(kind: Kind) -> tuple[Section, ...]:
    """The sections of a kind, in their order."""
    if kind is Kind.FINAL:
        return FINAL_CHAPTERS
    if kind is Kind.WEEKLY:
        return tuple(one._replace(title=WEEKLY_TITLES.get(one.key, one.title)) for one in SECTIONS)
    return SECTIONS


def section_for(kind: Kind, key: str, area: str) -> str:
    """The section in which a figure of that key and area of work stands; empty for none."""
    sections = sections_of(kind)
    named = next((one.key for one in sections if one.facts and key.startswith(one.facts)), "")
    return named or next((one.key for one in sections if area in one.areas), "")


class State(StrEnum):
    """Where a report stands; filled in, sent, verified and endorsed are never one."""

    EXPECTED = "belum"
    DRAFT = "draf"
    SENT = "dikirim"
    RETURNED = "dikembalikan"
    VERIFIED = "diverifikasi"
    ENDORSED = "disahkan"
    REOPENED = "dibuka_kembali"

    @property
    def label(self) -> str:
        """In words for people."""
        return {
            "belum": "Belum dibuat",
            "draf": "Draf",
            "dikirim": "Dikirim",
            "dikembalikan": "Dikembalikan",
            "diverifikasi": "Diverifikasi",
            "disahkan": "Disahkan",
            "dibuka_kembali": "Dibuka kembali",
        }[self.value]


OPEN = frozenset({State.EXPECTED, State.DRAFT, State.RETURNED, State.REOPENED})
"""What may be written in."""
STANDING = frozenset({State.SENT, State.VERIFIED, State.ENDORSED})
"""What has a version that stands."""
ACCEPTED = frozenset({State.VERIFIED, State.ENDORSED})
"""What a desk above may compile without a mark."""


class Verb(StrEnum):
    """What may be done with a report."""

    WRITE = "tulis"
    SEND = "kirim"
    RECALL = "tarik"
    VERIFY = "verifikasi"
    RETURN = "kembalikan"
    ENDORSE = "sahkan"
    REOPEN = "buka_kembali"


_P, _S = Permission, State
WORKFLOW: dict[Verb, Step[State]] = {
    Verb.WRITE: Step("Tulis", OPEN, None, _P.REPORT_WRITE),
    Verb.SEND: Step("Kirim", OPEN, _S.SENT, _P.REPORT_WRITE),
    Verb.RECALL: Step("Tarik kembali", frozenset({_S.SENT}), _S.DRAFT, _P.REPORT_WRITE, needs_reason=True),
    Verb.VERIFY: Step("Verifikasi", frozenset({_S.SENT}), _S.VERIFIED, _P.REPORT_VERIFY, four_eyes=True),
    Verb.RETURN: Step(
        "Kembalikan",
        frozenset({_S.SENT, _S.VERIFIED}),
        _S.RETURNED,
        _P.REPORT_VERIFY,
        four_eyes=True,
        needs_reason=True,
    ),
    Verb.ENDORSE: Step("Sahkan", frozenset({_S.VERIFIED}), _S.ENDORSED, _P.REPORT_ENDORSE, four_eyes=True),
    Verb.REOPEN: Step(
        "Buka kembali", ACCEPTED, _S.REOPENED, _P.REPORT_VERIFY, four_eyes=True, needs_reason=True
    ),
}


class Mark(StrEnum):
    """What a report is called on the board; nil, sent, late and silent are four different marks."""

    ON_TIME = "tepat"
    LATE = "terlambat"
    NIL = "nihil"
    SILENT = "belum"
    WAITING = "menunggu"
    RETURNED = "dikembalikan"

    @property
    def label(self) -> str:
        """In words for people."""
        return {
            "tepat": "Tepat waktu",
            "terlambat": "Terlambat",
            "nihil": "Nihil",
            "belum": "Belum melapor",
            "menunggu": "Belum waktunya",
            "dikembalikan": "Dikembalikan",
        }[self.value]

    @property
    def shape(self) -> str:
        """A sign that says the same without colour."""
        return {
            "tepat": "●",
            "terlambat": "◐",
            "nihil": "∅",
            "belum": "○",
            "menunggu": "·",
            "dikembalikan": "↩",
        }[self.value]
