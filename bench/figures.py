"""What was measured against what is wanted: one figure a line, as a table, as JSON, and in docs/bench.md."""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
RESULTS = HOME / "bench" / "results"
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

    def add(
        self, part: str, name: str, value: float, unit: str = "", most: float | None = None, note: str = ""
    ) -> None:
        """Take a figure down and say it at once: a run takes minutes."""
        figure = Figure(part, name, round(value, 4), unit, most, note)
        self.figures.append(figure)
        print(line(figure), flush=True)

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
            "figures": [asdict(figure) | {"verdict": figure.verdict} for figure in self.figures],
            "left_out": self.left_out,
        }

    def keep(self, everything: dict[str, Any]) -> Path:
        """Write bench/results/last.json."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / "last.json"
        path.write_text(json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return path


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
        "load_before": [round(value, 1) for value in os.getloadavg()],
    }


def write_page(report: dict[str, Any], page: Path) -> None:
    """Put the table into docs/bench.md, below its mark; what people wrote above stays."""
    text = page.read_text(encoding="utf-8")
    head, mark, _ = text.partition(TABLE_BEGINS)
    page.write_text(head + mark + as_markdown(report), encoding="utf-8")


def as_markdown(report: dict[str, Any]) -> str:
    """The run as a page: the machine, then a table for each part."""
    what = report["machine"]
    lines = [
        "",
        f"Taken {report['began']} in {report['minutes']} minutes on {what['cores']} cores of {what['processor']}, "
        f"{what['memory_gb']} GB, {what['system']}, Python {what['python']}, SQLite {what['sqlite']}"
        + (f", PostgreSQL {what['postgresql']}" if what.get("postgresql") else "")
        + f"; load before: {', '.join(str(value) for value in what['load_before'])}.",
    ]
    part = ""
    for kept in report["figures"]:
        figure = Figure(**{name: kept[name] for name in Figure.__dataclass_fields__})
        if figure.part != part:
            part = figure.part
            lines += ["", f"### {part}", "", "| figure | measured | target | |", "|---|---|---|---|"]
        said = figure.name + (f" ({figure.note})" if figure.note else "")
        lines.append(f"| {said} | {figure.value_text} | {figure.most_text} | {figure.verdict} |")
    if report["left_out"]:
        lines += ["", "Not measured in this run:", "", *(f"- {what}" for what in report["left_out"])]
    return "\n".join([*lines, ""])
