"""Making the pack of a Monday from the weekly reports below, the follow-ups and the last meeting's attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from app.domain import clock, meetings, regions, stages
from app.domain.accounts import Person
from app.domain.checklists import Totals
from app.domain.errors import NotFound
from app.domain.registers import Fact
from app.domain.reports.adding import added
from app.domain.reports.compiling import Below, below_region
from app.domain.reports.pack import FIGURES, Pack, PackFigure, PackRegion, PackTask
from app.domain.reports.reach import roots
from app.domain.reports.rules import Grade, Kind
from app.domain.reports.snapshot import Dress, Hindrance, Snapshot
from app.words import tanggal_panjang

WEEK = dt.timedelta(days=7)
SPOKEN = ("kendala", "antisipasi", "rencana")
"""Sections that a region's page gives in its own words."""
MOST_OBSTACLES = 12
MOST_TASKS = 12
MOST_OF_A_REGION = 5
MOST_CHANGES = 5
MOST_LETTERS = 420
URGENCY = {Grade.CRITICAL.value: 0, Grade.WATCHFUL.value: 1, "": 2, Grade.SAFE.value: 3}
"""Who speaks first: rawan, waspada, silent, aman."""


def pack_of(person: Person, election_id: int, region: str, day: dt.date, dress: Dress | None = None) -> Pack:
    """The pack of a region's Monday meeting as this person may read it now. About a dozen statements.

    Raises NotFound for a day that is no Monday, for a region out of reach, and where nobody right below owes a report
    that Monday.
    """
    if day.weekday() != 0:
        raise NotFound("Bahan rapat disusun untuk hari Senin. Pilih tanggal hari Senin.")
    reached = any(regions.contains(root, region) for root in roots(person))
    found = below_region(person, election_id, region, Kind.WEEKLY, day) if reached else []
    if not found:
        raise NotFound("Tidak ada laporan Senin yang wajib dibuat di bawah desk ini pada tanggal itu.")
    earlier = {
        one.part.region_code: one
        for one in below_region(person, election_id, region, Kind.WEEKLY, day - WEEK)
    }
    place, election = regions.find(region), stages.find_election(election_id)
    lines = tuple(_region(one, earlier.get(one.part.region_code)) for one in found)
    obstacles = _obstacles(found)
    tasks = _tasks(region, day)
    attendance = _attendance(region, day)
    return Pack(
        region_code=region,
        region_name=place.title,
        desk_name=f"Desk Pilkada {place.title}",
        election_name=election.name,
        day=day,
        before=day - WEEK,
        h_text=stages.h_text(election.voting_day, day),
        zone=regions.zone_of(region),
        made_at=clock.now(),
        made_by=person.name,
        regions=lines,
        sums=_sums(found, list(earlier.values())),
        agenda=_agenda(lines, obstacles, tasks),
        obstacles=tuple(obstacles[:MOST_OBSTACLES]),
        obstacles_left_off=max(len(obstacles) - MOST_OBSTACLES, 0),
        tasks=tuple(tasks[:MOST_TASKS]),
        tasks_left_off=max(len(tasks) - MOST_TASKS, 0),
        attendance=attendance,
        dress=dress or Dress(),
        is_simulated=clock.is_simulated(),
    )


def _region(now: Below, before: Below | None) -> PackRegion:
    part, said = now.part, now.snapshot
    line = PackRegion(part.region_code, part.region_name, part.mark, part.state)
    if said is None:
        return line
    past = before.snapshot if before else None
    texts = [(one.title, _short(one.text)) for one in map(said.section, SPOKEN) if one and one.text.strip()]
    return line._replace(
        version=part.version,
        sha256=part.sha256,
        sent_at=part.sent_at,
        is_nil=said.is_nil,
        grade=said.grade,
        grade_reason=said.grade_reason,
        grade_before=past.grade if past else "",
        counts=_counts(said),
        counts_before=_counts(past) if past else (),
        figures=_figures(_facts(said), _facts(past)),
        changes=tuple(one.text for one in said.changes[:MOST_CHANGES] if one.text),
        hindrances=said.reading.hindrances[:MOST_OF_A_REGION],
        hindrances_left_off=max(len(said.reading.hindrances) - MOST_OF_A_REGION, 0),
        texts=tuple(texts),
    )


def _counts(said: Snapshot) -> tuple[int, ...]:
    if not said.reading.progress:
        return ()
    return Totals.together(one.totals for one in said.reading.progress).counts


def _facts(said: Snapshot | None) -> dict[str, Fact]:
    return {} if said is None else {fact.key: fact for fact in said.reading.figures}


def _figures(now: Mapping[str, Fact], before: Mapping[str, Fact]) -> tuple[PackFigure, ...]:
    return tuple(
        PackFigure(label, now.get(key), before[key].value if key in before else None)
        for key, label in FIGURES
    )


def _sums(now: Sequence[Below], before: Iterable[Below]) -> tuple[PackFigure, ...]:
    """Over the regions that reported on both Mondays alike; what not the same regions said is not compared."""
    sums = {fact.key: fact for fact in added([one.part for one in now])}
    past = [one.part for one in before]
    same = {p.region_code for p in past if p.is_included} == {
        one.part.region_code for one in now if one.part.is_included
    }
    return _figures(sums, {fact.key: fact for fact in added(past)} if same else {})


def _obstacles(found: Sequence[Below]) -> list[Hindrance]:
    """Every obstacle with its region, those of the most urgent regions first, then the oldest."""
    placed = [
        (URGENCY[one.snapshot.grade], said.since or dt.date.max, number, _placed(one, said))
        for one in found
        if one.snapshot is not None
        for number, said in enumerate(one.snapshot.reading.hindrances)
    ]
    return [said for _, _, _, said in sorted(placed, key=lambda row: row[:3])]


def _placed(one: Below, said: Hindrance) -> Hindrance:
    name = one.part.region_name
    place = said.place if name in said.place else f"{name}, {said.place}" if said.place else name
    return said._replace(place=place, what=_short(said.what), handling=_short(said.handling))


def _tasks(region: str, day: dt.date) -> list[PackTask]:
    return [
        PackTask(
            _short(str(row.values["task"])),
            row.region_name,
            row.values["owner"] or "",
            row.values["decided_on"],
            row.values["due_on"],
            meetings.is_overdue(row, day),
            row.state_words,
        )
        for row in meetings.open_follow_ups([region])
    ]


def _attendance(region: str, day: dt.date) -> str:
    last = meetings.last_monday(region, day)
    if last is None or not last.attended:
        return ""
    held = last.meeting.values["held_on"]
    said = f"Rapat {tanggal_panjang(held)}: {last.came} dari {len(last.attended)} wilayah hadir."
    absent = ", ".join(place.title for place in last.absent)
    return f"{said} Tidak hadir: {absent}." if absent else said


def _agenda(
    lines: Sequence[PackRegion], obstacles: Sequence[Hindrance], tasks: Sequence[PackTask]
) -> tuple[str, ...]:
    late = sum(task.is_late for task in tasks)
    silent = sum(not line.has_reported for line in lines)
    order = sorted(range(len(lines)), key=lambda number: (URGENCY[lines[number].grade], number))
    first = [lines[number].region_name for number in order if lines[number].grade != Grade.SAFE.value]
    speaking = f"yang didahulukan: {', '.join(first)}" if first else "menurut urutan kode wilayah"
    return (
        f"Pembukaan dan kehadiran {len(lines)} wilayah",
        f"Tindak lanjut rapat sebelumnya: {len(tasks)} terbuka, {late} lewat tenggat",
        f"Papan seluruh wilayah: {len(lines) - silent} melapor, {silent} belum",
        f"Kendala utama: {len(obstacles)} hal",
        f"Pemaparan wilayah, {speaking}",
        "Arahan pimpinan, keputusan, dan penanggung jawabnya",
        "Penutup",
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 1].rstrip()}…"
