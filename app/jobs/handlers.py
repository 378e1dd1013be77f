"""What the worker can do: one function a kind of job, to a file or to none where the deed itself is the result."""

from __future__ import annotations

from collections.abc import Callable

from app.documents import ability
from app.documents.asking import MEDIA_TYPES, Ask
from app.documents.case_asking import CASES_JOB
from app.documents.pack_order import PACK_JOB
from app.documents.papers import Paper
from app.documents.register_asking import LIST_JOB
from app.documents.report import build_blank_checklist, build_checklist_report
from app.documents.report_order import REPORT_JOB
from app.domain import clock, letterheads, regions, stages
from app.domain.imports import APPLY, CHECK
from app.extensions import db
from app.jobs.elections import PREPARE, prepare_election
from app.jobs.imports import apply_sheet, check_sheet
from app.jobs.library import PUBLISH, publish_library
from app.jobs.lists import print_cases, print_list
from app.jobs.packs import print_pack
from app.jobs.printing import printed
from app.jobs.reports import print_report
from app.jobs.stationery import draw_letterhead
from app.jobs.tasks import Made, Task, asker_of


def make_paper(task: Task) -> Made:
    """An accountability report or its blank twin, as the person who asked may read it now.

    No transaction is open while it is printed. Raises the domain's refusals and what the press raises.
    """
    ask = Ask.from_params(task.claim.params)
    if ask.format == "pdf":
        ability.refuse_without_pdf()
    person = asker_of(task.claim, "laporan")
    election = stages.current_election()
    if ask.kind == "kosong":
        document: Paper = build_blank_checklist(person, election, ask)
    else:
        document = build_checklist_report(person, election, ask)
    name = ask.file_name(regions.find(ask.region).title, clock.today(regions.zone_of(ask.region)))
    db.session.remove()
    task.progress(1, 3)
    return Made(printed(task, ask.format, document), name, MEDIA_TYPES[ask.format])


HANDLERS: dict[str, Callable[[Task], Made | None]] = {
    "paper": make_paper,
    LIST_JOB: print_list,
    CASES_JOB: print_cases,
    PACK_JOB: print_pack,
    REPORT_JOB: print_report,
    letterheads.PREVIEW_JOB: draw_letterhead,
    CHECK: check_sheet,
    APPLY: apply_sheet,
    PREPARE: prepare_election,
    PUBLISH: publish_library,
}
