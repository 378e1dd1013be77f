"""Whether the kept files are still whole, byte for byte, and bringing them whole from one storage to another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, NamedTuple

from sqlalchemy import func, literal, select

from app.domain.errors import NotFound
from app.domain.evidence.models import EvidenceFile
from app.domain.evidence.storage import Storage, key_of, setup
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
                digest, size = digest_of(content)
            total += size
        except NotFound:
            missing.append((key, name))
            continue
        if digest != (sha256 or digest) or key != key_of(digest):
            altered.append((key, name))
    orphans = tuple(sorted(set(storage.keys()) - known))
    return Findings(len(files), total, tuple(missing), tuple(altered), orphans)


def absent() -> tuple[int, list[tuple[str, str]]]:
    """How many files are kept, and the storage keys with names of those that are not there. Reads no file."""
    query = select(EvidenceFile.storage_key, func.min(EvidenceFile.name)).group_by(EvidenceFile.storage_key)
    files = [(key, name) for key, name in db.session.execute(query)]
    there = set(setup().storage.keys())
    return len(files), [(key, name) for key, name in files if key not in there]


def kept_bytes() -> int:
    """Bytes of all files that rows name, their small pictures aside."""
    once = select(EvidenceFile.storage_key, func.max(EvidenceFile.size).label("size"))
    files = once.group_by(EvidenceFile.storage_key).subquery()
    return int(db.session.scalar(select(func.sum(files.c.size))) or 0)


class Moved(NamedTuple):
    """What `move` did: copied now, there already, and the keys whose content is not what they say."""

    copied: int
    there: int
    altered: tuple[str, ...]


def move(source: Storage, target: Storage, told: Callable[[int, int], None]) -> Moved:
    """Copy every file of one storage to another, each compared with its hash; what is there already is left as it is.

    May be done again and again, also while people work: deletes nothing and asks no database. `told` hears how many of
    how many are done. A file that is not what its key says is not copied. Raises OSError when either cannot be used;
    what was copied until then stays.
    """
    there = set(target.keys())
    wanted = sorted(set(source.keys()))
    altered: list[str] = []
    copied = 0
    for done, key in enumerate(wanted, 1):
        if key not in there:
            with source.open(key) as file:
                content = file.read()
            if key == key_of(hashlib.sha256(content).hexdigest()):
                target.put(content)
                copied += 1
            else:
                altered.append(key)
        told(done, len(wanted))
    return Moved(copied, len(wanted) - copied - len(altered), tuple(altered))


def digest_of(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and bytes of what is read from here on, a megabyte at a time."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(1024 * 1024):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
