"""Publishing: drafts become what everybody works by, with their entries and counters, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select, update

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.checklists.arranging import place_after_area
from app.domain.checklists.drafting import Change, Proposal, check_all, drafts, known_items, proposals
from app.domain.checklists.expecting import expect_of, hold_entries
from app.domain.checklists.library import add_version, current_versions, relink
from app.domain.checklists.models import Draft, Item, ItemVersion
from app.domain.checklists.plans import today
from app.domain.errors import Invalid, NotNow
from app.domain.stages import Election, govern
from app.extensions import db

MAKES_ENTRIES = frozenset(
    {"levels", "stage", "recurrence", "start_offset", "due_offset", "times", "condition"}
)
"""Fields that decide where and when an item is asked."""


class Touched(NamedTuple):
    """What a publication changed: items to expect anew by code, and those retired by number."""

    codes: tuple[str, ...]
    retired: tuple[int, ...]


def publish_drafts(election: Election, chosen: Sequence[tuple[str, int]], *, by: Person) -> int:
    """Bring in these drafts, each (code, version), and return how many entries were made.

    Refuses (NotNow) when a draft or its item changed since it was looked at, and (Invalid) what the rules refuse
    for all of them together. Whoever ticks meanwhile waits for the end, and their deed counts.
    """
    changes = claim_drafts(election, chosen, by=by)
    made = put_in_force(election, changes, by=by)
    forget_drafts([code for code, _ in chosen])
    return made


def put_in_force(election: Election, changes: Sequence[Proposal], *, by: Person) -> int:
    """Bring in changes with their entries and counters, and tell the trail; returns how many entries were made.

    Refuses (NotAllowed) who may not change the library and (Invalid) what the rules refuse, naming the item.
    """
    govern(by, Permission.LIBRARY_MANAGE, election)
    hold_entries()
    touched = bring_in(election, changes, by=by)
    made = expect_touched(election, touched)
    tell(changes, by=by)
    return made


def expect_touched(
    election: Election, touched: Touched, *, roots: Sequence[str] = (), levels: Sequence[str] = ()
) -> int:
    """Let the entries follow what was put in force; safe to repeat."""
    versions = current_versions(touched.codes) if touched.codes else []
    return expect_of(election, versions, roots=roots, levels=levels, retired=touched.retired)


def claim_drafts(
    election: Election, chosen: Sequence[tuple[str, int]], *, by: Person, job_id: int | None = None
) -> list[Proposal]:
    """Take these drafts, each (code, version), to publish them; with a job nobody may touch them until it ends.

    Refuses who may not (NotAllowed), none at all (Invalid), and what has changed since it was looked at (NotNow).
    """
    govern(by, Permission.LIBRARY_MANAGE, election)
    hold_entries()
    if not chosen:
        raise Invalid("Belum ada rancangan yang dapat diterbitkan. Ubah sebuah butir lebih dahulu.")
    for code, version in chosen:
        mine = (Draft.code == code, Draft.version == version, Draft.job_id.is_(None))
        claimed = update(Draft.__table__).where(*mine).values(version=version + 1, job_id=job_id)
        if db.session.execute(claimed).rowcount != 1:  # type: ignore[attr-defined]
            raise NotNow(
                f"Rancangan {code} berubah sejak Anda melihatnya, jadi belum ada yang diterbitkan. "
                "Muat ulang, periksa lagi, lalu terbitkan."
            )
    codes = {code for code, _ in chosen}
    found = [draft for draft in drafts() if draft.code in codes]
    items = known_items()
    for draft in found:
        _check_base(draft, items)
    return proposals(found, items)


def start_publishing(
    election: Election, chosen: Sequence[tuple[str, int]], *, by: Person, job_id: int
) -> None:
    """Put these drafts in force for a job, which lets the entries follow part by part (`parts_of`).

    Refuses as `publish_drafts` does.
    """
    changes = claim_drafts(election, chosen, by=by, job_id=job_id)
    bring_in(election, changes, by=by)
    tell(changes, by=by)


def claimed_by(job_id: int) -> list[str]:
    """The codes of the drafts that a job has put in force already and is still bringing in."""
    return [draft.code for draft in drafts() if draft.job_id == job_id]


def _check_base(draft: Draft, items: Mapping[str, tuple[Item, ItemVersion]]) -> None:
    item, current = items.get(draft.code, (None, None))
    retired = item is not None and item.retired_at is not None
    if (current.id if current else None) != draft.base_version_id or retired != (
        draft.kind == Change.BRING_BACK.value
    ):
        raise NotNow(
            f"Butir {draft.code} sudah berubah sejak rancangannya dibuat, jadi belum ada yang diterbitkan. "
            "Buka rancangannya, bandingkan, lalu simpan lagi atau buang."
        )


def bring_in(election: Election, changes: Sequence[Proposal], *, by: Person) -> Touched:
    """Put the wordings of changes that come in together in force; entries and trail are to follow.

    Refuses (Invalid) what the rules refuse, naming the item.
    """
    check_all(election, changes, known_items())
    for change in changes:
        _bring_in(change, by)
    relink()
    return touched_by([change.code for change in changes])


def touched_by(codes: Sequence[str]) -> Touched:
    """What these items, in force or retired, ask of the entries, with the items that wait for them."""
    rows = db.session.execute(select(Item.id, Item.code, Item.retired_at).where(Item.code.in_(codes))).all()
    kept = [row.code for row in rows if row.retired_at is None]
    return Touched((*kept, *_waiting_for(kept)), tuple(row.id for row in rows if row.retired_at is not None))


def _bring_in(change: Proposal, by: Person) -> None:
    item = change.item
    if item is None:
        item = Item(code=change.code, sort=0)
        db.session.add(item)
        db.session.flush()
        place_after_area(item, change.wording.area)
    if change.kind is Change.RETIRE:
        item.retired_at, item.retired_by, item.retired_reason = clock.now(), by.name, change.reason
        return
    if change.kind is Change.BRING_BACK:
        item.retired_at, item.retired_by, item.retired_reason = None, "", ""
    if change.changes:
        add_version(item, change.current, change.wording, by=by)
    if change.kind is not Change.REWORD or MAKES_ENTRIES & change.changes.keys():
        item.expected_from = today()


def _waiting_for(codes: Iterable[str]) -> list[str]:
    """The items in force that wait for one of these and are not among them."""
    known = set(codes)
    query = (
        select(Item.code, ItemVersion.condition)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.retired_at.is_(None), ItemVersion.condition != "")
    )
    return [
        row.code
        for row in db.session.execute(query)
        if row.condition.split()[0] in known and row.code not in known
    ]


VERBS = {
    Change.ADD: "library:item:publish",
    Change.REWORD: "library:item:publish",
    Change.RETIRE: "library:item:retire",
    Change.BRING_BACK: "library:item:bring_back",
}


def tell(changes: Iterable[Proposal], *, by: Person) -> None:
    """Put each change on the trail."""
    for change in changes:
        audit.record(
            VERBS[change.kind],
            by=by,
            subject=("checklist_item", change.code),
            changes=change.changes | ({"reason": [None, change.reason]} if change.reason else {}),
        )


def forget_drafts(codes: Sequence[str]) -> None:
    """Drafts that are in force are no drafts any more."""
    db.session.execute(delete(Draft.__table__).where(Draft.code.in_(codes)))
