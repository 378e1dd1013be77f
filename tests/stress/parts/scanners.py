"""Scanners by others, those of the machine that are there: of the source, and of a desk that serves somebody signed in.

They are looked for on PATH and in the directory that STRESS_SCANNERS names (`bin` of an environment into which
`pip install` put what docs/trust.md lists): none of them is a package of this project. What attacks the server
runs in a jail: read-only root, a temporary directory of its own; no name is resolved, the network is the machine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.stress.hostile.running import served
from tests.stress.hostile.visitors import Visitor
from tests.stress.plan import SQLITE, Row, Way, not_run, nothing
from tests.stress.scanners import attackers, readers
from tests.stress.scanners.jail import Jail
from tests.stress.serving import desk

NAME = "scanners"
DATABASES = (SQLITE,)
WHO = "operator.berau"


def rows(way: Way) -> Iterator[Row]:
    """One row a scanner: what it found of medium severity or above. One that is not here is NOT RUN."""
    yield _row(way, "bandit", readers.bandit)
    yield _row(way, "semgrep", readers.semgrep)
    if way.short:
        return
    with desk(way) as attacked, served(attacked, worker=True) as (port, log):
        who = Visitor(WHO, port)
        if not who.sign_in():
            raise RuntimeError(f"{WHO} could not sign in")
        jail = Jail(attacked.data.parent)
        for name, attack in attackers.ALL.items():
            yield _row(way, name, lambda attack=attack: attack(jail, who))  # type: ignore[misc]
        traces = log.read_text(errors="replace").count("Traceback")
        yield nothing(NAME, way, "no trace in the server's log under all of them", ["a trace"] * traces)


def _row(way: Way, name: str, scan: Callable[[], list[str] | None]) -> Row:
    promise = f"{name}: no finding of medium severity or above"
    try:
        found = scan()
    except RuntimeError as error:  # it did not come to its end, so nothing is known
        return Row(NAME, way.database, promise, "0", f"not judged: {error!s}"[:300], False)
    if found is None:
        return not_run(NAME, way.database, promise, "it, or bubblewrap for its jail, is not on this machine")
    return nothing(NAME, way, promise, found)
