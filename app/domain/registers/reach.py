"""Which records a person may read, and where they may record: by appointments that reach the register's area."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_

from app.domain.accounts import PERMISSIONS, Mandate, Permission, Person
from app.domain.errors import NotAllowed
from app.domain.regions import contains, subtree
from app.domain.registers.register import Register


def roots(
    person: Person, register: Register, permission: Permission = Permission.REGISTER_READ
) -> tuple[str, ...]:
    """The tops of the subtrees where an appointment gives the permission in the register's area of work."""
    codes = {m.region_code for m in person.appointments if m.gives(permission, m.region_code, register.area)}
    return tuple(sorted(code for code in codes if not any(contains(o, code) for o in codes - {code})))


def may(person: Person, register: Register, permission: Permission, region: str) -> bool:
    """Whether the person holds the permission for this register in this region."""
    return person.may(permission, region=region, area=register.area)


def mandate(person: Person, register: Register, permission: Permission, region: str) -> Mandate:
    """The appointment under which a deed is done. Raises NotAllowed."""
    if not may(person, register, permission, region):
        raise NotAllowed(
            f"Penugasan Anda tidak mencakup {register.title} di wilayah ini. Tidak ada yang diubah; hubungi "
            "admin desk bila seharusnya mencakup."
        )
    return person.mandate_for(permission, region=region, area=register.area)


def permissions(person: Person, register: Register, region: str) -> frozenset[Permission]:
    """All that the person holds for this register in this region."""
    held: Iterable[frozenset[Permission]] = (
        PERMISSIONS[m.role] for m in person.appointments if m.covers(region, register.area, None)
    )
    return frozenset().union(*held)


def visible(register: Register, person: Person) -> ColumnElement[bool]:
    """SQL condition: the records of the person's reach, without the restricted ones that are not for them."""
    model = register.model
    here = subtree(model.region_code, *roots(person, register))
    if not register.restricted_by:
        return here
    open_ = getattr(model, register.restricted_by).is_(False)
    trusted = subtree(model.region_code, *roots(person, register, Permission.REGISTER_RESTRICTED))
    return here & or_(open_, trusted, model.recorded_by == person.id)
