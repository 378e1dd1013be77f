"""What every step of a sheet shares: it is taken from the state before it, and told on the trail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from app.domain import audit
from app.domain.accounts import Person
from app.domain.imports.models import SheetImport
from app.extensions import db


def put_on_record(verb: str, sheet: SheetImport, by: Person, said: dict[str, Any]) -> None:
    """Tell the trail what was done to a sheet."""
    audit.record(
        f"import:sheet:{verb}",
        by=by,
        subject=("import", sheet.id),
        region=sheet.region_code,
        changes={name: [None, value] for name, value in said.items()},
    )


def kept_files() -> set[str]:
    """The storage keys of all sheets and lists of errors that somebody may still need."""
    keys = select(SheetImport.file_key, SheetImport.errors_key).where(
        or_(SheetImport.file_key != "", SheetImport.errors_key != "")
    )
    return {key for pair in db.session.execute(keys) for key in pair if key}


def is_changed(statement: Any) -> bool:
    """Run an update; whether the row still stood where the step begins."""
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]
