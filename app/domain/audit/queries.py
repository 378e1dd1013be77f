"""Reading the trail: the history of one thing, and the search of `/jejak`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, and_, bindparam, func, or_, select, union_all

from app.domain.audit.models import AuditEntry
from app.domain.audit.trail import HASHED, START, link_hash
from app.domain.errors import NotFound
from app.domain.once import once
from app.domain.regions import ancestors, subtree
from app.extensions import db
from app.statements import ONE, Fixed

T = TypeVar("T", bound=Any)


@dataclass(frozen=True)
class Filters:
    """What an auditor narrows the trail down to; None or empty means no limit."""

    region: str | None = None
    action: str = ""
    actions: tuple[str, ...] = ()
    """What an action may begin with, for deeds that are looked for together."""
    actor: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    subject_kind: str = ""
    subject_id: str = ""


Head = tuple[int, str]
"""Number and hash of a link."""


@once
def head() -> Head:
    """Number and hash of the last link; (0, zeros) for an empty trail."""
    row = _HEAD.first()
    return (0, START) if row is None else (int(row[0]), str(row[1]))


def is_quiet_since(link: Head, quiet: tuple[str, ...], region: str) -> bool:
    """Whether the trail still holds this link, and after it nothing that concerns a region but deeds that begin so.

    A region is concerned by what is done in it, below it, in those above it, and by what has no region at all. One
    statement, which reads the links since.
    """
    seq, hash_ = link
    path = ancestors(region)
    given = {"seq": seq, "low": region, "high": f"{region}/"}
    return _since(quiet, len(path)).all(**given, **{f"above{n}": code for n, code in enumerate(path)}) == [
        (seq, hash_)
    ]


SHARED = ("calendar:%", "situation:%", "library:%", "region:%", "neutrality:clock:%", "report:rhythm:%")
"""Deeds on what the regions below share: days, thresholds, items, the tree, limits of steps, hours of reports."""


def newest_concerning(region: str) -> int:
    """Number of the last link on what is done in a region or below it, or above it on what they share; 0 for none.

    Whoever sees it learns nothing of what is done elsewhere. One statement.
    """
    above = ancestors(region)[:-1]
    inside = and_(AuditEntry.region_code >= region, AuditEntry.region_code < f"{region}/")
    shared = or_(*(AuditEntry.action.like(deed) for deed in SHARED))
    nowhere = and_(AuditEntry.region_code.is_(None), shared)
    if not above:  # nearly everything is inside a province: the first link from the end is it
        last = select(AuditEntry.seq).where(or_(nowhere, inside)).order_by(AuditEntry.seq.desc()).limit(ONE)
        return db.session.scalar(last) or 0
    each = [select(func.max(AuditEntry.seq)).where(part) for part in (nowhere, inside)]
    each += [select(func.max(AuditEntry.seq)).where(AuditEntry.region_code == code, shared) for code in above]
    found = union_all(*each).subquery()
    return db.session.scalar(select(func.max(found.c[0]))) or 0


_HEAD = Fixed(select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(ONE))


@lru_cache(maxsize=16)
def _since(quiet: tuple[str, ...], depth: int) -> Fixed:
    """The link itself, and the next that is not quiet."""
    place = AuditEntry.region_code
    concerns = or_(
        place.is_(None),
        and_(place >= bindparam("low"), place < bindparam("high")),
        *(place == bindparam(f"above{n}") for n in range(depth)),
    )
    loud = and_(*(AuditEntry.action.not_like(f"{one}%") for one in quiet), concerns)
    query = select(AuditEntry.seq, AuditEntry.hash).where(
        AuditEntry.seq >= bindparam("seq"), or_(AuditEntry.seq == bindparam("seq"), loud)
    )
    return Fixed(query.order_by(AuditEntry.seq).limit(2))


def history_of(kind: str, subject_id: int | str, limit: int = 200) -> list[AuditEntry]:
    """The links about one thing, newest first. The caller has checked that the person may see the thing."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(subject_id))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


LOOKED_BACK = 3_000
"""Links that `latest_in` reads at most: what is further back is no news."""


class News(NamedTuple):
    """What a list of the latest deeds says of one."""

    at: dt.datetime
    office: str
    action: str
    region_code: str


def latest_in(region: str, beginnings: tuple[str, ...], last: int, limit: int = 12) -> list[News]:
    """The newest deeds in a region and below whose action begins so, newest first. One statement.

    `last` is the number of the trail's head, from which LOOKED_BACK links are read.
    """
    rows = _latest(beginnings, limit).all(after=last - LOOKED_BACK, low=region, high=f"{region}/")
    return [News._make(row) for row in rows]


@lru_cache(maxsize=16)
def _latest(beginnings: tuple[str, ...], limit: int) -> Fixed:
    query = select(*(getattr(AuditEntry, name) for name in News._fields)).where(
        AuditEntry.seq > bindparam("after"),
        AuditEntry.region_code >= bindparam("low"),
        AuditEntry.region_code < bindparam("high"),
        or_(*(AuditEntry.action.startswith(beginning) for beginning in beginnings)),
    )
    return Fixed(query.order_by(AuditEntry.seq.desc()).limit(limit))


class People(NamedTuple):
    """Whose deeds without a region may be read: queries of account ids, and of what names them as subjects.

    Sign-ins and passwords belong to a person, not to a place; the accounts room knows who belongs to which.
    """

    ids: Select[Any]
    names: Select[Any]


def search(
    roots: tuple[str, ...], filters: Filters, *, page: int, per_page: int = 50, people: People | None = None
) -> tuple[list[AuditEntry], int]:
    """One page of the trail, newest first, within the subtrees `roots`, and how many links match in all.

    Links without a region are shown when they are about no account (the library, the calendar), or about or
    by one of `people`. A page after the last one is empty.
    """
    query = _narrowed(select(AuditEntry), roots, filters, people)
    total = (
        db.session.scalar(_narrowed(select(func.count()).select_from(AuditEntry), roots, filters, people))
        or 0
    )
    rows = db.session.scalars(
        query.order_by(AuditEntry.seq.desc()).limit(per_page).offset((page - 1) * per_page)
    )
    return list(rows), total


def last_readable(roots: tuple[str, ...], people: People | None = None) -> Head:
    """Number and hash of the newest link under the same limits as `search`; (0, zeros) where there is none.

    Whoever writes them down holds them against every change up to that link, others' too, and learns of none after it.
    """
    query = select(AuditEntry.seq, AuditEntry.hash).where(_readable(roots, people))
    row = db.session.execute(query.order_by(AuditEntry.seq.desc()).limit(1)).first()
    return (0, START) if row is None else (int(row[0]), str(row[1]))


def find(seq: int, roots: tuple[str, ...], *, people: People | None = None) -> AuditEntry:
    """One link by its number, under the same limits as `search`; raises NotFound."""
    query = select(AuditEntry).where(AuditEntry.seq == seq, _readable(roots, people))
    entry = db.session.scalar(query)
    if entry is None:
        raise NotFound("Catatan jejak itu tidak ada atau di luar wilayah penugasan Anda.")
    return entry


def holds(entry: AuditEntry) -> bool:
    """Whether the link still says what was recorded: its hash fits its content and the link before it."""
    before = db.session.scalar(select(AuditEntry.hash).where(AuditEntry.seq == entry.seq - 1))
    if entry.previous_hash != (START if entry.seq == 1 else before):
        return False
    return link_hash({name: getattr(entry, name) for name in HASHED}) == entry.hash


def _readable(roots: tuple[str, ...], people: People | None) -> Any:
    nobodys = AuditEntry.subject_kind != "account"
    if people is not None:
        nobodys = or_(nobodys, AuditEntry.actor_id.in_(people.ids), AuditEntry.subject_id.in_(people.names))
    return or_(subtree(AuditEntry.region_code, *roots), and_(AuditEntry.region_code.is_(None), nobodys))


def _narrowed(query: Select[T], roots: tuple[str, ...], filters: Filters, people: People | None) -> Select[T]:
    query = query.where(_readable(roots, people))
    if filters.region:
        query = query.where(subtree(AuditEntry.region_code, filters.region))
    if filters.action:
        query = query.where(AuditEntry.action.startswith(filters.action, autoescape=True))
    if filters.actions:
        query = query.where(
            or_(*(AuditEntry.action.startswith(part, autoescape=True) for part in filters.actions))
        )
    if filters.actor:
        query = query.where(AuditEntry.actor_name.icontains(filters.actor, autoescape=True))
    if filters.since:
        query = query.where(
            AuditEntry.at >= filters.since.astimezone(dt.UTC).isoformat(timespec="microseconds")
        )
    if filters.until:
        query = query.where(
            AuditEntry.at < filters.until.astimezone(dt.UTC).isoformat(timespec="microseconds")
        )
    if filters.subject_kind:
        query = query.where(AuditEntry.subject_kind == filters.subject_kind)
    if filters.subject_id:
        query = query.where(AuditEntry.subject_id == filters.subject_id)
    return query
