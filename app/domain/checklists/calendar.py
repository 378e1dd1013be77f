"""Deeds on the calendar that entries follow: each is said beforehand (`preview_...`), then done in one transaction.

The stages room keeps the calendar; here the library and the entries go with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from app.domain import stages
from app.domain.accounts import Permission, Person
from app.domain.checklists.expecting import expect, hold_entries
from app.domain.checklists.gaps import begun
from app.domain.checklists.library import (
    CONTENT,
    Wording,
    codes_of,
    current_versions,
    item_by_code,
    publish,
    wording_of,
)
from app.domain.checklists.models import Entry, ItemVersion
from app.domain.checklists.moving import Preview, look_ahead, settle, take_over
from app.domain.checklists.plans import plans_of
from app.domain.errors import Invalid, NotNow
from app.domain.stages import Election, Stage, StageOverride
from app.extensions import db


def _of_stage(code: str) -> list[ItemVersion]:
    return [version for version in current_versions() if version.stage == code]


def _settle(election: Election, versions: Sequence[ItemVersion], roots: Sequence[str] = ()) -> None:
    """Let the entries of these items follow the calendar as it is now, below the roots where some are given."""
    if versions:
        settle(plans_of(election, versions), roots)
        codes = codes_of([version.item_id for version in versions])
        expect(election, codes=sorted(codes.values()), roots=roots)


# --- A stage in one region ----------------------------------------------------------------------------------------


def preview_move(election: Election, move: StageOverride, *, day: dt.date) -> Preview:
    """What a planned move of a stage in a region would do to entries."""
    others = [one for one in stages.moves_of(election) if not _same_place(one, move)]
    moves = sorted([*others, move], key=lambda one: len(one.region_code))
    return _preview_moves(election, move, moves, day)


def preview_withdrawal(election: Election, move: StageOverride, *, day: dt.date) -> Preview:
    """What withdrawing a move would do to entries."""
    moves = [one for one in stages.moves_of(election) if not _same_place(one, move)]
    return _preview_moves(election, move, moves, day)


def _same_place(one: StageOverride, other: StageOverride) -> bool:
    return (one.stage_code, one.region_code) == (other.stage_code, other.region_code)


def _preview_moves(
    election: Election, move: StageOverride, moves: Sequence[StageOverride], day: dt.date
) -> Preview:
    versions = _of_stage(move.stage_code)
    before, after = plans_of(election, versions), plans_of(election, versions, moves=moves)
    return look_ahead(election, before, after, root=move.region_code, day=day)


def move_stage(
    election: Election,
    stage_code: str,
    region_code: str,
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    document: str = "",
    again: bool | None = None,
    seen: int = 0,
    version: int,
    by: Person,
) -> StageOverride:
    """Let a stage run on other dates in a region, and its entries with it.

    Refuses whoever does not manage the calendar there (NotAllowed), a calendar changed since `version` (NotNow),
    and what `stages.planned_move` refuses.
    """
    by.require(Permission.CALENDAR_MANAGE, region=region_code)
    hold_entries()
    stages.claim_calendar(election, version)
    move = stages.override_stage(
        election,
        stage_code,
        region_code,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        document=document,
        again=again,
        seen=seen,
        by=by,
    )
    _settle(election, _of_stage(stage_code), [region_code])
    return move


def withdraw_move(election: Election, move: StageOverride, *, reason: str, version: int, by: Person) -> None:
    """Take a move back, and let the open entries follow; refusals as in `move_stage` and `stages.withdraw_move`."""
    by.require(Permission.CALENDAR_MANAGE, region=move.region_code)
    hold_entries()
    stages.claim_calendar(election, version)
    stages.withdraw_move(move, reason=reason, by=by)
    _settle(election, _of_stage(move.stage_code), [move.region_code])


# --- A stage everywhere -------------------------------------------------------------------------------------------


def preview_stage(election: Election, planned: Stage, *, day: dt.date) -> Preview:
    """What other days of a stage would do to the items of that stage and their entries."""
    old = stages.find_stage(election, planned.code)
    versions = _of_stage(planned.code)
    calendar = {stage.code: stage for stage in stages.stages_of(election)} | {planned.code: planned}
    moved = [_carried(version, old, planned) for version in versions]
    after = plans_of(election, moved, stages=calendar)
    return look_ahead(election, plans_of(election, versions), after, day=day)


def change_stage(election: Election, planned: Stage, *, place: int, version: int, by: Person) -> None:
    """Give a stage another name, place or other days; its items go along as new wordings, their open entries too.

    Refuses whoever does not govern the whole election (NotAllowed), an election that is not the current one or a
    calendar changed since `version` (NotNow).
    """
    stages.govern(by, Permission.CALENDAR_MANAGE, election)
    if not election.is_current:
        raise NotNow(
            "Tahapan hanya dapat diubah pada Pemilihan yang berlaku. Berlakukan dahulu Pemilihan ini."
        )
    hold_entries()
    stages.claim_calendar(election, version)
    old = stages.find_stage(election, planned.code)
    versions = _of_stage(planned.code)
    moved = [(one, shifted_wording(one, old, planned)) for one in versions]
    stages.change_stage(planned, election, place=place, by=by)
    codes = codes_of([one.item_id for one in versions])
    for one, wording in moved:
        item, _ = item_by_code(codes[one.item_id])
        new = publish(item.code, wording, sort=item.sort, by=by)
        if new.id != one.id:
            take_over(one, new, election)
    _settle(election, _of_stage(planned.code))


def shifted_wording(version: ItemVersion, old: Stage, new: Stage) -> Wording:
    """The wording whose first day moved by what the stage's start moved, and whose due day by what its end moved."""
    wording = wording_of(version)
    start, due = wording.start_offset, wording.due_offset + new.end_offset - old.end_offset
    if start is not None:
        start += new.start_offset - old.start_offset
        due = max(start, due)
    return replace(wording, start_offset=start, due_offset=due)


def _carried(version: ItemVersion, old: Stage, new: Stage) -> ItemVersion:
    """A version as it would be, not saved, under its own number: entries of it would take the new one."""
    wording = shifted_wording(version, old, new)
    content = {name: getattr(wording, name) for name in CONTENT}
    return ItemVersion(id=version.id, item_id=version.item_id, number=version.number, **content)


# --- Voting day ---------------------------------------------------------------------------------------------------


def preview_voting_day(election: Election, voting_day: dt.date, *, day: dt.date) -> Preview:
    """What another voting day would do to all entries. Refuses what `check_voting_day` refuses."""
    check_voting_day(election, voting_day, day=day)
    planned = stages.planned_election(election, voting_day)
    versions = current_versions()
    before, after = plans_of(election, versions), plans_of(planned, versions)
    return look_ahead(election, before, after, day=day)


def change_voting_day(
    election: Election, voting_day: dt.date, *, reason: str, day: dt.date, version: int, by: Person
) -> None:
    """Move voting day and with it every stage, step and open entry; moves of single regions keep their dates.

    Refuses whoever does not govern the whole election (NotAllowed), a calendar changed since `version` (NotNow),
    no reason, and what `check_voting_day` refuses.
    """
    stages.govern(by, Permission.CALENDAR_MANAGE, election)
    stages.check_reason(reason)
    hold_entries()
    stages.claim_calendar(election, version)
    check_voting_day(election, voting_day, day=day)
    stages.planned_election(election, voting_day)
    stages.change_voting_day(election, voting_day, reason=reason, by=by)
    _settle(election, current_versions())


def check_voting_day(election: Election, voting_day: dt.date, *, day: dt.date) -> None:
    """Refuse (Invalid) a voting day that what was recorded contradicts.

    One in the past once anything was recorded; any other once entries of voting day or later were: the vote was
    held, and a second one is a move of its stage in the regions that vote again.
    """
    recorded = [Entry.election_id == election.id, begun()]
    if voting_day < day and _count(recorded):
        raise Invalid(
            "Hari itu sudah lewat, sedangkan isian sudah dicatat.",
            voting_day="Pilih hari ini atau sesudahnya.",
        )
    held = _count([*recorded, Entry.opens_on >= election.voting_day])
    if held:
        raise Invalid(
            "Pemungutan suara sudah dicatat.",
            voting_day=f"{held} isian hari pemungutan atau sesudahnya sudah dikerjakan. Untuk pemungutan suara "
            "ulang, buat jadwal khusus di wilayahnya.",
        )


def _count(conditions: Sequence[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(Entry).where(*conditions)) or 0  # type: ignore[arg-type]
