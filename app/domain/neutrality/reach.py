"""Who sees what of a case: all of it only in exactly the region of one's appointment, above it a pseudonym."""

from __future__ import annotations

from app.domain.accounts import PERMISSIONS, Mandate, Permission, Person
from app.domain.errors import NotAllowed
from app.domain.neutrality.rules import AREA
from app.domain.regions import Level, contains, level_of


def roots(person: Person) -> tuple[str, ...]:
    """The subtrees whose cases the person may know of, by appointments that reach this area of work."""
    codes = {
        m.region_code for m in person.appointments if m.gives(Permission.NEUTRALITY_READ, m.region_code, AREA)
    }
    return tuple(sorted(c for c in codes if not any(contains(o, c) for o in codes - {c})))


def own_regions(person: Person, permission: Permission) -> tuple[str, ...]:
    """The regions of appointments that give the permission there, not below: a province does no kabupaten's deeds.

    Only provinces and kabupaten/kota have cases of their own.
    """
    codes = {m.region_code for m in person.appointments if m.gives(permission, m.region_code, AREA)}
    return tuple(sorted(code for code in codes if level_of(code) in (Level.PROVINCE, Level.REGENCY)))


def permissions_in(person: Person, region: str) -> frozenset[Permission]:
    """What the appointments in exactly this region give."""
    held = [
        PERMISSIONS[m.role]
        for m in person.appointments
        if m.region_code == region and m.covers(region, AREA, None)
    ]
    return frozenset().union(*held)


def mandate_in(person: Person, permission: Permission, region: str) -> Mandate:
    """The appointment in exactly this region under which a deed is done. Raises NotAllowed."""
    for mandate in person.appointments:
        if mandate.region_code == region and mandate.gives(permission, region, AREA):
            return mandate
    raise NotAllowed(
        "Hanya yang ditugaskan di wilayah kasus ini yang dapat melakukannya. Tidak ada yang diubah."
    )
