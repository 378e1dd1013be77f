"""Verbs of the stages room: set up an election, move a stage in one region, take a move back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from app.domain import audit, clock
from app.domain.errors import Invalid, NotNow
from app.domain.regions import find as find_region
from app.domain.stages.models import Election, Race, Stage, StageOverride
from app.domain.stages.queries import find_stage, moves_of, windows_in
from app.domain.stages.rules import starts_after
from app.extensions import db

RACE_KINDS = ("gub", "bup", "wali")
FARTHEST = 730
"""Days from voting day; what lies farther off is a slip of the year."""


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


def check_offsets(start_offset: int, end_offset: int) -> None:
    """Refuse (Invalid) an end before the start, or days more than two years from voting day."""
    if end_offset < start_offset:
        raise Invalid(
            "Tahapan berakhir sebelum mulai.", end_offset="Hari akhir harus sama atau sesudah hari mulai."
        )
    _check_offset(start_offset, "start_offset")
    _check_offset(end_offset, "end_offset")


def _check_offset(days: int, field: str) -> None:
    if abs(days) > FARTHEST:
        raise Invalid(
            "Terlalu jauh dari hari pemungutan suara.",
            **{field: f"Paling jauh {FARTHEST} hari sebelum atau sesudahnya. Periksa tahunnya."},
        )


def add_stage(
    election: Election, code: str, name: str, start_offset: int, end_offset: int, sort: int
) -> Stage:
    """Add a stage as days from voting day. Refuses what `check_offsets` refuses."""
    check_offsets(start_offset, end_offset)
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
    document: str = "",
    again: bool | None = None,
    seen: int | None = None,
    by: audit.Actor | None,
) -> StageOverride:
    """Let a stage run on other dates in a region and below; refuses what `planned_move` refuses.

    The move that held there before is replaced by it. Entries are not moved here: the checklists room does that
    by `expect()`.
    """
    move = planned_move(
        election,
        stage_code,
        region_code,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        document=document,
        again=again,
        seen=seen,
    )
    move.made_by = "Sistem" if by is None else by.name
    move.made_at = clock.now()
    _take_back(move, "Digantikan oleh jadwal khusus yang baru.", by=by)
    db.session.add(move)
    db.session.flush()
    said = {"window": window_text(move), "reason": move.reason, "document": move.document}
    said |= {"runs_again": "diulang"} if move.runs_again else {}
    audit.record(
        "calendar:stage:override",
        by=by,
        subject=("stage", stage_code),
        region=region_code,
        changes={name: [None, value] for name, value in said.items() if value},
    )
    return move


def planned_move(
    election: Election,
    stage_code: str,
    region_code: str,
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    document: str = "",
    again: bool | None = None,
    seen: int | None = None,
) -> StageOverride:
    """The move of a stage as it would be made, not saved: for saying beforehand what it would do.

    `again` says of a stage that begins there after it is over elsewhere whether it was run and runs once more (True,
    and what None means), or is postponed (False); of any other move it says nothing.

    Refuses an unknown stage or region (NotFound); a wrong order, dates beyond two years from voting day, no
    reason, the dates that hold anyway, or dates that overlap a move in force there (Invalid). `seen` is the move
    in force that it is meant to replace (0: none); when another one holds by now it is NotNow.
    """
    stage = find_stage(election, stage_code)
    find_region(region_code)
    if ends_on < starts_on:
        raise Invalid(
            "Tahapan berakhir sebelum mulai.", ends_on="Tanggal akhir harus sama atau sesudah tanggal mulai."
        )
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        _check_offset((day - election.voting_day).days, field)
    check_reason(reason)
    if len(document) > 160:
        raise Invalid("Nama dokumen terlalu panjang.", document="Paling banyak 160 tanda.")
    move = StageOverride(
        election_id=election.id,
        stage_code=stage.code,
        region_code=region_code,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        document=document.strip(),
        runs_again=again is not False and starts_after(starts_on, stage.end_offset, election.voting_day),
    )
    _check_against_others(election, move, seen)
    return move


def _check_against_others(election: Election, move: StageOverride, seen: int | None) -> None:
    there = (move.stage_code, move.region_code)
    standing = next((m for m in moves_of(election) if (m.stage_code, m.region_code) == there), None)
    if seen is not None and seen != (0 if standing is None else standing.id):
        raise NotNow("Jadwal khusus tahapan ini baru saja diubah orang lain. Lihat yang berlaku sekarang.")
    if standing is None:
        running = next(w for w in windows_in(election, move.region_code) if w.code == move.stage_code)
        if (running.starts_on, running.ends_on) == (move.starts_on, move.ends_on):
            raise Invalid(
                "Tanggal itu sudah berlaku di sana.",
                starts_on="Tanggal ini sudah berlaku di sana. Pilih yang lain.",
            )
    elif not seen and move.starts_on <= standing.ends_on and standing.starts_on <= move.ends_on:
        raise Invalid(
            "Tanggalnya bertumpuk dengan jadwal khusus yang berlaku di sana.",
            starts_on="Bertumpuk dengan jadwal khusus yang berlaku di sana. Gantikan atau cabut yang berlaku.",
        )


def check_reason(reason: str) -> None:
    """Refuse (Invalid) a change of the calendar without a reason, or with more than 400 characters of it."""
    if not reason.strip() or len(reason) > 400:
        raise Invalid(
            "Perubahan jadwal harus beralasan.", reason="Tuliskan dasarnya, paling banyak 400 tanda."
        )


def withdraw_move(move: StageOverride, *, reason: str, by: audit.Actor) -> None:
    """Take a move back: the stage runs there as it does around it again.

    Refuses no reason (Invalid), or a move that was withdrawn or replaced already (NotNow). Entries are not moved
    here.
    """
    check_reason(reason)
    if move.withdrawn_at is not None:
        raise NotNow("Jadwal khusus ini sudah dicabut atau digantikan. Lihat daftarnya.")
    _take_back(move, reason.strip(), by=by)
    audit.record(
        "calendar:stage:withdraw",
        by=by,
        subject=("stage", move.stage_code),
        region=move.region_code,
        changes={"window": [window_text(move), None], "reason": [move.reason, reason.strip()]},
    )


def _take_back(like: StageOverride, why: str, *, by: audit.Actor | None) -> None:
    """Withdraw every move of that stage and region, so that none of the older ones holds again."""
    db.session.execute(
        update(StageOverride)
        .where(
            StageOverride.election_id == like.election_id,
            StageOverride.stage_code == like.stage_code,
            StageOverride.region_code == like.region_code,
            StageOverride.withdrawn_at.is_(None),
        )
        .values(
            withdrawn_at=clock.now(),
            withdrawn_by="Sistem" if by is None else by.name,
            withdrawn_reason=why,
        )
    )


def window_text(move: StageOverride) -> str:
    """The dates of a move as the trail keeps them."""
    return f"{move.starts_on}..{move.ends_on}"
