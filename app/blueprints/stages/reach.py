"""What the pages of the calendar share: the right, the election's own row, and regions to choose from."""

from __future__ import annotations

from app.domain import regions, stages
from app.domain.accounts import Permission
from app.domain.stages import Election
from app.web.context import election

MANAGE = Permission.CALENDAR_MANAGE


def kept_election() -> Election:
    """The current election's own row, as changing the calendar needs it."""
    return stages.find_election(election().id)


def region_choices(reach: tuple[str, ...], chosen: str) -> list[tuple[str, str]]:
    """The roots with what lies right below each, and the way down to the chosen region and below it."""
    found = {row.code: row for root in reach for row in [regions.find(root), *regions.children_of(root)]}
    for row in regions.path_of(chosen):
        if any(regions.contains(root, row.code) for root in reach):
            found[row.code] = row
            found |= {child.code: child for child in regions.children_of(row.code)}
    return [(code, f"{'– ' * (code.count('.'))}{row.title}") for code, row in sorted(found.items())]
