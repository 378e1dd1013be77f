"""Items and deeds that the library's tests speak of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain import checklists, stages
from app.domain.checklists import Change, Wording
from app.domain.checklists.models import Draft
from tests.cast import person


def everywhere() -> stages.Election:
    """The election with a race in the whole province, so that the province's admin governs it."""
    election = stages.current_election()
    if not stages.provinces_of(election):
        stages.add_race(election, "gub", "64")
    return election


def said(code: str, **other: Any) -> Wording:
    """An item's wording in force, but for some fields."""
    _, version = checklists.known_items()[code]
    return replace(checklists.wording_of(version), **other)


def draft(code: str, kind: Change = Change.REWORD, wording: Wording | None = None, **more: Any) -> Draft:
    """A draft by the province's admin, on top of the one that is there."""
    before = checklists.draft_of(code)
    more = {"seen": before.version if before else 0, "by": person("admin.kaltim"), **more}
    return checklists.save_draft(stages.current_election(), code, kind, wording, **more)


def publish(*codes: str, by: str = "admin.kaltim") -> int:
    """Publish the drafts of these items, or all."""
    chosen = [(one.code, one.version) for one in checklists.drafts() if not codes or one.code in codes]
    return checklists.publish_drafts(stages.current_election(), chosen, by=person(by))


def reword(code: str, **other: Any) -> int:
    """Change an item and publish it at once."""
    draft(code, wording=said(code, **other))
    return publish(code)
