"""Where the demo takes place: Kaltim's regions, the 2024 election and all that is expected of it."""

from __future__ import annotations

import datetime as dt

from app import data
from app.cli.checklists import expect, load_library
from app.cli.regions import KALTIM, SOURCE_VERSION, load_tree, shipped
from app.domain import regions, reports, stages

CODE = "pilkada-2024"
VOTING_DAY = dt.date(2024, 11, 27)
IN_USE_FROM = dt.date(2024, 11, 24)
"""The demo's desks began to record here on the first quiet day; what
was due before is asked for but not late.
"""


def prepare() -> stages.Election:
    """Kaltim's tree, figures and special TPS, the library, and the election with all expected entries and reports."""
    load_tree(shipped(KALTIM), SOURCE_VERSION)
    regions.load_polling_stations(data.rows("kaltim_tps_khusus.csv"))
    figures_known_on(dt.date(2024, 11, 1))
    load_library()
    election = stages.create_election(CODE, "Pemilihan Serentak 2024", VOTING_DAY, in_use_from=IN_USE_FROM)
    stages.load_stages(election, data.rows("app_stages.csv"))
    stages.load_steps(election, data.rows("tahapan_pilkada_2024.csv"))
    stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None)
    desks = [regions.find(KALTIM), *regions.regions_under([KALTIM], regions.Level.REGENCY)]
    stages.load_races(election, ((desk.code, desk.kind) for desk in desks))
    expect((KALTIM,))
    reports.expect(election)
    return election


def figures_known_on(day: dt.date) -> None:
    """Record the shipped figures whose source is not younger than `day`: no desk quotes tomorrow's paper."""
    known = (row for row in data.rows("kaltim_angka.csv") if row["dated_on"] <= day.isoformat())
    regions.load_figures(known, by="Sistem")
