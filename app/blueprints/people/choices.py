"""What the forms and filters about people offer: never more than the admin holds."""

from __future__ import annotations

import re

from app.domain import accounts, regions
from app.domain.accounts import Permission, Person
from app.domain.checklists import AREAS
from app.domain.errors import Invalid
from app.domain.regions import Level, RegionRow

KIND = re.compile(r"^(kelurahan|desa|kampung|kecamatan)\s+", re.IGNORECASE)
"""What people write before a name, and the list of regions keeps beside it."""
MOST = 600
"""Regions in a select; where there are more, the kecamatan are named like the desa."""
INDENT = {
    Level.PROVINCE: "",
    Level.REGENCY: "\u2003",
    Level.DISTRICT: "\u2003\u2003",
    Level.VILLAGE: "\u2003\u2003",
}


def regions_of(by: Person) -> list[tuple[str, str]]:
    """(code, name) of the regions in which this admin appoints, down to the kecamatan, each under its own."""
    roots = accounts.own_regions(by)
    rows = [row for level in (Level.PROVINCE, Level.REGENCY) for row in regions.regions_under(roots, level)]
    districts = regions.regions_under(roots, Level.DISTRICT)
    if len(rows) + len(districts) <= MOST:
        rows += districts
    rows += [regions.find(root) for root in roots if regions.level_of(root) is Level.VILLAGE]
    return [(row.code, _indented(row)) for row in sorted(rows, key=lambda row: row.code)]


def _indented(row: RegionRow) -> str:
    return f"{INDENT[row.level]}{row.title}"


def units_of(by: Person) -> list[tuple[str, str]]:
    """(code, name) of the units for which this admin appoints; first the empty one, where they are not limited."""
    held = [mandate for mandate in by.appointments if mandate.gives(Permission.PEOPLE_MANAGE)]
    own = {mandate.unit_id for mandate in held}
    named = [(unit.code, unit.name) for unit in accounts.units() if None in own or unit.id in own]
    return [("", "Tidak terikat perangkat daerah"), *named] if None in own else named


def areas_of(by: Person) -> list[tuple[str, str]]:
    """(code, name) of the areas of work for which this admin appoints."""
    held = [mandate.areas for mandate in by.appointments if mandate.gives(Permission.PEOPLE_MANAGE)]
    return [(code, name) for code, name in AREAS.items() if any(not own or code in own for own in held)]


def part_of(region: str, text: str) -> str:
    """The region that is meant: the chosen one, or the one in it that the text names by code or name.

    Raises Invalid where it names none, or several; it says which.
    """
    if not text:
        return region
    bare = KIND.sub("", text)
    found = [row for row in regions.called(bare, (region,)) if row.code != region]
    exact = [row for row in found if bare.casefold() in (row.name.casefold(), row.code)]
    fitting = [row for row in exact if row.level is Level.VILLAGE] or exact or found
    if not fitting:
        raise Invalid(
            "Bagian wilayah itu tidak ada.",
            part=f"Tidak ada «{text}» di wilayah yang dipilih. Periksa ejaannya, atau kosongkan.",
        )
    if len(fitting) > 1:
        named = "; ".join(f"{row.title} ({row.code})" for row in fitting[:6])
        raise Invalid(
            "Bagian wilayah itu lebih dari satu.",
            part=f"Ada {len(fitting)} yang cocok: {named}. Tulis kodenya.",
        )
    return fitting[0].code
