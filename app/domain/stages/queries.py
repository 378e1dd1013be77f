"""Reading elections, their stages and what is running where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, func, select

from app.domain import clock
from app.domain.accounts import Mandate, Permission, Person
from app.domain.errors import NotAllowed, NotFound
from app.domain.once import once
from app.domain.regions import contains, province_of, subtree, zone_of
from app.domain.stages.models import Election, Race, Stage, StageOverride, StageStep
from app.domain.stages.rules import Window, h_text, shifted
from app.extensions import db
from app.statements import ONE, Fixed, copy_of, whole

_CURRENT = Fixed(whole(Election).where(Election.is_current.is_(True)).order_by(Election.id).limit(ONE))
_STAGES = Fixed(whole(Stage).where(Stage.election_id == bindparam("election")).order_by(Stage.sort))
_MOVES = Fixed(
    whole(StageOverride)
    .where(StageOverride.election_id == bindparam("election"), StageOverride.withdrawn_at.is_(None))
    .order_by(func.length(StageOverride.region_code), StageOverride.id)
)


@once
def current_election() -> Election:
    """The election that the desks work on, as a copy for reading. Raises NotFound while none is set up."""
    row = _CURRENT.first()
    if row is None:
        raise NotFound("Belum ada pemilihan yang disiapkan. Hubungi admin desk.")
    found: Election = copy_of(Election, row)
    return found


def elections() -> list[Election]:
    """All elections, newest voting day first."""
    return list(db.session.scalars(select(Election).order_by(Election.voting_day.desc())))


@once
def races(election: Election) -> list[Race]:
    """The races of an election by region."""
    query = select(Race).where(Race.election_id == election.id).order_by(Race.region_code, Race.kind)
    return list(db.session.scalars(query))


def provinces_of(election: Election) -> tuple[str, ...]:
    """The provinces in which the election is held, by its races."""
    return tuple(sorted({province_of(race.region_code) for race in races(election)}))


def may_govern(person: Person, permission: Permission, election: Election) -> bool:
    """Whether a permission reaches all of the election: what the whole desk shares, such as its library and its
    stages, is changed by nobody who answers for one kabupaten only.
    """
    return permission in governed_by(person.appointments, [permission], election)


def governed_by(
    mandates: Collection[Mandate], permissions: Iterable[Permission], election: Election
) -> frozenset[Permission]:
    """Those of the permissions that these appointments together give in all of the election. One statement."""
    provinces = provinces_of(election)
    return frozenset(
        permission
        for permission in permissions
        if provinces
        and all(any(mandate.gives(permission, code) for mandate in mandates) for code in provinces)
    )


def govern(person: Person, permission: Permission, election: Election) -> None:
    """Raise NotAllowed unless `may_govern()`."""
    if not may_govern(person, permission, election):
        raise NotAllowed(
            "Ini berlaku untuk seluruh wilayah Pemilihan, jadi hanya admin yang penugasannya mencakup semuanya "
            "yang dapat mengubahnya."
        )


@once
def stages_of(election: Election) -> list[Stage]:
    """The stages in order, as copies for reading."""
    return [copy_of(Stage, row) for row in _STAGES.all(election=election.id)]


def steps_of(election: Election) -> list[StageStep]:
    """The official steps in order of their start."""
    query = select(StageStep).where(StageStep.election_id == election.id).order_by(StageStep.code)
    return list(db.session.scalars(query))


def overrides_for(election: Election, region_code: str) -> list[StageOverride]:
    """The moves that hold in a region: its own and those of the regions above it, the wider ones first."""
    return [move for move in moves_of(election) if contains(move.region_code, region_code)]


def overrides_under(election: Election, roots: Sequence[str]) -> list[StageOverride]:
    """The moves that hold in regions below these roots, by region; the roots' own are in `overrides_for`."""
    below = [
        move
        for move in moves_of(election)
        if any(contains(root, move.region_code) and root != move.region_code for root in roots)
    ]
    return sorted(below, key=lambda move: (move.region_code, move.id))


@once
def moves_of(election: Election) -> list[StageOverride]:
    """The moves in force, as copies for reading, the wider regions first: of those for one stage and region only
    the last.
    """
    found = [copy_of(StageOverride, row) for row in _MOVES.all(election=election.id)]
    return list({(move.region_code, move.stage_code): move for move in found}.values())


def moves_ever(election: Election, roots: Sequence[str]) -> list[StageOverride]:
    """Every move ever made in these subtrees, withdrawn and replaced ones too, newest first."""
    query = (
        select(StageOverride)
        .where(StageOverride.election_id == election.id, subtree(StageOverride.region_code, *roots))
        .order_by(StageOverride.id.desc())
    )
    return list(db.session.scalars(query))


def find_move(move_id: int, roots: Sequence[str]) -> StageOverride:
    """One move in these subtrees; raises NotFound for any other."""
    move = db.session.get(StageOverride, move_id)
    if move is None or not any(contains(root, move.region_code) for root in roots):
        raise NotFound("Jadwal khusus itu tidak ada atau di luar penugasan Anda.")
    return move


def find_election(election_id: int) -> Election:
    """One election; raises NotFound."""
    found = db.session.get(Election, election_id)
    if found is None:
        raise NotFound("Pemilihan itu tidak ada.")
    return found


def find_stage(election: Election, code: str) -> Stage:
    """One stage of an election by its code; raises NotFound."""
    stage = db.session.scalar(select(Stage).where(Stage.election_id == election.id, Stage.code == code))
    if stage is None:
        raise NotFound(f"Tahapan {code[:20]} tidak ada.")
    return stage


def windows_in(election: Election, region_code: str) -> list[Window]:
    """The stages as they run in a region; the nearest region's latest move wins."""
    moved = {move.stage_code: move for move in overrides_for(election, region_code)}
    windows = []
    for stage in stages_of(election):
        override = moved.get(stage.code)
        windows.append(
            Window(
                stage.code,
                stage.name,
                override.starts_on if override else shifted(election.voting_day, stage.start_offset),
                override.ends_on if override else shifted(election.voting_day, stage.end_offset),
                override.reason if override else "",
            )
        )
    return windows


def last_day_of(election: Election) -> dt.date | None:
    """The last day on which any stage of the election runs anywhere, by the calendar and by every move in force, such
    as a revote; None for one without stages, of which nobody knows when it is over.
    """
    ends = [shifted(election.voting_day, stage.end_offset) for stage in stages_of(election)]
    return max((*ends, *(move.ends_on for move in moves_of(election))), default=None) if ends else None


def running_in(election: Election, region_code: str, day: dt.date | None = None) -> list[Window]:
    """The stages running in a region on `day` (its own today); a reopened one may run beside another."""
    day = day or clock.today(zone_of(region_code))
    return [window for window in windows_in(election, region_code) if window.holds(day)]


def countdown(election: Election, region_code: str) -> str:
    """H-n in a region, by its own calendar day."""
    return h_text(election.voting_day, clock.today(zone_of(region_code)))
