"""What the worker can make: one function a kind of job, from what was asked to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.documents.asking import MEDIA_TYPES, Ask
from app.documents.report import build_blank_checklist, build_checklist_report
from app.domain import accounts, clock, regions, stages
from app.domain.accounts import Account, Person
from app.domain.errors import NotAllowed
from app.domain.jobs import Claim
from app.extensions import db
from app.jobs.press import Press, Progress


@dataclass(frozen=True)
class Task:
    """A claimed job with all that making it needs. `is_over` says when nobody waits for it any more."""

    claim: Claim
    press: Press
    progress: Progress
    is_over: Callable[[], bool]


@dataclass(frozen=True)
class Made:
    """A finished file."""

    content: bytes
    name: str
    media_type: str


def make_paper(task: Task) -> Made:
    """An accountability report or its blank twin, as the person who asked may read it now.

    No transaction is open while it is printed. Raises the domain's refusals and what the press raises.
    """
    ask = Ask.from_params(task.claim.params)
    person = _asker(task.claim)
    election = stages.current_election()
    if ask.kind == "kosong":
        document: object = build_blank_checklist(person, election, ask)
    else:
        document = build_checklist_report(person, election, ask)
    name = ask.file_name(regions.find(ask.region).title, clock.today(regions.zone_of(ask.region)))
    db.session.remove()
    task.progress(1, 3)
    content = task.press.render(
        ask.format, document, lambda done, total: task.progress(done + 1, total + 2), task.is_over
    )
    return Made(content, name, MEDIA_TYPES[ask.format])


def _asker(claim: Claim) -> Person:
    """Who asked, with the appointments in force now. Raises NotAllowed when the account was closed since."""
    account = db.session.get(Account, claim.account_id)
    person = None if account is None or account.is_disabled else accounts.person_of(account.username)
    if person is None:
        raise NotAllowed("Akun yang meminta laporan ini sudah ditutup.")
    return person


HANDLERS: dict[str, Callable[[Task], Made]] = {"paper": make_paper}
