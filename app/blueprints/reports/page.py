"""What the page of a report shows: one version as it was sent, how far it came, and what may be done with it now."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import render_template

from app.blueprints.reports import files
from app.blueprints.reports.steps import StepForm
from app.documents.report_totals import totals_of
from app.domain import clock, regions, reports
from app.domain.reports import Difference, Frozen, Mark, ReportRow, State, Verb
from app.web.access import current_user, me

ENDPOINTS = {
    Verb.RECALL: "reports.recall",
    Verb.VERIFY: "reports.verify",
    Verb.RETURN: "reports.return_back",
    Verb.ENDORSE: "reports.endorse",
    Verb.REOPEN: "reports.reopen",
}
NEXT = frozenset({Verb.VERIFY, Verb.ENDORSE})
"""What moves the report on; the rest stands folded beside it."""
VERSION_WORDS = {
    "dikirim": "dikirim, menunggu verifikasi",
    "draf": "ditarik kembali oleh pengirimnya",
    "dikembalikan": "dikembalikan untuk diperbaiki",
    "diverifikasi": "terverifikasi",
    "disahkan": "disahkan",
    "dibuka_kembali": "dibuka kembali; versi baru menyusul",
}
MOVE_WORDS = {
    Verb.WRITE: "Mulai menulis",
    Verb.SEND: "Dikirim",
    Verb.RECALL: "Ditarik kembali",
    Verb.VERIFY: "Diverifikasi",
    Verb.RETURN: "Dikembalikan",
    Verb.ENDORSE: "Disahkan",
    Verb.REOPEN: "Dibuka kembali",
}


class Deed(NamedTuple):
    """A verb that may be used now, as a form in place."""

    verb: Verb
    label: str
    endpoint: str
    form: StepForm
    needs_reason: bool
    picks_section: bool
    is_next: bool


def deeds_of(row: ReportRow, used: Verb | None = None, form: StepForm | None = None) -> list[Deed]:
    """The forms of what this person may do now; the one that was just used keeps what was typed."""
    verbs = [verb for verb in reports.open_verbs_of(row, current_user) if verb in ENDPOINTS]
    if used is not None and used not in verbs and form is not None and form.errors:
        verbs = [used, *verbs]
    return [deed_of(row, verb, form if verb is used and form else StepForm(formdata=None)) for verb in verbs]


def deed_of(row: ReportRow, verb: Verb, form: StepForm, mark: str = "") -> Deed:
    """One verb as a form."""
    step = reports.WORKFLOW[verb]
    form.about(verb, row.kind, mark)
    return Deed(verb, step.label, ENDPOINTS[verb], form, step.needs_reason, verb is Verb.RETURN, verb in NEXT)


def name_of(row: ReportRow) -> str:
    """What a report is called on screens: "Laporan Harian Perkembangan Situasi"; of a brief, what it is for."""
    return row.title or row.kind.heading


def drawn(
    row: ReportRow,
    status: int = 200,
    *,
    number: int | None = None,
    used: Verb | None = None,
    form: StepForm | None = None,
    overtaken: str = "",
    seen: int = 0,
) -> tuple[str, int]:
    """The page of a report; `seen` is the version that the person had looked at when the deed came too late."""
    moves = reports.moves_of(row)
    shown = reports.frozen(row, number) if row.number or number is not None else None
    page = render_template(
        "reports/show.html",
        row=row,
        name=name_of(row),
        region=regions.find(row.region_code),
        zone=regions.zone_of(row.region_code),
        mark=row.mark(clock.now()),
        shown=shown,
        totals=totals_of(shown.snapshot) if shown else (),
        versions=reports.versions_of(row, moves),
        moves=moves,
        deeds=deeds_of(row, used, form) if _is_newest(row, shown) else [],
        may_write=Verb.SEND in reports.open_verbs_of(row, current_user),
        may_send=row.state in reports.OPEN and reports.saved_of(row) is not None,
        refused=form,
        marks_of_board={mark.value: mark for mark in Mark},
        state_words={state.value: state.label for state in State},
        overtaken=overtaken,
        version_words=VERSION_WORDS,
        move_words=MOVE_WORDS,
        section_titles={one.key: one.title for one in reports.sections_of(row.kind)},
        has_below=reports.has_below(row),
        transmissions=reports.transmissions_of(row, me()) if row.number else (),
        **_beside(row, shown, seen),
        **files.beside(row, shown),
    )
    return page, status


def _is_newest(row: ReportRow, shown: Frozen | None) -> bool:
    return shown is None or shown.number == row.number


def _beside(row: ReportRow, shown: Frozen | None, seen: int) -> dict[str, Any]:
    """What is laid beside the version: the one before it, the one that was seen, today's figures, the parts."""
    if shown is None:
        return {
            "different": (),
            "compared": 0,
            "since_seen": (),
            "seen": 0,
            "moved": (),
            "overtaken_parts": (),
        }
    before = shown.number - 1
    compared = reports.frozen(row, before) if before else None
    return {
        "different": different(compared, shown),
        "compared": before,
        "since_seen": different(reports.frozen(row, seen), shown) if 0 < seen < shown.number else (),
        "seen": seen,
        "moved": reports.now_beside_then(shown.snapshot, current_user),
        "overtaken_parts": reports.overtaken(shown.snapshot.parts),
    }


def different(older: Frozen | None, newer: Frozen) -> tuple[Difference, ...]:
    """What two versions say differently; nothing where there is no older one."""
    return () if older is None else reports.differences(older.snapshot, newer.snapshot)
