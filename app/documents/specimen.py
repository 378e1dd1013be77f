"""A report without items: what a desk's papers look like with a letterhead, before any is made with it."""

from __future__ import annotations

from app.documents import office
from app.documents.asking import REPORT
from app.documents.snapshot import AuditHead, ChecklistReport
from app.domain import audit, clock, letterheads, regions, stages
from app.domain.accounts import Person
from app.domain.checklists import Totals
from app.domain.errors import NotFound
from app.extensions import one_moment
from app.words import tanggal_panjang


def build_specimen(person: Person, head: letterheads.Head) -> ChecklistReport:
    """A page with this letterhead, draft or not, as the region's own report would carry it today.

    Ends the session's transaction. Takes no number: the next one is only shown.
    """
    code = head.region_code
    zone = regions.zone_of(code)
    now = clock.local(clock.now(), zone)
    with one_moment():
        path = regions.path_of(code)
        stationery = office.stationery(head.content, head.logo_sha256)
        number = letterheads.next_number(head, now.date())
        signature = office.signature_of(code, now.date())
        trail = AuditHead(*audit.head())
        try:
            election_name = stages.current_election().name
        except NotFound:
            election_name = "belum disiapkan"
    region = path[-1]
    return ChecklistReport(
        title=REPORT,
        kind="ringkas",
        region_name=region.title,
        region_code=code,
        region_level=region.level.value,
        election_name=election_name,
        period_text=f"Keadaan sampai dengan {tanggal_panjang(now.date())}",
        as_of=now,
        zone=clock.abbreviation(zone),
        letterhead=stationery.letterhead,
        reference=stationery.reference,
        copies=stationery.copies,
        desk_name=office.desk_name(region),
        place=office.usual_place(region),
        date_text=tanggal_panjang(now.date()),
        totals=Totals(),
        areas=(),
        audit_head=trail,
        made_by=person.name,
        made_at=now,
        paper=head.content.paper,
        number=number or None,
        signature=signature,
        specimen=True,
    )
