"""Numbers that are given one after the other: a row holds the last one of a series, and no two people get the same."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from app.extensions import Model, db
from app.statements import Fixed


def count_up(counter: type[Model], by: int = 1, **series: str | int) -> int:
    """Raise the number of a series and return the last one that is now taken; its row stays locked until the commit.

    `counter` is a table with the column `last` whose key is the series, given by the names of its columns.
    """
    raised = _raised(counter, tuple(series))
    row = raised.told(by=by, **series)
    if row is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(counter.__table__).values(**series, last=by))
        except IntegrityError:  # somebody else began the series at the same moment
            row = raised.told(by=by, **series)
    return int(row[0]) if row else by


@cache
def _raised(counter: type[Model], names: tuple[str, ...]) -> Fixed:
    table = counter.__table__
    here = [table.c[name] == bindparam(name) for name in names]
    return Fixed(
        update(table).where(*here).values(last=table.c.last + bindparam("by")).returning(table.c.last)
    )
