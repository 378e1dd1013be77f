"""What the five source texts say of logistics: where each fact lives, and the figure that says it again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.cli.regions import SOURCE_VERSION, shipped
from app.domain import clock, logistics, regions
from app.domain.accounts import Role
from app.domain.logistics import (
    ARRIVALS,
    MOVEMENTS,
    PROBLEMS_BOOK,
    READINESS_BOOK,
    SUPPORT,
    TARGETS,
)
from tests import cast
from tests.seeds.telling import SeedFact, tell, told_again

BERAU, MAHULU, KALTIM, BULUNGAN = "64.03", "64.11", "64", "65.01"
RAKOR, VIRTUAL, PAPARAN = dt.date(2024, 11, 13), dt.date(2024, 11, 18), dt.date(2024, 11, 25)
NINE = ("64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.71", "64.72", "64.74")
ARRIVED = tuple(f"64.03.{number:02d}" for number in range(1, 14) if number not in (3, 9))
TODAY = ("64.03.03", "64.03.09")
SPECIALS = ((BERAU, "Khusus lapas"), ("64.03.04", "Khusus perusahaan"), ("64.03.07", "Khusus perusahaan"))


def arrival(region: str, station: str, stand: str, key: str, expected: Any) -> SeedFact:
    values = {"station": station, "special": bool(station), "stand": stand}
    return SeedFact("004", "sampai di mana logistik Berau", ARRIVALS, region, values, key, expected)


FACTS = (
    SeedFact(
        "000",
        "logistik sampai di semua kabupaten dan kota sebelum 27 November 2024",
        TARGETS,
        KALTIM,
        {"reach": "tps", "due_on": dt.date(2024, 11, 26), "source": "Sekda, Diskominfo Kaltim"},
        "logistik.sasaran",
        "paling lambat 26 November 2024",
    ),
    SeedFact(
        "001",
        "semua logistik lengkap di seluruh kabupaten/kota paling lambat 27 November 2024",
        TARGETS,
        KALTIM,
        {"reach": "kabkota", "due_on": dt.date(2024, 11, 27), "source": "Rakor 13 November 2024"},
        "logistik.sasaran",
        "paling lambat 27 November 2024",
    ),
    SeedFact(
        "001",
        "beberapa kendala logistik yang belum sepenuhnya terdistribusi",
        PROBLEMS_BOOK,
        KALTIM,
        {
            "problem": "terlambat",
            "goods": "SEMUA",
            "about": "Belum sepenuhnya terdistribusi ke seluruh lokasi.",
            "known_on": RAKOR,
            "owner": "Kesbangpol Provinsi",
        },
        "logistik.kendala_terbuka",
        1,
    ),
    SeedFact(
        "001",
        "hanya Mahulu yang logistiknya sudah lengkap",
        READINESS_BOOK,
        MAHULU,
        {"readiness": "lengkap", "complete_on": RAKOR, "told_on": RAKOR, "source": "Rakor 13 November 2024"},
        "logistik.daerah_lengkap",
        "sejak 13 November 2024",
    ),
    *(
        SeedFact(
            "001",
            "sembilan kabupaten/kota lainnya masih dalam proses",
            READINESS_BOOK,
            code,
            {"readiness": "proses", "told_on": RAKOR, "source": "Rakor 13 November 2024"},
            "logistik.daerah_proses",
            1,
        )
        for code in NINE
    ),
    SeedFact(
        "004",
        "pergeseran logistik, dari kemarin hingga pagi tadi",
        MOVEMENTS,
        BERAU,
        {
            "leg": "gudang_kecamatan",
            "cargo": "Seluruh logistik",
            "left_on": dt.date(2024, 11, 24),
            "arrived_on": PAPARAN,
        },
        "logistik.pergeseran",
        "24 November 2024 sampai 25 November 2024",
    ),
    SeedFact(
        "004",
        "kondisi logistik tercukupi dan terpenuhi",
        READINESS_BOOK,
        BERAU,
        {"readiness": "proses", "adequacy": "cukup", "told_on": PAPARAN, "source": "Paparan Sekda Berau"},
        "logistik.daerah_tercukupi",
        "Tercukupi",
    ),
    *(arrival(code, "", "sampai", "logistik.kecamatan_lengkap", 1) for code in ARRIVED),
    *(
        arrival(code, "", "hari_ini", "logistik.kecamatan_hari_ini", name)
        for code, name in zip(TODAY, ("Sambaliung", "Teluk Bayur"), strict=True)
    ),
    arrival("64.03.04", "Khusus perusahaan", "hari_ini", "logistik.tps_khusus_hari_ini", "Khusus perusahaan"),
)


@pytest.mark.parametrize("one", FACTS, ids=lambda one: f"{one.seed} {one.region} {one.said[:30]}")
def test_each_fact_has_a_home_and_comes_out_again(session: Any, one: SeedFact):
    place = {"64": "kaltim", "64.03": "berau", "64.11": "mahulu"}.get(one.region[:5])
    by = cast.person(f"operator.{place}") if place else cast.person("operator.kaltim")
    tell(one, by)
    assert told_again(one, logistics.facts) == one.expected


def test_seed_000_a_day_short_of_the_target_is_counted_down(session: Any):
    tell(FACTS[0], cast.person("operator.kaltim"))
    assert logistics.targets_of(BERAU)[0].due_on == dt.date(2024, 11, 26)


def test_seed_001_only_mahakam_ulu_is_complete_and_nine_are_in_process(session: Any):
    province = cast.person("operator.kaltim")
    for one in FACTS:
        if one.register is READINESS_BOOK and one.seed == "001":
            tell(one, province)
    found = {one.key: one for one in logistics.facts([KALTIM])}
    assert (found["logistik.daerah_lengkap"].value, found["logistik.daerah_lengkap"].whole) == (1, 10)
    assert found["logistik.daerah_proses"].value == 9
    board = logistics.board_of(KALTIM)
    assert [(row.region.name, row.since) for row in board.rows if row.standing == "lengkap"] == [
        ("Kabupaten Mahakam Ulu", RAKOR)
    ]


def test_seed_003_the_last_stretch_reaches_each_tps(session: Any, operator: Any):
    village = "64.03.04.2001"
    for number in ("1", "2", "3"):
        tell(
            SeedFact(
                "003",
                "distribusi ke TPS",
                ARRIVALS,
                village,
                {"station": number, "stand": "sampai", "arrived_on": VIRTUAL},
                "",
                0,
            ),
            operator,
        )
    found = {one.key: one for one in logistics.facts([BERAU])}
    assert (found["logistik.tps_lengkap"].value, found["logistik.tps_lengkap"].whole) == (3, 475)


def test_seed_004_berau_has_eleven_of_thirteen_and_the_rest_today(session: Any, operator: Any):
    for one in FACTS:
        if one.seed == "004":
            if one.region == "64.03.04" and one.values.get("station"):
                continue
            tell(one, operator)
    for region, station in SPECIALS:
        tell(arrival(region, station, "hari_ini", "", 0), operator)
    found = {one.key: one for one in logistics.facts([BERAU])}
    assert (found["logistik.kecamatan_lengkap"].value, found["logistik.kecamatan_lengkap"].whole) == (11, 13)
    assert found["logistik.kecamatan_hari_ini"].words == "Sambaliung, Teluk Bayur"
    assert (found["logistik.tps_khusus_hari_ini"].value, found["logistik.tps_khusus_lengkap"].whole) == (3, 3)
    assert found["logistik.tps_lengkap"].whole == 475
    assert found["logistik.daerah_tercukupi"].words == "Tercukupi"
    assert "64.03.11" in ARRIVED  # Maratua, named by the Sekda


def test_seed_002_bulungan_helped_kpu_to_reach_its_farthest_villages(session: Any):
    regions.load_regions(shipped(BULUNGAN), source_version=SOURCE_VERSION, today=clock.today("Asia/Makassar"))
    by = cast.add_person("operator.bulungan", (Role.OPERATOR, BULUNGAN, {"starts_on": dt.date(2024, 11, 1)}))
    one = SeedFact(
        "002",
        "dukungan teknis kepada KPU dalam pendistribusian logistik di desa terjauh/terpencil",
        SUPPORT,
        BULUNGAN,
        {
            "support": "teknis",
            "receiver": "KPU Kabupaten Bulungan",
            "places": "Desa terjauh dan terpencil",
            "about": "Bila terdapat kendala pada distribusi.",
            "source": "Sekda Bulungan, 10 Desember 2024",
        },
        "logistik.dukungan",
        1,
    )
    tell(one, by)
    assert told_again(one, logistics.facts) == one.expected
