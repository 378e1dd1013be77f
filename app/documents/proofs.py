"""Evidence on paper: every file with its whole hash, and the newest photos as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.lines import LineMaker
from app.documents.snapshot import EvidenceRow, Photo
from app.domain import checklists, evidence
from app.domain.checklists import EntryRow
from app.domain.errors import NotFound
from app.domain.evidence import UseRow

MOST_FILES = 1_000
"""Files in the list of one report, the newest; the rest is counted."""
MOST_PHOTOS = 24
AT_ONCE = 500
"""Entries asked about in one statement."""


@dataclass(frozen=True)
class Proofs:
    """What proves the entries of a report; photos are opened later, when no transaction waits for the disk."""

    rows: tuple[EvidenceRow, ...] = ()
    left_off: int = 0
    photos: tuple[tuple[EntryRow, UseRow], ...] = ()


def proofs_of(entries: Sequence[EntryRow], maker: LineMaker) -> Proofs:
    """The files of these entries: listed by item and time, each once an item; one statement for 500 entries."""
    found: dict[tuple[str, int], tuple[EntryRow, UseRow]] = {}
    for entry, use in _uses(entries):
        found.setdefault((entry.code, use.file.id), (entry, use))
    newest = sorted(found.values(), key=lambda pair: (pair[1].file.uploaded_at, pair[1].id), reverse=True)
    listed = sorted(
        newest[:MOST_FILES], key=lambda pair: (pair[0].code, pair[1].file.uploaded_at, pair[1].id)
    )
    pictures: dict[str, tuple[EntryRow, UseRow]] = {}
    for entry, use in newest:
        if use.file.is_image:
            pictures.setdefault(use.file.sha256, (entry, use))
    return Proofs(
        tuple(_row(entry, use, maker) for entry, use in listed),
        len(newest) - len(listed),
        tuple(pictures.values())[:MOST_PHOTOS],
    )


def _uses(entries: Sequence[EntryRow]) -> Iterator[tuple[EntryRow, UseRow]]:
    by_id = {entry.id: entry for entry in entries}
    ids = list(by_id)
    for start in range(0, len(ids), AT_ONCE):
        for entry_id, uses in evidence.uses_of_many(checklists.SUBJECT, ids[start : start + AT_ONCE]).items():
            for use in uses:
                yield by_id[entry_id], use


def _row(entry: EntryRow, use: UseRow, maker: LineMaker) -> EvidenceRow:
    at = maker.local(use.file.uploaded_at)
    assert at is not None  # noqa: S101  (a stored file has a moment)
    return EvidenceRow(
        code=entry.code,
        file_name=use.file.name,
        sha256=use.file.sha256,
        size=use.file.size,
        uploaded_by=use.file.uploaded_by_name,
        at=at,
        verified=entry.standing in checklists.VERIFIED,
    )


def opened(proofs: Proofs, maker: LineMaker) -> tuple[Photo, ...]:
    """The photos with their bytes; one that is gone from the storage is left out (`evidence check` names it)."""
    return tuple(photo for pair in proofs.photos if (photo := _photo(*pair, maker)) is not None)


def _photo(entry: EntryRow, use: UseRow, maker: LineMaker) -> Photo | None:
    try:
        with evidence.open_file(use.file) as content:
            image = content.read()
    except NotFound:
        return None
    place = maker.place(entry)
    return Photo(
        caption=f"{entry.code} {entry.name}" + (f", {place}" if place else ""),
        image=image,
        sha256=use.file.sha256,
        taken_at=maker.local(use.file.taken_at),
        place=use.file.place or None,
    )
