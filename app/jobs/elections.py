"""Preparing an election that is too large to wait for: its entries, one kabupaten/kota after the other."""

from __future__ import annotations

from app.domain import checklists, reports, stages
from app.domain.accounts import Permission
from app.extensions import db
from app.jobs.press import Stopped
from app.jobs.tasks import Task, asker_of

PREPARE = "election"


def prepare_election(task: Task) -> None:
    """Make the entries of an election, each kabupaten/kota in a transaction of its own, so that others may work; then
    the rows of its reports.

    Safe to repeat: what is there already is not made again. Raises the domain's refusals.
    """
    election = stages.find_election(task.claim.params["election"])
    stages.govern(asker_of(task.claim, "penyiapan"), Permission.CALENDAR_MANAGE, election)
    parts = checklists.parts_of(election)
    for number, (roots, levels) in enumerate(parts):
        if task.is_over():
            raise Stopped
        db.session.rollback()  # what was read above; progress is written in a session of its own
        task.progress(number, len(parts))
        checklists.prepare_part(election, roots, levels)
        db.session.commit()
    reports.expect(election, since=election.in_use_from)
    db.session.commit()
