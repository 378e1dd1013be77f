"""What the source texts say of meetings, visits and what was to be done after them (000 to 004)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from app.cli.regions import SOURCE_VERSION, shipped
from app.domain import clock, meetings, regions
from app.domain.accounts import Person, Role
from app.domain.meetings import ATTENDANCES, FOLLOW_UPS, MEETINGS, VISITS
from tests import cast
from tests.seeds.telling import SeedFact, tell, told_again

BULUNGAN = "65.01"
DESKS = ("64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11", "64.71", "64.72", "64.74")


def meeting(kind: str, name: str, day: dt.date, **said: Any) -> dict[str, Any]:
    words = {"starts_at": "", "place": "", "link": "", "chair": "", "agenda": "", "summary": "", "source": ""}
    return words | {"kind": kind, "name": name, "held_on": day} | said


def came(institution: str, unit: str = "", presence: str = "hadir", **said: Any) -> dict[str, Any]:
    own = {"institution": institution, "unit": unit, "presence": presence, "people": None}
    return own | {"speaker": "", "companions": "", "note": ""} | said


def task(words: str, owner: str, decided: dt.date | None, due: dt.date | None = None) -> dict[str, Any]:
    return {"task": words, "owner": owner, "decided_on": decided, "due_on": due, "source": ""}


def visit(standing: str, team_of: str, purpose: str) -> dict[str, Any]:
    own = {"standing": standing, "team_of": team_of, "purpose": purpose, "team": "", "people": None}
    return own | {
        "planned_on": None,
        "visited_on": None,
        "place": "",
        "transport": "",
        "findings": "",
        "source": "",
    }


RAKOR, MONDAY, LAST, HEARING = (dt.date(2024, 11, day) for day in (13, 18, 25, 20))
DECEMBER = dt.date(2024, 12, 10)
OPEN = "tindak_lanjut.terbuka"

SEED_000 = (
    SeedFact(
        "000",
        "every Monday the kabupaten's desks report to the province's",
        FOLLOW_UPS,
        "64",
        task("Laporan desk kabupaten/kota setiap Senin", "Desk Pilkada kabupaten/kota", None),
        OPEN,
        1,
    ),
)
SEED_001 = (
    SeedFact(
        "001",
        "meeting with Forkopimda at Hotel Novotel Balikpapan, 13 November",
        MEETINGS,
        "64",
        meeting("forkopimda", "Rakor Forkopimda", RAKOR, place="Hotel Novotel Balikpapan", chair="Sekda"),
        "rapat.diadakan",
        1,
    ),
    *(
        SeedFact("001", f"present: {unit}", ATTENDANCES, "64", came(institution, unit), "rapat.kehadiran", 7)
        for institution, unit in (
            ("desk", "Sekretaris Daerah, mewakili Pj. Gubernur"),
            ("dprd", "Ketua DPRD Kaltim"),
            ("tni", "Pangdam VI/Mulawarman"),
            ("polri", "Polda Kaltim"),
            ("kejaksaan", "Kejaksaan"),
            ("kpu", ""),
            ("bawaslu", ""),
        )
    ),
    SeedFact(
        "001",
        "each desk reports daily",
        FOLLOW_UPS,
        "64",
        task("Laporan harian perkembangan persiapan", "Desk Pilkada kabupaten/kota", RAKOR),
        OPEN,
        2,
    ),
    SeedFact(
        "001",
        "all logistics complete by 27 November",
        FOLLOW_UPS,
        "64",
        task("Logistik lengkap di semua kabupaten/kota", "KPU kabupaten/kota", RAKOR, dt.date(2024, 11, 27)),
        OPEN,
        2,
    ),
    *(
        SeedFact(
            "001",
            "visits to ten",
            VISITS,
            code,
            visit("rencana", "bersama", "Logistik"),
            "kunjungan.rencana",
            1,
        )
        for code in DESKS
        if code != "64.71"
    ),
    SeedFact(
        "001",
        "Balikpapan's own team was in the field",
        VISITS,
        "64.71",
        visit("terlaksana", "kabkota", "Kesiapan logistik"),
        "kunjungan.terlaksana",
        1,
    ),
)
SEED_003 = (
    SeedFact(
        "003",
        "virtual meeting of Monday 18 November",
        MEETINGS,
        "64",
        meeting("senin", "Rapat virtual", MONDAY, chair="Sekretaris Daerah", summary="Aman dan kondusif."),
        "rapat.senin",
        1,
    ),
    *(
        SeedFact(
            "003", "the ten regions", ATTENDANCES, code, came("desk", presence="daring"), "rapat.kehadiran", 1
        )
        for code in DESKS
    ),
    SeedFact(
        "003",
        "daily reports for the ministry",
        FOLLOW_UPS,
        "64",
        task("Laporan harian untuk Kemendagri", "Desk Pilkada kabupaten/kota", MONDAY),
        OPEN,
        2,
    ),
    SeedFact(
        "003",
        "Disdukcapil hurries with the e-KTP",
        FOLLOW_UPS,
        "64",
        task("Percepat perekaman KTP-el pemilih pemula", "Disdukcapil", MONDAY, dt.date(2024, 11, 27)),
        OPEN,
        2,
    ),
    SeedFact(
        "003",
        "hearing with Komisi II DPR RI on 20 November",
        MEETINGS,
        "64",
        meeting("dpr", "Rapat kerja dengan Komisi II DPR RI", HEARING, agenda="Kesiapan daerah"),
        "rapat.diadakan",
        2,
    ),
)
SEED_004 = (
    SeedFact(
        "004",
        "virtual meeting of Monday 25 November",
        MEETINGS,
        "64",
        meeting("senin", "Laporan kesiapan Pilkada", LAST, agenda="Situasi, logistik, kerawanan, mitigasi"),
        "rapat.senin",
        1,
    ),
    SeedFact(
        "004",
        "Berau's Sekda speaks, with the KPU's head, Forkopimda and heads of agencies",
        ATTENDANCES,
        cast.BERAU,
        came(
            "desk",
            presence="daring",
            speaker="Sekretaris Daerah Kabupaten Berau",
            companions="Ketua KPU Berau, Forkopimda, kepala perangkat daerah",
        ),
        "rapat.kehadiran",
        1,
    ),
    SeedFact(
        "004",
        "each team watches the local dynamics closely",
        FOLLOW_UPS,
        "64",
        task("Pemantauan intensif dinamika politik lokal", "Tim desk kabupaten/kota", LAST),
        OPEN,
        1,
    ),
)
SEED_002 = (
    SeedFact(
        "002",
        "the bupati leads the meeting on the desk's report, 10 December",
        MEETINGS,
        BULUNGAN,
        meeting(
            "laporan", "Rakor laporan Desk Pilkada", DECEMBER, chair="Bupati Bulungan", place="Tanjung Selor"
        ),
        "rapat.diadakan",
        1,
    ),
    SeedFact(
        "002",
        "all data valid and accurate",
        FOLLOW_UPS,
        BULUNGAN,
        task("Pastikan seluruh data valid dan akurat", "Tim Desk Pilkada", DECEMBER),
        OPEN,
        1,
    ),
)


@pytest.fixture
def december() -> Iterator[None]:
    kept = clock.setting()
    clock.set_frozen(dt.datetime.fromisoformat("2024-12-10T12:00:00+08:00"))
    yield
    clock.put_back(kept)


def tell_all(seed: tuple[SeedFact, ...], by: Person) -> None:
    """Record them in their order; what belongs to a meeting belongs to the one before it."""
    last: int | None = None
    for one in seed:
        parents = {name: last for name, parent in one.register.parents.items() if parent is MEETINGS}
        made = tell(one, by, parents)
        last = made if one.register is MEETINGS else last


@pytest.mark.parametrize("seed", [SEED_000, SEED_001, SEED_003, SEED_004], ids=["000", "001", "003", "004"])
def test_every_fact_of_the_text_has_a_home_and_comes_out_again(session: Any, seed: tuple[SeedFact, ...]):
    tell_all(seed, cast.person("operator.kaltim"))
    assert [told_again(one, meetings.facts) for one in seed] == [one.expected for one in seed]


def test_all_ten_regions_were_at_the_meeting_of_18_november(session: Any):
    tell_all(SEED_003, cast.person("operator.kaltim"))
    told = next(one for one in meetings.facts(["64"]) if one.key == "rapat.senin_hadir")
    assert (told.value, told.whole) == (10, 10)


def test_bulungan_tells_of_its_meeting_as_the_region_of_another_province(session: Any, december: None):
    rows = [row for row in shipped("65") if row["code"] in ("65", BULUNGAN)]
    regions.load_regions(rows, source_version=SOURCE_VERSION, today=DECEMBER, scope=BULUNGAN)
    by = cast.add_person("operator.bulungan", (Role.OPERATOR, BULUNGAN, {"starts_on": dt.date(2024, 11, 1)}))
    tell_all(SEED_002, by)
    assert [told_again(one, meetings.facts) for one in SEED_002] == [one.expected for one in SEED_002]
