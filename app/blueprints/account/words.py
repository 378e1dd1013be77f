"""Appointments, rights and browsers in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.domain import stages
from app.domain.accounts import PERMISSIONS, Mandate, Permission
from app.domain.accounts import Standing as Tenure
from app.domain.checklists import AREAS
from app.domain.errors import NotFound
from app.web.context import election
from app.words import tanggal_pendek

RIGHTS = {
    Permission.CHECKLIST_READ: "membaca daftar periksa",
    Permission.CHECKLIST_FILL: "mengisi dan menandai butir",
    Permission.CHECKLIST_VERIFY: "memverifikasi dan mengembalikan isian orang lain",
    Permission.CHECKLIST_DISCUSS: "menulis di diskusi",
    Permission.EVIDENCE_READ: "melihat bukti",
    Permission.EVIDENCE_ATTACH: "melampirkan bukti",
    Permission.REPORT_EXPORT: "mencetak laporan daftar periksa",
    Permission.REPORT_READ: "membaca laporan berkala",
    Permission.REPORT_WRITE: "menulis dan mengirim laporan desk sendiri",
    Permission.REPORT_VERIFY: "memverifikasi, mengembalikan, dan membuka kembali laporan",
    Permission.REPORT_ENDORSE: "mengesahkan laporan",
    Permission.REPORT_ARRANGE: "mengatur irama laporan",
    Permission.REGION_READ: "melihat wilayah",
    Permission.REGION_MANAGE: "mengelola wilayah dan angka acuan",
    Permission.CALENDAR_READ: "melihat tahapan",
    Permission.CALENDAR_MANAGE: "mengelola tahapan",
    Permission.LIBRARY_MANAGE: "mengelola pustaka butir",
    Permission.PEOPLE_MANAGE: "mengelola akun dan penugasan",
    Permission.AUDIT_READ: "membaca jejak",
    Permission.NEUTRALITY_READ: "membaca kasus netralitas",
    Permission.NEUTRALITY_HANDLE: "mencatat dan menangani kasus netralitas di wilayah sendiri",
    Permission.NEUTRALITY_REVEAL: "melihat nama pada kasus netralitas, dengan alasan yang dicatat",
    Permission.NEUTRALITY_JUDGE: "menyelesaikan, menghentikan, dan membuka kembali kasus netralitas",
    Permission.REGISTER_READ: "membaca register bidang tugasnya",
    Permission.REGISTER_RECORD: "mencatat di register bidang tugasnya",
    Permission.REGISTER_JUDGE: "menilai dan menutup catatan register",
    Permission.REGISTER_RESTRICTED: "membaca catatan register yang dibatasi",
}
"""In the order in which they are said."""

ALL_OF_IT = "berlaku untuk seluruh wilayah Pemilihan, jadi hanya admin yang penugasannya mencakup semuanya"
GOVERNED = {
    Permission.CALENDAR_MANAGE: (
        "mengatur jadwal khusus dan libur daerah di wilayah sendiri",
        ("tahapan", "hari pemungutan suara", "libur nasional", "cuti bersama", "batas waktu netralitas"),
    ),
    Permission.LIBRARY_MANAGE: ("membaca dan mengunduh pustaka butir", ("pustaka butir",)),
    Permission.PEOPLE_MANAGE: (RIGHTS[Permission.PEOPLE_MANAGE], ("daftar perangkat daerah",)),
}
"""Right over what the whole election shares -> what is left of it for whoever answers for a part, and what of it such
a person does not change.
"""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iPhone atau iPad"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


class MandateRow(NamedTuple):
    """An appointment as the account page tells it."""

    title: str
    place: str
    region_code: str
    office: str
    areas: str
    term: str
    rights: str


def governed(mandates: Collection[Mandate]) -> frozenset[Permission]:
    """The rights of GOVERNED that these appointments hold in all of the election; all before there is one.

    One statement; none where they hold none of them.
    """
    held = [right for right in GOVERNED if any(mandate.gives(right) for mandate in mandates)]
    if not held:
        return frozenset()
    try:
        return stages.governed_by(mandates, held, election())
    except NotFound:
        return frozenset(held)


def right_words(right: Permission, governed: Collection[Permission]) -> str:
    """What a right lets its holder do; less for one who does not govern the election."""
    return RIGHTS[right] if right in governed or right not in GOVERNED else GOVERNED[right][0]


def mandate_row(mandate: Mandate, governed: Collection[Permission]) -> MandateRow:
    """One appointment in words, with what it gives; `governed` as `governed()` tells it."""
    title = mandate.role.label
    if mandate.standing is not Tenure.DEFINITIVE:
        title = f"{mandate.standing.value} {title}"
    given = PERMISSIONS[mandate.role]
    areas = ", ".join(AREAS.get(code, code) for code in sorted(mandate.areas)) or "semua bidang"
    return MandateRow(
        title,
        mandate.region_name,
        mandate.region_code,
        ", ".join(filter(None, [mandate.position, mandate.unit_name])),
        areas,
        term(mandate.starts_on, mandate.ends_on),
        in_a_row([right_words(right, governed) for right in RIGHTS if right in given]),
    )


def term(first: dt.date, last: dt.date | None) -> str:
    """The days of an appointment: "sejak 1 Okt 2024" or "1 Okt 2024 sampai 30 Nov 2024"."""
    if last is None:
        return f"sejak {tanggal_pendek(first)}"
    return f"{tanggal_pendek(first)} sampai {tanggal_pendek(last)}"


def in_a_row(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: "a, b, dan c"."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return ", ".join(parts[:-1]) + f", dan {parts[-1]}"


def browser_words(agent: str) -> str:
    """What a browser calls itself, in words: "Chrome di Windows"; the unknown is said to be so."""
    name = next((words for mark, words in BROWSERS if re.search(mark, agent)), "")
    system = next((words for mark, words in SYSTEMS if re.search(mark, agent)), "")
    return " di ".join(filter(None, [name, system])) or "Peramban tidak dikenal"
