"""Who works where: each writer gets entries and, one for each desk, a report that nobody else touches."""

from __future__ import annotations

from sqlalchemy import text

from app.domain import accounts, reports
from app.extensions import db
from tests.stress.crew import Book, Entry, Report, Writer
from tests.stress.serving import Desk

WRITERS = 16
DESKS = {
    "berau": "64.03",
    "kukar": "64.02",
    "paser": "64.01",
    "kubar": "64.07",
    "kutim": "64.08",
    "ppu": "64.09",
    "mahulu": "64.11",
    "balikpapan": "64.71",
    "samarinda": "64.72",
    "bontang": "64.74",
}
TICKABLE = text("""
SELECT e.id, e.version, e.standing FROM checklist_entry e JOIN checklist_item_version v ON v.id = e.version_id
WHERE e.region_code LIKE :part AND e.standing = 'belum' AND e.version = 1 AND v.evidence IN ('', 'angka') ORDER BY e.id
""")
"""Entries that need no file: what one click can tick."""
TODAYS = text(
    "SELECT id FROM report WHERE region_code = :code AND kind = 'harian' AND day = '2024-11-25' AND slot = 0"
)


def writers(desk: Desk, port: int, book: Book, seed: int) -> list[Writer]:
    """Sixteen people of ten desks. Writes the drafts of their reports, before any server runs."""
    made = []
    names = list(DESKS)
    with desk.inside():
        for number in range(WRITERS):
            name = names[number % len(names)]
            rows = db.session.execute(TICKABLE, {"part": f"{DESKS[name]}%"}).all()
            share = rows[number // len(names) :: 2]
            report = _report(name) if number < len(names) else None
            entries = [Entry(*row) for row in share]
            made.append(Writer(port, f"operator.{name}", DESKS[name], entries, report, book, seed + number))
    return made


def _report(name: str) -> Report | None:
    """The desk's report of today with a draft that contradicts nothing; None where it cannot be sent."""
    by = accounts.person_of(f"operator.{name}")
    assert by is not None
    number = db.session.scalar(TODAYS, {"code": DESKS[name]})
    if number is None:
        return None
    row = reports.find(number, by)
    draft, reading, version = reports.open_draft(row, by=by)
    if row.state not in reports.OPEN:
        return None
    sections = tuple(one._replace(text="Terpantau oleh desk.") for one in draft.sections)
    said = draft._replace(sections=sections)
    found = reports.findings_of(row, said, reading)
    said = said._replace(reasons=tuple((one.rule, "Sudah dijelaskan.") for one in found if not one.blocks))
    saved = reports.save_draft(row, said, by=by, version=version)
    db.session.commit()
    moves = db.session.scalar(text("SELECT count(*) FROM report_move WHERE report_id = :id"), {"id": row.id})
    return Report(row.id, reports.find(number, by).version, saved, moves or 0)
