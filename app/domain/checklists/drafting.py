"""Drafts of the library: a change is written and looked at before anybody works by it.

One draft an item, so that two editors see each other; each saving names the version it was made on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from app.domain import audit, clock
from app.domain.accounts import Permission, Person, Unit
from app.domain.checklists.condition_rules import check_retiring
from app.domain.checklists.library import Wording, changes_between, wording_of
from app.domain.checklists.models import Draft, Item, ItemVersion
from app.domain.checklists.wordings import Surroundings, check_code, check_wording, tidy
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.stages import Election, govern, stages_of
from app.extensions import db
from app.statements import inserting


class Change(StrEnum):
    """What a draft does with its item."""

    ADD = "tambah"
    REWORD = "ubah"
    RETIRE = "pensiun"
    BRING_BACK = "kembali"

    @property
    def label(self) -> str:
        """In words for people."""
        return {
            "tambah": "Butir baru",
            "ubah": "Perubahan rumusan",
            "pensiun": "Dipensiunkan",
            "kembali": "Dipakai lagi",
        }[self.value]


class Proposal(NamedTuple):
    """A change of one item: what is in force (None for a new item) and what is to be."""

    code: str
    kind: Change
    wording: Wording
    reason: str = ""
    item: Item | None = None
    current: ItemVersion | None = None

    @property
    def changes(self) -> dict[str, list[Any]]:
        """Field -> [old, new]; empty for an item that is only retired or brought back."""
        return changes_between(None if self.current is None else wording_of(self.current), self.wording)


def known_items() -> dict[str, tuple[Item, ItemVersion]]:
    """Every item with its wording in force, retired ones too, by code in the library's order."""
    query = (
        select(Item, ItemVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .order_by(Item.sort, Item.code)
        .execution_options(populate_existing=True)
    )
    return {item.code: (item, version) for item, version in db.session.execute(query)}


_FRESH = select(Draft).execution_options(populate_existing=True)


def drafts() -> list[Draft]:
    """All drafts, in the order of their codes."""
    return list(db.session.scalars(_FRESH.order_by(Draft.code)))


def draft_of(code: str) -> Draft | None:
    """The draft of an item, None where nobody has begun one."""
    return db.session.scalar(_FRESH.where(Draft.code == code))


def wording_in(draft: Draft) -> Wording:
    """What a draft says."""
    return Wording(**json.loads(draft.content))


def proposals(some: Iterable[Draft], items: Mapping[str, tuple[Item, ItemVersion]]) -> list[Proposal]:
    """Drafts beside what is in force."""
    return [
        Proposal(
            draft.code,
            Change(draft.kind),
            wording_in(draft),
            draft.reason,
            *items.get(draft.code, (None, None)),
        )
        for draft in some
    ]


def library_after(
    items: Mapping[str, tuple[Item, ItemVersion]], changes: Iterable[Proposal]
) -> dict[str, Wording]:
    """Code -> wording of all items that would be in force after these changes."""
    found = {code: wording_of(version) for code, (item, version) in items.items() if item.retired_at is None}
    for change in changes:
        if change.kind is Change.RETIRE:
            found.pop(change.code, None)
        else:
            found[change.code] = change.wording
    return found


def check_all(
    election: Election, changes: Sequence[Proposal], items: Mapping[str, tuple[Item, ItemVersion]]
) -> None:
    """Judge changes that come in together; raises the first refusal, told with its item's code."""
    around = surroundings(election, library_after(items, changes))
    for change in changes:
        try:
            check_change(change, around, items)
        except Invalid as refusal:
            raise Invalid(f"{change.code}: {all_words(refusal)}") from refusal


def trouble_of(election: Election, some: Sequence[Draft]) -> str:
    """Why these drafts cannot be published together, as a sentence; empty where nothing is in the way."""
    items = known_items()
    try:
        check_all(election, proposals(some, items), items)
    except Invalid as refusal:
        return refusal.message
    return ""


def all_words(refusal: Invalid) -> str:
    """A refusal as one line: what is said at its fields, or else the sentence itself."""
    return " ".join(refusal.fields.values()) or refusal.message


def surroundings(election: Election, library: Mapping[str, Wording]) -> Surroundings:
    """What wordings are judged by. Two statements."""
    return Surroundings(election, stages_of(election), every_unit(), library)


def every_unit() -> dict[int, Unit]:
    """All units by number, those out of use too: wordings of old may name them."""
    return {unit.id: unit for unit in db.session.scalars(select(Unit))}


def check_change(
    change: Proposal, around: Surroundings, items: Mapping[str, tuple[Item, ItemVersion]]
) -> None:
    """Refuse (Invalid, each sentence at its field) a change that cannot be; `around` is the library with it."""
    if change.kind is Change.RETIRE:
        check_retiring(change.code, change.reason, around.library)
        return
    if change.kind is Change.ADD:
        check_code(change.code, change.wording.area, list(items))
    check_wording(change.code, change.wording, around)
    if change.kind is Change.REWORD and not change.changes:
        raise Invalid("Belum ada yang berubah. Ubah isinya, atau tinggalkan halaman ini.")


def save_draft(
    election: Election,
    code: str,
    kind: Change,
    wording: Wording | None = None,
    *,
    seen: int,
    by: Person,
    reason: str = "",
) -> Draft:
    """Keep a change of one item as its draft; `seen` is the version of the draft it was made on, 0 for none.

    Refuses who may not change the library (NotAllowed), an unknown item (NotFound), what the rules refuse
    (Invalid), and a draft that somebody else has saved, published or thrown away meanwhile (NotNow).
    """
    govern(by, Permission.LIBRARY_MANAGE, election)
    items = known_items()
    item, current = items.get(code, (None, None))
    _check_kind(code, kind, item)
    said = wording if wording is not None else wording_of(current) if current else None
    assert said is not None  # noqa: S101  (a new item always brings its wording)
    said = tidy(said, wording_of(current) if current else None)
    change = Proposal(code, kind, said, reason.strip(), item, current)
    others = proposals([draft for draft in drafts() if draft.code != code], items)
    check_change(change, surroundings(election, library_after(items, [*others, change])), items)
    draft = _keep(change, seen, by)
    _tell(change, by)
    return draft


def save_drafts(election: Election, changes: Sequence[Proposal], *, by: Person) -> None:
    """Keep changes that came in together as new drafts, judged together: one may need another.

    Refuses as `save_draft` does, an item that has a draft already too (NotNow).
    """
    govern(by, Permission.LIBRARY_MANAGE, election)
    items = known_items()
    check_all(election, [*proposals(drafts(), items), *changes], items)
    for change in changes:
        _keep(change, 0, by)
        _tell(change, by)


def _tell(change: Proposal, by: Person) -> None:
    audit.record(
        "library:draft:save",
        by=by,
        subject=("checklist_item", change.code),
        changes={"kind": [None, change.kind.value], "reason": [None, change.reason], **change.changes},
    )


def _check_kind(code: str, kind: Change, item: Item | None) -> None:
    if kind is not Change.ADD and item is None:
        raise NotFound(f"Butir {code} tidak ada dalam pustaka.")
    if item is not None and kind in (Change.REWORD, Change.RETIRE) and item.retired_at is not None:
        raise NotNow(f"{code} sudah dipensiunkan. Pakai lagi butirnya dahulu, lalu ubah.")
    if item is not None and kind is Change.BRING_BACK and item.retired_at is None:
        raise NotNow(f"{code} masih dipakai, jadi tidak ada yang perlu dikembalikan.")


def _keep(change: Proposal, seen: int, by: Person) -> Draft:
    values: dict[str, Any] = {
        "code": change.code,
        "item_id": change.item.id if change.item else None,
        "kind": change.kind.value,
        "content": json.dumps(asdict(change.wording), ensure_ascii=False, sort_keys=True),
        "reason": change.reason,
        "base_version_id": change.current.id if change.current else None,
        "author_id": by.id,
        "author_name": by.name,
        "saved_at": clock.now(),
    }
    table = Draft.__table__
    if seen:
        mine = (table.c.code == change.code, table.c.version == seen, table.c.job_id.is_(None))
        statement = update(table).where(*mine).values(**values, version=seen + 1)
    else:
        statement = inserting(table).values(**values, version=1).on_conflict_do_nothing()
    if db.session.scalar(statement.returning(table.c.id)) is None:
        raise _overtaken(change.code)
    found = draft_of(change.code)
    assert found is not None  # noqa: S101  (just written)
    return found


def _overtaken(code: str) -> NotNow:
    found = draft_of(code)
    if found is None:
        return NotNow(f"Rancangan {code} sudah diterbitkan atau dibuang orang lain. Muat ulang halaman ini.")
    if found.job_id is not None:
        return NotNow(
            f"Rancangan {code} sedang diterapkan. Tunggu sampai selesai, lalu mulai rancangan baru."
        )
    return NotNow(
        f"{found.author_name} menyimpan rancangan {code} lebih dahulu. Yang Anda tulis belum disimpan: "
        "bandingkan dengan rancangan itu, lalu putuskan."
    )


def discard_draft(election: Election, code: str, *, seen: int, by: Person) -> None:
    """Throw a draft away; what is in force stays. Refuses (NotNow) one that has changed since it was seen."""
    govern(by, Permission.LIBRARY_MANAGE, election)
    table = Draft.__table__
    gone = delete(table).where(table.c.code == code, table.c.version == seen, table.c.job_id.is_(None))
    if db.session.execute(gone).rowcount != 1:  # type: ignore[attr-defined]
        raise _overtaken(code)
    audit.record("library:draft:discard", by=by, subject=("checklist_item", code))
