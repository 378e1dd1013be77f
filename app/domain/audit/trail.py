"""Writing the trail: `record()` adds one link inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.orm import Session

from app.domain import clock
from app.domain.audit.models import AuditEntry
from app.extensions import DeskSession, db
from app.statements import ONE, Fixed, held_by

LOG = logging.getLogger(__name__)
START = "0" * 64
TABLE = AuditEntry.__table__
# Any fixed number: one writer of the chain at a time.
CHAIN_LOCK = Fixed(text("SELECT pg_advisory_xact_lock(7205)"))
_LAST = Fixed(select(TABLE.c.seq, TABLE.c.hash).order_by(TABLE.c.seq.desc()).limit(ONE))
_INSERT = Fixed(insert(TABLE))
HASHED = (
    "seq",
    "at",
    "actor_id",
    "actor_name",
    "office",
    "action",
    "subject_kind",
    "subject_id",
    "region_code",
    "changes",
    "request_id",
    "address",
    "previous_hash",
)


class Actor(Protocol):
    """Who did it; a Person of the accounts room is one."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class Origin(NamedTuple):
    """Where a deed came from: the request's id and address, or the command line."""

    request_id: str = ""
    address: str = ""


_origin: ContextVar[Origin] = ContextVar("audit_origin", default=Origin())  # noqa: B039  (frozen)
_key = b""
_head_file: Path | None = None


def configure(key: str, head_file: Path | None) -> None:
    """Set the chain's key (never stored in the database) and the append-only file that witnesses its head."""
    global _key, _head_file
    _key, _head_file = key.encode(), head_file


def set_origin(origin: Origin) -> None:
    """Tell where the deeds of this request or command come from."""
    _origin.set(origin)


def link_hash(values: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over all hashed columns in order, as compact JSON."""
    message = json.dumps([values[name] for name in HASHED], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(_key, message.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)


def record(
    action: str,
    *,
    by: Actor | None,
    subject: tuple[str, int | str],
    region: str | None = None,
    changes: Mapping[str, Sequence[Any]] | None = None,
    office: str = "",
) -> int:
    """Add one link to the chain in the current transaction and return its number.

    `by` None is the system itself (command line, worker). `changes` maps a field to [old, new]. Call it last
    in a command: on PostgreSQL it holds the chain's lock until the commit.
    """
    session = cast(DeskSession, db.session())
    _take_the_pen(held_by(session))
    values = _next_link(_LAST.first(), Deed(action, subject, region, changes or {}), by, office)
    _INSERT.change(**values)
    session.info["audit_head"] = (values["seq"], values["hash"])
    return int(values["seq"])


class Deed(NamedTuple):
    """One of many deeds that are done at once; the fields are those of `record`."""

    action: str
    subject: tuple[str, int | str]
    region: str | None
    changes: Mapping[str, Sequence[Any]]
    office: str = ""


def record_export(links: int, filters: str, *, by: Actor, region: str) -> None:
    """Note that so many links went out as a file, narrowed by these filters (F125)."""
    changes: dict[str, list[Any]] = {"links": [None, links], "filters": [None, filters]}
    record("audit:trail:export", by=by, subject=("audit_entry", ""), region=region, changes=changes)


def record_many(deeds: Iterable[Deed], *, by: Actor | None) -> None:
    """`record` for thousands of deeds of one person: the same links, written by one statement."""
    session = db.session()
    session.flush()
    _take_the_pen(session.connection())
    last = _LAST.first()
    links: list[dict[str, Any]] = []
    for deed in deeds:
        links.append(_next_link(last, deed, by, deed.office))
        last = (links[-1]["seq"], links[-1]["hash"])
    if links:
        session.execute(insert(TABLE), links)
        session.info["audit_head"] = last


def _next_link(last: tuple[Any, ...] | None, deed: Deed, by: Actor | None, office: str) -> dict[str, Any]:
    """The link after `last` (number, hash), all its columns."""
    origin = _origin.get()
    values: dict[str, Any] = {
        "seq": 1 if last is None else last[0] + 1,
        "at": clock.now().isoformat(timespec="microseconds"),
        "actor_id": None if by is None else by.id,
        "actor_name": "Sistem" if by is None else by.name,
        "office": office,
        "action": deed.action,
        "subject_kind": deed.subject[0],
        "subject_id": str(deed.subject[1]),
        "region_code": deed.region,
        "changes": json.dumps(
            _plain(deed.changes), ensure_ascii=False, separators=(",", ":"), sort_keys=True
        ),
        "request_id": origin.request_id,
        "address": origin.address,
        "previous_hash": START if last is None else last[1],
    }
    values["hash"] = link_hash(values)
    return values


def _take_the_pen(connection: Connection) -> None:
    """Wait until nobody else writes the chain: two who read the same last link would write the same number."""
    if connection.dialect.name == "postgresql":
        CHAIN_LOCK.change()
    else:  # app/sqlite.py takes the turn at the first write statement; reading the last link must not precede it
        connection.connection.dbapi_connection.take_turn()  # type: ignore[union-attr]


@event.listens_for(Session, "after_commit")
def _witness(session: Session) -> None:
    """Append the committed head to the file outside the database: a chain cannot see its own tail cut off.

    The deed is done by then, so a full disk is told in the log and not to the person; the next head that is kept
    vouches for this link too.
    """
    head = session.info.pop("audit_head", None)
    if head is None or _head_file is None:
        return
    try:
        _append(_head_file, head)
    except OSError:
        LOG.exception("the head of the trail, link %s, was not kept outside the database", head[0])


def _append(file: Path, head: tuple[int, str]) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{head[0]} {head[1]}\n".encode("ascii"))
    finally:
        os.close(handle)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("audit_head", None)


def head_file() -> Path | None:
    """The witness file in use."""
    return _head_file
