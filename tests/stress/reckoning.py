"""After the killing: what was confirmed against what the database, the trail and the store of evidence hold."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import text

from app.domain import audit, evidence
from app.domain.evidence.storage import setup
from app.extensions import db
from tests.stress.crew import Book, Writer

TRAIL = text("SELECT action, subject_kind, subject_id FROM audit_entry WHERE seq > :since ORDER BY seq")
FILES = text("""
SELECT u.subject_id, f.sha256, f.storage_key FROM evidence_use u JOIN evidence_file f ON f.id = u.file_id
WHERE u.subject_kind = 'checklist_entry'
""")
OURS = ("checklist:entry:", "report:report:", "job:paper:ask")


class Found(NamedTuple):
    """What does not agree, in words; all empty when everything does."""

    lost: list[str]
    doubled: list[str]
    halves: list[str]
    """Rows without their link of the trail or the other way round, and files that are not whole."""
    jobs: list[str]
    """Jobs that are neither done, with their result, nor honestly failed."""


def reckon(book: Book, writers: list[Writer], since: int) -> Found:
    """Compare everything; `since` is the number of the trail's last link before the work began."""
    lost, doubled = _against_trail(book, since)
    halves = [*_entries(writers), *_files(writers), *_reports(writers)]
    return Found(lost, doubled, halves, list(_jobs(book)))


def _against_trail(book: Book, since: int) -> tuple[list[str], list[str]]:
    rows = db.session.execute(TRAIL, {"since": since})
    told = Counter((row[0], row[1], row[2]) for row in rows if row[0].startswith(OURS))
    wanted = Counter((one.action, one.kind, str(one.number)) for one in book.confirmed)
    return [f"{n} × {deed}" for deed, n in (wanted - told).items()], [
        f"{n} × {deed}" for deed, n in (told - wanted).items()
    ]


def _entries(writers: list[Writer]) -> Iterator[str]:
    """Entries that do not stand where their writer left them."""
    rows = db.session.execute(text("SELECT id, version, standing, evidence_count FROM checklist_entry"))
    kept = {row[0]: tuple(row[1:]) for row in rows}
    for writer in writers:
        for entry in writer.entries:
            wanted = (entry.version, entry.standing, len(entry.files))
            if kept[entry.id] != wanted:
                yield f"entry {entry.id}: {kept[entry.id]} instead of {wanted}"


def _files(writers: list[Writer]) -> Iterator[str]:
    """Evidence that is missing, is there twice, or is not what was brought."""
    kept: dict[int, list[str]] = defaultdict(list)
    for subject, sha256, key in db.session.execute(FILES):
        kept[subject].append(sha256)
        with setup().storage.open(key) as file:
            if hashlib.sha256(file.read()).hexdigest() != sha256:
                yield f"evidence {key} is not whole"
    for writer in writers:
        for entry in writer.entries:
            if sorted(kept[entry.id]) != sorted(entry.files):
                yield f"entry {entry.id} has {len(kept[entry.id])} files instead of {len(entry.files)}"
    if not evidence.check().is_whole:
        yield "the store of evidence is not whole"


def _reports(writers: list[Writer]) -> Iterator[str]:
    """Reports whose row, versions and steps do not tell the same story."""
    for report in (writer.report for writer in writers if writer.report):
        one = {"id": report.id}
        state, version = db.session.execute(
            text("SELECT state, version FROM report WHERE id = :id"), one
        ).one()
        versions = db.session.scalar(text("SELECT count(*) FROM report_version WHERE report_id = :id"), one)
        moves = db.session.scalar(text("SELECT count(*) FROM report_move WHERE report_id = :id"), one)
        wanted = (report.version, report.sent, report.moves + 2 * report.sent - report.is_out)
        if (version, versions, moves) != wanted:
            yield f"report {report.id} ({state}): {(version, versions, moves)} instead of {wanted}"


def _jobs(book: Book) -> Iterator[str]:
    asked = [one.number for one in book.confirmed if one.kind == "job"]
    rows = db.session.execute(text("SELECT id, state, result_key, error FROM job"))
    kept = {row[0]: tuple(row[1:]) for row in rows}
    for number in asked:
        state, key, error = kept.get(number, ("missing", "", ""))
        if not ((state == "selesai" and key) or (state == "gagal" and error)):
            yield f"job {number} is {state}"


def jobs_are_over() -> bool:
    """Whether no job waits or runs any more."""
    db.session.rollback()
    return not db.session.scalar(text("SELECT count(*) FROM job WHERE state IN ('antre', 'jalan')"))


def last_link() -> int:
    """The number of the trail's last link."""
    return audit.verify().links
