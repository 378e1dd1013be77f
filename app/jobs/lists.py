"""Lists on paper: of a register, and of the cases of neutrality."""

from __future__ import annotations

from app.documents import ability
from app.documents.asking import MEDIA_TYPES
from app.documents.case_asking import CaseAsk
from app.documents.case_list import build_case_list
from app.documents.list_snapshot import RegisterList
from app.documents.register_asking import ListAsk
from app.documents.register_list import build_register_list
from app.domain import clock, regions
from app.extensions import db
from app.jobs.printing import printed
from app.jobs.tasks import Made, Task, asker_of


def print_list(task: Task) -> Made:
    """The list as the person who asked may read it now. No transaction is open while it is printed.

    Raises the domain's refusals and what the press raises.
    """
    ability.refuse_without_pdf()
    ask = ListAsk.from_params(task.claim.params)
    return _printed(task, build_register_list(asker_of(task.claim, "daftar"), ask), ask)


def print_cases(task: Task) -> Made:
    """The cases as the person who asked may know of them now; as `print_list`."""
    ability.refuse_without_pdf()
    ask = CaseAsk.from_params(task.claim.params)
    return _printed(task, build_case_list(asker_of(task.claim, "daftar"), ask), ask)


def _printed(task: Task, listed: RegisterList, ask: ListAsk | CaseAsk) -> Made:
    name = ask.file_name(listed.region_name, clock.today(regions.zone_of(ask.region)))
    db.session.remove()
    task.progress(1, 3)
    return Made(printed(task, "pdf", listed), name, MEDIA_TYPES["pdf"])
