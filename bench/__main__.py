"""`make bench`: the desk against the targets of its design; writes docs/bench.json and its page, docs/bench.md.

    BENCH_QUICK=1      leaves out the country, PostgreSQL and most of the random deeds (a few minutes)
    BENCH_ONLY=tick    only these parts, divided by commas: tick, inside, pages, situation, grid, sheets, counters,
                       start, papers, annex, building, scale; the others stay in docs/bench.md as they
                       were, each with its moment
    SCALE=national     only the part "scale" at this size (kaltim, national), DB=sqlite only on this database (sqlite,
                       postgresql): how pages grow from one province to the country
    BENCH_CACHE=dir    where built desks are kept (default: desk-bench in the system's temporary directory)

A figure over its target is said, in the table and at the end, and fails nothing: it measures a machine, too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from bench import measures, papers, registers, scale, ticks
from bench.figures import HOME, Report, keep_measured
from bench.places import DATABASES, Place, cache, place
from bench.postgres import KeptCluster
from scripts.have import postgresql_programs

SIZES = {"kaltim": "kaltim", "national": "nasional"}
PARTS = (
    "inside",
    "tick",
    "pages",
    "scale",
    "situation",
    "grid",
    "sheets",
    "counters",
    "start",
    "papers",
    "annex",
    "building",
)


def main() -> int:
    """Measure, print and keep."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed desk has its modules compiled
    quick = os.environ.get("BENCH_QUICK", "") not in ("", "0")
    narrowed = bool(os.environ.get("SCALE") or os.environ.get("DB"))
    named = "scale" if narrowed else os.environ.get("BENCH_ONLY", "")
    chosen = [part for part in named.split(",") if part] or list(PARTS)
    report = Report()
    cluster = _cluster(report, quick)
    try:
        _measure(report, chosen, cluster, quick)
        version = cluster.version() if cluster else ""
    finally:
        if cluster is not None:
            cluster.stop()
    kept = report.as_json()
    kept["machine"]["postgresql"] = version
    path = report.keep(kept)
    if cluster is not None and not narrowed:
        keep_measured(report.parts, kept["machine"], PARTS)
    print(
        f"\n{len(report.figures)} figures, {len(report.over)} over their targets; kept in {path.relative_to(HOME)}"
    )
    return 0


def _cluster(report: Report, quick: bool) -> KeptCluster | None:
    if quick:
        report.leave_out("the country and PostgreSQL (BENCH_QUICK)")
        return None
    if postgresql_programs() is None:
        report.leave_out("PostgreSQL: no server of version 15 or newer on this machine")
        return None
    cluster = KeptCluster(cache())
    cluster.start()
    return cluster


def _places(cluster: KeptCluster | None) -> list[Place]:
    """The desks of every size on every database that is there, narrowed by SCALE and DB."""
    sizes = [SIZES[os.environ["SCALE"]]] if os.environ.get("SCALE") else list(SIZES.values())
    wanted = [os.environ["DB"]] if os.environ.get("DB") else list(DATABASES)
    on = {"sqlite": None} | ({} if cluster is None else {"postgresql": cluster})
    return [place(size, on[database]) for database in wanted if database in on for size in sizes]


def _measure(report: Report, chosen: list[str], cluster: KeptCluster | None, quick: bool) -> None:
    if chosen == ["scale"]:
        with report.part("scale"):
            scale.measure(report, _places(cluster))
        return
    kaltim = place("kaltim", None)
    places = [kaltim]
    if not quick and {"pages", "scale", "situation", "building"} & set(chosen):
        places = _places(cluster)
    parts: dict[str, Callable[[], None]] = {
        "inside": lambda: _inside(report, kaltim),
        "tick": lambda: ticks.measure(report, kaltim, quick),
        "pages": lambda: _pages(report, places),
        "scale": lambda: scale.measure(report, places),
        "situation": lambda: _situation(report, places),
        "grid": lambda: registers.grid(report, kaltim, quick),
        "sheets": lambda: _sheets(report, kaltim),
        "counters": lambda: measures.counters(report, kaltim, quick),
        "start": lambda: _start(report, kaltim),
        "papers": lambda: _papers(report, kaltim),
        "annex": lambda: papers.annex(report, kaltim),
        "building": lambda: measures.building(report, places),
    }
    for part in chosen:
        with report.part(part):
            parts[part]()


def _inside(report: Report, kaltim: Place) -> None:
    measures.tick_inside(report, kaltim)
    measures.page_inside(report, kaltim)


def _start(report: Report, kaltim: Place) -> None:
    measures.first_visit(report, kaltim)
    measures.second_start(report, kaltim)


def _pages(report: Report, places: list[Place]) -> None:
    measures.timed_pages(report, places, measures.PAGES, targets=True)
    measures.timed_pages(report, places, measures.TOLD, targets=False)


def _situation(report: Report, places: list[Place]) -> None:
    measures.timed_pages(report, places, measures.SITUATION, targets=False)
    registers.situation(report, places)


def _sheets(report: Report, kaltim: Place) -> None:
    registers.sheet_in(report, kaltim)
    registers.sheet_out(report, kaltim)


def _papers(report: Report, kaltim: Place) -> None:
    whole, detailed = {"kind": "ringkas"}, {"kind": "rinci", "stage": "MASA_TENANG"}
    measures.paper(report, kaltim, whole, "Berau's whole checklist, a line an item, PDF", 4)
    measures.paper(report, kaltim, detailed, "Berau's quiet days, a line an entry, PDF", None)


if __name__ == "__main__":
    sys.exit(main())
