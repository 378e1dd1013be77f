"""Outreach in the demo: Kaltim's projected turnout as it was told, and invented gatherings of Berau, so marked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from app.cli.demo.acting import Desk
from app.domain import registers
from app.domain.outreach import ALL_RACES, EVENTS, EXPECTED, HELD, TURNOUT

KALTIM = "64"
VIRTUAL = "Rapat virtual Desk Pilkada Kaltim, 18 November 2024"
EXAMPLE = "Contoh demo"
GATHERINGS = (
    ("64.03.05", 6, "Sosialisasi pemilih pemula", "sekolah", ("for_first_voters",), (), 58, 64),
    (
        "64.03.04",
        8,
        "Sosialisasi di kampung",
        "tatap_muka",
        ("for_everyone",),
        ("with_community_figures", "with_customary_figures"),
        41,
        37,
    ),
    (
        "64.03.08",
        14,
        "Sosialisasi pemilih pesisir",
        "tatap_muka",
        ("for_marginal",),
        ("with_community_figures",),
        33,
        29,
    ),
    ("64.03.10", 19, "Sosialisasi pemilih perempuan", "tatap_muka", ("for_women", "for_families"), (), 4, 52),
)
"""Kecamatan, day of November, title, kind, segments, who was invited, men and women: examples."""


def projection_of_kaltim(desk: Desk) -> None:
    """79 percent, told on 18 November 2024 (seed 003)."""
    said = {
        "kind": EXPECTED,
        "race": ALL_RACES,
        "percent": Decimal(79),
        "stated_on": dt.date(2024, 11, 18),
        "source": VIRTUAL,
    }
    registers.record(TURNOUT, KALTIM, said, by=desk.person("operator.kaltim"))


def example_of_berau(desk: Desk) -> None:
    """Four gatherings in four kecamatan."""
    for code, day, title, kind, audiences, invited, men, women in GATHERINGS:
        said = {
            "title": title,
            "kind": kind,
            "progress": HELD,
            "held_on": dt.date(2024, 11, day),
            **dict.fromkeys((*audiences, *invited), True),
            "reached": men + women,
            "reached_male": men,
            "reached_female": women,
            "source": EXAMPLE,
        }
        registers.record(EVENTS, code, said, by=desk.person("operator.berau"))
