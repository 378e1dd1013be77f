"""A snapshot always makes the same text, and is read back as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.registers import Fact
from app.domain.reports import (
    Chart,
    ChartValue,
    Reading,
    Snapshot,
    Table,
    snapshot_of,
    snapshot_sha256,
    snapshot_text,
)
from app.domain.reports.canonical import from_text, to_text

NOON = dt.datetime(2024, 11, 25, 4, 0, tzinfo=dt.UTC)

values = st.none() | st.integers(-(10**12), 10**12) | st.decimals(-(10**6), 10**6, places=2, allow_nan=False)
words = st.text(st.characters(codec="utf-8"), max_size=12)
facts = st.builds(
    Fact,
    key=words,
    area=words,
    label=words,
    value=values,
    unit=words,
    whole=values,
    words=words,
    source=words,
    as_of=st.none() | st.just(NOON),
)
tables = st.builds(
    Table,
    key=words,
    section=words,
    title=words,
    heads=st.lists(words, max_size=3).map(tuple),
    rows=st.lists(st.lists(words | st.integers(0, 10**9), max_size=3).map(tuple), max_size=3).map(tuple),
)


def snapshot(**more: object) -> Snapshot:
    """A daily report of Berau, with what the test says otherwise."""
    return Snapshot(
        report_id=1,
        kind="harian",
        version=1,
        day=dt.date(2024, 11, 25),
        slot=0,
        title="Laporan Harian Perkembangan Situasi",
        region_code="64.03",
        region_name="Kabupaten Berau",
        region_level="kabkota",
        desk_name="Desk Pilkada Kabupaten Berau",
        above_name="Desk Pilkada Provinsi Kalimantan Timur",
        election_name="Pilkada Serentak 2024",
        voting_day=dt.date(2024, 11, 27),
        zone="Asia/Makassar",
        cut_off_at=NOON,
        due_at=NOON,
        sent_at=NOON,
        sent_by="Rina",
        sent_office="Operator, Kabupaten Berau",
        reading=Reading(NOON),
    )._replace(**more)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no fault
@given(st.lists(facts, max_size=4), st.lists(tables, max_size=2), words)
def test_a_snapshot_is_read_back_as_it_was(figures: list[Fact], found: list[Table], reason: str):
    made = snapshot(reading=Reading(NOON, tuple(figures)), tables=tuple(found), grade_reason=reason)
    text = snapshot_text(made)
    assert snapshot_of(text) == made
    assert snapshot_text(snapshot_of(text)) == text


def test_the_same_moment_in_another_zone_makes_the_same_text():
    east = NOON.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert snapshot_sha256(snapshot(sent_at=east)) == snapshot_sha256(snapshot())


def test_one_letter_makes_another_hash():
    assert snapshot_sha256(snapshot(grade_reason="a")) != snapshot_sha256(snapshot(grade_reason="b"))


def test_a_whole_number_and_a_decimal_stay_what_they_are():
    fact = Fact("a", "LOG", "A", 3, whole=Decimal("79.5"))
    found = from_text(Fact, to_text(fact))
    assert (type(found.value), type(found.whole)) == (int, Decimal)


def test_what_an_older_version_wrote_takes_defaults_and_what_a_newer_one_added_is_left_out():
    text = to_text(Reading(NOON)).replace('"silent":[]', '"later":"x"')
    assert from_text(Reading, text) == Reading(NOON)


def test_a_field_that_was_added_later_does_not_change_what_was_written_before_it():
    """The hash that this snapshot had before its reading had charts: papers printed then bear it."""
    before = "9000fe300bdb03acacf76981f7d425091abfae758e61ab3236acf45fc5179ec6"
    assert snapshot_sha256(snapshot()) == before
    chart = Chart(
        "kesiapan", "peta", "Isian", "isian", "Daftar periksa", (ChartValue("64.03", "Berau", 1, 2),)
    )
    drawn = snapshot(reading=Reading(NOON, charts=(chart,)))
    assert snapshot_sha256(drawn) != before
    assert snapshot_of(snapshot_text(drawn)) == drawn


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"read_at":"kemarin"}', '{"read_at":1}'])
def test_it_refuses_what_is_no_snapshot(text: str):
    with pytest.raises(ValueError, match=r".+"):
        from_text(Reading, text)


def test_it_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        to_text(Reading(dt.datetime(2024, 11, 25)))  # noqa: DTZ001
