"""Security as the sources tell it, with one incident and two gradings that are examples and say so.

Seed 003 (18 November): calm, a peaceful campaign, "potensi, bukan kondisi". Seed 004 (25 November): Berau has 1,588
people ready and no obstacle. The province's plan of personnel names no day of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.cli.demo.acting import Desk
from app.cli.security import load_kaltim
from app.domain import registers
from app.domain.accounts import Person
from app.domain.incidents import INCIDENTS, SITUATIONS, TEAM, IncidentVerb
from app.domain.registers import StepSaid
from app.domain.security import ALL_STATIONS, PERSONNEL, RISKS

KALTIM, BERAU, KUKAR = "64", "64.03", "64.02"
VIRTUAL = "Rapat virtual Desk Pilkada Kaltim, 18 November 2024"
PAPARAN = "Paparan Sekda Berau, 25 November 2024"
PLAN = (
    "Rencana pengamanan, tanggalnya tidak disebut; dikutip "
    "https://balikpapan.inews.id/amp/497261/pilkada-damai-di-kaltim-seluruh-paslon-hadiri-deklarasi/2"
)
PLANNED = {"polri": 5947, "tni": 2289, "linmas": 13162}


def known_by_the_province(desk: Desk) -> None:
    """What is published of vulnerability, and planned of personnel."""
    province = desk.person("operator.kaltim")
    load_kaltim(province)
    for institution, people in PLANNED.items():
        _personnel(desk, "operator.kaltim", KALTIM, dt.date(2024, 11, 1), institution, people, PLAN)


def said_in_the_virtual_meeting(desk: Desk) -> None:
    """18 November: calm by the reports of all desks; a tension that is to stay a possibility."""
    by = desk.person("operator.kaltim")
    calm = _said(
        dt.date(2024, 11, 18),
        VIRTUAL,
        status="kondusif",
        campaign="damai",
        account="Menurut laporan kabupaten/kota, situasi masih aman dan kondusif.",
    )
    registers.record(SITUATIONS, KALTIM, calm, by=by)
    risk = {
        "what": "Penyelenggara atau aparat yang tidak netral memicu konflik.",
        "dimension": "sosial_politik",
        "likelihood": "sedang",
        "impact": "besar",
        "mitigation": "Pelanggaran diproses sesuai aturan; netralitas dijaga.",
        "owner": "Tim Desk Pilkada",
        "review_on": dt.date(2024, 11, 25),
        "source": f"{VIRTUAL}; kemungkinan, dampak, dan tanggal tinjauan contoh demo",
    }
    registers.record(RISKS, KALTIM, risk, by=by)


def example_of_kukar(desk: Desk) -> None:
    """24 November: an invented incident, so that the board has one; it says that it is an example."""
    by, judge = desk.person("operator.kukar"), desk.person("penyelia.kukar")
    number = registers.record(
        INCIDENTS,
        KUKAR,
        {
            "category": "alat_peraga",
            "severity": "ringan",
            "happened_on": dt.date(2024, 11, 24),
            "happened_at": "08.00",
            "actor": TEAM,
            "source": "desk",
            "what": "Contoh demo, bukan kejadian sungguhan: alat peraga kampanye masih terpasang pada masa tenang.",
            "handling": "Disampaikan kepada Panwaslu kecamatan.",
            "victims": 0,
        },
        by=by,
    )
    _step(number, IncidentVerb.VERIFY, StepSaid(), judge)
    letter = StepSaid(receiver="Bawaslu", note="Contoh demo, tanpa surat.")
    _step(number, IncidentVerb.FORWARD, letter, by)


def said_by_berau(desk: Desk) -> None:
    """25 November: 1,588 people, no obstacle. Of the situation as a whole and of incidents he did not speak."""
    day = dt.date(2024, 11, 25)
    _personnel(desk, "operator.berau", BERAU, day, "gabungan", 1588, PAPARAN)
    nil = _said(day, PAPARAN, obstacles="nihil", account="Sampai saat ini tidak ada kendala.")
    registers.record(SITUATIONS, BERAU, nil, by=desk.person("operator.berau"))


def _step(number: int, verb: IncidentVerb, said: StepSaid, by: Person) -> None:
    row = registers.find(INCIDENTS, number, by)
    registers.step(row, verb, said, by=by, version=row.version)


def _said(day: dt.date, source: str, **said: str) -> dict[str, Any]:
    return {"dated_on": day, "source": source, **said}


def _personnel(
    desk: Desk, who: str, region: str, day: dt.date, institution: str, people: int, source: str
) -> None:
    values = {
        "dated_on": day,
        "institution": institution,
        "station_class": ALL_STATIONS,
        "people": people,
        "source": source,
    }
    registers.record(PERSONNEL, region, values, by=desk.person(who))
