"""`flask pemilihan`: a desk that is no demo can be set up for any province and any voting day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from app import data
from app.domain import regions, stages

NORTH = "65"
DAY = "2029-11-28"


def run(app: Flask, *words: str) -> tuple[int, str]:
    said = app.test_cli_runner().invoke(args=list(words))
    return said.exit_code, said.output


@pytest.mark.template("empty")
def test_it_sets_up_an_election_for_another_province(app: Flask, session: Any):
    assert run(app, "wilayah", "load", "--prefix", NORTH)[0] == 0
    code, said = run(app, "pemilihan", "create", "p-2029", "Pemilihan 2029", DAY, "--region", NORTH)
    assert (code, said.splitlines()[0]) == (0, "Pemilihan p-2029 berlaku: 7 tahapan, 6 jenis Pemilihan.")
    election = stages.current_election()
    assert election.voting_day.isoformat() == DAY
    kinds = {race.region_code: race.kind for race in stages.races(election)}
    assert kinds["65"] == "gub"
    assert kinds["65.71"] == "wali"
    assert kinds["65.01"] == "bup"
    assert "(berlaku)" in run(app, "pemilihan", "list")[1]


@pytest.mark.template("empty")
@pytest.mark.parametrize("day", ["2098-11-27", "2019-11-27"])
def test_a_mistyped_year_is_refused_unless_it_is_meant(app: Flask, session: Any, day: str):
    run(app, "wilayah", "load", "--prefix", NORTH)
    words = ("pemilihan", "create", "p", "P", day, "--region", NORTH)
    code, said = run(app, *words)
    assert (code, "Periksa tahunnya" in said) == (1, True)
    assert stages.elections() == []
    assert run(app, *words, "--unusual-day")[0] == 0
    assert stages.current_election().voting_day.isoformat() == day


@pytest.mark.template("empty")
def test_it_shows_the_official_calendar_only_on_the_voting_day_it_belongs_to(app: Flask, session: Any):
    run(app, "wilayah", "load", "--prefix", "64.03")
    run(app, "pemilihan", "create", "p-2029", "Pemilihan 2029", DAY, "--region", "64.03")
    assert stages.steps_of(stages.current_election()) == []
    run(app, "pemilihan", "create", "p-2024", "Pemilihan 2024", "2024-11-27", "--region", "64.03")
    assert len(stages.steps_of(stages.current_election())) == 35


@pytest.mark.template("empty")
def test_the_desk_of_one_kabupaten_has_its_own_race_and_its_provinces(app: Flask, session: Any):
    run(app, "wilayah", "load", "--prefix", "64.03")
    run(app, "pemilihan", "create", "p", "P", DAY, "--region", "64.03")
    found = [(race.region_code, race.kind) for race in stages.races(stages.current_election())]
    assert found == [("64", "gub"), ("64.03", "bup")]


@pytest.mark.template("empty")
def test_nobody_is_elected_in_the_administrative_cities_of_jakarta(app: Flask, session: Any):
    national = data.rows("nasional_wilayah.csv.gz")
    jakarta = (row for row in national if row["code"].startswith("31") and len(row["code"]) < 6)
    regions.load_regions(jakarta, source_version="tes", today=dt.date(2029, 1, 1))
    session.commit()
    run(app, "pemilihan", "create", "p", "P", DAY, "--region", "31")
    assert [race.region_code for race in stages.races(stages.current_election())] == ["31"]


def test_it_refuses_a_code_that_is_taken_and_changes_nothing(app: Flask, session: Any):
    before = stages.current_election().id
    code, said = run(app, "pemilihan", "create", "pilkada-2024", "Lagi", DAY, "--region", "64")
    assert (code, "sudah dipakai" in said) == (1, True)
    session.expire_all()
    assert stages.current_election().id == before


def test_it_refuses_an_unknown_region_and_a_date_that_is_none(app: Flask, session: Any):
    assert "tidak ada" in run(app, "pemilihan", "create", "p", "P", DAY, "--region", "99")[1]
    assert "bukan tanggal" in run(app, "pemilihan", "create", "p", "P", "28/11/2029", "--region", "64")[1]
    assert len(stages.elections()) == 1
