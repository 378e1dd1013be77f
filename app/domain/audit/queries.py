"""Reading the trail: the history of one thing, and the search of `/jejak`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, func, or_, select

from app.domain.audit.models import AuditEntry
from app.domain.regions import subtree
from app.extensions import db

T = TypeVar("T", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Filters:
    """What an auditor narrows the trail down to; None or empty means no limit."""

    region: str | None = None
    action: str = ""
    actor: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    subject_kind: str = ""
    subject_id: str = ""


def head() -> tuple[int, str]:
    """Number and hash of the last link; (0, zeros) for an empty trail."""
    row = db.session.execute(
        select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    ).one_or_none()
    return (0, "0" * 64) if row is None else (row.seq, row.hash)


def history_of(kind: str, subject_id: int | str, limit: int = 200) -> list[AuditEntry]:
    """The links about one thing, newest first. The caller has checked that the person may see the thing."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(subject_id))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def search(
    roots: tuple[str, ...], filters: Filters, *, page: int, per_page: int = 50, own_actor: int | None = None
) -> tuple[list[AuditEntry], int]:
    """One page of the trail, newest first, within the subtrees `roots`, and how many links match in all.

    Links without a region (sign-ins, accounts) are shown when they are of `own_actor` or of nobody's region but
    the actor's; they belong to a person, not to a place.
    """
    query = _narrowed(select(AuditEntry), roots, filters, own_actor)
    total = (
        db.session.scalar(_narrowed(select(func.count()).select_from(AuditEntry), roots, filters, own_actor))
        or 0
    )
    rows = db.session.scalars(
        query.order_by(AuditEntry.seq.desc()).limit(per_page).offset((page - 1) * per_page)
    )
    return list(rows), total


def _narrowed(query: Select[T], roots: tuple[str, ...], filters: Filters, own_actor: int | None) -> Select[T]:
    visible = subtree(AuditEntry.region_code, *roots)
    query = query.where(visible if own_actor is None else or_(visible, AuditEntry.actor_id == own_actor))
    if filters.region:
        query = query.where(subtree(AuditEntry.region_code, filters.region))
    if filters.action:
        query = query.where(AuditEntry.action.startswith(filters.action, autoescape=True))
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
