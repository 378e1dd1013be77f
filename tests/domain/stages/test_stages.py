"""Elections, the windows of their stages, what one region does on other days, and the three time zones."""

from __future__ import annotations

import datetime as dt

import pytest

from app import data
from app.domain import audit, clock, stages
from app.domain.errors import Invalid, NotFound
from app.domain.stages import h_text
from tests.cast import BERAU, MARATUA

DAY = dt.date(2024, 11, 27)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    "date, text",
    [("2024-11-25", "H-2"), ("2024-11-27", "Hari-H"), ("2024-12-16", "H+19"), ("2024-01-26", "H-306")],
)
def test_the_countdown_is_said_as_everybody_says_it(date: str, text: str):
    assert h_text(DAY, day(date)) == text


def test_the_stages_are_those_of_2024(session, election):
    windows = {
        window.code: (window.starts_on, window.ends_on) for window in stages.windows_in(election, "64")
    }
    assert list(windows) == [row["code"] for row in data.rows("app_stages.csv")]
    for row in data.rows("app_stages.csv"):
        assert windows[row["code"]] == (day(row["start_date"]), day(row["end_date"]))


def test_exactly_one_stage_runs_on_every_day_of_the_calendar(session, election):
    date = day("2024-01-26")
    while date <= day("2025-02-20"):
        assert len(stages.running_in(election, BERAU, date)) == 1, date
        date += dt.timedelta(days=7)


def test_what_runs_now_is_the_quiet_period(session, election):
    assert [window.code for window in stages.running_in(election, BERAU)] == ["MASA_TENANG"]
    assert stages.countdown(election, BERAU) == "H-2"


def test_midnight_comes_in_jayapura_first_and_in_jakarta_last(session, election):
    """15.30 UTC on the 24th: the 25th in Jayapura (WIT), still the 24th in Makassar (23.30 WITA) and Jakarta."""
    clock.set_frozen(dt.datetime(2024, 11, 24, 15, 30, tzinfo=dt.UTC))
    assert [stages.countdown(election, code) for code in ("91", "64", "31")] == ["H-2", "H-3", "H-3"]
    clock.set_frozen(dt.datetime(2024, 11, 24, 16, 30, tzinfo=dt.UTC))
    assert [stages.countdown(election, code) for code in ("91", "64", "31")] == ["H-2", "H-2", "H-3"]


def test_a_moved_stage_holds_in_the_region_and_below_only(session, election, admin):
    stages.override_stage(
        election,
        "PUNGUT_HITUNG",
        BERAU,
        starts_on=day("2025-04-19"),
        ends_on=day("2025-04-19"),
        reason="Putusan MK: pemungutan suara ulang",
        by=admin,
    )

    def window(code: str) -> stages.Window:
        return next(w for w in stages.windows_in(election, code) if w.code == "PUNGUT_HITUNG")

    assert window(MARATUA).starts_on == day("2025-04-19")
    assert window(MARATUA).reason == "Putusan MK: pemungutan suara ulang"
    assert window("64.01").starts_on == window("64").starts_on == DAY
    assert [w.code for w in stages.running_in(election, BERAU, day("2025-04-19"))] == ["PUNGUT_HITUNG"]
    told = audit.history_of("stage", "PUNGUT_HITUNG")[0]
    assert (told.action, told.region_code, told.actor_id) == ("calendar:stage:override", BERAU, admin.id)


def test_the_nearest_regions_latest_move_wins(session, election):
    for code, date in (("64.03", "2025-04-19"), ("64", "2025-04-01"), ("64.03", "2025-04-26")):
        stages.override_stage(
            election,
            "PUNGUT_HITUNG",
            code,
            starts_on=day(date),
            ends_on=day(date),
            reason="uji",
            by=None,
        )
    found = {
        code: next(w.starts_on for w in stages.windows_in(election, code) if w.code == "PUNGUT_HITUNG")
        for code in ("64.03.11", "64.01")
    }
    assert found == {"64.03.11": day("2025-04-26"), "64.01": day("2025-04-01")}


@pytest.mark.parametrize(
    "about, error",
    [
        ({"reason": " "}, Invalid),
        ({"reason": "x" * 401}, Invalid),
        ({"ends_on": day("2024-11-26")}, Invalid),
        ({"stage_code": "TIDAK_ADA"}, NotFound),
        ({"region_code": "99"}, NotFound),
    ],
)
def test_a_move_that_cannot_be_is_refused(session, election, about: dict[str, object], error: type):
    given = {
        "stage_code": "PUNGUT_HITUNG",
        "region_code": BERAU,
        "starts_on": DAY,
        "ends_on": DAY,
        "reason": "uji",
        "by": None,
    } | about
    with pytest.raises(error):
        stages.override_stage(election, **given)


def test_a_new_election_is_the_current_one(session, election):
    later = stages.create_election("uji-2029", "Uji", day("2029-11-28"), in_use_from=day("2029-01-01"))
    assert stages.current_election().id == later.id
    assert [row.code for row in stages.elections()] == ["uji-2029", election.code]
    with pytest.raises(Invalid, match="sudah dipakai"):
        stages.create_election("uji-2029", "Uji", day("2029-11-28"), in_use_from=day("2029-01-01"))


@pytest.mark.template("empty")
def test_without_an_election_it_says_whom_to_ask(session):
    with pytest.raises(NotFound, match="admin desk"):
        stages.current_election()


def test_each_region_has_its_race(session, election):
    made = stages.load_races(election, [("64", "provinsi"), ("64.03", "kabupaten"), ("64.72", "kota")])
    assert made == 3
    assert {(race.kind, race.region_code) for race in stages.races(election)} == {
        ("gub", "64"),
        ("bup", "64.03"),
        ("wali", "64.72"),
    }
    assert stages.load_races(election, [("64", "provinsi")]) == 0
    with pytest.raises(Invalid):
        stages.add_race(election, "presiden", "64")


def test_the_official_steps_carry_their_source(session, election):
    assert stages.load_steps(election, data.rows("tahapan_pilkada_2024.csv")) == 35
    assert stages.load_steps(election, data.rows("tahapan_pilkada_2024.csv")) == 0
    steps = {step.code: step for step in stages.steps_of(election)}
    assert steps["T15"].start_offset == -3
    assert steps["T05"].start_offset is None, "no date in the source is no date here"
    assert all(step.source for step in steps.values())


def test_a_stage_does_not_end_before_it_starts(session, election):
    with pytest.raises(Invalid):
        stages.add_stage(election, "X", "X", 3, 2, 99)
