"""Changing the calendar of a whole election: its name, its voting day, and its stages."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from app.domain import audit
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.stages.commands import FARTHEST, check_offsets
from app.domain.stages.models import Election, Stage
from app.domain.stages.queries import find_stage, govern, moves_of, stages_of
from app.domain.stages.rules import starts_after
from app.extensions import db


def claim_calendar(election: Election, version: int) -> None:
    """Take the calendar for a change made on this version of it; a later one makes it NotNow.

    The caller's transaction holds it until it ends, so that two changes never mix.
    """
    taken = db.session.execute(
        update(Election)
        .where(Election.id == election.id, Election.calendar_version == version)
        .values(calendar_version=version + 1)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise NotNow(
            "Kalender Pemilihan ini baru saja diubah orang lain. Perubahan Anda belum disimpan; lihat keadaan "
            "yang baru, lalu putuskan."
        )


def planned_stage(election: Election, code: str, *, name: str, start_offset: int, end_offset: int) -> Stage:
    """A stage as it would be, not saved. Refuses no name, or what `check_offsets` refuses (Invalid)."""
    stage = find_stage(election, code)
    if not name.strip() or len(name.strip()) > 80:
        raise Invalid("Nama tahapan wajib diisi.", name="Tuliskan 1 sampai 80 tanda.")
    check_offsets(start_offset, end_offset)
    return Stage(
        id=stage.id,
        election_id=election.id,
        code=stage.code,
        name=name.strip(),
        start_offset=start_offset,
        end_offset=end_offset,
        sort=stage.sort,
    )


def change_stage(planned: Stage, election: Election, *, place: int, by: audit.Actor) -> None:
    """Let a stage be as planned and stand at `place` (1 is first); what follows from it is not moved here."""
    stage = find_stage(election, planned.code)
    before = (stage.name, stage.start_offset, stage.end_offset, _place(election, stage))
    stage.name = planned.name
    stage.start_offset, stage.end_offset = planned.start_offset, planned.end_offset
    others = _others(stage)
    others.insert(max(0, place - 1), stage)
    for number, one in enumerate(others, start=1):
        one.sort = number
    db.session.flush()
    after = (stage.name, stage.start_offset, stage.end_offset, _place(election, stage))
    named = zip(("name", "start_offset", "end_offset", "order"), before, after, strict=True)
    audit.record(
        "calendar:stage:change",
        by=by,
        subject=("stage", stage.code),
        changes={name: [old, new] for name, old, new in named if old != new},
    )


def _others(stage: Stage) -> list[Stage]:
    query = select(Stage).where(Stage.election_id == stage.election_id, Stage.id != stage.id)
    return list(db.session.scalars(query.order_by(Stage.sort)))


def _place(election: Election, stage: Stage) -> int:
    return [one.id for one in stages_of(election)].index(stage.id) + 1


def rename_election(election: Election, name: str, *, version: int, by: Person) -> None:
    """Give an election another name.

    Refuses who does not govern it (NotAllowed), no name or more than 160 characters (Invalid), and a calendar that
    changed since `version` (NotNow).
    """
    govern(by, Permission.CALENDAR_MANAGE, election)
    if not name.strip() or len(name.strip()) > 160:
        raise Invalid("Nama Pemilihan wajib diisi.", name="Tuliskan 1 sampai 160 tanda.")
    claim_calendar(election, version)
    before, election.name = election.name, name.strip()
    db.session.flush()
    audit.record(
        "calendar:election:rename",
        by=by,
        subject=("election", election.id),
        changes={"name": [before, election.name]},
    )


def planned_election(election: Election, voting_day: dt.date) -> Election:
    """The election with another voting day, not saved.

    Refuses (Invalid) the same day, one more than two years away, and one that would make a stage which runs again
    in some region its first run there.
    """
    if voting_day == election.voting_day:
        raise Invalid("Hari pemungutan suara tidak berubah.", voting_day="Pilih hari yang lain.")
    if abs((voting_day - election.voting_day).days) > FARTHEST:
        raise Invalid(
            "Hari itu terlalu jauh dari yang berlaku.",
            voting_day="Lebih dari dua tahun: untuk Pemilihan yang lain, salin Pemilihan ini.",
        )
    stages = {stage.code: stage for stage in stages_of(election)}
    for move in moves_of(election):
        stage = stages[move.stage_code]
        if move.runs_again and not starts_after(move.starts_on, stage.end_offset, voting_day):
            raise Invalid(
                "Jadwal khusus yang berlaku menjadi tidak jelas.",
                voting_day=f"Cabut dahulu jadwal khusus {stage.name} di wilayah {move.region_code}.",
            )
    return Election(
        id=election.id,
        code=election.code,
        name=election.name,
        voting_day=voting_day,
        is_current=election.is_current,
        in_use_from=election.in_use_from,
        calendar_version=election.calendar_version,
    )


def change_voting_day(election: Election, voting_day: dt.date, *, reason: str, by: audit.Actor) -> None:
    """Move voting day, and with it every stage and step, which are days from it; entries are not moved here."""
    before, election.voting_day = election.voting_day, voting_day
    db.session.flush()
    audit.record(
        "calendar:election:move",
        by=by,
        subject=("election", election.id),
        changes={"voting_day": [before, voting_day], "reason": [None, reason.strip()]},
    )
