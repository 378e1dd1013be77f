"""Which region is meant, and whether the person may go there: one out of reach is as one that does not exist (404)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import request

from app.domain import regions, registers
from app.domain.accounts import Permission
from app.domain.errors import NotFound
from app.domain.regions import Level, RegionRow
from app.domain.registers import Register
from app.web.access import current_user
from app.web.context import home_region


def within(permission: Permission, code: str) -> str:
    """The code itself. Raises NotFound where the person does not hold the permission."""
    if not current_user.may(permission, region=code):
        raise _out_of_reach()
    return code


def within_roots(roots: Iterable[str], code: str) -> str:
    """The code itself. Raises NotFound for a region below none of the roots."""
    if not any(regions.contains(root, code) for root in roots):
        raise _out_of_reach()
    return code


def asked_of(register: Register) -> RegionRow:
    """The region of the address (`?wilayah=`), or the person's own, where they read this register: for its boards.

    Raises NotFound for one out of reach, and for who reads the register nowhere.
    """
    roots = registers.roots(current_user, register)
    if not roots:
        raise NotFound("Halaman itu tidak ada atau di luar bidang tugas Anda.")
    wanted, home = request.args.get("wilayah", "")[:13], home_region()
    own = home if any(regions.contains(root, home) for root in roots) else roots[0]
    return regions.find(within_roots(roots, wanted or own))


def path_within(permission: Permission, code: str) -> list[RegionRow]:
    """From the province down to a region where the person holds the permission. Raises NotFound for any other."""
    path = regions.path_of(within(permission, code))
    if not path or path[-1].code != code:
        raise _out_of_reach()
    return path


def asked_region(permission: Permission) -> str:
    """The region of the address (`?wilayah=`), or the person's own. Raises NotFound for one out of reach."""
    wanted = request.args.get("wilayah", "")
    return within(permission, wanted) if wanted else home_region()


def way_within(roots: Sequence[str], code: str) -> list[RegionRow]:
    """From the topmost region within the roots down to this one: for the crumbs of boards."""
    return [row for row in regions.path_of(code) if any(regions.contains(root, row.code) for root in roots)]


MOST_CHOICES = 600
"""Regions in a select; beyond that an old computer feels it."""
DEPTH = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)


def region_choices(roots: Sequence[str], levels: Iterable[Level], chosen: str = "") -> list[tuple[str, str]]:
    """(code, name) of the regions of these levels within the roots, each indented under its own.

    Where there are too many, those deeper than the first MOST_CHOICES hold are offered within `chosen` only (and right
    below it). At most six statements.
    """
    found: dict[str, RegionRow] = {}
    wanted = [level for level in DEPTH if level in set(levels)]
    for level in wanted:
        rows = regions.regions_under(roots, level)
        if len(found) + len(rows) > MOST_CHOICES:
            break
        found |= {row.code: row for row in rows}
    if chosen and any(regions.contains(root, chosen) for root in roots):
        near = [*regions.path_of(chosen), *regions.children_of(chosen)]
        found |= {row.code: row for row in near if row.level in wanted}
    top = min((DEPTH.index(row.level) for row in found.values()), default=0)
    return [
        (code, "\u2003" * (DEPTH.index(row.level) - top) + row.title) for code, row in sorted(found.items())
    ]


def _out_of_reach() -> NotFound:
    return NotFound("Wilayah itu tidak ada atau di luar penugasan Anda.")
