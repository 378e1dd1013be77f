"""Who sees and does what with a report: read in the subtree of one's appointment, written by the desk that owes it."""

from __future__ import annotations

from app.domain.accounts import PERMISSIONS, Mandate, Permission, Person
from app.domain.errors import NotAllowed
from app.domain.regions import contains
from app.domain.reports.rules import AREA

ABOVE = frozenset({Permission.REPORT_VERIFY, Permission.REPORT_ENDORSE, Permission.REPORT_ARRANGE})
"""Rights that reach the desks below too; writing is the owing desk's own."""


def roots(person: Person) -> tuple[str, ...]:
    """The subtrees whose reports the person may read; none lies in another."""
    codes = {
        m.region_code for m in person.appointments if m.gives(Permission.REPORT_READ, m.region_code, AREA)
    }
    return tuple(sorted(c for c in codes if not any(contains(o, c) for o in codes - {c})))


def permissions_in(person: Person, region: str) -> frozenset[Permission]:
    """What the person may do with a report of this region: its own desk writes, that one and those above judge."""
    held: set[Permission] = set()
    for mandate in person.appointments:
        if mandate.covers(region, AREA, None):
            own = mandate.region_code == region
            held |= {one for one in PERMISSIONS[mandate.role] if own or one is not Permission.REPORT_WRITE}
    return frozenset(held)


def mandate_in(person: Person, permission: Permission, region: str) -> Mandate:
    """The appointment under which a deed on a report of this region is done. Raises NotAllowed."""
    for mandate in person.appointments:
        near = mandate.region_code == region or permission in ABOVE
        if near and mandate.gives(permission, region, AREA):
            return mandate
    raise NotAllowed("Penugasan Anda tidak mencakup laporan desk ini. Tidak ada yang diubah.")
