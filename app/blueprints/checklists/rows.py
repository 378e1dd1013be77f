"""Entries as rows of a page: every word finished, so that the template only draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from app.domain import checklists, clock, regions
from app.domain.accounts import Permission, Person
from app.domain.checklists import EntryRow, Recurrence, Standing, Verb
from app.domain.regions import Level
from app.web.filters import hari_lagi
from app.words import tanggal_pendek


class Row(NamedTuple):
    """What components/entry_row.html draws."""

    id: int
    code: str
    title: str
    area: str
    unit_name: str
    region_name: str
    show_region: bool
    due_text: str
    due_tone: str
    standing: str
    measure_value: int | None
    measure_total: int | None
    measure_text: str
    evidence_count: int
    who_text: str
    note_line: str
    version: int
    verbs: frozenset[Verb]


def grouped(number: int) -> str:
    """A whole number with points: 2.821.202."""
    return f"{number:,}".replace(",", ".")


def measure_text(entry: EntryRow) -> str:
    """11 dari 13 kecamatan; 1.588 personel siap; nothing while nothing was counted."""
    if entry.measure_value is None:
        return ""
    counted, _, whole = (part.strip() for part in entry.measure_unit.partition("/"))
    if entry.measure_total is None:
        return f"{grouped(entry.measure_value)} {counted}".strip()
    return f"{grouped(entry.measure_value)} dari {grouped(entry.measure_total)} {whole or counted}".strip()


def due_words(entry: EntryRow, today: dt.date) -> str:
    """When it is or was due, seen from today, with the hour where it has one."""
    near = abs((entry.due_on - today).days) <= 14
    day = hari_lagi(entry.due_on, today) if near else tanggal_pendek(entry.due_on)
    if entry.due_time:
        zone = clock.abbreviation(regions.zone_of(entry.region_code))
        return f"{day} pukul {entry.due_time.replace(':', '.')} {zone}"
    return day


def _due(entry: EntryRow, today: dt.date, now: dt.datetime, in_use_from: dt.date) -> tuple[str, str]:
    if entry.standing not in checklists.OPEN:
        return "", ""
    if entry.due_on < in_use_from:
        return f"tenggat {tanggal_pendek(entry.due_on)}, sebelum pencatatan dimulai", ""
    if entry.due_on < today or (entry.due_on == today and entry.due_time and entry.is_overdue(now)):
        missed = "terlewat" if entry.recurrence in REPEATED else "seharusnya"
        return f"{missed} {due_words(entry, today)}", "overdue"
    return f"tenggat {due_words(entry, today)}", "today" if entry.due_on == today else ""


def _who(entry: EntryRow, zone: str, today: dt.date) -> str:
    if entry.standing in checklists.VERIFIED and entry.reviewed_at:
        return f"diverifikasi {entry.reviewed_by_name}, {_when(entry.reviewed_at, zone, today)}"
    if entry.standing in checklists.WAITING and entry.filled_at:
        return f"diisi {entry.filled_by_name}, {_when(entry.filled_at, zone, today)}"
    return ""


def _when(moment: dt.datetime, zone: str, today: dt.date) -> str:
    local = clock.local(moment, zone)
    return f"{local:%H.%M}" if local.date() == today else f"{tanggal_pendek(local)} {local:%H.%M}"


def _note_line(entry: EntryRow, zone: str, today: dt.date) -> str:
    if entry.standing in (Standing.RETURNED, Standing.REOPENED):
        fix = f" Perbaiki: {entry.review_fix}" if entry.review_fix else ""
        when = f", {_when(entry.reviewed_at, zone, today)}" if entry.reviewed_at else ""
        return f"“{entry.review_reason}”{fix} ({entry.reviewed_by_name}{when})"
    if entry.standing in (Standing.BLOCKED, Standing.NOT_APPLICABLE):
        wanted = f" Perlu bantuan: {entry.help_wanted}" if entry.help_wanted else ""
        return f"{entry.reason}{wanted}"
    return ""


REPEATED = frozenset(Recurrence) - {Recurrence.ONCE, Recurrence.PER_EVENT}
"""Items with an entry for each day or hour: one that is over was missed, and the next one stands beside it."""
REGION_WORDS = {Level.DISTRICT.value: "Kec. ", Level.VILLAGE.value: "Kel./Desa "}


def period_words(entry: EntryRow) -> str:
    """Which day of a recurring item this is, or nothing."""
    if not entry.period or entry.period.startswith("k-"):
        return ""
    return f"untuk {tanggal_pendek(entry.due_on)}"


class RowMaker:
    """Makes rows for one person at one moment; asks for rights once per region, area and unit."""

    def __init__(self, person: Person, *, in_use_from: dt.date, show_region: bool = True) -> None:
        self.person, self.in_use_from, self.show_region = person, in_use_from, show_region
        self.now = clock.now()
        self._rights: dict[tuple[str, str, int | None], frozenset[Permission]] = {}
        self._days: dict[str, tuple[str, dt.date]] = {}

    def _rights_on(self, entry: EntryRow) -> frozenset[Permission]:
        key = (entry.region_code, entry.area, entry.unit_id)
        if key not in self._rights:
            self._rights[key] = self.person.permissions(
                region=entry.region_code, area=entry.area, unit=entry.unit_id
            )
        return self._rights[key]

    def verbs(self, entry: EntryRow, had_a_hand: bool = False) -> frozenset[Verb]:
        """The verbs open to this person on the entry."""
        return checklists.verbs_for(entry.standing, self._rights_on(entry), had_a_hand)

    def _day(self, region_code: str) -> tuple[str, dt.date]:
        province = regions.province_of(region_code)
        if province not in self._days:
            zone = regions.zone_of(province)
            self._days[province] = (zone, clock.local(self.now, zone).date())
        return self._days[province]

    def one(self, entry: EntryRow) -> Row:
        """One row."""
        zone, today = self._day(entry.region_code)
        due_text, due_tone = _due(entry, today, self.now, self.in_use_from)
        return Row(
            id=entry.id,
            code=entry.code,
            title=entry.name,
            area=entry.area,
            unit_name=entry.unit_name or "",
            region_name=REGION_WORDS.get(entry.level, "") + entry.region_name,
            show_region=self.show_region,
            due_text=due_text or period_words(entry),
            due_tone=due_tone,
            standing=entry.standing.value,
            measure_value=entry.measure_value,
            measure_total=entry.measure_total,
            measure_text=measure_text(entry),
            evidence_count=entry.evidence_count,
            who_text=_who(entry, zone, today),
            note_line=_note_line(entry, zone, today),
            version=entry.version,
            verbs=self.verbs(entry),
        )

    def many(self, entries: Iterable[EntryRow]) -> list[Row]:
        """All rows of a list."""
        return [self.one(entry) for entry in entries]
