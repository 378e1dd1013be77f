"""The meetings of November 2024 with who came, the visits, and what was to be done: as the sources tell, and no more.

Sources: the meeting with Forkopimda of 13 November (seed 001), the virtual ones of 18 (seed 003) and 25 (seed 004).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.cli.demo.acting import Desk
from app.cli.demo.people import DISTRICTS, KALTIM
from app.domain import meetings, registers
from app.domain.registers import Register

RAKOR = "Rapat koordinasi Forkopimda Kalimantan Timur, 13 November 2024"
VIRTUAL = "Rapat virtual Desk Pilkada Kalimantan Timur, 18 November 2024"
LAST = "Pertemuan virtual Desk Pilkada Kalimantan Timur, 25 November 2024"
BERAU, BALIKPAPAN = "64.03", "64.71"
VOTING_DAY = dt.date(2024, 11, 27)


class Secretary:
    """The operator of the province, who keeps the minutes."""

    def __init__(self, desk: Desk) -> None:
        self.by = desk.person("operator.kaltim")

    def note(self, register: Register, region: str, meeting: int | None = None, **said: Any) -> int:
        """Record; what is not said is empty."""
        blank = {
            column.name: None if column.form in ("jumlah", "tanggal") else "" for column in register.columns
        }
        parents = {"meeting_id": meeting} if "meeting_id" in register.parents else {}
        return registers.record(register, region, blank | said, by=self.by, parents=parents)

    def decide(
        self, meeting: int, day: dt.date, source: str, *tasks: tuple[str, str, dt.date | None]
    ) -> None:
        """What a meeting decided: (task, owner, deadline)."""
        for task, owner, due in tasks:
            self.note(
                meetings.FOLLOW_UPS,
                KALTIM.code,
                meeting,
                task=task,
                owner=owner,
                decided_on=day,
                due_on=due,
                source=source,
            )


def with_forkopimda(desk: Desk) -> None:
    """13 November: the meeting in Balikpapan; visits to all ten are planned, Balikpapan's own team was out already."""
    secretary, day = Secretary(desk), dt.date(2024, 11, 13)
    meeting = secretary.note(
        meetings.MEETINGS,
        KALTIM.code,
        kind="forkopimda",
        name="Rapat koordinasi Forkopimda dan tim pemantau perkembangan politik daerah",
        held_on=day,
        place="Hotel Novotel Balikpapan",
        chair="Sekretaris Daerah, mewakili Pj. Gubernur",
        agenda="Persiapan Pemilihan serentak 2024, terutama logistik dan surat suara.",
        summary="Logistik baru lengkap di Mahakam Ulu; sembilan kabupaten/kota lain dalam proses.",
        source=RAKOR,
    )
    for institution, unit in (
        ("dprd", "Ketua DPRD Kalimantan Timur"),
        ("tni", "Kodam VI/Mulawarman"),
        ("polri", "Polda Kalimantan Timur"),
        ("kejaksaan", "Kejaksaan"),
        ("kpu", ""),
        ("bawaslu", ""),
    ):
        secretary.note(
            meetings.ATTENDANCES, KALTIM.code, meeting, institution=institution, unit=unit, presence="hadir"
        )
    secretary.decide(
        meeting,
        day,
        RAKOR,
        ("Laporan harian perkembangan persiapan dari setiap desk", "Desk Pilkada kabupaten/kota", None),
        ("Logistik lengkap di semua kabupaten/kota", "KPU kabupaten/kota", VOTING_DAY),
        ("Kunjungan lapangan ke 10 kabupaten/kota", "Kesbangpol dan Forkopimda", VOTING_DAY),
    )
    for place in DISTRICTS:
        secretary.note(
            meetings.VISITS,
            place.code,
            standing="rencana",
            team_of="bersama",
            team="Pemerintah provinsi dan Forkopimda",
            purpose="Kesiapan logistik",
            transport="darat",
            source=RAKOR,
        )
    secretary.note(
        meetings.VISITS,
        BALIKPAPAN,
        standing="terlaksana",
        team_of="kabkota",
        team="Pjs. Wali Kota bersama tim",
        purpose="Kesiapan logistik di Balikpapan",
        source=RAKOR,
    )


def virtual(desk: Desk) -> None:
    """18 November: the Monday meeting of all ten, and the hearing that is to come."""
    secretary, day = Secretary(desk), dt.date(2024, 11, 18)
    meeting = secretary.note(
        meetings.MEETINGS,
        KALTIM.code,
        kind=meetings.MONDAY,
        name="Rapat virtual Tim Desk dan Tim Pemantauan Perkembangan Politik",
        held_on=day,
        place="Rapat virtual",
        chair="Sekretaris Daerah Provinsi",
        agenda="Situasi terkini, kesiapan logistik, langkah antisipasi.",
        summary="Situasi aman dan kondusif. Partisipasi diproyeksikan 79 persen.",
        source=VIRTUAL,
    )
    for place in DISTRICTS:
        secretary.note(meetings.ATTENDANCES, place.code, meeting, institution="desk", presence="daring")
    secretary.decide(
        meeting,
        day,
        VIRTUAL,
        ("Laporan harian untuk disampaikan kepada Kemendagri", "Desk Pilkada kabupaten/kota", None),
        ("Percepat perekaman KTP-el pemilih pemula", "Disdukcapil kabupaten/kota", VOTING_DAY),
    )
    secretary.note(
        meetings.MEETINGS,
        KALTIM.code,
        kind="dpr",
        name="Rapat kerja dengan Komisi II DPR RI tentang kesiapan daerah",
        held_on=dt.date(2024, 11, 20),
        source=VIRTUAL,
    )


def readiness(desk: Desk) -> None:
    """25 November: the Monday meeting of readiness, where Berau's Sekda spoke."""
    secretary, day = Secretary(desk), dt.date(2024, 11, 25)
    meeting = secretary.note(
        meetings.MEETINGS,
        KALTIM.code,
        kind=meetings.MONDAY,
        name="Laporan kesiapan Pemilihan serentak 2024",
        held_on=day,
        place="Pertemuan virtual",
        chair="Sekretaris Daerah Provinsi",
        agenda="Situasi, kesiapan logistik, potensi kerawanan, strategi mitigasi.",
        source=LAST,
    )
    for place in DISTRICTS:
        told = {"institution": "desk", "presence": "daring"}
        if place.code == BERAU:
            told |= {
                "speaker": "Sekretaris Daerah Kabupaten Berau",
                "companions": "Ketua KPU Berau, Forkopimda, beberapa kepala perangkat daerah",
            }
        secretary.note(meetings.ATTENDANCES, place.code, meeting, **told)
    secretary.decide(
        meeting,
        day,
        LAST,
        (
            "Pemantauan intensif dinamika politik lokal dan langkah antisipasi dini",
            "Tim desk kabupaten/kota",
            None,
        ),
    )
