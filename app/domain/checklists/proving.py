"""Evidence and words on an entry: attach, reuse, replace, take off, and say something."""

from __future__ import annotations

from typing import Any

from app.domain import audit, clock, evidence
from app.domain.accounts import Mandate, Permission, Person
from app.domain.checklists.deeds import advanced, mandate_for, put_on_record, write
from app.domain.checklists.models import Remark
from app.domain.checklists.rows import SUBJECT, EntryRow
from app.domain.checklists.rules import (
    Standing,
    Verb,
    needs_file,
)
from app.domain.errors import Invalid, NotNow
from app.extensions import db


def attach(
    entry: EntryRow, inspected: evidence.Inspected, *, by: Person, **about: Any
) -> evidence.EvidenceUse:
    """Put a checked file on an entry as evidence. Refuses a verified entry (NotNow)."""
    mandate = mandate_for(entry, Verb.ATTACH, by)
    advanced(entry, Verb.ATTACH, by)
    use = evidence.attach(
        inspected, to=(SUBJECT, entry.id), region=entry.region_code, by=by, office=mandate.text, **about
    )
    _count_evidence(entry, by, mandate, +1)
    return use


def attach_again(entry: EntryRow, file_id: int, *, by: Person) -> evidence.EvidenceUse:
    """Let a file that is kept already prove this entry too (F31)."""
    mandate = mandate_for(entry, Verb.ATTACH, by)
    advanced(entry, Verb.ATTACH, by)
    use = evidence.reuse(
        file_id, to=(SUBJECT, entry.id), region=entry.region_code, by=by, office=mandate.text
    )
    _count_evidence(entry, by, mandate, +1)
    return use


def replace_evidence(entry: EntryRow, use_id: int, inspected: evidence.Inspected, *, by: Person) -> None:
    """Put a better version of a file in its place; the old one stays in the history (F33)."""
    mandate = mandate_for(entry, Verb.ATTACH, by)
    advanced(entry, Verb.ATTACH, by)
    evidence.one_use(SUBJECT, entry.id, use_id)
    evidence.replace(use_id, inspected, by=by)
    _count_evidence(entry, by, mandate, 0)


def detach(entry: EntryRow, use_id: int, *, by: Person, reason: str) -> None:
    """Take a file off an entry, with the reason; the file itself is kept. Refuses no reason (Invalid)."""
    mandate = mandate_for(entry, Verb.ATTACH, by)
    advanced(entry, Verb.ATTACH, by)
    evidence.one_use(SUBJECT, entry.id, use_id)
    is_last = entry.standing is Standing.DONE and entry.evidence_count <= 1
    if is_last and needs_file(entry.evidence_needed) and not entry.no_evidence_reason:
        raise NotNow(
            "Bukti terakhir dari butir yang selesai tidak dapat ditarik. "
            "Ganti berkasnya, atau batalkan dahulu tanda selesainya."
        )
    evidence.remove(use_id, reason=reason, by=by)
    _count_evidence(entry, by, mandate, -1)


def _count_evidence(entry: EntryRow, by: Person, mandate: Mandate, change: int) -> None:
    """Raise the version too: who verifies must have seen this file."""
    write(entry, entry.version, {"evidence_count": entry.evidence_count + change})
    put_on_record(entry, Verb.ATTACH, by, mandate, {"evidence_count": entry.evidence_count + change})


def remark(entry: EntryRow, *, by: Person, text: str) -> Remark:
    """Say something about an entry. Refuses an empty or overlong text (Invalid)."""
    mandate = by.mandate_for(Permission.CHECKLIST_DISCUSS, region=entry.region_code)
    if not text.strip():
        raise Invalid("Pesan masih kosong.", text="Tuliskan pesannya.")
    if len(text) > 1000:
        raise Invalid("Pesan terlalu panjang.", text="Paling banyak 1.000 tanda.")
    said = Remark(
        entry_id=entry.id,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
        office=mandate.text,
        text=text.strip(),
    )
    db.session.add(said)
    db.session.flush()
    audit.record(
        "checklist:entry:remark",
        by=by,
        subject=(SUBJECT, entry.id),
        region=entry.region_code,
        changes={"remark": [None, said.id]},
        office=mandate.text,
    )
    return said
