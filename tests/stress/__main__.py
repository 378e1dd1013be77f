"""`make stress`: every promise under attack, on both databases; one table, and exit status 1 when one is missed.

    QUICK=1              some minutes, as CI runs it: fewest rounds, and the parts of IN_QUICK alone
    LONG=1               all rounds, which takes hours; without either, all parts in about a quarter of an hour
    STRESS_ONLY=audit    only these parts, divided by commas; with QUICK=1 any of them
    STRESS_DB=sqlite     only this database
    STRESS_SEED=1234     the chance of a former run again (each run prints its own)
    STRESS_HOUR=1        part load lets thirty people work for an hour at its end instead of three minutes
    CI=true              what was chosen and cannot be tried on this machine makes the exit status 1, too
    BENCH_CACHE=dir      where the filled desk that parts copy is kept (default: desk-bench in the temporary directory)

What cannot be tried (no FUSE, no right to mount, no PostgreSQL, no scanner) is told as NOT RUN and counted by itself.
Part power is not in the quick run: a CI machine may have no FUSE.

Everything listens on loopback or on sockets, works in temporary directories, and ends with the run.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.have import postgresql_programs
from tests.stress.parts import (
    access,
    audit,
    backup,
    files,
    hostile,
    kills,
    load,
    obstructions,
    power,
    races,
    scanners,
    slow,
    starts,
)
from tests.stress.plan import POSTGRESQL, SQLITE, Length, Part, Row, Way, exit_status, not_run, summed_up

PARTS: tuple[Part, ...] = (
    audit,
    access,
    kills,
    obstructions,
    power,
    races,
    starts,
    backup,
    load,
    hostile,
    files,
    slow,
    scanners,
)
IN_QUICK = {
    "audit": (SQLITE, POSTGRESQL),
    "kills": (SQLITE,),
    "races": (SQLITE, POSTGRESQL),
    "starts": (SQLITE,),
}
"""What runs on every change: losing and doubling deeds. The other parts need minutes each, and their rules stand in the
ordinary suite too.
"""
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Run the parts that were asked for; the exit status."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed desk has its modules compiled
    length = asked_for(os.environ)
    seed = int(os.environ.get("STRESS_SEED") or random.SystemRandom().randrange(100_000))
    print(f"stress, {length}, seed {seed}", flush=True)
    began = time.monotonic()
    found = [row for part, database in chosen(length) for row in run(part, database, length, seed)]
    keep(found, length, seed, time.monotonic() - began)
    print(f"\n{table(found)}\n")
    print(f"{summed_up(found)}, {(time.monotonic() - began) / 60:.1f} minutes")
    return exit_status(found, must_run=os.environ.get("CI", "") == "true")


def asked_for(environment: Mapping[str, str]) -> Length:
    """How long the attack shall be. SystemExit where it shall be both."""
    wanted = [
        length for length in (Length.QUICK, Length.LONG) if environment.get(length.name, "") not in ("", "0")
    ]
    if len(wanted) > 1:
        raise SystemExit("QUICK and LONG exclude each other")
    return wanted[0] if wanted else Length.USUAL


def chosen(length: Length) -> Iterator[tuple[Part, str]]:
    """Each part with each of its databases, as far as they were asked for and are here."""
    names = [name for name in os.environ.get("STRESS_ONLY", "").split(",") if name]
    only = os.environ.get("STRESS_DB", "")
    unknown = set(names) - {part.NAME for part in PARTS}
    if unknown:
        raise SystemExit(f"there is no part {', '.join(sorted(unknown))}")
    for part in PARTS:
        for database in (
            part.DATABASES if names or length is not Length.QUICK else IN_QUICK.get(part.NAME, ())
        ):
            if (not names or part.NAME in names) and only in ("", database):
                yield part, database


def run(part: Part, database: str, length: Length, seed: int) -> Iterator[Row]:
    """The rows of one part; what is missed is said at once. A part that fails is a promise missed, not the end."""
    home = Path(tempfile.mkdtemp(prefix=f"desk-stress-{part.NAME}-")).resolve()
    way, began = Way(length, database, home, seed), time.monotonic()
    try:
        if database == POSTGRESQL and postgresql_programs() is None:
            missing = not_run(part.NAME, database, "the whole part", "PostgreSQL 15 or newer is not here")
            print(line(missing), flush=True)
            yield missing
            return
        for row in part.rows(way):
            if row.verdict in ("MISSED", "NOT RUN"):
                print(line(row), flush=True)
            yield row
    except Exception as error:
        failed = Row(part.NAME, database, "the part runs to its end", "", f"{error!r}"[:300], False)
        print(line(failed), flush=True)
        yield failed
    finally:
        shutil.rmtree(home, ignore_errors=True)
        print(f"  {part.NAME} on {database}: {time.monotonic() - began:.0f} s", flush=True)


def line(row: Row) -> str:
    """One row on the terminal."""
    return f"  {row.verdict:7} {row.part:12} {row.database:10} {row.promise:66} {row.bound:>14}  {row.found}"


def table(rows: list[Row]) -> str:
    """All rows, one a line."""
    return "\n".join(line(row) for row in rows)


def keep(rows: list[Row], length: Length, seed: int, seconds: float) -> None:
    """Write tests/stress/results/last.json."""
    RESULTS.mkdir(exist_ok=True)
    kept = {
        "length": length,
        "seed": seed,
        "seconds": round(seconds),
        "rows": [row._asdict() | {"verdict": row.verdict} for row in rows],
    }
    (RESULTS / "last.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
