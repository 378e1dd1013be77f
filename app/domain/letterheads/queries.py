"""Reading letterheads: the draft, the one in force here or above, what came before."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.domain.errors import NotFound
from app.domain.letterheads.models import Letterhead, LetterheadLogo, PaperNumber
from app.domain.letterheads.rules import Content, Line, numbered
from app.domain.regions import ancestors
from app.extensions import db

IN_FORCE = (Letterhead.published_at.is_not(None), Letterhead.ended_at.is_(None))
DRAFT = (Letterhead.published_at.is_(None), Letterhead.ended_at.is_(None))


class Head(NamedTuple):
    """A letterhead as it was saved."""

    id: int
    region_code: str
    version: int
    content: Content
    logo_sha256: str | None
    preview_job_id: int | None
    saved_at: dt.datetime
    saved_by_name: str
    published_at: dt.datetime | None
    published_by_name: str
    ended_at: dt.datetime | None
    ended_by_name: str

    @property
    def is_draft(self) -> bool:
        """Whether papers do not use it yet."""
        return self.published_at is None and self.ended_at is None


def head_of(row: Letterhead) -> Head:
    """The row as values."""
    return Head(
        row.id,
        row.region_code,
        row.version,
        Content(
            tuple(Line(text, size, bold) for text, size, bold in json.loads(row.lines)),
            tuple(row.address.splitlines()),
            row.number_pattern,
            row.classification,
            row.attachment,
            row.subject,
            tuple(row.copies.splitlines()),
            row.paper,
        ),
        row.logo_sha256,
        row.preview_job_id,
        row.saved_at,
        row.saved_by_name,
        row.published_at,
        row.published_by_name,
        row.ended_at,
        row.ended_by_name,
    )


def _first(*conditions: ColumnElement[bool]) -> Head | None:
    query = (
        select(Letterhead).where(*conditions).order_by(func.length(Letterhead.region_code).desc()).limit(1)
    )
    row = db.session.scalar(query)
    return None if row is None else head_of(row)


def draft_of(code: str) -> Head | None:
    """The draft of a region's own letterhead."""
    return _first(Letterhead.region_code == code, *DRAFT)


def own_of(code: str) -> Head | None:
    """The region's own letterhead in force."""
    return _first(Letterhead.region_code == code, *IN_FORCE)


def in_force(code: str) -> Head | None:
    """The letterhead that papers of a region carry: its own, else the nearest one above; None for the built-in."""
    return _first(Letterhead.region_code.in_(ancestors(code)), *IN_FORCE)


def find(letterhead_id: int) -> Head:
    """One letterhead; raises NotFound."""
    row = db.session.get(Letterhead, letterhead_id)
    if row is None:
        raise NotFound("Kop surat itu tidak ada.")
    return head_of(row)


def past_of(code: str) -> list[Head]:
    """What the region's papers carried before, newest first."""
    query = (
        select(Letterhead)
        .where(
            Letterhead.region_code == code,
            Letterhead.published_at.is_not(None),
            Letterhead.ended_at.is_not(None),
        )
        .order_by(Letterhead.id.desc())
    )
    return [head_of(row) for row in db.session.scalars(query)]


def standing_in(codes: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """Region -> the region whose letterhead it uses ("" for the built-in), and who has a draft. One statement."""
    wanted = {code for each in codes for code in ancestors(each)}
    rows = db.session.execute(
        select(Letterhead.region_code, Letterhead.published_at).where(
            Letterhead.region_code.in_(wanted), Letterhead.ended_at.is_(None)
        )
    ).all()
    own = {code for code, published_at in rows if published_at is not None}
    used = {each: next((code for code in reversed(ancestors(each)) if code in own), "") for each in codes}
    return used, {code for code, published_at in rows if published_at is None}


def logo(sha256: str | None) -> bytes | None:
    """The PNG of that hash; None for none."""
    if not sha256:
        return None
    return db.session.scalar(select(LetterheadLogo.content).where(LetterheadLogo.sha256 == sha256))


def last_number(code: str, year: int) -> int:
    """The last number that the region's desk gave in a year; zero before the first."""
    query = select(PaperNumber.last).where(PaperNumber.region_code == code, PaperNumber.year == year)
    return db.session.scalar(query) or 0


def next_number(head: Head, day: dt.date) -> str:
    """The number that a paper of that day would get, taking none; empty without a pattern."""
    pattern = head.content.number_pattern
    return numbered(pattern, last_number(head.region_code, day.year) + 1, day) if pattern else ""
