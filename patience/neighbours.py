"""How many lines each worker holds, told from worker to worker through a page of memory that all share.

Whichever worker wakes first takes all who knock at one moment, and then does their work alone for as long as they stay:
with eight people at two workers half the machine stood idle. So a worker with more lines than another lets that one go
first, for a moment only: what is quicker is never left waiting for what is stuck.
"""

from __future__ import annotations

import math
import mmap

PLACES = 64
"""Workers that have a place of their own; one more shares, and is told of wrongly."""
SILENT_SECONDS = 3
"""Whoever has not told for so long is gone: each tells at least once a second."""
STEP_BACK_SECONDS = 0.003
"""How long another may go first."""
STEP_BACK_EVERY = 0.05
"""How long one that stepped back takes whoever knocks before it does so again."""


class Neighbours:
    """A row of places, each with the moment and the number of lines that its worker told last.

    Made before the workers are; a place is written by its own worker only, and a number is eight bytes, so nobody reads
    half of one.
    """

    def __init__(self) -> None:
        self._told = memoryview(mmap.mmap(-1, PLACES * 16)).cast("d")

    def tell(self, who: int, now: float, lines: float) -> None:
        """The worker of this number holds so many lines now; math.inf: it takes none any more."""
        place = who % PLACES * 2
        self._told[place + 1] = lines
        self._told[place] = now

    def fewest(self, who: int, now: float) -> float:
        """The fewest lines that another worker holds; math.inf when there is none."""
        own = who % PLACES
        told = self._told
        return min(
            (
                told[place * 2 + 1]
                for place in range(PLACES)
                if place != own and now - told[place * 2] < SILENT_SECONDS
            ),
            default=math.inf,
        )
