"""A few figures of how the desk is doing, for whoever watches machines: counts only, of nobody and of no region."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from app.domain import audit, clock
from app.domain.accounts import LoginSession
from app.domain.jobs import Job, WorkerBeat
from app.extensions import db


class Vital(NamedTuple):
    """One figure; `label` tells apart those of one name ("state", "antre")."""

    name: str
    meaning: str
    value: float
    label: tuple[str, str] | None = None


STATES = ("antre", "jalan", "selesai", "gagal")


def vitals() -> list[Vital]:
    """The figures as they are now. Reads only, four statements."""
    now = clock.real_now()
    by_state = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    counted = {str(state): int(count) for state, count in by_state}
    beat = db.session.scalar(select(func.max(WorkerBeat.at)))
    sessions = select(func.count()).where(LoginSession.ended_at.is_(None), LoginSession.expires_at > now)
    found = [
        Vital("desk_jobs", "Work for the worker, by state.", counted.get(state, 0), ("state", state))
        for state in STATES
    ]
    if beat is not None:
        silent = max(0.0, (now - beat).total_seconds())
        found.append(Vital("desk_worker_silent_seconds", "Since some worker showed itself.", silent))
    found.append(Vital("desk_sessions", "Sessions that are open.", db.session.scalar(sessions) or 0))
    found.append(Vital("desk_audit_links", "Number of the trail's last link.", audit.head()[0]))
    return found
