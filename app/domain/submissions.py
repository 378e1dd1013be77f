"""A form sent twice counts once: each sending has a key, kept in the transaction of its deed.

On a weak link the answer may be lost after the commit; the browser or the person sends again, and finds it
done.
"""

import datetime as dt
from functools import cache

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain import clock
from app.domain.errors import NotNow
from app.extensions import Model, db
from app.statements import Fixed, inserting

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


@cache
def _claim(dialect: str) -> Fixed:
    """The one statement, as a database of this kind says it."""
    return Fixed(inserting(TABLE).on_conflict_do_nothing())


def claim(key: str, *, account_id: int, route: str, digest: str) -> bool:
    """Take the key for this sending; False when the same sending was done before.

    Raises NotNow when the key was used for something else. Without a key (empty) every sending counts.
    """
    if not key:
        return True
    values = {
        "key": key[:80],
        "account_id": account_id,
        "route": route,
        "digest": digest,
        "sent_at": clock.real_now(),
    }
    if _claim(db.engine.dialect.name).change(**values) == 1:
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
