"""Verbs of the stages room: set up an election, move a stage in one region."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from app.domain import audit, clock
from app.domain.errors import Invalid, NotFound
from app.domain.regions import find as find_region
from app.domain.stages.models import Election, Race, Stage, StageOverride
from app.extensions import db

RACE_KINDS = ("gub", "bup", "wali")


def create_election(
    code: str, name: str, voting_day: dt.date, *, in_use_from: dt.date, by: audit.Actor | None = None
) -> Election:
    """Add an election and make it the current one. Refuses a code that is taken (Invalid)."""
    if db.session.scalar(select(Election.id).where(Election.code == code)) is not None:
        raise Invalid("Kode pemilihan sudah dipakai.", code=f"{code} sudah ada.")
    db.session.execute(update(Election).values(is_current=False))
    election = Election(code=code, name=name, voting_day=voting_day, in_use_from=in_use_from, is_current=True)
    db.session.add(election)
    db.session.flush()
    audit.record(
        "calendar:election:create",
        by=by,
        subject=("election", election.id),
        changes={"voting_day": [None, voting_day], "name": [None, name]},
    )
    return election


def add_race(election: Election, kind: str, region_code: str) -> Race:
    """Add a race: gub for a province, bup or wali for a kabupaten or kota. Refuses another kind (Invalid)."""
    if kind not in RACE_KINDS:
        raise Invalid("Jenis Pemilihan tidak dikenal.", kind="Pilih gub, bup, atau wali.")
    find_region(region_code)
    race = Race(election_id=election.id, kind=kind, region_code=region_code)
    db.session.add(race)
    db.session.flush()
    return race


def add_stage(
    election: Election, code: str, name: str, start_offset: int, end_offset: int, sort: int
) -> Stage:
    """Add a stage as days from voting day. Refuses an end before the start (Invalid)."""
    if end_offset < start_offset:
        raise Invalid(
            "Tahapan berakhir sebelum mulai.", end_offset="Hari akhir harus sama atau sesudah hari mulai."
        )
    stage = Stage(
        election_id=election.id,
        code=code,
        name=name,
        start_offset=start_offset,
        end_offset=end_offset,
        sort=sort,
    )
    db.session.add(stage)
    db.session.flush()
    return stage


def override_stage(
    election: Election,
    stage_code: str,
    region_code: str,
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    by: audit.Actor | None,
) -> StageOverride:
    """Let a stage run on other dates in a region and below. Refuses no reason or a wrong order (Invalid).

    Entries are not moved here: the checklists room does that by `expect()`.
    """
    known = select(Stage.id).where(Stage.election_id == election.id, Stage.code == stage_code)
    if db.session.scalar(known) is None:
        raise NotFound(f"Tahapan {stage_code} tidak ada.")
    find_region(region_code)
    if ends_on < starts_on:
        raise Invalid(
            "Tahapan berakhir sebelum mulai.", ends_on="Tanggal akhir harus sama atau sesudah tanggal mulai."
        )
    if not reason.strip() or len(reason) > 400:
        raise Invalid(
            "Perubahan jadwal harus beralasan.", reason="Tuliskan dasarnya, paling banyak 400 tanda."
        )
    override = StageOverride(
        election_id=election.id,
        stage_code=stage_code,
        region_code=region_code,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        made_by="Sistem" if by is None else by.name,
        made_at=clock.now(),
    )
    db.session.add(override)
    db.session.flush()
    audit.record(
        "calendar:stage:override",
        by=by,
        subject=("stage", stage_code),
        region=region_code,
        changes={"window": [None, f"{starts_on}..{ends_on}"], "reason": [None, reason]},
    )
    return override
