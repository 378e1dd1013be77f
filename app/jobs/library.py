"""A large publication of the library: the wordings at once, their entries kabupaten by kabupaten."""

from __future__ import annotations

from app.domain import checklists, stages
from app.domain.errors import Refusal
from app.extensions import db
from app.jobs.press import Stopped
from app.jobs.tasks import Task, asker_of

PUBLISH = "library-publish"


def publish_library(task: Task) -> None:
    """Put the drafts in force in one transaction, then let the entries follow in small ones.

    So nobody who ticks waits for minutes. Taken up again after a crash, it goes on where it stopped: the wordings
    are in force then, and expecting is safe to repeat. Raises the domain's refusals, which leave everything as it was.
    """
    election = stages.current_election()
    codes = checklists.claimed_by(task.claim.id)
    if not codes:
        chosen = [(code, version) for code, version in task.claim.params["drafts"]]
        person = asker_of(task.claim, "penerbitan")
        try:
            checklists.start_publishing(election, chosen, by=person, job_id=task.claim.id)
            db.session.commit()
        except Refusal:
            db.session.rollback()
            raise
        codes = [code for code, _ in chosen]
    touched = checklists.touched_by(codes)
    parts = checklists.parts_of(election)
    for done, (roots, levels) in enumerate(parts):
        if task.is_over():
            raise Stopped
        task.progress(done, len(parts))
        checklists.expect_touched(election, touched, roots=roots, levels=levels)
        db.session.commit()
    checklists.forget_drafts(codes)
    db.session.commit()
