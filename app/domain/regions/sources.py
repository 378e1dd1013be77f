"""What each source says of a figure, where sources disagree, and which one somebody chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from app.domain.regions.figures import FigureView, view_of
from app.domain.regions.kinds import FigureKind
from app.domain.regions.models import Figure, FigureChoice
from app.extensions import db

Key = tuple[str, FigureKind]
"""Region code and kind: what one figure is."""


@dataclass(frozen=True)
class Choice:
    """Somebody's word on which source counts; `seen_id` is the newest version that was there to choose from."""

    id: int
    figure_id: int
    seen_id: int
    reason: str
    chosen_at: dt.datetime
    chosen_by: str


@dataclass(frozen=True)
class Said:
    """One figure: the latest statement of each source, newest first, and the latest choice between them."""

    statements: tuple[FigureView, ...]
    choice: Choice | None = None
    chosen_source: str = ""

    @property
    def in_force(self) -> FigureView:
        """The statement that counts: the chosen source's, else the newest."""
        if self.choice is not None:
            for statement in self.statements:
                if statement.source == self.chosen_source:
                    return statement
        return self.statements[0]

    @property
    def differs(self) -> bool:
        """Whether two sources give different values; what a source leaves unknown contradicts nobody."""
        return len({statement.value for statement in self.statements if statement.value is not None}) > 1

    @property
    def is_open(self) -> bool:
        """Whether the sources differ and nobody has chosen since the last of the others spoke."""
        if not self.differs:
            return False
        if self.choice is None:
            return True
        ours = self.in_force
        return any(
            other.id > self.choice.seen_id and other.value not in (None, ours.value)
            for other in self.statements
            if other.source != ours.source
        )

    def after(self, statement: FigureView) -> Said:
        """What is said once a source has spoken anew."""
        others = (old for old in self.statements if old.source != statement.source)
        return replace(self, statements=(statement, *others))


def said_of(codes: Sequence[str]) -> dict[Key, Said]:
    """What the sources say of every figure of these regions. Two statements."""
    latest = (
        select(func.max(Figure.id))
        .where(Figure.region_code.in_(codes))
        .group_by(Figure.region_code, Figure.kind, Figure.source)
    )
    found: dict[Key, list[FigureView]] = {}
    for row in db.session.scalars(select(Figure).where(Figure.id.in_(latest)).order_by(Figure.id.desc())):
        found.setdefault((row.region_code, FigureKind(row.kind)), []).append(view_of(row))
    choices = _choices(codes)
    return {key: Said(tuple(views), *choices.get(key, (None, ""))) for key, views in found.items()}


def _choices(codes: Sequence[str]) -> dict[Key, tuple[Choice, str]]:
    last = (
        select(func.max(FigureChoice.id))
        .where(FigureChoice.region_code.in_(codes))
        .group_by(FigureChoice.region_code, FigureChoice.kind)
    )
    query = (
        select(FigureChoice, Figure.source)
        .join(Figure, Figure.id == FigureChoice.figure_id)
        .where(FigureChoice.id.in_(last))
    )
    return {
        (row.region_code, FigureKind(row.kind)): (_choice(row), source)
        for row, source in db.session.execute(query)
    }


def _choice(row: FigureChoice) -> Choice:
    return Choice(row.id, row.figure_id, row.seen_id, row.reason, row.chosen_at, row.chosen_by)


def choices_of(code: str, kind: FigureKind) -> list[tuple[Choice, FigureView]]:
    """All choices ever made for one figure with what was chosen, newest first."""
    query = (
        select(FigureChoice, Figure)
        .join(Figure, Figure.id == FigureChoice.figure_id)
        .where(FigureChoice.region_code == code, FigureChoice.kind == kind.value)
        .order_by(FigureChoice.id.desc())
    )
    return [(_choice(choice), view_of(figure)) for choice, figure in db.session.execute(query)]


def figure_version(code: str, kind: FigureKind) -> int:
    """A number that every deed on this figure raises: its versions and choices counted together."""
    versions = select(func.count()).where(Figure.region_code == code, Figure.kind == kind.value)
    choices = select(func.count()).where(FigureChoice.region_code == code, FigureChoice.kind == kind.value)
    query = select(versions.scalar_subquery() + choices.scalar_subquery())
    return int(db.session.scalar(query) or 0)
