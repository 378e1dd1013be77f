"""What the five source texts say of security and vulnerability, and the figure that says it again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.domain import security
from app.domain.security import PERSONNEL, RISKS, VULNERABILITIES
from tests import cast
from tests.seeds.telling import SeedFact, tell, told_again

KALTIM, BERAU = "64", "64.03"
WHO = {KALTIM: "operator.kaltim", BERAU: "operator.berau"}
IKP = {
    "dataset": "ikp_2022",
    "score": Decimal("77.04"),
    "level": "tinggi",
    "place": "ke-5 nasional (34 prov.)",
    "published_on": dt.date(2022, 12, 16),
    "source": "Bawaslu, seperti dikutip kaltim.suara.com",
}
MAPPING = {
    "dataset": "pemetaan_2024",
    "score": Decimal(18),
    "level": "tinggi",
    "place": "ke-2 nasional (setelah NTT 19)",
    "published_on": dt.date(2024, 8, 26),
    "source": "Bawaslu, seperti dikutip rmol.id",
}


def risk(what: str, mitigation: str, source: str) -> dict[str, Any]:
    return {
        "what": what,
        "dimension": "sosial_politik",
        "likelihood": "sedang",
        "impact": "besar",
        "mitigation": mitigation,
        "owner": "Kesbangpol",
        "review_on": dt.date(2024, 11, 25),
        "source": source,
    }


FACTS = (
    SeedFact(
        "003",
        "masuk lima besar kerawanan (ukuran 2022)",
        VULNERABILITIES,
        KALTIM,
        IKP,
        "keamanan.kerawanan.ikp_2022",
        "tinggi, 77,04 (skor 0-100), ke-5 nasional (34 prov.)",
    ),
    SeedFact(
        "003",
        "masuk lima besar kerawanan (pemetaan 2024)",
        VULNERABILITIES,
        KALTIM,
        MAPPING,
        "keamanan.kerawanan.pemetaan_2024",
        "tinggi, 18 (banyaknya dari 27 indikator), ke-2 nasional (setelah NTT 19)",
    ),
    SeedFact(
        "003",
        "potensi, bukan kondisi",
        RISKS,
        KALTIM,
        risk(
            "Penyelenggara atau aparat tidak netral memicu konflik.",
            "Pelanggaran diproses sesuai aturan.",
            "Rapat virtual, 18 November 2024",
        ),
        "keamanan.risiko_terbuka",
        1,
    ),
    SeedFact(
        "004",
        "1.588 personel siap membantu pengamanan",
        PERSONNEL,
        BERAU,
        {
            "dated_on": dt.date(2024, 11, 25),
            "institution": "gabungan",
            "station_class": "semua",
            "people": 1588,
            "source": "Paparan Sekda Berau, 25 November 2024",
        },
        "keamanan.personel",
        1588,
    ),
    SeedFact(
        "004",
        "potensi kerawanan dan strategi mitigasi tiap daerah",
        RISKS,
        BERAU,
        risk("Gesekan pendukung.", "Patroli bersama.", "Pertemuan virtual, 25 November 2024"),
        "keamanan.risiko_tinggi",
        1,
    ),
    SeedFact(
        "004",
        "potensi konflik diantisipasi sejak dini, ditinjau pada tanggalnya",
        RISKS,
        BERAU,
        risk("Dinamika politik lokal.", "Pemantauan intensif.", "Pertemuan virtual, 25 November 2024"),
        "keamanan.risiko_perlu_ditinjau",
        1,
    ),
)


@pytest.mark.parametrize("one", FACTS, ids=[f"{one.seed} {one.said}" for one in FACTS])
def test_it_has_a_home_and_comes_out_again(session: Any, one: SeedFact):
    tell(one, cast.person(WHO[one.region]))
    assert told_again(one, security.facts) == one.expected


def test_the_two_measurements_of_seed_003_stand_side_by_side(session: Any):
    person = cast.person("operator.kaltim")
    for one in FACTS[:2]:
        tell(one, person)
    told = {fact.key: (fact.words, fact.value) for fact in security.facts([KALTIM])}
    assert told["keamanan.kerawanan.ikp_2022"] == (FACTS[0].expected, None)
    assert told["keamanan.kerawanan.pemetaan_2024"] == (FACTS[1].expected, None)
