"""Makes the snapshot of a register's list: what the filters show to this person now, for paper."""

from __future__ import annotations

from app.documents.list_frame import frame_of
from app.documents.list_layout import fitted
from app.documents.list_snapshot import RegisterList
from app.documents.register_asking import MOST_IN_PDF, ListAsk, filters_in_words, refuse_too_many
from app.domain import registers
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
    with one_moment():
        found = registers.listed(register, person, filters, per_page=MOST_IN_PDF)
        refuse_too_many(found.total)
        covered = [filters.region] if filters.region else roots
        frame = frame_of(ask.region, covered, tuple(filters_in_words(register, filters, person)), by=person)
        layout = fitted(register, filters, frame.paper)
    return RegisterList(
        **frame._asdict(),
        title=register.title,
        columns=layout.columns,
        rows=tuple(tuple(cell(row) for cell in layout.cells) for row in found.rows),
        sums=tuple(registers.sums(register, found)),
        is_wide=layout.is_wide,
        columns_left_off=layout.left_off,
    )
