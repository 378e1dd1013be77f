"""Files that belong to a case: kept by the evidence room, under a name that says nothing of a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from app.domain import evidence
from app.domain.accounts import Permission, Person
from app.domain.errors import NotFound, NotNow
from app.domain.neutrality.queries import SUBJECT, CaseRow
from app.domain.neutrality.reach import mandate_in
from app.domain.neutrality.rules import OPEN


def attach(case: CaseRow, inspected: evidence.Inspected, *, by: Person) -> evidence.EvidenceUse:
    """Put a checked file on a case. Its own name is dropped: people write whose letter it is into it.

    Refuses who does not handle cases of exactly this region (NotAllowed), a case that has ended (NotNow), and
    what the evidence room refuses (Invalid).
    """
    mandate = mandate_in(by, Permission.NEUTRALITY_HANDLE, case.region_code)
    if case.state not in OPEN:
        raise NotNow("Kasus ini sudah berakhir. Minta penyelia membukanya kembali untuk menambah berkas.")
    number = len(evidence.uses_of(SUBJECT, case.id, with_removed=True)) + 1
    suffix = PurePath(inspected.name).suffix
    named = replace(inspected, name=f"lampiran-{case.number.replace('/', '-')}-{number}{suffix}")
    return evidence.attach(named, to=(SUBJECT, case.id), region=case.region_code, by=by, office=mandate.text)


def file_of(case: CaseRow, use_id: int) -> evidence.UseRow:
    """A file of a case whose facts the person reads; NotFound for any other, and for who knows the pseudonym only."""
    if case.facts is None:
        raise NotFound("Berkas itu tidak ada atau di luar wilayah penugasan Anda.")
    return evidence.one_use(SUBJECT, case.id, use_id)
