"""Modules that hold a slow test come first, dealt out among the test processes: a journey of half a minute that
begins as the last leaves every other process with nothing to do. Within both halves the order stays the random one.

pytest-xdist (worksteal) cuts the list into as many equal parts as there are processes and gives each its part.
"""

from __future__ import annotations

from itertools import groupby, islice

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After the shuffling, and after what does not run has been left out."""
    told = getattr(config, "workerinput", None)
    items[:] = slow_first(items, told["workercount"] if told else 1)


def slow_first(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """The same tests; each of `processes` equal parts begins with its share of the modules that hold a slow one."""
    modules = [list(group) for _, group in groupby(items, lambda item: item.path)]
    slow = [module for module in modules if any(item.get_closest_marker("slow") for item in module)]
    others = iter([item for module in modules if module not in slow for item in module])
    ordered: list[pytest.Item] = []
    for process in range(processes):
        end = len(items) * (process + 1) // processes
        ordered += [item for module in slow[process::processes] for item in module]
        ordered += islice(others, max(0, end - len(ordered)))
    return ordered
