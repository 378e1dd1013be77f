"""Background work as rows: asked for in the transaction of a deed,
claimed by a worker, alive as long as its heartbeat.

There is no queue beside the table, so nothing can be in one and not in the other; a killed worker's job is
taken up again by the next one (docs/decisions/0004).
"""

import datetime as dt
import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.domain import audit, clock
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.extensions import Model, RegionCode, db

SILENCE = dt.timedelta(seconds=45)
"""A running job whose worker has said nothing for so long is taken over."""
MOST_TRIES = 3
GIVEN_UP = "Pekerjaan ini berhenti di tengah jalan tiga kali. Coba lagi nanti, atau hubungi admin desk."


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

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, as `ask` was given it."""
        return dict(json.loads(self.params))


class WorkerBeat(Model):
    """The sign of life of each worker process, read by /siap."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[dt.datetime]


class Claim(NamedTuple):
    """A job in a worker's hands. `tries` counts this one: it tells two workers' claims on one job apart."""

    id: int
    kind: str
    params: dict[str, Any]
    account_id: int
    region_code: str
    tries: int


def ask(kind: str, title: str, params: dict[str, Any], *, region: str, by: Person) -> Job:
    """Ask for work; it starts once the caller's transaction is committed.

    Exports are in the audit trail (F125).
    """
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


def shown(job_id: int | None) -> Job | None:
    """A job by its number, whoever asked for it: for a page that has seen to who may see what it made."""
    return None if job_id is None else db.session.get(Job, job_id)


def last_of(kind: str, params: dict[str, Any]) -> Job | None:
    """The newest job of a kind that was asked with exactly these parameters, whoever asked."""
    query = select(Job).where(Job.kind == kind, Job.params == json.dumps(params, sort_keys=True))
    return db.session.scalar(query.order_by(Job.id.desc()).limit(1))


def open_one(kind: str, params: dict[str, Any], person: Person) -> Job | None:
    """The person's own job of a kind that was asked with exactly these parameters and is not over yet."""
    query = select(Job).where(
        Job.account_id == person.id,
        Job.kind == kind,
        Job.params == json.dumps(params, sort_keys=True),
        Job.state.in_(["antre", "jalan"]),
    )
    return db.session.scalar(query.order_by(Job.id.desc()).limit(1))


def recent(person: Person, limit: int = 10, kinds: Collection[str] = ("paper",)) -> list[Job]:
    """The latest jobs of these kinds that a person asked for, newest first."""
    query = select(Job).where(Job.account_id == person.id, Job.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(Job.id.desc()).limit(limit)))


def ask_again(job: Job, *, by: Person) -> None:
    """Put a failed job back in the line with all its tries. Refuses one that has not failed (NotNow)."""
    put_back = db.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state == "gagal")
        .values(state="antre", tries=0, done=0, total=0, error="", asked_at=clock.real_now(), ended_at=None)
    )
    if not put_back.rowcount:  # type: ignore[attr-defined]
        raise NotNow("Pekerjaan ini sudah diminta lagi. Lihat keadaannya di bawah.")
    audit.record(
        f"job:{job.kind}:ask",
        by=by,
        subject=("job", job.id),
        region=job.region_code,
        changes={"params": [None, json.loads(job.params)]},
    )


def ahead_of(job: Job) -> int:
    """How many other jobs are done before a waiting one."""
    query = select(func.count()).where(Job.state.in_(["antre", "jalan"]), Job.id < job.id)
    return db.session.scalar(query) or 0


def record_download(job: Job, *, by: Person) -> None:
    """Note in the trail that the result went out (F125)."""
    audit.record(
        "job:result:download",
        by=by,
        subject=("job", job.id),
        region=job.region_code,
        changes={"name": [None, job.result_name], "sha256": [None, job.result_key.rpartition("/")[2]]},
    )


def claim(silence: dt.timedelta = SILENCE) -> Claim | None:
    """Take the oldest job that waits, or that a worker left behind who was silent for so long.

    Two workers may ask at once: only one gets it, the other gets None. The caller commits at once.
    """
    waiting = or_(Job.state == "antre", (Job.state == "jalan") & ~_lately(Job.beat_at, silence))
    query = (
        select(Job.id, Job.kind, Job.params, Job.account_id, Job.region_code, Job.tries)
        .where(waiting)
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = db.session.execute(query).one_or_none()
    if job is None:
        return None
    mine = Claim(job.id, job.kind, json.loads(job.params), job.account_id, job.region_code, job.tries + 1)
    if job.tries >= MOST_TRIES:
        _close(Job.tries == job.tries, job.id, state="gagal", error=GIVEN_UP, ended_at=clock.real_now())
        return claim(silence)
    now = clock.real_now()
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.tries == job.tries, waiting)
        .values(state="jalan", tries=mine.tries, started_at=now, beat_at=now, done=0, total=0)
    )
    return mine if taken.rowcount else None  # type: ignore[attr-defined]


def _close(condition: Any, job_id: int, **values: Any) -> bool:
    changed = db.session.execute(update(Job).where(Job.id == job_id, condition).values(**values))
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _mine(claim: Claim) -> Any:
    """The condition that a claim still holds: nobody took the job over in between."""
    return (Job.state == "jalan") & (Job.tries == claim.tries)


def beat(claim: Claim, done: int, total: int) -> bool:
    """Say that a job is alive and how far it is; False when it is in other hands now. The caller commits."""
    return _close(_mine(claim), claim.id, done=done, total=total, beat_at=clock.real_now())


def finish(claim: Claim, *, key: str, name: str, media_type: str, size: int) -> bool:
    """Hand over the result; False when the job is in other hands now. The caller commits."""
    return _close(
        _mine(claim),
        claim.id,
        state="selesai",
        result_key=key,
        result_name=name,
        result_type=media_type,
        result_size=size,
        ended_at=clock.real_now(),
    )


def fail(claim: Claim, why: str) -> bool:
    """Give a job up, with a sentence for the person who asked. The caller commits."""
    return _close(
        _mine(claim), claim.id, state="gagal", error=why[:400], tries=claim.tries, ended_at=clock.real_now()
    )


def put_back(claim: Claim, *, counts: bool) -> bool:
    """Let the job be tried again at once; after the third try it is given up. The caller commits.

    `counts` False forgets this try: the worker was asked to stop, and the job did nothing wrong.
    """
    if counts and claim.tries >= MOST_TRIES:
        return fail(claim, GIVEN_UP)
    return _close(_mine(claim), claim.id, state="antre", tries=claim.tries - (not counts), done=0, total=0)


def forget_results(before: dt.datetime) -> int:
    """Let go of results that were ready before that moment; returns how many. The caller commits."""
    gone = db.session.execute(
        update(Job)
        .where(Job.state == "selesai", Job.ended_at < before, Job.result_key != "")
        .values(result_key="")
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def kept_results() -> set[str]:
    """The storage keys of all results that somebody may still fetch."""
    return set(db.session.scalars(select(Job.result_key).where(Job.result_key != "")))


def worker_alive(within: dt.timedelta = SILENCE) -> bool:
    """Whether some worker has shown itself lately."""
    query = select(WorkerBeat.name).where(_lately(WorkerBeat.at, within))
    return db.session.scalar(query.limit(1)) is not None


def _lately(moment: InstrumentedAttribute[Any], within: dt.timedelta) -> ColumnElement[bool]:
    """That a sign of life is of the last moments. One from the future is none: the clock was set back since, and for as
    long as it was wrong a dead worker would seem to live.
    """
    now = clock.real_now()
    return moment.between(now - within, now + within)


def show_alive(name: str) -> None:
    """Leave a worker's sign of life. The caller commits."""
    changed = db.session.execute(
        update(WorkerBeat).where(WorkerBeat.name == name).values(at=clock.real_now())
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        db.session.add(WorkerBeat(name=name, at=clock.real_now()))
        db.session.flush()


def forget_workers(before: dt.datetime) -> None:
    """Drop the signs of life of workers that ended long ago. The caller commits."""
    db.session.execute(delete(WorkerBeat).where(WorkerBeat.at < before))
