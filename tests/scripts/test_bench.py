"""What `make bench` keeps: each part with its own moment, and only what one machine measured."""

from __future__ import annotations

import json

import pytest

from bench.__main__ import PARTS
from bench.figures import MEASURED, TABLE_BEGINS, Report, as_markdown, merged

pytestmark = pytest.mark.one_database

HERE = {
    "processor": "P",
    "cores": 2,
    "memory_gb": 4,
    "system": "Linux 6",
    "python": "3.11",
    "sqlite": "3.53",
}


def part(value: float) -> dict[str, object]:
    report = Report()
    with report.part("tick"):
        report.add("Tick", "click", value, "ms", most=5)
    return report.parts


def test_a_part_measured_anew_leaves_the_others_as_they_were():
    before = {"machine": HERE, "parts": {**part(1), "start": {"began": "then"}}}
    known = merged(before, HERE, part(9))
    assert known["parts"]["start"] == {"began": "then"}
    assert [one["value"] for one in known["parts"]["tick"]["figures"]] == [9]


def test_figures_of_another_machine_never_stand_beside_these():
    before = {"machine": HERE | {"processor": "Q"}, "parts": {"start": {"began": "then"}}}
    assert set(merged(before, HERE, part(9))["parts"]) == {"tick"}


def test_a_part_that_breaks_off_is_not_kept():
    report = Report()

    def breaks_off() -> None:
        with report.part("tick"):
            report.add("Tick", "click", 1)
            raise ConnectionError("the server is gone")

    with pytest.raises(ConnectionError):
        breaks_off()
    assert report.parts == {}


def test_the_page_says_what_is_over_and_what_was_not_measured():
    page = as_markdown({"machine": HERE, "parts": part(9)}, ("tick", "start"))
    assert "| click | 9 ms | ≤ 5 ms | OVER |" in page
    assert "Not measured on this machine: start." in page


def test_the_page_in_the_repository_is_that_of_its_figures():
    known = json.loads(MEASURED.read_text(encoding="utf-8"))
    page = MEASURED.with_suffix(".md").read_text(encoding="utf-8")
    assert page.partition(TABLE_BEGINS)[2] == as_markdown(known, PARTS)
