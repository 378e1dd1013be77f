"""What the support of a region adds up to: grants with their transfers, and target and real of the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from app.domain.regions import ancestors
from app.domain.registers import RecordRow, known_sum, records_in
from app.domain.support.registers import (
    AD_HOC,
    AGREEMENTS,
    HEALTH_CHECKS,
    LENT_ROOMS,
    REGISTERS,
    STAFF,
    TRANCHES,
    TRANSPORT,
)
from app.domain.support.rules import OF_EACH_OFFICE

Records = Mapping[str, Sequence[RecordRow]]
"""Key of a register -> its records that count."""


def records_of(codes: Sequence[str]) -> Records:
    """All records of this room in these subtrees. Two statements for each register."""
    return {register.key: records_in(register, codes) for register in REGISTERS}


@dataclass(frozen=True)
class Grants:
    """Agreements together. Rupiah; None is not known."""

    count: int
    total: int | None
    """Of the agreements whose total is known."""
    paid: int | None
    """Transferred; None where no tranche was recorded."""
    paid_of: int | None
    """Total of the agreements whose tranches were recorded; None where one of them is not known."""
    recorded: int
    """Agreements of which a tranche was recorded; of the others it is not known what was transferred."""
    overdue: int
    tranches: int

    @property
    def is_all_recorded(self) -> bool:
        """Whether what was transferred is known of every agreement."""
        return self.recorded == self.count

    @property
    def percent(self) -> Decimal | None:
        """Transferred in percent of those whose tranches are recorded, with one decimal, never rounded up."""
        if self.paid is None or not self.paid_of:
            return None
        return (Decimal(100 * self.paid) / self.paid_of).quantize(Decimal("0.1"), ROUND_DOWN)


class Measure(NamedTuple):
    """How many there are of how many wanted; None is not known."""

    records: int
    kinds: int
    """Bodies or uses that are spoken of."""
    untold: int
    """Of those, how many say no real figure: they are in neither `real` nor `target`, unless all are untold."""
    real: int | None
    target: int | None

    @property
    def whole(self) -> int | None:
        """The target, where it is one of what is counted."""
        return self.target if self.real is not None else None


def overdue(tranche: RecordRow, today: dt.date) -> bool:
    """Whether a tranche is past its day and not, or not wholly, transferred."""
    due, amount, sent = (tranche.values[name] for name in ("due_on", "amount", "transferred"))
    return due is not None and due < today and (sent is None or (amount is not None and sent < amount))


def grants(agreements: Iterable[RecordRow], tranches: Iterable[RecordRow], today: dt.date) -> Grants:
    """What these agreements add up to; tranches of others are left out."""
    totals = {row.id: row.values["total"] for row in agreements}
    mine = [row for row in tranches if row.parents["agreement_id"] in totals]
    recorded = {row.parents["agreement_id"] for row in mine}
    wholes = [totals[number] for number in recorded if number is not None]
    return Grants(
        count=len(totals),
        total=known_sum(totals.values()),
        paid=sum(row.values["transferred"] or 0 for row in mine) if mine else None,
        paid_of=sum(wholes) if wholes and None not in wholes else None,
        recorded=len(recorded),
        overdue=sum(overdue(row, today) for row in mine),
        tranches=len(mine),
    )


def measure(rows: Sequence[RecordRow]) -> Measure:
    """What records of one register with target and real add up to.

    The target speaks of exactly what is counted: it leaves out bodies whose real figure is not known, and is not known
    itself where one that is counted has none.
    """
    by_kind: dict[str, list[RecordRow]] = {}
    for row in rows:
        by_kind.setdefault(str(row.values.get("body", row.id)), []).append(row)
    pairs = [(_rolled(kind, own, "real"), _rolled(kind, own, "target")) for kind, own in by_kind.items()]
    real = [one for one, _ in pairs if one is not None]
    wanted = [one for here, one in pairs if here is not None] if real else [one for _, one in pairs]
    target = [one for one in wanted if one is not None]
    is_whole = bool(target) and (not real or len(target) == len(wanted))
    return Measure(
        records=len(rows),
        kinds=len(by_kind),
        untold=len(pairs) - len(real),
        real=sum(real) if real else None,
        target=sum(target) if is_whole else None,
    )


def _rolled(kind: str, rows: Sequence[RecordRow], name: str) -> int | None:
    """The sum over regions, where a figure covers all figures below its region."""
    known = {row.region_code: row.values[name] for row in rows if row.values[name] is not None}
    if kind in OF_EACH_OFFICE:
        counted = list(known.values())
    else:
        counted = [
            value
            for code, value in known.items()
            if not any(above in known for above in ancestors(code)[:-1])
        ]
    return sum(counted) if counted else None


class Tally(NamedTuple):
    """All support of one region and what lies below it."""

    grants: Grants
    staff: Measure
    ad_hoc: Measure
    rooms: Measure
    health: Measure
    transport: Measure

    @property
    def has_measures(self) -> bool:
        """Whether anything but a grant was recorded."""
        rest = (self.staff, self.ad_hoc, self.rooms, self.health, self.transport)
        return any(one.records for one in rest)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded."""
        return not self.grants.count and not self.has_measures


def tally(records: Records, today: dt.date) -> Tally:
    """What these records tell together."""
    return Tally(
        grants(records[AGREEMENTS.key], records[TRANCHES.key], today),
        measure(records[STAFF.key]),
        measure(records[AD_HOC.key]),
        measure(records[LENT_ROOMS.key]),
        measure(records[HEALTH_CHECKS.key]),
        measure(records[TRANSPORT.key]),
    )


def split(records: Records, codes: Sequence[str]) -> dict[str, Records]:
    """Code -> the records in its subtree, for codes of one level; what lies elsewhere is left out."""
    wide = max(map(len, codes), default=0)
    parts: dict[str, dict[str, list[RecordRow]]] = {
        code: {register.key: [] for register in REGISTERS} for code in codes
    }
    for key, rows in records.items():
        for row in rows:
            part = parts.get(row.region_code[:wide])
            if part is not None:
                part[key].append(row)
    return dict(parts)
