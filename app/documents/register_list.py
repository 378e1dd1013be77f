"""Makes the snapshot of a register's list: what the filters show to this person now, for paper."""

from __future__ import annotations

from app.documents import office
from app.documents.list_layout import fitted
from app.documents.list_snapshot import RegisterList
from app.documents.register_asking import MOST_IN_PDF, ListAsk, filters_in_words, refuse_too_many
from app.documents.snapshot import AuditHead
from app.domain import audit, clock, regions, registers, stages
from app.domain.accounts import Person
from app.domain.errors import NotAllowed
from app.extensions import one_moment


def build_register_list(person: Person, ask: ListAsk) -> RegisterList:
    """The list as this person may read it now: its order, its sums and its number of records are the page's.

    Ends the session's transaction. Raises NotAllowed for who no longer reads the register, NotFound for a region out
    of reach, Invalid where it has become too long for paper.
    """
    register, filters = ask.register, ask.said.filters
    roots = registers.roots(person, register)
    if not roots:
        raise NotAllowed(f"Penugasan Anda tidak lagi mencakup {register.title}. Hubungi admin desk.")
    zone = regions.zone_of(ask.region)
    with one_moment():
        found = registers.listed(register, person, filters, per_page=MOST_IN_PDF)
        refuse_too_many(found.total)
        path = regions.path_of(ask.region)
        stationery = office.stationery_of(path)
        layout = fitted(register, filters, stationery.paper)
        covered = [filters.region] if filters.region else roots
        places = ", ".join(f"{regions.find(code).title} ({code})" for code in covered)
        said = tuple(filters_in_words(register, filters, person))
        trail = AuditHead(*audit.head())
        election_name = stages.current_election().name
    return RegisterList(
        title=register.title,
        region_name=path[-1].title,
        region_code=ask.region,
        places=places,
        election_name=election_name,
        desk_name=office.desk_name(path[-1]),
        letterhead=stationery.letterhead,
        filters=said,
        columns=layout.columns,
        rows=tuple(tuple(cell(row) for cell in layout.cells) for row in found.rows),
        sums=tuple(registers.sums(register, found)),
        audit_head=trail,
        made_by=person.name,
        made_at=clock.local(clock.now(), zone),
        zone=clock.abbreviation(zone),
        paper=stationery.paper,
        is_wide=layout.is_wide,
        columns_left_off=layout.left_off,
        simulated=clock.is_simulated(),
    )
