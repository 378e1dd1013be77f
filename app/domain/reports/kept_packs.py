"""The pack of a Monday as it was made: frozen with its hash, its files kept, and the meeting that it gave an agenda.

What is frozen is what everybody at the table reads, whatever was reported since; a pack that says nothing new is the
one that is kept already.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import select, update

from app.domain import audit, meetings
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.domain.meetings import MEETINGS, MONDAY
from app.domain.registers import RecordRow, record
from app.domain.reports.canonical import digest, from_text, to_text
from app.domain.reports.models import MondayPack
from app.domain.reports.pack import Pack
from app.extensions import db
from app.words import tanggal_panjang, tanggal_pendek

MOST_OF_AGENDA = 1_950
"""Letters of an agenda in the register: a column there takes 2,000."""
MOST_OF_A_LINE = 160
FILES = {"kertas": "paper_sha256", "layar": "screen_sha256", "lembar": "sheet_sha256"}
"""Layout -> the column of its file's hash."""
GONE = "Bahan rapat itu tidak ada. Buka lewat halaman bahan rapat Senin, lalu buat lagi."
ALTERED = (
    "Isi bahan rapat ini di basis data tidak cocok lagi dengan sidiknya, jadi tidak dipakai. "
    "Minta admin desk memulihkannya dari cadangan."
)


class KeptPack(NamedTuple):
    """A pack that was made, with the hashes of its files by layout (empty: not made yet)."""

    id: int
    region_code: str
    day: dt.date
    text: str
    sha256: str
    made_at: dt.datetime
    made_by_name: str
    files: dict[str, str]

    @property
    def pack(self) -> Pack:
        """The plain values. Raises NotNow when they are not what was kept any more."""
        if digest(self.text) != self.sha256:
            raise NotNow(ALTERED)
        return from_text(Pack, self.text)


def keep_pack(pack: Pack, election_id: int, *, by: Person) -> int:
    """Freeze a pack; returns its id, or that of the newest one of this Monday when it says the same."""
    newest = next(iter(packs_of(pack.region_code, election_id, pack.day)), None)
    if newest is not None:
        same_hour = pack._replace(made_at=newest.pack.made_at, made_by=newest.pack.made_by)
        if to_text(same_hour) == newest.text:
            return newest.id
    text = to_text(pack)
    row = MondayPack(
        election_id=election_id,
        region_code=pack.region_code,
        day=pack.day,
        text=text,
        sha256=digest(text),
        made_at=pack.made_at,
        made_by_id=by.id,
        made_by_name=by.name,
        paper_sha256="",
        screen_sha256="",
        sheet_sha256="",
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "report:pack:keep",
        by=by,
        subject=("monday_pack", row.id),
        region=pack.region_code,
        changes={"day": [None, pack.day.isoformat()], "sha256": [None, row.sha256]},
    )
    return row.id


def packs_of(region: str, election_id: int, day: dt.date) -> list[KeptPack]:
    """Every pack that was made for a region's Monday, the newest first. One statement."""
    query = select(MondayPack).where(
        MondayPack.election_id == election_id, MondayPack.region_code == region, MondayPack.day == day
    )
    return [_row(one) for one in db.session.scalars(query.order_by(MondayPack.id.desc()))]


def find_pack(pack_id: int) -> KeptPack:
    """One of them; whether somebody may read it is asked before. Raises NotFound."""
    found = db.session.get(MondayPack, pack_id, populate_existing=True)
    if found is None:
        raise NotFound(GONE)
    return _row(found)


def note_pack_file(pack_id: int, layout: str, sha256: str) -> None:
    """Keep the hash of a pack's file as it was first made.

    Raises NotNow when another file was made of it before: what lay on the table of a meeting says one thing.
    """
    column = getattr(MondayPack, FILES[layout])
    written = db.session.execute(
        update(MondayPack).where(MondayPack.id == pack_id, column.in_(["", sha256])).values({column: sha256})
    )
    if not written.rowcount:  # type: ignore[attr-defined]
        raise NotNow(
            "Berkas yang dibuat ulang tidak sama dengan yang dulu dibagikan, jadi tidak diberikan. "
            "Minta admin desk memulihkan direktori segel dari cadangan."
        )


def hold_meeting(kept: KeptPack, *, by: Person) -> int:
    """Record the Monday meeting with its agenda, once; returns the record's id.

    From there on it is a meeting like any other. Raises NotAllowed for who may not record meetings there, and NotNow
    when that Monday's meeting is recorded already.
    """
    said = {
        "kind": MONDAY,
        "name": f"Rapat Senin {tanggal_panjang(kept.day)}",
        "held_on": kept.day,
        "agenda": agenda_text(kept.pack),
        "source": f"Bahan rapat Senin, sidik {kept.sha256[:16]}",
    }
    record_id = record(MEETINGS, kept.region_code, said, by=by)
    # The number of a record lets one in after the other: whoever was first is seen by now.
    others = [row for row in meetings.mondays_on(kept.region_code, kept.day) if row.id != record_id]
    if others:
        raise NotNow(_recorded(others[0]))
    return record_id


def agenda_text(pack: Pack) -> str:
    """The agenda for the register: follow-ups of the last Monday first, then obstacles, then what else is spoken of."""
    tasks = sorted(pack.tasks, key=lambda task: task.since != pack.before)
    first, points = pack.agenda[0], pack.agenda[2:]
    blocks = [
        (first, []),
        (
            pack.agenda[1],
            [
                f"{task.task} ({task.region_name}, {task.owner or 'tanpa penanggung jawab'}"
                f"{f', tenggat {tanggal_pendek(task.due_on)}' if task.due_on else ''})"
                for task in tasks
            ],
        ),
        (points[1], [f"{one.place}: {one.what}" for one in pack.obstacles]),
        *((point, []) for point in (points[0], *points[2:])),
    ]
    most = MOST_OF_A_LINE
    while True:  # shorter lines, until all of them have room
        text = _numbered(blocks, most)
        if len(text) <= MOST_OF_AGENDA:
            return text
        most -= 20
        if most < 60:
            return _numbered([(head, lines[:3]) for head, lines in blocks], 60)[:MOST_OF_AGENDA]


def _numbered(blocks: list[tuple[str, list[str]]], most: int) -> str:
    lines: list[str] = []
    for number, (head, points) in enumerate(blocks, start=1):
        lines.append(f"{number}. {head}")
        lines += [f"   - {one if len(one) <= most else f'{one[: most - 1].rstrip()}…'}" for one in points]
    return "\n".join(lines)


def _recorded(row: RecordRow) -> str:
    return f"Rapat Senin tanggal itu sudah dicatat ({row.number}). Ubah agendanya di register Rapat."


def _row(found: MondayPack) -> KeptPack:
    return KeptPack(
        found.id,
        found.region_code,
        found.day,
        found.text,
        found.sha256,
        found.made_at,
        found.made_by_name,
        {layout: getattr(found, name) for layout, name in FILES.items()},
    )
