"""The trail in words: what was done and what it changed, as a person would say it; told nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app import words
from app.domain import clock
from app.domain.audit import AuditEntry, News
from app.domain.checklists import AREAS, LABELS, Standing
from app.domain.neutrality import STATE_WORDS, CaseState, Kind
from app.domain.regions import zone_of
from app.web import register_words
from app.web.deed_words import DEEDS, FIELDS, SUBJECTS, THINGS, VERBS

NOTHING = "kosong"
CAPITAL_ZONE = "31"
"""A link without a region is told in the capital's time."""

CASE_FACTS = {
    "agency": "instansi",
    "breach": "jenis pelanggaran",
    "breach_words": "rincian pelanggaran",
    "occurred_on": "tanggal kejadian",
    "occurred_note": "keterangan tanggal",
    "known_on": "tanggal diketahui",
    "place": "tempat",
    "account": "uraian",
    "nip_tail": "angka terakhir NIP",
    "source": "sumber",
    "name": "nama (isinya tidak dicatat di jejak)",
}
"""Facts of a neutrality case that a correction names; what they say is not on the trail."""


class DeedGroup(NamedTuple):
    """Deeds that an auditor looks for together: a key for addresses, words, and how their actions begin."""

    key: str
    words: str
    prefixes: tuple[str, ...]


def _entry(*verbs: str) -> tuple[str, ...]:
    return tuple(f"checklist:entry:{verb}" for verb in verbs)


GROUPS = (
    DeedGroup(
        "pengisian",
        "Pengisian butir",
        _entry("start", "tick", "block", "waive", "undo", "note", "open_event"),
    ),
    DeedGroup(
        "penilaian",
        "Verifikasi dan pengembalian",
        _entry("verify", "accept", "return", "reopen", "reschedule"),
    ),
    DeedGroup("diskusi", "Diskusi", _entry("remark")),
    DeedGroup("bukti", "Bukti", (*_entry("attach"), "evidence:")),
    DeedGroup(
        "unduhan",
        "Laporan dan unduhan",
        ("job:", "paper:", "report:", "audit:", "desk:", "evidence:file:download"),
    ),
    DeedGroup("masuk", "Masuk dan keluar", ("account:session:",)),
    DeedGroup("akun", "Akun dan penugasan", ("account:",)),
    DeedGroup("netralitas", "Netralitas", ("neutrality:",)),
    DeedGroup("register", "Register", register_words.PREFIXES),
    DeedGroup("impor", "Impor dari lembar", ("import:", "job:import-")),
    DeedGroup(
        "dasar",
        "Wilayah, tahapan, dan pustaka butir",
        ("region:", "calendar:", "library:", "unit:", "letterhead:"),
    ),
)


def deed_words(entry: AuditEntry | News) -> str:
    """What was done, to be read after the person's name: "menandai selesai". Unknown ones are spelled out."""
    known = DEEDS.get(entry.action) or register_words.deed(entry.action)
    if known:
        return known
    if entry.action.startswith("job:"):
        return DEEDS["job:paper:ask"]
    _, _, rest = entry.action.partition(":")
    thing, _, verb = rest.partition(":")
    if verb in VERBS and thing in THINGS:
        return f"{VERBS[verb]} {THINGS[thing]}"
    return f"melakukan tindakan lain ({entry.action})"


def change_words(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Each changed field of a link as (label, old, new) in words; an empty value is said to be empty."""
    return words_of_changes(entry.changed)


def words_of_changes(changes: Mapping[str, Sequence[Any]]) -> list[tuple[str, str, str]]:
    """Field -> [old, new] as (label, old, new) in words, what matters most first."""
    known = list(FIELDS)
    order = sorted(changes, key=lambda name: known.index(name) if name in FIELDS else len(known))
    return [
        (
            FIELDS.get(name) or register_words.field(name),
            value_words(name, changes[name][0]),
            value_words(name, changes[name][1]),
        )
        for name in order
    ]


def value_words(name: str, value: Any) -> str:
    """One value of a field in words: standings, areas, dates and numbers as the pages write them."""
    if value is None or value == "" or value == []:
        return NOTHING
    if name == "standing":
        return LABELS[Standing(value)] if value in set(Standing) else str(value)
    if name in ("state", "kind") and isinstance(value, str):
        return _of_a_case(name, value)
    if name == "texts":
        return ", ".join(map(register_words.field, value))
    if name == "facts":
        return ", ".join(CASE_FACTS.get(one, one) for one in value)
    if name == "area":
        return AREAS.get(str(value), str(value))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return words.angka(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {value_words(key, item)}" for key, item in value.items() if item)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_words("", item) for item in value)
    return _text(str(value))


def _of_a_case(name: str, value: str) -> str:
    """Step and kind of person of a neutrality case; kinds of other things stay as they are."""
    if name == "state":
        return STATE_WORDS[CaseState(value)] if value in set(CaseState) else value
    return Kind(value).words() if value in set(Kind) else value


def _text(text: str) -> str:
    """Dates inside a text value as people write them."""
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?", text)
    if days is None:
        return text
    try:
        return " sampai ".join(
            words.tanggal_pendek(dt.date.fromisoformat(day)) for day in days.groups() if day
        )
    except ValueError:
        return text


def subject_words(entry: AuditEntry) -> str:
    """What it was done to, in words: "isian daftar periksa 12"; nothing where the deed says it already."""
    if entry.action in ("account:session:open", "account:session:close"):
        return ""
    kind = SUBJECTS.get(entry.subject_kind) or register_words.subject(entry.subject_kind)
    return f"{kind} {entry.subject_id}".strip()


def zone_for(entry: AuditEntry) -> str:
    """The zone in which a link's time is told: its region's, or the capital's where it has none."""
    return zone_of(entry.region_code or CAPITAL_ZONE)


def time_words(entry: AuditEntry, zone: str = "") -> str:
    """25 Nov 2024 pukul 09.00.12 WITA, in `zone` or else the zone of the link's region."""
    zone = zone or zone_for(entry)
    local = clock.local(dt.datetime.fromisoformat(entry.at), zone)
    return f"{words.tanggal_pendek(local)} pukul {local:%H.%M.%S} {clock.abbreviation(zone)}"
