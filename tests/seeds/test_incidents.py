"""What the five source texts say of incidents, obstacles and the situation, and the figure that says it again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.cli.regions import SOURCE_VERSION, shipped
from app.domain import clock, incidents, regions
from app.domain.accounts import Role
from app.domain.incidents import INCIDENTS, OBSTACLES, SITUATIONS
from tests import cast
from tests.domain.incidents.cases import INCIDENT
from tests.seeds.telling import SeedFact, tell, told_again

KALTIM, BERAU, BULUNGAN = "64", "64.03", "65.01"
WHO = {KALTIM: "operator.kaltim", BERAU: "operator.berau", BULUNGAN: "operator.bulungan"}


def statement(day: dt.date, source: str, **other: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("reason", "incidents", "obstacles", "campaign", "account"), "")
    return {"dated_on": day, "status": "kondusif", "source": source, **nothing, **other}


VIRTUAL = statement(
    dt.date(2024, 11, 18),
    "Rapat virtual Desk Pilkada Kaltim, 18 November 2024",
    campaign="damai",
    account="Menurut laporan kabupaten/kota situasi masih aman dan kondusif.",
)
PAPARAN = statement(
    dt.date(2024, 11, 25), "Paparan Sekda Berau, 25 November 2024", status="", obstacles="nihil"
)
FACTS = (
    SeedFact(
        "000",
        "laporan pelanggaran oleh tim pasangan calon",
        INCIDENTS,
        BERAU,
        {**INCIDENT, "actor": "tim_paslon"},
        "keamanan.pelanggaran_tim_paslon",
        1,
    ),
    SeedFact(
        "000",
        "tanpa masalah, laporan hanya berisi kondisi terkini",
        SITUATIONS,
        BERAU,
        statement(dt.date(2024, 11, 25), "Laporan desk", incidents="nihil", account="Aman dan kondusif."),
        "keamanan.kejadian_dinyatakan",
        "nihil",
    ),
    SeedFact(
        "002",
        "hambatan di lapangan segera dipecahkan bersama penyelenggara",
        OBSTACLES,
        BULUNGAN,
        {
            "area": "LOG",
            "what": "Distribusi ke desa terpencil terkendala.",
            "since": dt.date(2024, 11, 25),
            "owner": "Tim Desk Pilkada bersama KPU",
            "solution": "Dukungan teknis untuk pengangkutan.",
            "due_on": None,
            "source": "Rakor Desk Pilkada Bulungan, 10 Desember 2024",
        },
        "keamanan.kendala_terbuka",
        1,
    ),
    SeedFact(
        "003",
        "situasi masih aman dan kondusif",
        SITUATIONS,
        KALTIM,
        VIRTUAL,
        "keamanan.situasi",
        "aman dan kondusif",
    ),
    SeedFact(
        "003",
        "suasana kampanye berlangsung damai",
        SITUATIONS,
        KALTIM,
        VIRTUAL,
        "keamanan.suasana_kampanye",
        "damai",
    ),
    SeedFact(
        "003",
        "pelanggaran diproses sesuai aturan",
        INCIDENTS,
        BERAU,
        {**INCIDENT, "legal_basis": "UU 10/2016 Pasal 187A"},
        "keamanan.kejadian.dicatat",
        1,
    ),
    SeedFact(
        "004",
        "sampai saat ini tidak ada kendala",
        SITUATIONS,
        BERAU,
        PAPARAN,
        "keamanan.kendala_dinyatakan",
        "nihil",
    ),
    SeedFact(
        "004",
        "bila terdapat kendala akan segera disikapi dengan cepat",
        OBSTACLES,
        BERAU,
        {
            "area": "LOG",
            "what": "Cuaca di laut menahan kapal ke Maratua.",
            "since": dt.date(2024, 11, 25),
            "owner": "KPU dan Dinas Perhubungan",
            "solution": "",
            "due_on": dt.date(2024, 11, 26),
            "source": "",
        },
        "keamanan.kendala_terbuka",
        1,
    ),
)


def somebody(region: str) -> Any:
    """Whose desk it is; Bulungan's comes into being with its province."""
    if region == BULUNGAN:
        rows = shipped(BULUNGAN)
        regions.load_regions(rows, source_version=SOURCE_VERSION, today=clock.today("Asia/Makassar"))
        return cast.add_person(WHO[region], (Role.OPERATOR, BULUNGAN, {"starts_on": dt.date(2024, 11, 1)}))
    return cast.person(WHO[region])


@pytest.mark.parametrize("one", FACTS, ids=[f"{one.seed} {one.said}" for one in FACTS])
def test_it_has_a_home_and_comes_out_again(session: Any, one: SeedFact):
    tell(one, somebody(one.region))
    assert told_again(one, incidents.facts) == one.expected


def test_berau_says_no_obstacle_and_nobody_contradicts_it(session: Any):
    one = next(fact for fact in FACTS if fact.key == "keamanan.kendala_dinyatakan")
    tell(one, cast.person("operator.berau"))
    told = {fact.key: fact for fact in incidents.facts([BERAU])}
    assert told["keamanan.pernyataan_bertentangan"].value == 0
    assert told["keamanan.kendala_dinyatakan"].source == "Paparan Sekda Berau, 25 November 2024"
    assert told["keamanan.kejadian_dinyatakan"].words == ""  # he did not speak of incidents
    assert told["keamanan.situasi"].words == ""
