"""Steps that the verbs of the evidence room share. Each one may refuse; none commits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import CursorResult, and_, func, or_, select, update

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.evidence.models import LIVE, EvidenceFile, EvidenceUse
from app.domain.evidence.rules import (
    MAX_ON_SUBJECT,
    Inspected,
    checked_moment,
    checked_position,
    clean_text,
)
from app.domain.evidence.storage import setup
from app.domain.regions import zone_of
from app.extensions import db

Subject = tuple[str, int]
"""What a file proves: the name of a table and the row's number, for instance ("checklist_entry", 12)."""
Degrees = Decimal | float | str | None
Keys = tuple[str, str | None]
"""Where a file's bytes lie in the storage, and those of its small picture."""

_KIND = re.compile(r"[a-z][a-z_]{0,39}")
_GONE = "Bukti ini sudah ditarik atau diganti oleh orang lain. Muat ulang untuk melihat yang terbaru."


def office_of(by: Person, region: str) -> str:
    """The appointment under which the person attaches there, in words. Raises NotAllowed without one."""
    return by.mandate_for(Permission.EVIDENCE_ATTACH, region=region).text


def check_room(to: Subject, *, original: str, sha256: str, one_leaves: bool = False) -> None:
    """Refuse (Invalid) the same file twice on one subject, and a heap of files."""
    if not _KIND.fullmatch(to[0]):
        raise ValueError(f"not a subject kind: {to[0]!r}")
    here = and_(EvidenceUse.subject_kind == to[0], EvidenceUse.subject_id == to[1], LIVE)
    same = or_(EvidenceFile.original_sha256 == original, EvidenceFile.sha256 == sha256)
    twin = select(EvidenceFile.name).join(EvidenceUse, EvidenceUse.file_id == EvidenceFile.id)
    name = db.session.scalar(twin.where(here, same).limit(1))
    if name is not None:
        sentence = f"Berkas ini sudah terlampir di sini sebagai «{name}». Pilih berkas lain."
        raise Invalid(sentence, file=sentence)
    count = db.session.scalar(select(func.count()).select_from(EvidenceUse).where(here)) or 0
    if count - one_leaves >= MAX_ON_SUBJECT:
        sentence = f"Sudah ada {MAX_ON_SUBJECT} berkas di sini. Gabungkan beberapa foto menjadi satu PDF."
        raise Invalid(sentence, file=sentence)


def given(place: str, taken_at: dt.datetime | None, latitude: Degrees, longitude: Degrees) -> dict[str, Any]:
    """When and where, as a person said it: column -> value. Refuses (Invalid) what cannot be."""
    north, east = checked_position(latitude, longitude)
    return {
        "taken_at": checked_moment(taken_at),
        "latitude": north,
        "longitude": east,
        "place": clean_text(place, 200),
    }


def add_file(
    inspected: Inspected,
    keys: Keys,
    *,
    region: str,
    by: Person,
    office: str,
    said: dict[str, Any],
    replaces_id: int | None = None,
) -> EvidenceFile:
    """The row of a file whose bytes lie in the storage under `keys`; what nobody gave stays a proposal."""
    proposals = inspected.proposals
    has_position = said["latitude"] is not None
    file = EvidenceFile(
        **said,
        sha256=inspected.sha256,
        original_sha256=inspected.original_sha256,
        size=inspected.size,
        media_type=inspected.media_type,
        name=inspected.name,
        storage_key=keys[0],
        thumbnail_key=keys[1],
        width=inspected.width,
        height=inspected.height,
        pages=inspected.pages,
        proposed_taken_at=None if said["taken_at"] else proposals.taken_at(zone_of(region)),
        proposed_latitude=None if has_position else proposals.latitude,
        proposed_longitude=None if has_position else proposals.longitude,
        region_code=region,
        uploaded_by=by.id,
        uploaded_by_name=by.name,
        office=office,
        uploaded_at=clock.now(),
        replaces_id=replaces_id,
    )
    db.session.add(file)
    db.session.flush()
    return file


def put(inspected: Inspected) -> Keys:
    """Write the bytes for good, and the small picture's, unless that was done ahead; returns their keys."""
    if inspected.keys is not None:
        return inspected.keys
    storage = setup().storage
    small = storage.put(inspected.thumbnail) if inspected.thumbnail else None
    return storage.put(inspected.content), small


def kept_ahead(files: Sequence[Inspected]) -> list[Inspected]:
    """Several files of one sending, written before the first of them is recorded: from its record on a deed holds the
    trail's lock, and everybody would wait for a slow store. One file alone is written by its own deed, which may refuse
    it before. What is refused after this leaves orphans, as `attach` does.
    """
    if len(files) < 2:
        return list(files)
    return [replace(inspected, keys=put(inspected)) for inspected in files]


def add_use(
    file: EvidenceFile, to: Subject, *, region: str, by: Person, revises_id: int | None = None
) -> EvidenceUse:
    """The row that says: this file proves that subject."""
    use = EvidenceUse(
        file_id=file.id,
        subject_kind=to[0],
        subject_id=to[1],
        region_code=region,
        added_by=by.id,
        added_by_name=by.name,
        added_at=clock.now(),
        revises_id=revises_id,
    )
    db.session.add(use)
    db.session.flush()
    return use


def live_use(use_id: int) -> EvidenceUse:
    """A use that counts, read afresh. Raises NotFound, or NotNow when it was removed or replaced."""
    use = db.session.get(EvidenceUse, use_id, populate_existing=True)
    if use is None:
        raise NotFound("Bukti itu tidak ada.")
    if use.removed_at is not None or use.superseded_at is not None:
        raise NotNow(_GONE)
    return use


def claim(use: EvidenceUse, **marks: Any) -> None:
    """Mark the use unless somebody was faster (NotNow); the database checks that under its own lock."""
    done = db.session.execute(update(EvidenceUse).where(EvidenceUse.id == use.id, LIVE).values(**marks))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        raise NotNow(_GONE)
    db.session.refresh(use)


def forget_proposal(file: EvidenceFile) -> None:
    """Empty what the photo said of itself."""
    file.proposed_taken_at = file.proposed_latitude = file.proposed_longitude = None
    db.session.flush()


def record(
    verb: str, use: EvidenceUse, file: EvidenceFile, *, by: Person, office: str, changes: dict[str, Any]
) -> None:
    """Put the deed into the trail, in the history of the subject."""
    audit.record(
        f"evidence:file:{verb}",
        by=by,
        subject=(use.subject_kind, use.subject_id),
        region=use.region_code,
        changes={"use": [None, use.id], "sha256": [None, file.sha256], **changes},
        office=office,
    )
