"""What each source says of a figure, where sources disagree, and which one somebody chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.regions.figures import COLUMNS, FigureView, is_older, standing, view_of
from app.domain.regions.kinds import FigureKind
from app.domain.regions.models import Figure, FigureChoice
from app.domain.regions.rules import given, one_given
from app.extensions import db
from app.statements import Fixed, copy_of, whole

Key = tuple[str, FigureKind]
"""Region code and kind: what one figure is."""


class Choice(NamedTuple):
    """Somebody's word on which source counts; `seen_id` is the newest version that was there to choose from."""

    id: int
    figure_id: int
    seen_id: int
    reason: str
    chosen_at: dt.datetime
    chosen_by: str


@dataclass(frozen=True)
class Said:
    """One figure: all that was ever said of it, oldest first, and the latest choice between its sources."""

    versions: tuple[FigureView, ...]
    choice: Choice | None = None
    chosen_source: str = ""

    @cached_property
    def statements(self) -> tuple[FigureView, ...]:
        """What stands for each source, newest first; beside it its latest one where that rests on an older document."""
        by_source: dict[str, list[FigureView]] = {}
        for version in self.versions:
            by_source.setdefault(version.source, []).append(version)
        found: dict[int, FigureView] = {}
        for source, versions in by_source.items():
            counting = self._since_choice(source, versions)
            found |= {view.id: view for view in (standing(counting), counting[-1])}
        return tuple(found[number] for number in sorted(found, reverse=True))

    def _since_choice(self, source: str, versions: list[FigureView]) -> list[FigureView]:
        """A chosen statement counts from then on, whatever its source has said before."""
        if self.choice is None or source != self.chosen_source:
            return versions
        return [version for version in versions if version.id >= self.choice.figure_id]

    @cached_property
    def in_force(self) -> FigureView:
        """The statement that counts: what stands of the chosen source, else of all."""
        if self.choice is None:
            return standing(self.versions)
        ours = [version for version in self.versions if version.source == self.chosen_source]
        return standing(self._since_choice(self.chosen_source, ours))

    @property
    def differs(self) -> bool:
        """Whether two statements give different values; what a source leaves unknown contradicts nobody."""
        return len({statement.value for statement in self.statements if statement.value is not None}) > 1

    @property
    def is_open(self) -> bool:
        """Whether the statements differ and nobody has chosen since the last of the others was made."""
        if not self.differs:
            return False
        if self.choice is None:
            return True
        ours = self.in_force
        return any(
            other.id > self.choice.seen_id and other.value not in (None, ours.value)
            for other in self.statements
            if other.source != ours.source or other.id > ours.id
        )

    def outdates(self, statement: FigureView) -> bool:
        """Whether a new statement would not count for no other reason than that its document is older."""
        chose_another = self.choice is not None and self.chosen_source != statement.source
        return not chose_another and is_older(statement, self.in_force)

    def after(self, statement: FigureView) -> Said:
        """What is said once a source has spoken anew."""
        return replace(self, versions=(*self.versions, statement))


def said_of(codes: Sequence[str]) -> dict[Key, Said]:
    """What the sources say of every figure of these regions. Two statements."""
    found: dict[Key, list[FigureView]] = {}
    for number, code, kind, *rest in _versions(len(codes)).all(**given(codes)) if codes else ():
        view = FigureView(number, code, FigureKind(kind), *rest)
        found.setdefault((code, view.kind), []).append(view)
    choices = _choices(codes)
    return {key: Said(tuple(views), *choices.get(key, (None, ""))) for key, views in found.items()}


@lru_cache(maxsize=64)
def _versions(number: int) -> Fixed:
    return Fixed(select(*COLUMNS).where(one_given(Figure.region_code, number)).order_by(Figure.id))


@lru_cache(maxsize=64)
def _chosen(number: int) -> Fixed:
    last = (
        select(func.max(FigureChoice.id))
        .where(one_given(FigureChoice.region_code, number))
        .group_by(FigureChoice.region_code, FigureChoice.kind)
    )
    return Fixed(
        whole(FigureChoice)
        .add_columns(Figure.source)
        .join(Figure, Figure.id == FigureChoice.figure_id)
        .where(FigureChoice.id.in_(last))
    )


def _choices(codes: Sequence[str]) -> dict[Key, tuple[Choice, str]]:
    found = {}
    for *columns, source in _chosen(len(codes)).all(**given(codes)) if codes else ():
        row: FigureChoice = copy_of(FigureChoice, tuple(columns))
        found[row.region_code, FigureKind(row.kind)] = (_choice(row), source)
    return found


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
