"""Elections in rows and words."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from app.domain import accounts, checklists, jobs, stages
from app.domain.accounts import Terms
from app.domain.jobs import Job
from app.domain.stages import Election
from app.jobs.elections import PREPARE
from app.web.context import home_region, today_in

SHOWN = 200
"""Appointments named on a page; the rest is counted."""


class ElectionRow(NamedTuple):
    """An election, how many entries it has, and the job that prepares it where one does."""

    election: Election
    entries: int
    job: Job | None

    @property
    def is_ready(self) -> bool:
        """Whether the desks could work on it."""
        return self.entries > 0 and self.job is None

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.election.is_current:
            return "Berlaku"
        if self.job is not None:
            return "Gagal disiapkan" if self.job.state == "gagal" else "Sedang disiapkan"
        return "Siap" if self.entries else "Belum ada isian"


def row_of(election: Election) -> ElectionRow:
    """An election as the list shows it."""
    job = jobs.last_of(PREPARE, {"election": election.id})
    unfinished = job if job is not None and job.state != "selesai" else None
    return ElectionRow(election, checklists.entries_of_election(election), unfinished)


class ShiftedStage(NamedTuple):
    """A stage before and after."""

    name: str
    before: tuple[dt.date, dt.date]
    after: tuple[dt.date, dt.date]


def shifted_stages(election: Election, voting_day: dt.date) -> list[ShiftedStage]:
    """Every stage as it runs now and as it would."""

    def window(day: dt.date, stage: stages.Stage) -> tuple[dt.date, dt.date]:
        return stages.shifted(day, stage.start_offset), stages.shifted(day, stage.end_offset)

    return [
        ShiftedStage(stage.name, window(election.voting_day, stage), window(voting_day, stage))
        for stage in stages.stages_of(election)
    ]


def terms_for(election: Election, until: dt.date) -> Terms:
    """Who holds an appointment today in the election's provinces, but admins."""
    return accounts.terms_under(stages.provinces_of(election), today_in(home_region()), until, limit=SHOWN)
