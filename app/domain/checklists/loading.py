"""Bringing the checklist library in from the rows of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from app.domain import audit
from app.domain.checklists.library import Wording, current_versions, publish
from app.domain.checklists.rules import ON_THE_DAY
from app.domain.errors import Invalid

HOUR = re.compile(r"\b([01]\d|2[0-3])\.([0-5]\d)\b")
LEVELS = ("provinsi", "kabkota", "kecamatan", "keldes")


def load_library(
    rows: Iterable[Mapping[str, str]],
    *,
    unit_for: Callable[[str], int | None],
    cite: Callable[[str], str] = str,
    by: audit.Actor | None = None,
) -> tuple[int, int]:
    """Publish every item of the file whose wording is new; returns (rows read, wordings published).

    `unit_for` names the accountable unit from the roles; `cite` writes sources out. Refuses (Invalid, naming
    the item) what `publish` refuses, an unknown level, and offsets that are no numbers.
    """
    before = {version.id for version in current_versions()}
    read = 0
    for sort, row in enumerate(rows, start=1):
        try:
            publish(row["code"], wording(row, unit_for(row["role"]), cite), sort=sort * 10, by=by)
        except (Invalid, ValueError) as error:
            raise Invalid(f"Butir {row['code']}: {error}") from error
        read += 1
    return read, len({version.id for version in current_versions()} - before)


def wording(row: Mapping[str, str], unit_id: int | None, cite: Callable[[str], str] = str) -> Wording:
    """One row of the library as a wording; the hours of a voting-day item stand in its title as 13.30."""
    levels = row["level"].split(";")
    if not set(levels) <= set(LEVELS):
        raise Invalid(f"tingkat {row['level']!r} tidak dikenal")
    hours = HOUR.findall(row["title_id"]) if row["recurrence"] in ON_THE_DAY else []
    return Wording(
        area=row["area"],
        stage=row["stage"],
        levels=" ".join(sorted(levels, key=LEVELS.index)),
        unit_id=unit_id,
        roles=row["role"],
        title=row["title_id"],
        recurrence=row["recurrence"],
        start_offset=int(row["start_offset_days"]) if row["start_offset_days"] else None,
        due_offset=int(row["due_offset_days"]),
        times=" ".join(f"{hour}:{minute}" for hour, minute in hours),
        evidence=row["evidence"].replace(";", " "),
        measure_unit=row["measure_unit"],
        measure_total=row["measure_total"],
        legal_basis=cite(row["legal_basis_or_seed"]),
        sla=row["sla"],
    )
