"""Records of security to test with, said briefly."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from app.domain import security
from app.domain.accounts import Person
from app.domain.registers import RecordRow
from tests import cast
from tests.domain.incidents.cases import recorded

MONDAY = dt.date(2024, 11, 25)
PEOPLE = {
    "dated_on": MONDAY,
    "institution": "gabungan",
    "station_class": "semua",
    "people": 1588,
    "source": "Paparan Sekda Berau, 25 November 2024",
}
CLASSES = {
    "dated_on": MONDAY,
    "total": 475,
    "safe": 400,
    "vulnerable": 60,
    "very_vulnerable": 15,
    "source": "Polres Berau",
}
PUBLISHED = {
    "dataset": "ikp_2022",
    "score": Decimal("77.04"),
    "level": "tinggi",
    "place": "ke-5 nasional",
    "published_on": dt.date(2022, 12, 16),
    "source": "Bawaslu",
}
STATIONS = {
    "indicator": "R04",
    "stations": 12,
    "published_on": dt.date(2024, 11, 22),
    "source": "Bawaslu Kaltim",
}
RISK = {
    "what": "Banjir memutus jalan ke TPS di hulu.",
    "dimension": "alam",
    "likelihood": "sedang",
    "impact": "besar",
    "mitigation": "Longboat disiagakan di Kelay.",
    "owner": "BPBD",
    "review_on": dt.date(2024, 11, 26),
    "source": "",
}


def people(by: Person, region: str = cast.BERAU, **other: Any) -> RecordRow:
    return recorded(security.PERSONNEL, PEOPLE, by, region, **other)


def classes(by: Person, region: str = cast.BERAU, **other: Any) -> RecordRow:
    return recorded(security.STATION_CLASSES, CLASSES, by, region, **other)


def published(by: Person, region: str = "64", **other: Any) -> RecordRow:
    return recorded(security.VULNERABILITIES, PUBLISHED, by, region, **other)


def risk(by: Person, region: str = cast.BERAU, **other: Any) -> RecordRow:
    return recorded(security.RISKS, RISK, by, region, **other)
