"""How many lines each worker holds, told from worker to worker through a page of memory that all share.

Whichever worker wakes first takes all who knock at one moment, and then does their work alone for as long as they stay:
with eight people at two workers half the machine stood idle. So a worker with more lines than another lets that one go
first for a moment, and again as long as that one is heard of: nobody waits for a worker that is stuck.
"""

from __future__ import annotations

import math
import mmap

PLACES = 64
"""Workers that have a place of their own; one more shares, and is told of wrongly."""
SILENT_SECONDS = 3
"""Whoever has not told for so long is gone: each tells at least once a second."""
STEP_BACK_SECONDS = 0.01
"""How long another may go first: twice as long as a thread of Python keeps the others of its process waiting."""


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

    def fewest(self, who: int, since: float) -> float:
        """The fewest lines of another worker that has told since then; math.inf when there is none."""
        own = who % PLACES
        told = self._told
        return min(
            (told[2 * place + 1] for place in range(PLACES) if place != own and told[2 * place] > since),
            default=math.inf,
        )
