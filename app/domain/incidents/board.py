"""What /insiden shows: the open incidents of each region by step and severity, the silent ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from app.domain.accounts import Person
from app.domain.incidents.counts import Tally, obstacles_of, own_situations, tallies
from app.domain.incidents.models import Incident
from app.domain.incidents.registers import INCIDENTS, NIL, SEVERITIES, STATUSES
from app.domain.incidents.rules import INCIDENT_FLOW
from app.domain.regions import RegionRow, contains, subtree, with_children
from app.domain.registers import RecordRow, counting, rows_of, visible
from app.extensions import db

MOST_SILENT = 20
"""Silent incidents that the board lists by name."""
NAMES = {"incidents": "kejadian", "obstacles": "kendala"}


@dataclass
class RegionLine:
    """One region of the board: its open incidents, and what its desk says of itself."""

    region: RegionRow
    states: Counter[str] = field(default_factory=Counter)
    """Open incidents by step."""
    severities: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    ended: int = 0
    obstacles: int = 0
    said: RecordRow | None = None
    """Its latest statement of the situation."""
    contradictions: tuple[str, ...] = ()
    """Where that statement says nil and the registers of the region and of all below it say otherwise."""

    @property
    def open(self) -> int:
        """Incidents that are not closed."""
        return self.states.total()

    @property
    def said_words(self) -> str:
        """The latest statement in words: "aman dan kondusif, kejadian nihil, kendala nihil"."""
        if self.said is None:
            return ""
        values = self.said.values
        parts = [STATUSES.get(values["status"], "").lower()]
        parts += [f"{name} {values[key]}" for key, name in NAMES.items() if values[key]]
        return ", ".join(filter(None, parts)) or "kondisi terkini"

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell: no incident, no obstacle, no statement."""
        return not (self.open or self.ended or self.obstacles or self.said)


class Board(NamedTuple):
    """The lines, and over all of them the silent incidents that the person may read."""

    lines: list[RegionLine]
    silent: list[RecordRow]
    hidden: int
    """Silent incidents that are restricted and not for this person."""
    silent_in_all: int

    @property
    def states(self) -> Counter[str]:
        """Open incidents by step, all lines."""
        return sum((line.states for line in self.lines), Counter())

    @property
    def severities(self) -> Counter[str]:
        """Open incidents by severity, all lines."""
        return sum((line.severities for line in self.lines), Counter())

    @property
    def in_words(self) -> str:
        """The counts as one says them: "3 kejadian terbuka: 1 berat, 2 sedang; 2 diteruskan, 1 dicatat"."""
        total = self.states.total()
        if not total:
            return "Tidak ada kejadian yang terbuka"
        by_severity = _counted(SEVERITIES, self.severities)
        steps = {state.value: words for state, words in INCIDENT_FLOW.words.items()}
        return f"{total} kejadian terbuka: {by_severity.lower()}; {_counted(steps, self.states)}"


def _counted(words: Mapping[str, str], counts: Counter[str]) -> str:
    return ", ".join(f"{counts[key]} {text}" for key, text in words.items() if counts[key])


def board_of(region: str, person: Person) -> Board:
    """The board of a region: itself and the regions right below it, each with all that lies below.

    Counts hold restricted incidents too; the list names only what the person may read. About a dozen statements,
    whatever the number of records.
    """
    lines = {place.code: RegionLine(place) for place in with_children([region])}
    counted = tallies([region], person)
    for tally in counted:
        line = lines[_line_code(lines, tally.region, region)]
        if tally.is_open:
            line.states[tally.state] += tally.number
            line.severities[tally.severity] += tally.number
        else:
            line.ended += tally.number
        line.silent += tally.number if tally.is_silent else 0
    for some in obstacles_of([region]):
        if some.is_open:
            lines[_line_code(lines, some.region, region)].obstacles += some.number
    for row in own_situations(list(lines)):
        scope = list(lines.values()) if row.region_code == region else [lines[row.region_code]]
        lines[row.region_code].said = row
        lines[row.region_code].contradictions = _contradictions(row, scope)
    silent = [tally for tally in counted if tally.is_silent]
    hidden = sum(tally.number for tally in silent if not tally.is_readable)
    order = sorted(lines.values(), key=lambda line: (-line.silent, -line.severities["berat"], -line.open))
    return Board(order, _most_silent(region, silent, person), hidden, sum(one.number for one in silent))


def _most_silent(region: str, silent: Sequence[Tally], person: Person) -> list[RecordRow]:
    """The incidents that have been silent longest, of those that the person may read; none where none are silent."""
    if not silent:
        return []
    standing = {(tally.state, tally.since) for tally in silent}
    alike = or_(*(and_(Incident.state == state, Incident.state_since == since) for state, since in standing))
    query = select(Incident).where(
        counting(Incident), visible(INCIDENTS, person), subtree(Incident.region_code, region), alike
    )
    oldest = query.order_by(Incident.state_since, Incident.id).limit(5 * MOST_SILENT)
    rows = [row for row in rows_of(INCIDENTS, list(db.session.scalars(oldest))) if row.silence.over > 0]
    return sorted(rows, key=lambda row: -row.silence.over)[:MOST_SILENT]


def _contradictions(said: RecordRow, scope: Sequence[RegionLine]) -> tuple[str, ...]:
    told = []
    for key, count in (
        ("incidents", sum(line.open for line in scope)),
        ("obstacles", sum(line.obstacles for line in scope)),
    ):
        if said.values[key] == NIL and count:
            told.append(f"menyatakan nihil {NAMES[key]}, padahal {count} {NAMES[key]} masih terbuka")
    return tuple(told)


def _line_code(lines: Mapping[str, RegionLine], code: str, region: str) -> str:
    return next((one for one in lines if one != region and contains(one, code)), region)
