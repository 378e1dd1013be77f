"""Reading evidence: what proves a subject and what a person may reuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import IO, NamedTuple

from sqlalchemy import func, or_, select

from app.domain.accounts import Person
from app.domain.errors import NotFound
from app.domain.evidence.models import LIVE, EvidenceFile, EvidenceUse
from app.domain.evidence.rules import IMAGE_TYPES, INLINE_TYPES, Verdict
from app.domain.evidence.storage import key_of, setup
from app.domain.regions import subtree
from app.extensions import db

REFUSED = (Verdict.REJECTED.value, Verdict.EXPIRED.value)
SHOWN_SIDE = 120
"""Pixels of the longest side of a small picture in a list."""


class Proposal(NamedTuple):
    """What the photo says of itself and nobody has confirmed or declined yet."""

    taken_at: dt.datetime | None
    latitude: Decimal | None
    longitude: Decimal | None


class FileRow(NamedTuple):
    """A file as pages and papers show it."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    original_sha256: str
    storage_key: str
    thumbnail_key: str | None
    width: int | None
    height: int | None
    pages: int | None
    taken_at: dt.datetime | None
    latitude: Decimal | None
    longitude: Decimal | None
    place: str
    region_code: str
    uploaded_by: int
    uploaded_by_name: str
    office: str
    uploaded_at: dt.datetime
    proposal: Proposal | None

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type in IMAGE_TYPES

    @property
    def is_inline(self) -> bool:
        """Whether it may be shown inside the browser instead of being offered as a download."""
        return self.media_type in INLINE_TYPES

    @property
    def shown_size(self) -> tuple[int, int]:
        """Pixels (width, height) at which a list shows the small picture, so that nothing jumps when it comes."""
        width, height = self.width or SHOWN_SIDE, self.height or SHOWN_SIDE
        scale = min(1.0, SHOWN_SIDE / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))

    @property
    def was_redrawn(self) -> bool:
        """Whether the kept bytes differ from the uploaded ones, so that there are two hashes to show."""
        return self.sha256 != self.original_sha256


@dataclass(frozen=True)
class UseRow:
    """A file on a subject, with the earlier revisions whose place it took, newest first."""

    id: int
    subject: tuple[str, int]
    region_code: str
    added_by: int
    added_by_name: str
    added_at: dt.datetime
    superseded_at: dt.datetime | None
    removed_at: dt.datetime | None
    removed_by_name: str
    removed_reason: str
    verdict: str
    """What a supervisor found it to be (`Verdict`); empty while nobody has said."""
    verdict_by_name: str
    verdict_at: dt.datetime | None
    verdict_reason: str
    revises_id: int | None
    file: FileRow
    earlier: tuple[UseRow, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether a supervisor found that it proves nothing (any more)."""
        return self.verdict in REFUSED

    def is_of(self, person: Person) -> bool:
        """Whether the person attached or uploaded it, so that somebody else must judge it (four eyes)."""
        return person.id in (self.added_by, self.file.uploaded_by)


def uses_of(kind: str, subject_id: int, *, with_removed: bool = False) -> list[UseRow]:
    """What proves one subject, newest first, each with its earlier revisions. One statement.

    `with_removed` adds what was taken away, marked by `removed_at`, for inspectors and histories.
    """
    return uses_of_many(kind, [subject_id], with_removed=with_removed).get(subject_id, [])


def uses_of_many(
    kind: str, subject_ids: Sequence[int], *, with_removed: bool = False
) -> dict[int, list[UseRow]]:
    """`uses_of` for many subjects of one kind, by number; absent without evidence. One statement."""
    query = (
        select(EvidenceUse, EvidenceFile)
        .join(EvidenceFile, EvidenceFile.id == EvidenceUse.file_id)
        .where(EvidenceUse.subject_kind == kind, EvidenceUse.subject_id.in_(subject_ids))
        .order_by(EvidenceUse.id.desc())
    )
    rows = [_use_row(use, file) for use, file in db.session.execute(query)]
    by_id = {row.id: row for row in rows}
    found: dict[int, list[UseRow]] = {}
    for row in rows:
        if row.superseded_at is None and (with_removed or row.removed_at is None):
            found.setdefault(row.subject[1], []).append(replace(row, earlier=tuple(_earlier(row, by_id))))
    return found


def one_use(kind: str, subject_id: int, use_id: int, *, with_removed: bool = False) -> UseRow:
    """One file on a subject that the caller has checked the person may see; earlier revisions too.

    Raises NotFound for a use of another subject and, without `with_removed`, for one that was taken away.
    """
    for row in uses_of(kind, subject_id, with_removed=with_removed):
        for revision in (row, *row.earlier):
            if revision.id == use_id:
                return revision
    raise NotFound("Bukti itu tidak ada atau sudah ditarik.")


def count_many(kind: str, subject_ids: Sequence[int]) -> dict[int, int]:
    """How many files are in use on each subject; a subject without evidence is absent. One statement."""
    query = (
        select(EvidenceUse.subject_id, func.count().label("files"))
        .where(EvidenceUse.subject_kind == kind, EvidenceUse.subject_id.in_(subject_ids), LIVE)
        .group_by(EvidenceUse.subject_id)
    )
    return {row.subject_id: row.files for row in db.session.execute(query)}


def count_valid(kind: str, subject_id: int) -> int:
    """How many files in use on one subject still prove it: unjudged or found right. One statement."""
    query = select(func.count()).where(
        EvidenceUse.subject_kind == kind,
        EvidenceUse.subject_id == subject_id,
        EvidenceUse.verdict.not_in(REFUSED),
        LIVE,
    )
    return db.session.scalar(query) or 0


def contributed(kind: str, subject_id: int, account_id: int) -> bool:
    """Whether this account ever added, replaced or removed evidence of the subject: four eyes ask for it."""
    did = select(EvidenceUse.id).where(
        EvidenceUse.subject_kind == kind,
        EvidenceUse.subject_id == subject_id,
        or_(EvidenceUse.added_by == account_id, EvidenceUse.removed_by == account_id),
    )
    return bool(db.session.scalar(select(did.exists())))


def recent_files(by: Person, roots: Sequence[str], *, limit: int = 24) -> list[FileRow]:
    """The person's own uploads within these subtrees that still prove something, newest first: for `reuse`.

    Other people's files are not listed, since what they prove may not be for this person to see.
    """
    in_use = select(EvidenceUse.id).where(EvidenceUse.file_id == EvidenceFile.id, LIVE).exists()
    query = (
        select(EvidenceFile)
        .where(EvidenceFile.uploaded_by == by.id, subtree(EvidenceFile.region_code, *roots), in_use)
        .order_by(EvidenceFile.id.desc())
        .limit(limit)
    )
    return [_file_row(file) for file in db.session.scalars(query)]


def open_file(file: FileRow) -> IO[bytes]:
    """The bytes; the caller closes. Raises NotFound when they are gone."""
    return setup().storage.open(file.storage_key)


def content_of(sha256: str) -> bytes | None:
    """What is kept under a hash, for a paper that names it; None when it is gone, or no hash."""
    try:
        with setup().storage.open(key_of(sha256)) as file:
            return file.read()
    except (NotFound, ValueError):
        return None


def open_thumbnail(file: FileRow) -> IO[bytes]:
    """The bytes of the small JPEG; the caller closes. Raises NotFound when there is none or it is gone."""
    if file.thumbnail_key is None:
        raise NotFound("Berkas ini tidak mempunyai gambar kecil. Buka berkasnya.")
    return setup().storage.open(file.thumbnail_key)


def _earlier(row: UseRow, by_id: dict[int, UseRow]) -> Iterable[UseRow]:
    while row.revises_id is not None:
        row = by_id[row.revises_id]
        yield row


def _use_row(use: EvidenceUse, file: EvidenceFile) -> UseRow:
    return UseRow(
        use.id,
        (use.subject_kind, use.subject_id),
        use.region_code,
        use.added_by,
        use.added_by_name,
        use.added_at,
        use.superseded_at,
        use.removed_at,
        use.removed_by_name,
        use.removed_reason,
        use.verdict,
        use.verdict_by_name,
        use.verdict_at,
        use.verdict_reason,
        use.revises_id,
        _file_row(file),
    )


def _file_row(file: EvidenceFile) -> FileRow:
    proposal = Proposal(file.proposed_taken_at, file.proposed_latitude, file.proposed_longitude)
    is_open = proposal.taken_at is not None or proposal.latitude is not None
    return FileRow(
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        original_sha256=file.original_sha256,
        storage_key=file.storage_key,
        thumbnail_key=file.thumbnail_key,
        width=file.width,
        height=file.height,
        pages=file.pages,
        taken_at=file.taken_at,
        latitude=file.latitude,
        longitude=file.longitude,
        place=file.place,
        region_code=file.region_code,
        uploaded_by=file.uploaded_by,
        uploaded_by_name=file.uploaded_by_name,
        office=file.office,
        uploaded_at=file.uploaded_at,
        proposal=proposal if is_open else None,
    )
