"""The lines of a report: one entry as it is, several of one item condensed, a lower level's item in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from app.documents.snapshot import ItemRow, ObstacleRow
from app.domain import clock
from app.domain.checklists import OPEN, EntryRow, Gathered, Recurrence, Standing, Totals
from app.domain.regions import Level
from app.words import angka, tanggal_pendek

PERIOD_UNITS = {Recurrence.DAILY: "hari", Recurrence.WEEKLY: "pekan", Recurrence.PER_EVENT: "kejadian"}
LEVEL_UNITS = frozenset({"kecamatan", "kelurahan/desa"})
"""Units of the library that say no more than the level of the region does."""
LEVEL_NOUNS = {Level.REGENCY.value: "kabupaten/kota", Level.DISTRICT.value: "kecamatan"}
REPORTED = frozenset({Standing.RETURNED, Standing.REOPENED})
SHOWN_PERIODS = 8
"""Missed days or events of one item that are named; more of them are only counted."""


class LineMaker:
    """Makes lines of one report: knows its region, its zone, and how places are called there.

    `titles` gives regions by code as they are written ("Kampung Long Lanuk"); one that is missing keeps its name.
    """

    def __init__(
        self,
        region_code: str,
        zone: str,
        village_term: str = "desa",
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.region_code, self.zone, self.titles = region_code, zone, titles or {}
        self.nouns = {**LEVEL_NOUNS, Level.VILLAGE.value: f"kelurahan/{village_term}"}

    def local(self, moment: dt.datetime | None) -> dt.datetime | None:
        """The moment on the region's clocks."""
        return None if moment is None else clock.local(moment, self.zone)

    def place(self, entry: EntryRow) -> str | None:
        """Where an entry of a lower level belongs; None for the report's own region."""
        if entry.region_code == self.region_code:
            return None
        return self.title(entry)

    def title(self, entry: EntryRow) -> str:
        """The entry's region as it is written."""
        return self.titles.get(entry.region_code, entry.region_name)

    def of(self, entry: EntryRow) -> ItemRow:
        """One entry as one line."""
        touched = entry.filled_at is not None  # also where only a figure or a note was kept
        judged = entry.reviewed_at is not None and (
            entry.standing in REPORTED or entry.standing.value.endswith("_diverifikasi")
        )
        measured = bool(entry.measure_unit) and (
            entry.measure_value is not None or entry.measure_total is not None
        )
        return ItemRow(
            code=entry.code,
            title=entry.name,
            standing=entry.standing.value,
            region_name=self.place(entry),
            unit_name=unit_name(entry.unit_name),
            due_text=self._due(entry),
            measure_value=entry.measure_value if measured else None,
            measure_total=entry.measure_total if measured else None,
            measure_unit=unit_text(entry.measure_unit, entry.measure_total) if measured else None,
            done_by=entry.filled_by_name if touched else None,
            done_at=self.local(entry.filled_at) if touched else None,
            verified_by=entry.reviewed_by_name if judged else None,
            verified_at=self.local(entry.reviewed_at) if judged else None,
            note=said(entry) or None,
            reason=_reason(entry),
            obstacle=_obstacle(entry),
            evidence_count=entry.evidence_count,
        )

    def _due(self, entry: EntryRow) -> str:
        hour = f" pukul {entry.due_time.replace(':', '.')}" if entry.due_time else ""
        day = tanggal_pendek(entry.due_on) + hour
        return f"untuk {day}" if entry.period[:1].isdigit() else f"tenggat {day}"

    def condensed(self, entries: Sequence[EntryRow]) -> ItemRow:
        """All periods or events of one item in one line: which periods are missing, and the latest figure, or of
        events their sum, as long as each of them states one.
        """
        if len(entries) == 1 and not entries[0].period:
            return self.of(entries[0])
        totals = Totals.of(entry.standing.value for entry in entries)
        recurrence = Recurrence(entries[-1].recurrence)
        filled = [entry for entry in entries if entry.filled_at]
        latest = self.of(
            max(filled, key=lambda entry: (entry.period, entry.due_on)) if filled else entries[-1]
        )
        value, total = latest.measure_value, latest.measure_total
        if recurrence is Recurrence.PER_EVENT:
            value, total = _sum_of(entries), None
        judged = [line for line in map(self.of, entries) if line.verified_at]
        last_judged = max(judged, key=lambda line: str(line.verified_at), default=None)
        return ItemRow(
            code=latest.code,
            title=entries[-1].title,
            standing=combined(totals),
            region_name=latest.region_name,
            unit_name=latest.unit_name,
            due_text=recurrence.label,
            measure_value=value,
            measure_total=total,
            measure_unit=latest.measure_unit if value is not None or total is not None else None,
            done_by=latest.done_by,
            done_at=latest.done_at,
            verified_by=last_judged.verified_by if last_judged else None,
            verified_at=last_judged.verified_at if last_judged else None,
            note=_joined(_periods_told(entries, recurrence), _unverified(totals), latest.note or "") or None,
            reason=_first(self.of(entry).reason for entry in entries),
            obstacle=_first(self.of(entry).obstacle for entry in entries),
            evidence_count=sum(entry.evidence_count for entry in entries),
            periods_done=totals.done,
            periods_total=totals.expected,
            periods_unit=PERIOD_UNITS.get(recurrence, "kali"),
        )

    def gathered(self, item: Gathered) -> ItemRow:
        """An item of a lower level: how many of its regions are done, and the names of those that are not."""
        noun = self.nouns[item.level]
        recurrence = Recurrence(item.recurrence)
        by_event = recurrence is Recurrence.PER_EVENT
        measured = item.value is not None and bool(item.measure_unit)
        left = item.remaining if item.regions_done else ()
        return ItemRow(
            code=item.code,
            title=item.title,
            standing=combined(item.totals),
            region_name=f"seluruh {noun}",
            unit_name=unit_name(item.unit_name),
            due_text=_due_span(item, recurrence),
            measure_value=item.value if measured else None,
            measure_total=item.value_of if measured else None,
            measure_unit=unit_text(item.measure_unit, item.value_of) if measured else None,
            done_by=item.filled_by,
            done_at=self.local(item.filled_at),
            verified_by=item.reviewed_by,
            verified_at=self.local(item.reviewed_at),
            note=_joined(f"Belum selesai: {', '.join(left)}" if left else "", _unverified(item.totals))
            or None,
            evidence_count=item.evidence_count,
            periods_done=None if item.is_once and not by_event else item.totals.done,
            periods_total=None if item.is_once and not by_event else item.totals.expected,
            periods_unit="kejadian" if by_event else "isian",
            regions_done=None if by_event else item.regions_done,
            regions_total=None if by_event else item.regions_total,
            regions_unit=noun,
        )

    def obstacle(self, entry: EntryRow) -> ObstacleRow:
        """What holds an entry up."""
        since = self.local(entry.filled_at)
        return ObstacleRow(
            code=entry.code,
            title=entry.name,
            reason=entry.reason,
            region_name=self.title(entry),
            unit_name=unit_name(entry.unit_name),
            help_wanted=entry.help_wanted or None,
            since=since.date() if since else None,
        )


def _sum_of(events: Sequence[EntryRow]) -> int | None:
    """What all events of an item count together; None while one of them states nothing, for a part is no whole."""
    counts = [
        event.measure_value
        for event in events
        if event.standing not in (Standing.NOT_APPLICABLE, Standing.WAIVER_VERIFIED)
    ]
    return None if None in counts or not counts else sum(filter(None, counts))


def by_item(entries: Iterable[EntryRow]) -> list[list[EntryRow]]:
    """Entries of one region cut into their items; the entries come in the order of their items."""
    return [list(group) for _, group in groupby(entries, key=lambda entry: entry.code)]


def combined(totals: Totals) -> str:
    """One standing for several entries: the worst news first, done only when all is done."""
    if totals.terkendala:
        return Standing.BLOCKED.value
    if totals.dikembalikan:
        return Standing.RETURNED.value
    if totals.dibuka_kembali:
        return Standing.REOPENED.value
    if totals.expected == 0:
        return (Standing.NOT_APPLICABLE if totals.tidak_berlaku else Standing.WAIVER_VERIFIED).value
    if totals.open == 0:
        return (Standing.VERIFIED if totals.waiting == 0 else Standing.DONE).value
    return (Standing.IN_PROGRESS if totals.done or totals.proses else Standing.NOT_STARTED).value


def unit_name(name: str | None) -> str | None:
    """The perangkat daerah that is accountable, unless it only repeats the level."""
    return None if name is None or name.casefold() in LEVEL_UNITS else name


def _due_span(item: Gathered, recurrence: Recurrence) -> str:
    """The one deadline, the first and the last of moved ones, or how often it comes back."""
    last = tanggal_pendek(item.due_on)
    if item.due_from == item.due_on:
        return f"tenggat {last}"
    if item.is_once and recurrence is not Recurrence.PER_EVENT:
        return f"tenggat {tanggal_pendek(item.due_from)} sampai {last}"
    return recurrence.label


def unit_text(unit: str, total: int | None) -> str:
    """The library's "kecamatan menerima / kecamatan" as it is said after the figures: of a total, or alone."""
    counted, _, whole = (part.strip() for part in unit.partition("/"))
    return counted if total is None or not whole or whole.isdigit() else whole


def said(entry: EntryRow) -> str:
    """The note, and the reasons that the supervisor has to weigh."""
    return _joined(
        entry.note,
        f"Alasan angka: {entry.measure_reason}" if entry.measure_reason else "",
        f"Tanpa bukti: {entry.no_evidence_reason}"
        if entry.no_evidence_reason and not entry.evidence_count
        else "",
        f"Tenggat dipindahkan: {entry.due_reason}" if entry.due_reason else "",
    )


def _reason(entry: EntryRow) -> str | None:
    if entry.standing in REPORTED:
        return (
            _joined(entry.review_reason, f"Perbaiki: {entry.review_fix}" if entry.review_fix else "") or None
        )
    waived = (Standing.NOT_APPLICABLE, Standing.WAIVER_VERIFIED)
    return entry.reason or None if entry.standing in waived else None


def _obstacle(entry: EntryRow) -> str | None:
    if entry.standing is not Standing.BLOCKED:
        return None
    wanted = f"Dukungan yang diharapkan: {entry.help_wanted}" if entry.help_wanted else ""
    return _joined(entry.reason, wanted)


def _periods_told(entries: Sequence[EntryRow], recurrence: Recurrence) -> str:
    """Events by their names; of days only the missing ones, when some were done."""
    if recurrence is Recurrence.PER_EVENT:
        names, start = [entry.event_title for entry in entries if entry.event_title], "Kejadian"
    else:
        missing = [entry for entry in entries if entry.standing in OPEN]
        names = [_period(entry) for entry in missing] if len(missing) < len(entries) else []
        start = "Belum selesai"
    if not names:
        return ""
    more = len(names) - SHOWN_PERIODS
    tail = f", dan {angka(more)} lainnya" if more > 0 else ""
    return f"{start}: {'; '.join(names[:SHOWN_PERIODS])}{tail}."


def _unverified(totals: Totals) -> str:
    """What the line's one standing cannot say: that part of what is done still waits for the supervisor."""
    if not totals.waiting or combined(totals) in (Standing.DONE.value, Standing.NOT_APPLICABLE.value):
        return ""
    return f"Belum diverifikasi: {angka(totals.waiting)} dari {angka(totals.done + totals.not_applicable)} yang selesai"


def _period(entry: EntryRow) -> str:
    hour = f" {entry.due_time.replace(':', '.')}" if entry.due_time else ""
    return tanggal_pendek(entry.due_on) + hour


def _joined(*parts: str) -> str:
    """Sentences one after the other."""
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in map(str.strip, parts) if part
    )


def _first(texts: Iterable[str | None]) -> str | None:
    return next((text for text in texts if text), None)
