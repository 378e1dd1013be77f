"""What goes out of a register is told on the trail (F125)."""

from __future__ import annotations

from app.domain import audit
from app.domain.accounts import Person
from app.domain.registers.register import Register


def record_export(register: Register, records: int, filters: str, *, by: Person, region: str) -> None:
    """Note that so many records went out as a file, narrowed by these filters."""
    audit.record(
        f"{register.action}:export",
        by=by,
        subject=(register.subject, ""),
        region=region,
        changes={"records": [None, records], "filters": [None, filters]},
    )
