"""The verdict on a file (F32): a supervisor says whether it proves what it is attached to."""

from __future__ import annotations

from app.domain import clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotAllowed
from app.domain.evidence.models import EvidenceFile, EvidenceUse
from app.domain.evidence.rules import Verdict, clean_text
from app.domain.evidence.steps import claim, live_use, record
from app.extensions import db


def judge(use_id: int, verdict: str, reason: str, by: Person, *, office: str = "") -> EvidenceUse:
    """Say what a file on a subject is worth: "sah", or "ditolak" or "kedaluwarsa" with the reason.

    Only this subject's use is judged, and a newer revision starts without a verdict; a later verdict takes
    the place of an earlier one, and both are on record. `office` defaults to the person's nearest appointment
    there. Raises NotFound, NotAllowed (no checklist:verify there, or the own file: four eyes), NotNow (removed
    or replaced meanwhile), Invalid (no such verdict, no reason).
    """
    use = live_use(use_id)
    mandate = by.mandate_for(Permission.CHECKLIST_VERIFY, region=use.region_code).text
    file = db.session.get_one(EvidenceFile, use.file_id)
    if by.id in (use.added_by, file.uploaded_by):
        raise NotAllowed("Berkas ini dari Anda sendiri, jadi orang lain yang harus menilainya.")
    found, reason = _said(verdict, reason)
    before = {"verdict": use.verdict, "reason": use.verdict_reason}
    claim(
        use,
        verdict=found.value,
        verdict_by=by.id,
        verdict_by_name=by.name,
        verdict_at=clock.now(),
        verdict_reason=reason,
    )
    after = {"verdict": found.value, "reason": reason}
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record(
        "judge", use, file, by=by, office=office or mandate, changes={"name": [None, file.name], **changed}
    )
    return use


def _said(verdict: str, reason: str) -> tuple[Verdict, str]:
    if verdict not in set(Verdict):
        raise Invalid("Pilih penilaiannya dulu.", verdict="Pilih sah, ditolak, atau kedaluwarsa.")
    found, reason = Verdict(verdict), clean_text(reason, 500)
    if found.needs_reason and not reason:
        raise Invalid(
            "Tuliskan alasannya.", reason=f"Tuliskan mengapa bukti ini {found.value}; pengisi membacanya."
        )
    return found, reason
