"""What /insiden shows: the open incidents of each region by step and severity, the silent ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.accounts import Permission, Person
from app.domain.incidents.models import Incident, Situation
from app.domain.incidents.registers import INCIDENTS, NIL, OBSTACLES, SEVERITIES, SITUATIONS, STATUSES
from app.domain.incidents.rules import INCIDENT_FLOW, OBSTACLE_FLOW
from app.domain.regions import RegionRow, contains, subtree, with_children
from app.domain.registers import RecordRow, Register, counting, may, rows_of
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
    places = with_children([region])
    lines = {place.code: RegionLine(place) for place in places}
    silent = []
    for row in _open_rows(INCIDENTS, INCIDENT_FLOW.ended, region):
        line = lines[_line_code(lines, row.region_code, region)]
        line.states[row.state] += 1
        line.severities[row.values["severity"]] += 1
        if row.silence.over > 0:
            line.silent += 1
            silent.append(row)
    for row in _open_rows(OBSTACLES, OBSTACLE_FLOW.ended, region):
        lines[_line_code(lines, row.region_code, region)].obstacles += 1
    for code, count in _ended(region):
        lines[_line_code(lines, code, region)].ended += count
    for row in latest_situations(lines):
        scope = list(lines.values()) if row.region_code == region else [lines[row.region_code]]
        lines[row.region_code].said = row
        lines[row.region_code].contradictions = _contradictions(row, scope)
    shown = sorted((row for row in silent if may_read(row, person)), key=lambda row: -row.silence.over)
    order = sorted(lines.values(), key=lambda line: (-line.silent, -line.severities["berat"], -line.open))
    return Board(order, shown[:MOST_SILENT], len(silent) - len(shown))


def _contradictions(said: RecordRow, scope: Sequence[RegionLine]) -> tuple[str, ...]:
    told = []
    for key, count in (
        ("incidents", sum(line.open for line in scope)),
        ("obstacles", sum(line.obstacles for line in scope)),
    ):
        if said.values[key] == NIL and count:
            told.append(f"menyatakan nihil {NAMES[key]}, padahal {count} {NAMES[key]} masih terbuka")
    return tuple(told)


def may_read(row: RecordRow, person: Person) -> bool:
    """Whether an incident within the person's reach is theirs to read: restricted ones are not everybody's."""
    return (
        not row.values["is_restricted"]
        or row.recorded_by == person.id
        or may(person, row.register, Permission.REGISTER_RESTRICTED, row.region_code)
    )


def _line_code(lines: Mapping[str, RegionLine], code: str, region: str) -> str:
    return next((one for one in lines if one != region and contains(one, code)), region)


def _open_rows(register: Register, ended: Iterable[str], region: str) -> list[RecordRow]:
    model = register.model
    query = select(model).where(
        counting(model), subtree(model.region_code, region), model.state.not_in([str(one) for one in ended])
    )
    return rows_of(register, list(db.session.scalars(query)))


def _ended(region: str) -> list[tuple[str, int]]:
    query = (
        select(Incident.region_code, func.count())
        .where(
            counting(Incident),
            subtree(Incident.region_code, region),
            Incident.state.in_([state.value for state in INCIDENT_FLOW.ended]),
        )
        .group_by(Incident.region_code)
    )
    return [(code, count) for code, count in db.session.execute(query)]


def latest_situations(codes: Iterable[str]) -> list[RecordRow]:
    """The statement of the latest day of each of these regions themselves, of those that made any."""
    last = (
        select(Situation.region_code, func.max(Situation.dated_on).label("day"))
        .where(counting(Situation), Situation.region_code.in_(list(codes)))
        .group_by(Situation.region_code)
        .subquery()
    )
    query = (
        select(Situation)
        .join(last, (last.c.region_code == Situation.region_code) & (last.c.day == Situation.dated_on))
        .where(counting(Situation))
    )
    return rows_of(SITUATIONS, list(db.session.scalars(query)))
