"""Letterheads in words, so that the templates only draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import url_for

from app.blueprints.letterheads.forms import SIZES, LetterheadForm, NumberForm
from app.domain import jobs, letterheads, regions
from app.domain.letterheads import TOKENS, Content, Head, Line
from app.domain.regions import RegionRow
from app.web.context import today_in


class RegionLine(NamedTuple):
    """A region in the list: whose letterhead its papers carry, and whether a draft waits."""

    title: str
    href: str
    words: str
    has_draft: bool


class Preview(NamedTuple):
    """The last preview of a letterhead: `state` none, open, ready or failed."""

    state: str
    job_id: int = 0
    worker_lives: bool = True
    error: str = ""


def region_lines(rows: Sequence[RegionRow]) -> list[RegionLine]:
    """One line a region. Two statements."""
    used, drafts = letterheads.standing_in([row.code for row in rows])
    names = regions.names_of(code for code in used.values() if code)
    return [
        RegionLine(
            row.title,
            url_for("letterheads.show", code=row.code),
            words_of(row.code, used[row.code], names),
            row.code in drafts,
        )
        for row in rows
    ]


def words_of(code: str, used: str, names: dict[str, str]) -> str:
    """Whose letterhead a region uses: its own, that of a region above, or the built-in one."""
    if used == code:
        return "Milik sendiri"
    return f"Mengikuti {names.get(used, used)}" if used else "Bawaan aplikasi"


def page_of(path: list[RegionRow], form: LetterheadForm | None, counter: NumberForm | None) -> dict[str, Any]:
    """Everything that the page of one region's letterhead shows; a form that was refused is shown again."""
    region = path[-1]
    draft, own = letterheads.draft_of(region.code), letterheads.own_of(region.code)
    used = own or letterheads.in_force(region.code)
    shown = draft or own
    today = today_in(region.code)
    names = regions.names_of([used.region_code] if used else [])
    begun = draft or used
    return {
        "region": region,
        "draft": draft,
        "own": own,
        "words": words_of(region.code, used.region_code if used else "", names),
        "form": form or _filled(begun, path),
        "draft_version": draft.version if draft else 0,
        "sizes": list(SIZES.items()),
        "has_logo": begun is not None and begun.logo_sha256 is not None,
        "counter": counter or _counted(region.code, today.year),
        "year": today.year,
        "next_number": letterheads.next_number(shown, today) if shown else "",
        "own_counts": own is not None and bool(own.content.number_pattern),
        "preview": preview_of(shown),
        "past": letterheads.past_of(region.code),
        "tokens": [(f"{{{name}}}", meaning) for name, meaning in TOKENS.items()],
        "zone": regions.zone_of(region.code),
    }


def _filled(head: Head | None, path: list[RegionRow]) -> LetterheadForm:
    form = LetterheadForm(formdata=None)
    form.fill(_built_in(path) if head is None else head.content)
    return form


def _built_in(path: list[RegionRow]) -> Content:
    from app.documents import office  # with all that a paper holds: not for every start

    return Content(tuple(Line(line.text, line.size, line.bold) for line in office.built_in(path).lines))


def _counted(code: str, year: int) -> NumberForm:
    form = NumberForm(formdata=None)
    form.last.data = letterheads.last_number(code, year)
    return form


def preview_of(head: Head | None) -> Preview:
    """How far the preview of this letterhead is."""
    job = None if head is None else jobs.shown(head.preview_job_id)
    if job is None:
        return Preview("none")
    if job.state in ("antre", "jalan"):
        return Preview("open", job.id, job.state == "jalan" or jobs.worker_alive())
    if job.state == "selesai":
        return Preview("ready" if job.result_key else "none", job.id)
    return Preview("failed", job.id, error=job.error)
