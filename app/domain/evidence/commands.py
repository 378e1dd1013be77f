"""Verbs of the evidence room: attach, reuse, replace, remove, confirm what a photo says, read on record."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound
from app.domain.evidence.models import LIVE, EvidenceFile, EvidenceUse
from app.domain.evidence.queries import UseRow
from app.domain.evidence.rules import Inspected, clean_text
from app.domain.evidence.steps import (
    Degrees,
    Subject,
    add_file,
    add_use,
    check_room,
    claim,
    forget_proposal,
    given,
    live_use,
    office_of,
    put,
    record,
)
from app.extensions import db


def attach(
    inspected: Inspected,
    *,
    to: Subject,
    region: str,
    by: Person,
    office: str = "",
    place: str = "",
    taken_at: dt.datetime | None = None,
    latitude: Degrees = None,
    longitude: Degrees = None,
) -> EvidenceUse:
    """Keep the file and let it prove the subject; the caller has checked that the person may see that.

    `region` is the subject's; `office` defaults to the person's nearest appointment there. Time (aware) and
    place are kept as given; what the photo says of itself and nobody gave is kept as a proposal until
    `confirm_place` or `decline_place`. Writes the bytes before the commit: when it never comes, they are an
    orphan that `check()` names. Raises NotAllowed (no evidence:attach there), Invalid (the same file is on
    the subject already, too many files, impossible time or place).
    """
    mandate = office_of(by, region)
    check_room(to, original=inspected.original_sha256, sha256=inspected.sha256)
    said = given(place, taken_at, latitude, longitude)
    file = add_file(inspected, put(inspected), region=region, by=by, office=office or mandate, said=said)
    use = add_use(file, to, region=region, by=by)
    record("attach", use, file, by=by, office=office or mandate, changes=_arrived(file))
    return use


def reuse(
    file_id: int, *, to: Subject, region: str, by: Person, seen_on: Subject | None = None, office: str = ""
) -> EvidenceUse:
    """Let a file that is kept already prove another subject, without a second copy.

    A person may reuse what they uploaded themselves, or what they were shown on a subject: the caller then
    names it as `seen_on`, having checked that the person may see it. A number alone opens nothing. Raises
    NotFound for any other file and for one that is no longer in use anywhere, NotAllowed, and Invalid as
    `attach` does.
    """
    mandate = office_of(by, region)
    file = db.session.get(EvidenceFile, file_id)
    in_use = select(EvidenceUse.id).where(EvidenceUse.file_id == file_id, LIVE)
    if seen_on is not None:
        in_use = in_use.where(EvidenceUse.subject_kind == seen_on[0], EvidenceUse.subject_id == seen_on[1])
    may_know = file is not None and (seen_on is not None or file.uploaded_by == by.id)
    if file is None or not may_know or db.session.scalar(in_use.limit(1)) is None:
        raise NotFound("Berkas itu bukan bukti yang dapat Anda pakai lagi. Pilih dari daftar, atau unggah.")
    check_room(to, original=file.original_sha256, sha256=file.sha256)
    use = add_use(file, to, region=region, by=by)
    record("reuse", use, file, by=by, office=office or mandate, changes=_arrived(file))
    return use


def replace(
    use_id: int,
    inspected: Inspected,
    *,
    by: Person,
    office: str = "",
    place: str = "",
    taken_at: dt.datetime | None = None,
    latitude: Degrees = None,
    longitude: Degrees = None,
) -> EvidenceUse:
    """Put a better file in the place of one in use; the earlier revision stays readable under the new one.

    Only this subject changes: where the old file proves something else, it stays. Returns the new use, which
    has a number of its own. Raises NotFound, NotAllowed, NotNow (removed or replaced meanwhile), Invalid as
    `attach`.
    """
    old = live_use(use_id)
    mandate = office_of(by, old.region_code)
    to = (old.subject_kind, old.subject_id)
    check_room(to, original=inspected.original_sha256, sha256=inspected.sha256, one_leaves=True)
    said = given(place, taken_at, latitude, longitude)
    keys = put(inspected)
    claim(old, superseded_at=clock.now())
    file = add_file(
        inspected,
        keys,
        region=old.region_code,
        by=by,
        office=office or mandate,
        said=said,
        replaces_id=old.file_id,
    )
    use = add_use(file, to, region=old.region_code, by=by, revises_id=old.id)
    changes = _arrived(file) | {"file": [old.file_id, file.id], "use": [old.id, use.id]}
    record("replace", use, file, by=by, office=office or mandate, changes=changes)
    return use


def remove(use_id: int, reason: str, by: Person) -> EvidenceUse:
    """Take the file away from its subject, with its earlier revisions; a mark, nothing is deleted.

    Raises NotFound, NotAllowed, NotNow (removed or replaced meanwhile), Invalid (no reason).
    """
    use = live_use(use_id)
    office = office_of(by, use.region_code)
    reason = clean_text(reason, 500)
    if not reason:
        raise Invalid("Tuliskan mengapa bukti ini ditarik.", reason="Alasan wajib diisi.")
    claim(use, removed_at=clock.now(), removed_by=by.id, removed_by_name=by.name, removed_reason=reason)
    file = db.session.get_one(EvidenceFile, use.file_id)
    changes = {"use": [use.id, None], "file": [file.id, None], "name": [file.name, None]}
    record("remove", use, file, by=by, office=office, changes=changes | {"reason": [None, reason]})
    return use


def confirm_place(
    use_id: int,
    taken_at: dt.datetime | None,
    latitude: Degrees,
    longitude: Degrees,
    place: str,
    by: Person,
) -> None:
    """Keep when and where a photo was taken, as the person confirmed or corrected it; empties the proposal.

    `taken_at` is aware; None leaves it unknown. Holds for the file wherever it is used. Raises NotFound,
    NotAllowed, NotNow (removed or replaced), Invalid (impossible time or place).
    """
    use = live_use(use_id)
    office = office_of(by, use.region_code)
    said = given(place, taken_at, latitude, longitude)
    file = db.session.get_one(EvidenceFile, use.file_id)
    before = {name: getattr(file, name) for name in said}
    for name, value in said.items():
        setattr(file, name, value)
    forget_proposal(file)
    changes = {name: [before[name], value] for name, value in said.items() if before[name] != value}
    record("confirm", use, file, by=by, office=office, changes=changes)


def decline_place(use_id: int, by: Person) -> None:
    """Throw away what the photo said of itself, for good. Raises NotFound, NotAllowed, NotNow."""
    use = live_use(use_id)
    office = office_of(by, use.region_code)
    file = db.session.get_one(EvidenceFile, use.file_id)
    forget_proposal(file)
    record("decline", use, file, by=by, office=office, changes={})


def record_reading(use: UseRow, by: Person) -> None:
    """Put on the record that the person opened the file; the caller commits before it sends the bytes.

    Raises NotAllowed without evidence:read in the subject's region.
    """
    office = by.mandate_for(Permission.EVIDENCE_READ, region=use.region_code).text
    audit.record(
        "evidence:file:download",
        by=by,
        subject=use.subject,
        region=use.region_code,
        changes={
            "use": [None, use.id],
            "file": [None, use.file.id],
            "sha256": [None, use.file.sha256],
            "name": [None, use.file.name],
        },
        office=office,
    )


def _arrived(file: EvidenceFile) -> dict[str, list[object]]:
    return {"file": [None, file.id], "name": [None, file.name]}
