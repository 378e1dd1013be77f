"""Whether the kept files are still whole, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO

from sqlalchemy import func, literal, select

from app.domain.errors import NotFound
from app.domain.evidence.models import EvidenceFile
from app.domain.evidence.storage import key_of, setup
from app.extensions import db


@dataclass(frozen=True)
class Findings:
    """The outcome of a check; `bytes` has those of small pictures in it.

    The lists hold storage keys with the names of the files that need them.
    """

    files: int
    bytes: int
    missing: tuple[tuple[str, str], ...]
    altered: tuple[tuple[str, str], ...]
    orphans: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every file is there as it was kept; orphans do no harm."""
        return not self.missing and not self.altered


def check() -> Findings:
    """Read every kept file and compare it with its hash; names what is missing, altered, or needed by no row.

    Small pictures are read too, and named by their file. Changes nothing. An orphan is what a refused or
    broken transaction left behind, or an upload under way.
    """
    storage = setup().storage
    query = select(EvidenceFile.storage_key, EvidenceFile.sha256, func.min(EvidenceFile.name)).group_by(
        EvidenceFile.storage_key, EvidenceFile.sha256
    )
    small = select(EvidenceFile.thumbnail_key, literal(""), func.min(EvidenceFile.name)).group_by(
        EvidenceFile.thumbnail_key
    )
    files = list(db.session.execute(query.order_by(EvidenceFile.storage_key)))
    pictures = db.session.execute(
        small.where(EvidenceFile.thumbnail_key.is_not(None)).order_by(EvidenceFile.thumbnail_key)
    )
    known: set[str] = set()
    total = 0
    missing: list[tuple[str, str]] = []
    altered: list[tuple[str, str]] = []
    for key, sha256, name in [*files, *pictures]:
        known.add(key)
        try:
            with storage.open(key) as content:
                digest = _digest(content)
            total += storage.size(key)
        except NotFound:
            missing.append((key, name))
            continue
        if digest != (sha256 or digest) or key != key_of(digest):
            altered.append((key, name))
    orphans = tuple(sorted(set(storage.keys()) - known))
    return Findings(len(files), total, tuple(missing), tuple(altered), orphans)


def absent() -> tuple[int, list[tuple[str, str]]]:
    """How many files are kept, and the storage keys with names of those that are not there. Reads no file."""
    storage = setup().storage
    query = select(EvidenceFile.storage_key, func.min(EvidenceFile.name)).group_by(EvidenceFile.storage_key)
    files = [(key, name) for key, name in db.session.execute(query)]
    return len(files), [(key, name) for key, name in files if not storage.exists(key)]


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()
