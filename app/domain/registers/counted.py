"""Which records count: those of the current election that were not withdrawn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from app.domain.stages import Election

_CURRENT = (
    select(Election.id).where(Election.is_current.is_(True)).order_by(Election.id).limit(1).scalar_subquery()
)


def of_election(model: Any) -> ColumnElement[bool]:
    """SQL condition: the record belongs to the current election. Those of earlier ones are read one by one only."""
    condition: ColumnElement[bool] = model.election_id == _CURRENT
    return condition


def counting(model: Any) -> ColumnElement[bool]:
    """SQL condition: a record of the current election that was not withdrawn."""
    condition: ColumnElement[bool] = model.withdrawn_at.is_(None)
    return condition & of_election(model)
