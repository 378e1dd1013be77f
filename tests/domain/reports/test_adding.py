"""What is added up, what is only listed, and what stays unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.registers import Fact
from app.domain.reports import AreaProgress, Part, added, behind, summed
from app.domain.reports.adding import code, progress_of
from tests.domain.reports.below import fact

pytestmark = pytest.mark.one_database

values = st.none() | st.integers(0, 10**9) | st.decimals(0, 10**6, places=2, allow_nan=False)


def part(number: int, *figures: Fact, state: str = "diverifikasi") -> Part:
    return Part(number, f"64.{number:02}", f"Wilayah {number}", "tepat", state, 1, "0" * 64, figures=figures)


def one(*parts: Part) -> Fact:
    (found,) = added(parts)
    return found


def test_numbers_and_wholes_are_added():
    found = one(part(1, fact("tps", 11, whole=13)), part(2, fact("tps", 2, whole=5)))
    assert (found.value, found.whole, found.words, found.said) == (13, 18, "", "13 dari 18 TPS")
    assert found.source == "kompilasi laporan 2 dari 2 wilayah"


def test_what_is_not_known_is_not_zero_and_is_counted():
    found = one(part(1, fact("tps", 11, whole=13)), part(2, fact("tps", None, whole=5)), part(3))
    assert (found.value, found.whole, found.words) == (11, 13, "1 dari 3 wilayah")


def test_a_sum_of_nothing_known_is_not_known():
    found = one(part(1, fact("tps", None)), part(2, fact("tps", None)))
    assert (found.value, found.words, found.is_silent) == (None, "", True)


def test_a_whole_that_one_leaves_out_is_not_half_a_whole():
    found = one(part(1, fact("tps", 11, whole=13)), part(2, fact("tps", 2)))
    assert (found.value, found.whole) == (13, None)


def test_words_are_listed_with_their_region():
    found = one(part(1, fact("ikp", None, words="rawan tinggi")), part(2, fact("ikp", None, words="sedang")))
    assert (found.value, found.words) == (None, "Wilayah 1: rawan tinggi; Wilayah 2: sedang")


@pytest.mark.parametrize("unit", ["%", "persen"])
def test_shares_are_listed_and_never_added(unit: str):
    found = one(part(1, fact("hasil", 79, unit=unit)), part(2, fact("hasil", 80, unit=unit)))
    assert found.value is None
    assert found.words == f"Wilayah 1: 79 {unit}; Wilayah 2: 80 {unit}"


def test_units_that_differ_are_never_added():
    found = one(part(1, fact("kotak", 4, unit="buah")), part(2, fact("kotak", 2, unit="peti")))
    assert (found.value, found.words) == (None, "Wilayah 1: 4 buah; Wilayah 2: 2 peti")


def test_a_report_that_is_left_out_brings_nothing_but_counts_among_those_that_owe():
    silent = part(2, fact("tps", 2))._replace(version=0)
    found = one(part(1, fact("tps", 11)), silent)
    assert (found.value, found.source) == (11, "kompilasi laporan 1 dari 2 wilayah")


def test_a_report_that_nobody_verified_is_named():
    found = one(part(1, fact("tps", 11)), part(2, fact("tps", 2), state="dikirim"))
    assert found.source == "kompilasi laporan 2 dari 2 wilayah, belum diverifikasi: Wilayah 2"


def test_codes_are_short_for_what_says_something_and_the_same_each_time():
    parts = (part(1, fact("nol", 0), fact("tps", 3), fact("kotak", 1)),)
    assert {one.fact.key: one.code for one in summed(parts)} == {"nol": "c", "tps": "a", "kotak": "b"}
    assert summed(parts) == summed(parts)


def test_the_rows_behind_a_figure_name_version_and_hash():
    rows = behind((part(1, fact("tps", 11)), part(2)), "tps")
    assert [(row.part.region_name, row.part.version, row.is_known) for row in rows] == [
        ("Wilayah 1", 1, True),
        ("Wilayah 2", 1, False),
    ]
    assert behind((part(1, fact("tps", 11)),), "lain") == ()


@pytest.mark.parametrize(
    "number, text", [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba"), (702, "aaa")]
)
def test_codes_go_on_after_z(number: int, text: str):
    assert code(number) == text


@given(st.lists(values, min_size=1, max_size=10))
def test_a_sum_is_always_that_of_the_known_ones(numbers: list[int | Decimal | None]):
    found = one(*(part(n, fact("tps", value)) for n, value in enumerate(numbers, start=1)))
    known = [value for value in numbers if value is not None]
    assert found.value == (sum(known) if known else None)
    rows = summed(tuple(part(n, fact("tps", value)) for n, value in enumerate(numbers, start=1)))[0]
    assert rows.known == len(known)


def test_progress_is_counted_together_by_area():
    first = (AreaProgress("LOG", "Logistik", (1, 0, 2, 0, 0, 0, 0, 3, 0)),)
    second = (
        AreaProgress("LOG", "Logistik", (4, 0, 0, 0, 0, 0, 0, 1, 0)),
        AreaProgress("KTP", "KTP-el", (1,) * 9),
    )
    assert progress_of([first, second]) == (
        AreaProgress("LOG", "Logistik", (5, 0, 2, 0, 0, 0, 0, 4, 0)),
        AreaProgress("KTP", "KTP-el", (1,) * 9),
    )
