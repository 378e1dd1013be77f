"""What the five source texts say of the e-KTP drive, of outreach and of participation, recorded and read back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.cli.regions import SOURCE_VERSION, shipped
from app.domain import identity_cards, outreach, regions
from app.domain.accounts import Person, Role
from app.domain.identity_cards import ENROLMENTS, SERVICES
from app.domain.outreach import EVENTS, TURNOUT
from app.domain.registers import Fact
from tests import cast
from tests.seeds.telling import SeedFact, tell, told_again

BULUNGAN, PPU = "65.01", "64.09"
KECAMATAN = tuple(f"65.01.{number:02d}" for number in range(1, 11))

DRIVE = SeedFact(
    "002",
    "jemput bola KTP bagi yang berusia 17 tahun sebelum 27 November",
    SERVICES,
    BULUNGAN,
    {
        "kind": "keliling",
        "progress": "terlaksana",
        "place": "Kabupaten Bulungan; tempatnya tidak disebut",
        "for_turning": True,
        "source": "Sekda Bulungan, 10 Desember 2024",
    },
    "ktp.jemput_bola_pemula",
    1,
)
GATHERINGS = tuple(
    SeedFact(
        "002",
        "sosialisasi di seluruh kecamatan, mengundang tokoh masyarakat, tokoh adat, pemilih pemula",
        EVENTS,
        code,
        {
            "title": "Sosialisasi peningkatan partisipasi pemilih",
            "kind": "tatap_muka",
            "progress": "terlaksana",
            "for_first_voters": True,
            "with_community_figures": True,
            "with_customary_figures": True,
            "source": "Sekda Bulungan, 10 Desember 2024",
        },
        "sosialisasi.kecamatan",
        1,
    )
    for code in KECAMATAN
)
PROJECTION = SeedFact(
    "003",
    "partisipasi diproyeksikan 79 persen",
    TURNOUT,
    "64",
    {
        "kind": "proyeksi",
        "race": "semua",
        "percent": Decimal(79),
        "stated_on": dt.date(2024, 11, 18),
        "source": "Rapat virtual Desk Pilkada Kaltim, 18 November 2024",
    },
    "partisipasi.proyeksi",
    Decimal(79),
)


@pytest.fixture
def bulungan(session: Any) -> Person:
    """The desk of another province, as its own tree and its own operator."""
    regions.load_regions(
        shipped(BULUNGAN), source_version=SOURCE_VERSION, today=dt.date(2024, 11, 25), scope="65"
    )
    return cast.add_person(
        "operator.bulungan", (Role.OPERATOR, BULUNGAN, {"starts_on": dt.date(2024, 11, 1)})
    )


def by_key(facts: list[Fact]) -> dict[str, Fact]:
    return {fact.key: fact for fact in facts}


def test_bulungan_went_to_those_who_turn_17(bulungan: Person):
    tell(DRIVE, bulungan)
    assert told_again(DRIVE, identity_cards.facts) == DRIVE.expected


def test_bulungan_reached_all_of_its_kecamatan_with_three_kinds_of_people(bulungan: Person):
    for one in GATHERINGS:
        tell(one, bulungan)
        assert told_again(one, outreach.facts) == one.expected
    found = by_key(outreach.facts([BULUNGAN]))
    assert (found["sosialisasi.kecamatan"].value, found["sosialisasi.kecamatan"].whole) == (10, 10)
    kinds = ("for-first-voters", "with-community-figures", "with-customary-figures")
    assert [found[f"sosialisasi.{kind}"].value for kind in kinds] == [10, 10, 10]


def test_kaltims_projection_stands_beside_its_target_and_what_is_not_known(session: Any):
    tell(PROJECTION, cast.person("operator.kaltim"))
    assert told_again(PROJECTION, outreach.facts) == PROJECTION.expected
    found = by_key(outreach.facts(["64"]))
    assert found["partisipasi.target"].value == Decimal("79.5")
    assert (found["partisipasi.sebelumnya"].value, found["partisipasi.hasil"].value) == (None, None)


def test_first_voters_have_a_figure_of_their_own(session: Any):
    """The texts speak of their growing number; of Penajam Paser Utara a figure is known."""
    said = {
        "counted_on": dt.date(2024, 10, 1),
        "turning_left": 1421,
        "turning_elsewhere": 272,
        "source": "Disdukcapil Penajam Paser Utara, 1 Oktober 2024",
    }
    tell(SeedFact("003", "", ENROLMENTS, PPU, said, "", 0), cast.person("operator.ppu"))
    for code in (PPU, "64"):
        found = by_key(identity_cards.facts([code]))
        assert found["ktp.pemula_belum"].value == 1421
        assert (found["ktp.pemula_luar"].value, found["ktp.pemula_luar"].whole) == (272, 1421)
        assert found["ktp.pemula"].value is None
