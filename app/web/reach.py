"""Which region is meant, and whether the person may go there: one out of reach is as one that does not exist (404)."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from app.domain import regions
from app.domain.accounts import Permission
from app.domain.errors import NotFound
from app.domain.regions import RegionRow
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


def _out_of_reach() -> NotFound:
    return NotFound("Wilayah itu tidak ada atau di luar penugasan Anda.")
