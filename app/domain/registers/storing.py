"""Records into their tables by statements that are translated once: a click on a grid writes no more than it must."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm.util import identity_key

from app.domain import clock
from app.domain.registers.register import Register
from app.extensions import db
from app.statements import Fixed


def add(register: Register, row: Any) -> None:
    """Write a new record, which gets its id; it is not in the session afterwards."""
    values = {
        column.key: _said(column, getattr(row, column.key))
        for column in register.model.__table__.columns
        if column.key != "id"
    }
    told = _added(register).told(**values)
    assert told is not None  # noqa: S101
    row.id = told[0]


def lock(register: Register, record_id: int, version: int) -> bool:
    """Keep others from changing a record until the commit; False when it is not that version any more."""
    return _locked(register).change(at=record_id, seen=version) == 1


def save(register: Register, row: Any, version: int) -> None:
    """Write what a locked record says now, as its next version."""
    values = {column.name: getattr(row, column.name) for column in register.columns}
    _saved(register).change(
        **values, search_words=row.search_words, changed_at=clock.now(), at=row.id, seen=version
    )
    loaded = db.session().identity_map.get(identity_key(register.model, row.id))
    if loaded is not None:
        db.session.expire(loaded)


def _said(column: Any, value: Any) -> Any:
    """What the table's own default says where nothing else does."""
    return column.default.arg if value is None and column.default is not None else value


@cache
def _added(register: Register) -> Fixed:
    table = register.model.__table__
    values = {column.key: bindparam(column.key, type_=column.type) for column in table.columns}
    del values["id"]
    return Fixed(insert(table).values(values).returning(table.c.id))


@cache
def _locked(register: Register) -> Fixed:
    table = register.model.__table__
    return Fixed(_of_version(register, update(table).values(version=table.c.version)))


@cache
def _saved(register: Register) -> Fixed:
    table = register.model.__table__
    names = [*(column.name for column in register.columns), "search_words", "changed_at"]
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return Fixed(_of_version(register, update(table).values(**values, version=table.c.version + 1)))


def _of_version(register: Register, statement: Any) -> Any:
    table = register.model.__table__
    return statement.where(table.c.id == bindparam("at"), table.c.version == bindparam("seen"))
