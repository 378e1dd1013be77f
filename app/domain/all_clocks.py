"""Every clock of working days that runs: of cases, and of records in registers whose steps have a limit."""

from __future__ import annotations

from collections.abc import Collection

from app.domain import neutrality, registers, stages
from app.domain.all_registers import REGISTERS
from app.domain.stages import DayOff, Shift

CASES = "kasus netralitas"


def shifts_of(*, added: Collection[DayOff] = (), removed: Collection[DayOff] = ()) -> dict[str, Shift]:
    """What a change of the holidays would move, counted for each kind wherever the days count.

    Counts only: nobody's case or record is told. Three statements, one more for each register with limits.
    """
    places = {region for _, region in (*added, *removed)}
    roots = None if stages.EVERYWHERE in places else sorted(places)
    clocks = {CASES: neutrality.running_clocks(roots)}
    clocks |= {one.one: registers.running_clocks(one, roots) for one in REGISTERS if registers.has_clock(one)}
    return stages.shifts_of(clocks, added=added, removed=removed)
