"""Verbs of the letterheads room: save a draft, put it in force, let it go; give a paper its number."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import insert, select, update

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.counting import count_up
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.evidence import Emblem
from app.domain.letterheads.models import Letterhead, LetterheadLogo, PaperNumber
from app.domain.letterheads.queries import DRAFT, IN_FORCE, Head, find, head_of, in_force, last_number
from app.domain.letterheads.rules import Content, checked, numbered
from app.domain.regions import Region
from app.domain.regions import find as find_region
from app.extensions import db

SUBJECT = "letterhead"
MOST_NUMBER = 999_998
TOO_LATE = (
    "Draf kop surat ini baru saja diubah orang lain. Lihat isinya sekarang, lalu ulangi perubahan Anda."
)


def save_draft(
    code: str,
    content: Content,
    *,
    by: Person,
    version: int,
    emblem: Emblem | None = None,
    drops_logo: bool = False,
) -> Head:
    """Keep the draft of a region's letterhead; papers do not use it before `publish`. A new one begins at version 0.

    The logo is the new emblem, none, or else the draft's (a new draft begins with that of the letterhead in
    force). Refuses without region:manage there (NotAllowed), what no paper should carry (Invalid), a draft
    that changed since `version` (NotNow).
    """
    content = checked(content)
    _hold(code, by)
    row = _own(code, *DRAFT)
    if (0 if row is None else row.version) != version:
        raise NotNow(TOO_LATE)
    before = None if row is None else head_of(row)
    begun = in_force(code) if before is None else before
    kept = None if begun is None or drops_logo else begun.logo_sha256
    logo_sha256 = kept if emblem is None else _keep(emblem)
    if row is None:
        row = Letterhead(region_code=code, version=0)
    _write(row, content)
    row.logo_sha256, row.version = logo_sha256, version + 1
    row.saved_at, row.saved_by_name, row.preview_job_id = clock.now(), by.name, None
    db.session.add(row)
    db.session.flush()
    made = head_of(row)
    _tell("letterhead:draft:save", made, by, _changes(before, made))
    return made


def publish(code: str, *, by: Person, version: int) -> Head:
    """Let papers use the draft from now on; the one before ends and stays readable.

    Refuses as `save_draft`, and (NotFound) when there is no draft.
    """
    _hold(code, by)
    row = _draft(code, version)
    old = _own(code, *IN_FORCE)
    if old is not None:
        _end(old, by)
    row.published_at, row.published_by_name = clock.now(), by.name
    db.session.flush()
    made = head_of(row)
    _tell("letterhead:head:publish", made, by, _changes(None if old is None else head_of(old), made))
    return made


def discard(code: str, *, by: Person, version: int) -> None:
    """Give the draft up. Refuses as `publish`."""
    _hold(code, by)
    row = _draft(code, version)
    _end(row, by)
    _tell("letterhead:draft:discard", head_of(row), by, {})


def withdraw(code: str, *, by: Person, letterhead_id: int) -> None:
    """Use the letterhead of the region above again, or the built-in one; `reuse` brings this one back.

    Refuses without region:manage there (NotAllowed), and (NotNow) when another one is in force by now.
    """
    _hold(code, by)
    row = _own(code, *IN_FORCE)
    if row is None or row.id != letterhead_id:
        raise NotNow("Kop surat itu sudah tidak dipakai. Muat ulang untuk melihat yang berlaku.")
    _end(row, by)
    _tell("letterhead:head:withdraw", head_of(row), by, {})


def reuse(letterhead_id: int, *, by: Person) -> Head:
    """Make a draft of what a letterhead of before said, logo and all.

    Refuses without region:manage there (NotAllowed), an unknown one (NotFound), and (NotNow) while there is a
    draft.
    """
    old = find(letterhead_id)
    _hold(old.region_code, by)
    if _own(old.region_code, *DRAFT) is not None:
        raise NotNow("Masih ada draf. Terapkan atau buang draf itu dahulu.")
    row = Letterhead(region_code=old.region_code, version=1, logo_sha256=old.logo_sha256)
    _write(row, old.content)
    row.saved_at, row.saved_by_name = clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    made = head_of(row)
    _tell("letterhead:draft:save", made, by, _changes(None, made))
    return made


def note_preview(head: Head, job_id: int) -> None:
    """Remember which job draws the preview of this letterhead."""
    db.session.execute(update(Letterhead).where(Letterhead.id == head.id).values(preview_job_id=job_id))


def take_number(code: str, day: dt.date, *, by: Person) -> str:
    """The next number for a paper of a region, by the letterhead that it carries; taken once the caller commits.

    Counts up by the year of `day` and by the desk whose letterhead it is, so that two regions that share one
    never get the same. Two at once wait for each other. Refuses (Invalid) where no letterhead has a pattern.
    """
    head = in_force(code)
    if head is None or not head.content.number_pattern:
        sentence = "Kop surat desk ini belum mempunyai pola nomor. Tulis nomornya sendiri, atau kosongkan."
        raise Invalid(sentence, numbering=sentence)
    taken = count_up(PaperNumber, region_code=head.region_code, year=day.year)
    number = numbered(head.content.number_pattern, taken, day)
    audit.record(
        "paper:number:take",
        by=by,
        subject=("paper_number", f"{head.region_code}/{day.year}"),
        region=code,
        changes={"number": [None, number]},
    )
    return number


def set_last_number(code: str, last: int, *, year: int, by: Person) -> None:
    """Say which number the desk gave last by hand, so that the next one follows it.

    Refuses without region:manage there (NotAllowed), one below what was given here already (Invalid).
    """
    _hold(code, by)
    before = last_number(code, year)
    if last < before or last > MOST_NUMBER:
        sentence = f"Nomor {before} sudah diberikan tahun ini. Isi {before} atau lebih."
        raise Invalid(sentence, last=sentence if last < before else "Nomor ini terlalu besar.")
    if last == before:
        return
    here = (PaperNumber.region_code == code, PaperNumber.year == year)
    if not db.session.execute(update(PaperNumber).where(*here).values(last=last)).rowcount:  # type: ignore[attr-defined]
        db.session.execute(insert(PaperNumber).values(region_code=code, year=year, last=last))
    audit.record(
        "paper:number:set",
        by=by,
        subject=("paper_number", f"{code}/{year}"),
        region=code,
        changes={"number": [before, last]},
    )


def _hold(code: str, by: Person) -> None:
    """Ask whether the person may, and let nobody else change this region's letterhead until the commit."""
    find_region(code)
    by.require(Permission.REGION_MANAGE, region=code)
    # Writing the row as it is takes its lock on PostgreSQL and the writers' turn on SQLite.
    db.session.execute(update(Region).where(Region.code == code).values(source_version=Region.source_version))


def _own(code: str, *conditions: Any) -> Letterhead | None:
    query = select(Letterhead).where(Letterhead.region_code == code, *conditions)
    return db.session.scalar(query.execution_options(populate_existing=True))


def _draft(code: str, version: int) -> Letterhead:
    row = _own(code, *DRAFT)
    if row is None:
        raise NotFound("Tidak ada draf kop surat. Simpan draf dahulu.")
    if row.version != version:
        raise NotNow(TOO_LATE)
    return row


def _end(row: Letterhead, by: Person) -> None:
    row.ended_at, row.ended_by_name = clock.now(), by.name
    db.session.flush()


def _write(row: Letterhead, content: Content) -> None:
    row.lines = json.dumps([[line.text, line.size, line.bold] for line in content.lines], ensure_ascii=False)
    row.address = "\n".join(content.address)
    row.number_pattern = content.number_pattern
    row.classification, row.attachment = content.classification, content.attachment
    row.subject, row.copies, row.paper = content.subject, "\n".join(content.copies), content.paper


def _keep(emblem: Emblem) -> str:
    if db.session.get(LetterheadLogo, emblem.sha256) is None:
        db.session.add(
            LetterheadLogo(
                sha256=emblem.sha256, content=emblem.content, width=emblem.width, height=emblem.height
            )
        )
        db.session.flush()
    return emblem.sha256


def _said(head: Head | None) -> dict[str, Any]:
    if head is None:
        return {}
    content = head.content
    return {
        "lines": [line.text for line in content.lines],
        "styles": [f"{line.size}, tebal" if line.bold else line.size for line in content.lines],
        "address": list(content.address),
        "logo": head.logo_sha256,
        "number_pattern": content.number_pattern,
        "classification": content.classification,
        "attachment": content.attachment,
        "subject": content.subject,
        "copies": list(content.copies),
        "paper": content.paper,
    }


def _changes(before: Head | None, after: Head) -> dict[str, list[Any]]:
    old, new = _said(before), _said(after)
    return {
        name: [old.get(name), value]
        for name, value in new.items()
        if old.get(name) != value and (old or value)
    }


def _tell(action: str, head: Head, by: Person, changes: dict[str, list[Any]]) -> None:
    audit.record(
        action,
        by=by,
        subject=(SUBJECT, head.id),
        region=head.region_code,
        changes=changes,
        office=by.mandate_for(Permission.REGION_MANAGE, region=head.region_code).text,
    )
