"""Reference figures (angka acuan): the statements of their sources, the one in force, and how one is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select

from app.domain import clock
from app.domain.errors import Invalid
from app.domain.once import once
from app.domain.regions.kinds import FigureKind, check_value
from app.domain.regions.models import Figure, FigureChoice
from app.domain.regions.rules import given, one_given
from app.extensions import db
from app.statements import Fixed

MOST = {"source": 400, "document": 200, "note": 300}
"""Field -> characters at most."""


class FigureView(NamedTuple):
    """One version of one figure; `value` None is "belum diketahui", never zero."""

    id: int
    region_code: str
    kind: FigureKind
    value: Decimal | None
    source: str
    document: str
    dated_on: dt.date | None
    note: str
    recorded_at: dt.datetime
    recorded_by: str

    @property
    def label(self) -> str:
        """The figure's name for people."""
        return self.kind.label


COLUMNS = tuple(getattr(Figure, name) for name in FigureView._fields)


def view_of(row: Figure) -> FigureView:
    """The row as values."""
    return FigureView(
        row.id,
        row.region_code,
        FigureKind(row.kind),
        row.value,
        row.source,
        row.document,
        row.dated_on,
        row.note,
        row.recorded_at,
        row.recorded_by,
    )


def is_older(statement: FigureView, standing: FigureView) -> bool:
    """Whether a statement rests on an older document than what stands; an unknown day or value tells nothing."""
    if statement.dated_on is None or standing.dated_on is None or standing.value is None:
        return False
    return statement.dated_on < standing.dated_on


def standing(statements: Iterable[FigureView]) -> FigureView:
    """What holds of statements in the order of their recording: each one takes over, unless its document is older.

    Raises ValueError when there is none.
    """
    found: FigureView | None = None
    for statement in statements:
        if found is None or not is_older(statement, found):
            found = statement
    if found is None:
        raise ValueError("no statement")
    return found


@once
def current_figures(codes: Sequence[str]) -> dict[tuple[str, FigureKind], FigureView]:
    """The statement in force of every figure of these regions, by (region code, kind). One statement.

    In force is what stands of the source that somebody chose, and while nobody chose, what stands of all (`standing`).
    """
    said: dict[tuple[str, FigureKind], list[FigureView]] = {}
    for row in _current(len(codes)).all(**given(codes)) if codes else ():
        view = _view(row)
        said.setdefault((view.region_code, view.kind), []).append(view)
    return {key: standing(views) for key, views in said.items()}


def current_figure(code: str, kind: FigureKind) -> FigureView | None:
    """One of them, None where nobody has said anything. One statement."""
    rows = _current(1, of_one_kind=True).all(kind=kind.value, **given([code]))
    return standing(map(_view, rows)) if rows else None


def _view(row: tuple[Any, ...]) -> FigureView:
    number, code, kind, *rest = row
    return FigureView(number, code, FigureKind(kind), *rest)


@lru_cache(maxsize=64)
def _current(number: int, *, of_one_kind: bool = False) -> Fixed:
    """The statements that count of so many regions, all or those of one `kind`, in the order of their recording."""
    last_choice = (
        select(func.max(FigureChoice.id))
        .where(one_given(FigureChoice.region_code, number))
        .group_by(FigureChoice.region_code, FigureChoice.kind)
    )
    chosen = (
        select(FigureChoice.region_code, FigureChoice.kind, FigureChoice.figure_id, Figure.source)
        .join(Figure, Figure.id == FigureChoice.figure_id)
        .where(FigureChoice.id.in_(last_choice))
        .subquery()
    )
    counting = (
        select(*COLUMNS)
        .outerjoin(chosen, and_(chosen.c.region_code == Figure.region_code, chosen.c.kind == Figure.kind))
        .where(
            one_given(Figure.region_code, number),
            or_(
                chosen.c.source.is_(None),
                and_(chosen.c.source == Figure.source, Figure.id >= chosen.c.figure_id),
            ),
        )
        .order_by(Figure.id)
    )
    return Fixed(counting.where(Figure.kind == bindparam("kind")) if of_one_kind else counting)


def figure_history(code: str, kind: FigureKind) -> list[FigureView]:
    """All versions of one figure, newest first."""
    query = (
        select(Figure).where(Figure.region_code == code, Figure.kind == kind.value).order_by(Figure.id.desc())
    )
    return [view_of(row) for row in db.session.scalars(query)]


def figure_values(
    code: str,
    kind: FigureKind,
    value: Decimal | int | None,
    *,
    by: str,
    source: str,
    document: str = "",
    dated_on: dt.date | None = None,
    note: str = "",
) -> dict[str, Any]:
    """The columns of a new version of a figure, recorded now.

    Refuses (Invalid) a value that this figure cannot have, no source, and texts that are too long.
    """
    if value is not None:
        check_value(kind, Decimal(value))
    said = {"source": source.strip(), "document": document.strip(), "note": note.strip()}
    if not said["source"]:
        raise Invalid("Angka acuan harus menyebut sumbernya.", source="Tuliskan sumbernya.")
    for name, text in said.items():
        if len(text) > MOST[name]:
            raise Invalid("Isian terlalu panjang.", **{name: f"Paling banyak {MOST[name]} tanda."})
    return {
        **said,
        "region_code": code,
        "kind": kind.value,
        "value": None if value is None else Decimal(value),
        "dated_on": dated_on,
        "recorded_at": clock.now(),
        "recorded_by": by[:80],
    }
