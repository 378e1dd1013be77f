"""What the source texts say of government support: Bulungan's help to its organisers (002). No figure is named there,
so each fact is counted and its figures stay unknown.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.cli.regions import SOURCE_VERSION, shipped
from app.domain import clock, regions, support
from app.domain.accounts import Person, Role
from app.domain.support import AGREEMENTS, HEALTH_CHECKS, LENT_ROOMS, STAFF, TRANSPORT
from tests import cast
from tests.seeds.telling import SeedFact, tell, told_again

BULUNGAN = "65.01"
SOURCE = "Rapat Tim Desk Pilkada Bulungan, 10 Desember 2024"
GRANT: dict[str, Any] = {
    "recipient": "Penerima tidak disebut",
    "letter_number": "",
    "signed_on": None,
    "total": None,
    "source": SOURCE,
    "note": "Mendukung penuh melalui NPHD Pilkada 2024.",
}


def of(**said: Any) -> dict[str, Any]:
    return {"target": None, "real": None, "counted_on": None, "source": SOURCE, "note": ""} | said


SEEDS = (
    SeedFact("002", "support through the grant agreement", AGREEMENTS, BULUNGAN, GRANT, "dukungan.nphd", 1),
    SeedFact("002", "ASN at the PPK secretariats", STAFF, BULUNGAN, of(body="ppk"), "dukungan.asn_jenis", 3),
    SeedFact("002", "ASN at the PPS secretariats", STAFF, BULUNGAN, of(body="pps"), "dukungan.asn_jenis", 3),
    SeedFact(
        "002", "ASN at Panwas Kecamatan", STAFF, BULUNGAN, of(body="panwascam"), "dukungan.asn_jenis", 3
    ),
    SeedFact("002", "rooms for PPK", LENT_ROOMS, BULUNGAN, of(body="ppk"), "dukungan.ruang_jenis", 3),
    SeedFact(
        "002", "rooms for Panwaslu", LENT_ROOMS, BULUNGAN, of(body="panwascam"), "dukungan.ruang_jenis", 3
    ),
    SeedFact("002", "rooms for PPS", LENT_ROOMS, BULUNGAN, of(body="pps"), "dukungan.ruang_jenis", 3),
    SeedFact(
        "002",
        "health checks of KPPS",
        HEALTH_CHECKS,
        BULUNGAN,
        of(body="kpps"),
        "dukungan.kesehatan_jenis",
        1,
    ),
    SeedFact(
        "002",
        "technical support where remote villages are hard to reach",
        TRANSPORT,
        BULUNGAN,
        of(kind="", purpose="Distribusi logistik ke desa terjauh atau terpencil"),
        "dukungan.angkutan_jenis",
        1,
    ),
)


@pytest.fixture
def bulungan(session: Any) -> Person:
    """The operator of the only region here that is not of Kalimantan Timur."""
    rows = [row for row in shipped("65") if row["code"] in ("65", BULUNGAN)]
    regions.load_regions(
        rows, source_version=SOURCE_VERSION, today=clock.today("Asia/Makassar"), scope=BULUNGAN
    )
    return cast.add_person(
        "operator.bulungan", (Role.OPERATOR, BULUNGAN, {"starts_on": dt.date(2024, 11, 1)})
    )


def test_every_fact_of_the_text_has_a_home_and_comes_out_again(bulungan: Person):
    for one in SEEDS:
        tell(one, bulungan)
    assert [told_again(one, support.facts) for one in SEEDS] == [one.expected for one in SEEDS]


def test_what_the_text_does_not_say_stays_unknown(bulungan: Person):
    for one in SEEDS:
        tell(one, bulungan)
    told = {one.key: one.value for one in support.facts([BULUNGAN])}
    unknown = ("nphd_nilai", "nphd_persen", "asn", "ruang", "kesehatan", "angkutan")
    assert [told[f"dukungan.{key}"] for key in unknown] == [None] * len(unknown)
