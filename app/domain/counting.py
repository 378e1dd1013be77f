"""Numbers that are given one after the other: a row holds the last one of a series, and no two people get the same."""

from __future__ import annotations

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from app.extensions import Model, db


def count_up(counter: type[Model], by: int = 1, **series: str | int) -> int:
    """Raise the number of a series and return the last one that is now taken; its row stays locked until the commit.

    `counter` is a table with the column `last` whose key is the series, given by the names of its columns.
    """
    table = counter.__table__
    here = [table.c[name] == value for name, value in series.items()]
    raised = update(table).where(*here).values(last=table.c.last + by).returning(table.c.last)
    last = db.session.scalar(raised)
    if last is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(table).values(**series, last=by))
        except IntegrityError:  # somebody else began the series at the same moment
            last = db.session.scalar(raised)
    return int(last or by)
