"""A next election made from an earlier one, and which of them the desks work on."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select, update

from app.domain import audit
from app.domain.errors import Invalid, NotNow
from app.domain.regions import Region
from app.domain.stages.doubts import voting_day_doubt
from app.domain.stages.models import Election, Race, Stage, StageStep
from app.extensions import db

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")
COPIED = "Disalin dari {name} dan digeser; sesuaikan dengan peraturan KPU untuk Pemilihan ini. Asalnya: "


def check_clone(
    source: Election,
    code: str,
    name: str,
    voting_day: dt.date,
    in_use_from: dt.date,
    *,
    day: dt.date,
    is_meant: bool = False,
) -> None:
    """Refuse (Invalid) a code that is taken or odd, no name, the same voting day, or a beginning after it.

    A voting day that is unusual (`voting_day_doubt`, seen from today, `day`) must be said to be meant.
    """
    if not CODE.fullmatch(code):
        raise Invalid("Kode tidak sah.", code="Huruf kecil, angka, dan garis; 3 sampai 40 tanda.")
    if db.session.scalar(select(Election.id).where(Election.code == code)) is not None:
        raise Invalid("Kode Pemilihan sudah dipakai.", code=f"{code} sudah ada. Pilih kode lain.")
    if not name.strip() or len(name.strip()) > 160:
        raise Invalid("Nama Pemilihan wajib diisi.", name="Tuliskan 1 sampai 160 tanda.")
    if voting_day == source.voting_day:
        raise Invalid("Hari pemungutan suaranya sama.", voting_day="Pilih hari yang lain.")
    if not dt.date(2000, 1, 1) <= voting_day <= dt.date(2100, 12, 31):
        raise Invalid("Tahunnya tidak masuk akal.", voting_day="Isi tanggal antara tahun 2000 dan 2100.")
    doubt = voting_day_doubt(voting_day, day, after=source.voting_day)
    if doubt and not is_meant:
        raise Invalid(
            "Hari pemungutan suaranya tidak lazim.",
            voting_day=f"{doubt} Periksa tahunnya.",
            is_meant="Centang bila memang demikian.",
        )
    if in_use_from > voting_day:
        raise Invalid(
            "Pencatatan dimulai sesudah pemungutan suara.",
            in_use_from="Pilih hari pemungutan suara atau sebelumnya.",
        )


def clone_election(
    source: Election,
    code: str,
    name: str,
    voting_day: dt.date,
    *,
    in_use_from: dt.date,
    day: dt.date,
    by: audit.Actor,
    is_meant: bool = False,
) -> Election:
    """Make an election with the races, stages and official steps of another, all counted from a new voting day.

    Moves of stages in single regions are not taken along; nobody's appointment is touched. It is not the current
    one, and has no entries until `checklists.expect()`. Refuses what `check_clone` refuses.
    """
    check_clone(source, code, name, voting_day, in_use_from, day=day, is_meant=is_meant)
    election = Election(
        code=code, name=name.strip(), voting_day=voting_day, in_use_from=in_use_from, is_current=False
    )
    db.session.add(election)
    db.session.flush()
    _copy_races(source, election)
    for stage in db.session.scalars(select(Stage).where(Stage.election_id == source.id)):
        db.session.add(
            Stage(
                election_id=election.id,
                code=stage.code,
                name=stage.name,
                start_offset=stage.start_offset,
                end_offset=stage.end_offset,
                sort=stage.sort,
            )
        )
    _copy_steps(source, election)
    db.session.flush()
    said = {
        "name": election.name,
        "voting_day": voting_day,
        "in_use_from": in_use_from,
        "from": source.name,
    }
    audit.record(
        "calendar:election:clone",
        by=by,
        subject=("election", election.id),
        changes={key: [None, value] for key, value in said.items()},
    )
    return election


def _copy_races(source: Election, election: Election) -> None:
    query = (
        select(Race)
        .join(Region, Region.code == Race.region_code)
        .where(Race.election_id == source.id, Region.retired_on.is_(None))
    )
    for race in db.session.scalars(query):
        db.session.add(Race(election_id=election.id, kind=race.kind, region_code=race.region_code))


def _copy_steps(source: Election, election: Election) -> None:
    """The official steps; each says that it is a copy, since the KPU sets every election's calendar anew."""
    note = COPIED.format(name=source.name)
    for step in db.session.scalars(select(StageStep).where(StageStep.election_id == source.id)):
        origin = step.source.partition("Asalnya: ")[2] or step.source
        db.session.add(
            StageStep(
                election_id=election.id,
                code=step.code,
                stage_code=step.stage_code,
                title=step.title,
                start_offset=step.start_offset,
                end_offset=step.end_offset,
                legal_basis=step.legal_basis,
                source=f"{note}{origin}",
            )
        )


def make_current(election: Election, *, instead_of: int, by: audit.Actor) -> None:
    """Let the desks work on this election; the other one keeps all it has and can be made current again.

    `instead_of` is the number of the current one as the person saw it; another one by now is NotNow.
    """
    before = db.session.scalar(select(Election).where(Election.is_current.is_(True)))
    if before is None or before.id != instead_of or election.is_current:
        raise NotNow("Pemilihan yang berlaku baru saja diganti orang lain. Lihat daftarnya.")
    gone = db.session.execute(
        update(Election)
        .where(Election.id == instead_of, Election.is_current.is_(True))
        .values(is_current=False)
    )
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotNow("Pemilihan yang berlaku baru saja diganti orang lain. Lihat daftarnya.")
    election.is_current = True
    db.session.flush()
    audit.record(
        "calendar:election:switch",
        by=by,
        subject=("election", election.id),
        changes={"name": [before.name, election.name]},
    )
