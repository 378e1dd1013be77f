"""What was measured against what is wanted: one figure a line, as JSON, and on the page that docs/bench.md is.

Each part of a run stands there with its own moment: measuring one part anew leaves the others as they are.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
RESULTS = HOME / "bench" / "results"
MEASURED = HOME / "docs" / "bench.json"
TABLE_BEGINS = "<!-- measured: written by `make bench`, do not edit below -->\n"


@dataclass(frozen=True)
class Figure:
    """One measured value. `most` is the target, None where the value is only told."""

    part: str
    name: str
    value: float
    unit: str
    most: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Within the target, over it, or only told."""
        if self.most is None:
            return ""
        return "ok" if self.value <= self.most else "OVER"

    @property
    def value_text(self) -> str:
        """The value with its unit, three digits that mean something."""
        return f"{number(self.value)} {self.unit}".strip()

    @property
    def most_text(self) -> str:
        """The target with its unit."""
        return "" if self.most is None else f"≤ {number(self.most)} {self.unit}".strip()


def number(value: float) -> str:
    """A number without digits that say nothing."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


class Report:
    """The figures of one run, in the order in which they were taken."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.left_out: list[str] = []
        self.began = time.time()
        self.parts: dict[str, dict[str, Any]] = {}

    def add(
        self, part: str, name: str, value: float, unit: str = "", most: float | None = None, note: str = ""
    ) -> None:
        """Take a figure down and say it at once: a run takes minutes."""
        figure = Figure(part, name, round(value, 4), unit, most, note)
        self.figures.append(figure)
        print(line(figure), flush=True)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Inside, figures are those of this part of the run; one that breaks off is no part."""
        before, began, load = len(self.figures), time.time(), os.getloadavg()
        yield
        self.parts[name] = {
            "began": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(began)),
            "minutes": round((time.time() - began) / 60, 1),
            "load_before": round(load[0], 1),
            "figures": [_as_json(figure) for figure in self.figures[before:]],
        }

    def leave_out(self, what: str) -> None:
        """Say loudly what was not measured."""
        self.left_out.append(what)
        print(f"  NOT MEASURED  {what}", flush=True)

    @property
    def over(self) -> list[Figure]:
        """The figures beyond their targets."""
        return [figure for figure in self.figures if figure.verdict == "OVER"]

    def as_json(self) -> dict[str, Any]:
        """Everything about the run."""
        return {
            "began": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(self.began)),
            "minutes": round((time.time() - self.began) / 60, 1),
            "machine": machine(),
            "figures": [_as_json(figure) for figure in self.figures],
            "left_out": self.left_out,
        }

    def keep(self, everything: dict[str, Any]) -> Path:
        """Write bench/results/last.json."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / "last.json"
        path.write_text(json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return path


def _as_json(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"verdict": figure.verdict}


def line(figure: Figure) -> str:
    """One line of the table on the terminal."""
    return (
        f"  {figure.verdict:4} {figure.part:10} {figure.name:58} {figure.value_text:>14} {figure.most_text:>14}"
        f"  {figure.note}"
    )


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    from app.sqlite import driver

    names = [
        text.partition(":")[2].strip()
        for text in Path("/proc/cpuinfo").read_text().splitlines()
        if text.startswith("model name")
    ]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 1e9),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "sqlite": driver.sqlite_version,
    }


def merged(before: dict[str, Any], machine_now: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """What is known of this machine after a run: its parts, and those that it did not measure as they were.

    Figures of another machine are dropped: they would stand beside these as if they could be compared.
    """
    same = all(before.get("machine", {}).get(name) == machine_now[name] for name in ("processor", "cores"))
    return {"machine": machine_now, "parts": (before.get("parts", {}) if same else {}) | parts}


def keep_measured(parts: dict[str, Any], machine_now: dict[str, Any], order: Sequence[str]) -> None:
    """Write docs/bench.json with the parts of a run in it, and the table of docs/bench.md from it."""
    before = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    known = merged(before, machine_now, parts)
    known["parts"] = {name: known["parts"][name] for name in order if name in known["parts"]}
    MEASURED.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = MEASURED.with_suffix(".md")
    head, mark, _ = page.read_text(encoding="utf-8").partition(TABLE_BEGINS)
    page.write_text(head + mark + as_markdown(known, order), encoding="utf-8")


def as_markdown(known: dict[str, Any], order: Sequence[str]) -> str:
    """All that was measured as a page: the machine, then each part with its moment and a table for each subject."""
    what = known["machine"]
    lines = [
        "",
        f"On {what['cores']} cores of {what['processor']}, {what['memory_gb']} GB, {what['system']}, "
        f"Python {what['python']}, SQLite {what['sqlite']}"
        + (f", PostgreSQL {what['postgresql']}." if what.get("postgresql") else "."),
    ]
    for name, part in known["parts"].items():
        lines += ["", f"## Part {name}", "", _taken(part)]
        subject = ""
        for kept in part["figures"]:
            figure = Figure(**{field: kept[field] for field in Figure.__dataclass_fields__})
            if figure.part != subject:
                subject = figure.part
                lines += ["", f"### {subject}", "", "| figure | measured | target | |", "|---|---|---|---|"]
            said = figure.name + (f" ({figure.note})" if figure.note else "")
            lines.append(f"| {said} | {figure.value_text} | {figure.most_text} | {figure.verdict} |")
    missing = [name for name in order if name not in known["parts"]]
    if missing:
        lines += ["", f"Not measured on this machine: {', '.join(missing)}."]
    return "\n".join([*lines, ""])


def _taken(part: dict[str, Any]) -> str:
    return f"Taken {part['began']} in {part['minutes']} minutes; load before: {part['load_before']}."
