"""A form sent twice counts once: each sending has a key, kept in the transaction of its deed.

On a weak link the answer may be lost after the commit; the browser or the person sends again, and finds it
done.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.domain import clock
from app.domain.errors import NotNow
from app.extensions import Model, db
from app.statements import Fixed

KEPT = dt.timedelta(days=2)


class Submission(Model):
    """The key of one sending, who sent it, where to, and a digest of what was said."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    account_id: Mapped[int]
    route: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[dt.datetime]


TABLE = Submission.__table__
_CLAIMS = {
    "sqlite": Fixed(sqlite.insert(TABLE).on_conflict_do_nothing()),
    "postgresql": Fixed(postgresql.insert(TABLE).on_conflict_do_nothing()),
}


def claim(key: str, *, account_id: int, route: str, digest: str) -> bool:
    """Take the key for this sending; False when the same sending was done before.

    Raises NotNow when the key was used for something else. Without a key (empty) every sending counts.
    """
    if not key:
        return True
    dialect = db.session.connection().dialect.name
    values = {
        "key": key[:80],
        "account_id": account_id,
        "route": route,
        "digest": digest,
        "sent_at": clock.real_now(),
    }
    if _CLAIMS[dialect].change(**values) == 1:
        return True
    before = db.session.execute(
        select(TABLE.c.account_id, TABLE.c.route, TABLE.c.digest).where(TABLE.c.key == key[:80])
    ).one()
    if tuple(before) != (account_id, route, digest):
        raise NotNow("Kiriman ini memakai kunci kiriman lain. Muat ulang halaman, lalu kirim lagi.")
    return False


def forget_old() -> int:
    """Remove keys older than two days; returns how many."""
    gone = db.session.execute(delete(Submission).where(Submission.sent_at < clock.real_now() - KEPT))
    return int(gone.rowcount)  # type: ignore[attr-defined]
