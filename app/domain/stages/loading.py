"""Setting up an election's stages, official steps and races, and closed days, from the rows of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.domain.stages.commands import add_race, add_stage
from app.domain.stages.models import Election, Race, Stage, StageStep
from app.domain.stages.rules import race_kind
from app.extensions import db

Row = Mapping[str, str]


def load_stages(election: Election, rows: Iterable[Row]) -> int:
    """Add the stages that the election does not have yet; returns how many.

    Columns: code, name_id, start_offset, end_offset (days from voting day), sort.
    """
    known = set(db.session.scalars(select(Stage.code).where(Stage.election_id == election.id)))
    new = [row for row in rows if row["code"] not in known]
    for row in new:
        add_stage(
            election,
            row["code"],
            row["name_id"],
            int(row["start_offset"]),
            int(row["end_offset"]),
            int(row["sort"]),
        )
    return len(new)


def load_steps(election: Election, rows: Iterable[Row]) -> int:
    """Add the official steps that are not there yet; returns how many.

    Columns: code, app_stage, title_id, start_offset, end_offset (either may be empty), legal_basis, source.
    """
    known = set(db.session.scalars(select(StageStep.code).where(StageStep.election_id == election.id)))
    new = [row for row in rows if row["code"] not in known]
    for row in new:
        db.session.add(
            StageStep(
                election_id=election.id,
                code=row["code"],
                stage_code=row["app_stage"],
                title=row["title_id"],
                start_offset=_offset(row["start_offset"]),
                end_offset=_offset(row["end_offset"]),
                legal_basis=row["legal_basis"],
                source=row["source"],
            )
        )
    db.session.flush()
    return len(new)


def _offset(text: str) -> int | None:
    return int(text) if text else None


def load_races(election: Election, regions: Iterable[tuple[str, str]]) -> int:
    """Add the race of every region given as (code, kind of region):
    gub, bup or wali; returns how many were new.
    """
    query = select(Race.kind, Race.region_code).where(Race.election_id == election.id)
    known = {(kind, code) for kind, code in db.session.execute(query)}
    added = 0
    for code, kind_of_region in regions:
        kind = race_kind(code, kind_of_region)
        if (kind, code) not in known:
            add_race(election, kind, code)
            added += 1
    return added
