"""The edge of the command line: one commit, refusals as sentences,
and the trail told where a deed came from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.domain import audit
from app.domain.errors import Refusal
from app.domain.evidence import StoreAway
from app.extensions import db

ORIGIN = audit.Origin(address="baris perintah")


class NotDone(click.ClickException):
    """One sentence for the person at the terminal; exit code 1, nothing changed."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it without click's English prefix."""
        click.echo(f"Tidak dikerjakan: {self.format_message()}", err=True)


@contextmanager
def with_store() -> Iterator[None]:
    """A store of evidence that does not answer ends the command with a sentence; what was copied until then stays."""
    try:
        yield
    except StoreAway as away:
        raise NotDone(
            f"{away.strerror}. Periksa penyimpanannya dan pengaturan DESK_STORE_*, lalu ulangi."
        ) from None


@contextmanager
def deed() -> Iterator[None]:
    """Commit what is done inside; a refusal undoes all of it and ends the command with its sentence."""
    audit.set_origin(ORIGIN)
    try:
        yield
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        raise NotDone(" ".join([refusal.message, *refusal.fields.values()])) from None
    except (OperationalError, ProgrammingError) as error:
        db.session.rollback()
        if "no such table" in str(error.orig) or "does not exist" in str(error.orig):
            raise NotDone("Basis data belum disiapkan. Jalankan dahulu: flask db upgrade") from None
        raise
    except BaseException:
        db.session.rollback()
        raise
    finally:
        audit.set_origin(audit.Origin())


def _named(param: click.Parameter | None) -> str:
    """What a word of the command is for, as it is typed: "--voting-day: "."""
    if param is None:
        return ""
    return f"{param.opts[0] if isinstance(param, click.Option) else param.human_readable_name}: "


class IsoDate(click.ParamType):
    """A date typed as 2024-11-27."""

    name = "TTTT-BB-HH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the date, or say how to write one (NotDone: click's own refusal speaks English)."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise NotDone(f"{_named(param)}{value!r} bukan tanggal; tulis seperti 2024-11-27.") from None
