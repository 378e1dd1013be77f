"""What keeps a desk from writing, or from answering at all: its database or its disk, told from the error in words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import g, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


class Obstacle(NamedTuple):
    """The status that it is told with, and the sentence on top; what to do next stands in errors/words.html."""

    status: int
    message: str


FULL = Obstacle(507, "Tidak ada tempat lagi untuk menyimpan yang baru.")
READ_ONLY = Obstacle(503, "Basis data sedang hanya dapat dibaca, belum dapat ditulisi.")
BUSY = Obstacle(503, "Basis data sedang sibuk.")
AWAY = Obstacle(503, "Basis data sedang tidak dapat dihubungi.")
UNREADABLE = Obstacle(503, "Penyimpanan server sedang bermasalah.")
STORE_AWAY = Obstacle(503, "Penyimpanan berkas bukti sedang tidak dapat dihubungi.")

SQLITE = (
    ("locked", BUSY),
    ("busy", BUSY),
    ("is full", FULL),
    ("readonly", READ_ONLY),
    ("disk i/o error", UNREADABLE),
    ("unable to open database", AWAY),
)
"""Parts of what SQLite says; its driver hands on no number."""
POSTGRESQL = (
    ("53100", FULL),
    ("53", BUSY),
    ("55P03", BUSY),
    ("57014", BUSY),
    ("40", BUSY),
    ("25006", READ_ONLY),
    ("58", UNREADABLE),
    ("57P", AWAY),
    ("08", AWAY),
)
"""Beginnings of SQLSTATE (PostgreSQL, appendix A), the longer before the shorter."""
SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EIO: UNREADABLE,
    errno.EHOSTUNREACH: STORE_AWAY,  # evidence.StoreAway; nothing else that people ask for goes over a network
}


def obstacle_of(error: BaseException) -> Obstacle | None:
    """What stands behind an error of the database or of the system; None where the fault is our own."""
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno is not None:
        return SYSTEM.get(error.errno)
    return None


def _of_database(error: DBAPIError) -> Obstacle | None:
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return next((found for beginning, found in POSTGRESQL if state.startswith(beginning)), None)
    said = str(error.orig).lower()
    found = next((found for part, found in SQLITE if part in said), None)
    if found is None and (error.connection_invalidated or _lost(error)):
        return AWAY
    return found


def _lost(error: DBAPIError) -> bool:
    """Whether a PostgreSQL driver says that there is no connection: such errors come without a number."""
    return isinstance(error, OperationalError | InterfaceError) and "psycopg" in type(error.orig).__module__


SECRET = ("sandi", "kode", "pin")
"""Beginnings of names of fields that are never written into a page again."""


def said_again() -> list[tuple[str, str]] | None:
    """What a plain form sent, field by field, so that the same sending can be repeated with its key.

    None for what is no form, came without its token, or holds a secret.
    """
    if request.method != "POST" or not g.get("csrf_valid", False):
        return None
    fields = list(_typed())
    if any(name.startswith(SECRET) for name, _ in fields):
        return None
    return fields


def _typed() -> Iterator[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        if name != "csrf_token":
            yield name, value


def files_were_sent() -> bool:
    """Whether files came along: those cannot be written into a page and must be picked again."""
    return any(upload.filename for upload in request.files.values())


def forget_who_asks(login_manager: Any) -> None:
    """Draw the page for nobody where the person could not be read: asking again would fail again."""
    if "_login_user" not in g:
        g._login_user = login_manager.anonymous_user()
