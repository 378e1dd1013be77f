"""The table of the audit room. Triggers in the migration refuse UPDATE and DELETE on it."""

import json
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class AuditEntry(Model):
    """One deed or one restricted reading. `seq` has no gaps; `hash` covers all columns and the row before."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id", "seq"),
        Index("ix_audit_entry_region_code_seq", "region_code", "seq"),
        Index("ix_audit_entry_actor_id_seq", "actor_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(BigInteger(), "postgresql"), primary_key=True, autoincrement=False
    )
    at: Mapped[str] = mapped_column(String(32))
    """UTC, ISO 8601 with microseconds: text, so that the hash is the same on every database."""
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(240))
    """The appointment under which it was done, in words, as it was then."""
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(40))
    region_code: Mapped[str | None] = mapped_column(RegionCode)
    changes: Mapped[str] = mapped_column(Text)
    """JSON object: field -> [old, new]."""
    request_id: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(45))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def changed(self) -> dict[str, list[Any]]:
        """`changes` as a dictionary of field -> [old, new]."""
        parsed: dict[str, list[Any]] = json.loads(self.changes)
        return parsed
