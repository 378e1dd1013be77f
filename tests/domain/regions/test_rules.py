"""What a region's code itself tells."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.regions import (
    Level,
    Region,
    ancestors,
    contains,
    level_of,
    parent_of,
    province_of,
    subtree,
    zone_of,
)


@pytest.mark.parametrize(
    "code, level, parent",
    [
        ("64", Level.PROVINCE, None),
        ("64.03", Level.REGENCY, "64"),
        ("64.03.11", Level.DISTRICT, "64.03"),
        ("64.03.11.2001", Level.VILLAGE, "64.03.11"),
    ],
)
def test_a_code_tells_its_level_and_parent(code: str, level: Level, parent: str | None):
    assert level_of(code) is level
    assert parent_of(code) == parent
    assert province_of(code) == "64"
    assert ancestors(code)[-1] == code


@pytest.mark.parametrize("code", ["", "6", "64.3", "64.03.1", "64.03.11.20011"])
def test_a_length_that_no_code_has_is_refused(code: str):
    with pytest.raises(ValueError):
        level_of(code)


@pytest.mark.parametrize(
    "province, zone",
    [
        ("11", "Asia/Jakarta"),
        ("61", "Asia/Jakarta"),
        ("62", "Asia/Jakarta"),
        ("63", "Asia/Makassar"),
        ("64", "Asia/Makassar"),
        ("51", "Asia/Makassar"),
        ("76", "Asia/Makassar"),
        ("81", "Asia/Jayapura"),
        ("96", "Asia/Jayapura"),
    ],
)
def test_each_province_has_its_time_zone(province: str, zone: str):
    assert zone_of(f"{province}.01.01") == zone


def test_a_region_contains_itself_and_what_lies_below_but_no_namesake():
    assert contains("64.0", "64.0")
    assert contains("64", "64.03")
    assert not contains("64.03", "64")
    assert not contains("6", "64")


def test_a_subtree_is_exact_on_every_database(session):
    def count(*roots: str) -> int:
        return len(session.scalars(select(Region.code).where(subtree(Region.code, *roots))).all())

    assert count("64") == 1_154
    assert count("64.03") == 1 + 13 + 110
    assert count("64.03.11") == 1 + 4
    assert count("64.03.03", "64.03.09") == count("64.03.03") + count("64.03.09")
    assert count() == 0
    assert count("64.0") == 0
