"""Who may do what, asked of a running server with several workers: every address, every role, every place.

What should be answered follows from the code itself: the address map, the mark above each view, the appointments.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.stress.doors import exporting, freezing, knocking, living, throttling, tricking
from tests.stress.doors.browsing import Browser
from tests.stress.doors.guests import inside
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way
from tests.stress.serving import desk

NAME = "access"
DATABASES = (SQLITE, POSTGRESQL)
WORKERS = "3"


def rows(way: Way) -> Iterator[Row]:
    """All promises on one desk, one after the other: what changes nothing first, what freezes last."""
    with desk(way) as attacked, inside(attacked) as app:
        scene = knocking.Scene(app, attacked, random.Random(way.seed))
        scene.fill()
        with attacked.server(DESK_WORKERS=WORKERS, DESK_HOSTS="127.0.0.1") as server:
            scene.meet(Browser(server.port))
            for promises in (knocking, exporting, tricking, living, throttling, freezing):
                yield from promises.rows(NAME, way, scene)
