"""Background work as rows: asked for in the transaction of a deed, claimed by a worker, alive as long as its heartbeat.

There is no queue beside the table, so nothing can be in one and not in the other; a killed worker's job is
taken up again by the next one (docs/decisions/0004).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.domain import audit, clock
from app.domain.accounts import Person
from app.domain.errors import NotFound
from app.extensions import Model, RegionCode, db

SILENCE = dt.timedelta(seconds=45)
"""A running job whose worker has said nothing for so long is taken over."""
MOST_TRIES = 3


class Job(Model):
    """One piece of work, its progress and its result."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="antre")
    """antre, jalan, selesai, gagal."""
    params: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    region_code: Mapped[str] = mapped_column(RegionCode)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    result_key: Mapped[str] = mapped_column(String(100), default="")
    result_name: Mapped[str] = mapped_column(String(160), default="")
    result_type: Mapped[str] = mapped_column(String(100), default="")
    result_size: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(400), default="")
    asked_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    beat_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class WorkerBeat(Model):
    """The sign of life of each worker process, read by /siap."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[dt.datetime]


@dataclass(frozen=True)
class Claim:
    """A job in a worker's hands."""

    id: int
    kind: str
    params: dict[str, Any]
    account_id: int
    tries: int


def ask(kind: str, title: str, params: dict[str, Any], *, region: str, by: Person) -> Job:
    """Ask for work; it starts once the caller's transaction is committed. Exports are in the audit trail (F125)."""
    job = Job(
        kind=kind,
        title=title[:200],
        params=json.dumps(params, sort_keys=True),
        account_id=by.id,
        region_code=region,
        asked_at=clock.real_now(),
    )
    db.session.add(job)
    db.session.flush()
    audit.record(
        f"job:{kind}:ask", by=by, subject=("job", job.id), region=region, changes={"params": [None, params]}
    )
    return job


def find(job_id: int, person: Person) -> Job:
    """A person's own job; raises NotFound for anybody else's."""
    job = db.session.scalar(select(Job).where(Job.id == job_id, Job.account_id == person.id))
    if job is None:
        raise NotFound("Pekerjaan ini tidak ada atau bukan milik Anda.")
    return job


def recent(person: Person, limit: int = 10) -> list[Job]:
    """The latest jobs of a person, newest first."""
    return list(
        db.session.scalars(
            select(Job).where(Job.account_id == person.id).order_by(Job.id.desc()).limit(limit)
        )
    )


def claim() -> Claim | None:
    """Take the oldest job that waits, or that a silent worker left behind. The caller commits at once."""
    stale = clock.real_now() - SILENCE
    waiting = or_(Job.state == "antre", (Job.state == "jalan") & (Job.beat_at < stale))
    query = select(Job).where(waiting).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
    job = db.session.scalar(query)
    if job is None:
        return None
    if job.tries >= MOST_TRIES:
        fail(job.id, "Pekerjaan ini berhenti di tengah jalan tiga kali. Hubungi admin desk.")
        return claim()
    now = clock.real_now()
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.tries == job.tries, waiting)
        .values(state="jalan", tries=Job.tries + 1, started_at=now, beat_at=now, done=0)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    return Claim(job.id, job.kind, json.loads(job.params), job.account_id, job.tries)


def beat(job_id: int, done: int, total: int) -> None:
    """Say how far a job is. The caller commits."""
    db.session.execute(
        update(Job).where(Job.id == job_id).values(done=done, total=total, beat_at=clock.real_now())
    )


def finish(job_id: int, *, key: str, name: str, media_type: str, size: int) -> None:
    """Hand over the result."""
    db.session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(
            state="selesai",
            result_key=key,
            result_name=name,
            result_type=media_type,
            result_size=size,
            ended_at=clock.real_now(),
        )
    )


def fail(job_id: int, why: str) -> None:
    """Give a job up, with a sentence for the person who asked."""
    db.session.execute(
        update(Job).where(Job.id == job_id).values(state="gagal", error=why[:400], ended_at=clock.real_now())
    )


def worker_alive(within: dt.timedelta = SILENCE) -> bool:
    """Whether some worker has shown itself lately."""
    return (
        db.session.scalar(select(WorkerBeat.name).where(WorkerBeat.at > clock.real_now() - within).limit(1))
        is not None
    )


def show_alive(name: str) -> None:
    """Leave a worker's sign of life. The caller commits."""
    changed = db.session.execute(
        update(WorkerBeat).where(WorkerBeat.name == name).values(at=clock.real_now())
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        db.session.add(WorkerBeat(name=name, at=clock.real_now()))
        db.session.flush()
