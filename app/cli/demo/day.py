"""What the demo's desks did until Monday 25 November 2024 at 09.00: only what the sources state, and no more.

Sources: the rapat koordinasi of 13 November (seed 001), the virtual meetings of 18 (seed 003) and 25 November
(seed 004). The deeds go through the same commands as a person's, under the clock of their moment, so the
trail tells the story. What no source states is left "belum".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from app.cli.demo import (
    identity_cards,
    incidents,
    logistics,
    meetings,
    neutrality,
    outreach,
    papers,
    reports,
    support,
)
from app.cli.demo.acting import Desk
from app.cli.demo.ground import figures_known_on
from app.cli.demo.people import DISTRICTS
from app.domain import checklists, clock, figures, regions, stages

RAKOR = "Rapat koordinasi Forkopimda Kaltim, 13 November 2024"
VIRTUAL = "Rapat virtual Desk Pilkada Kaltim, 18 November 2024"
PAPARAN = "Paparan Sekda Berau, 25 November 2024"
BERAU = "64.03"
ARRIVED = {
    "64.03.01": "Kelay",
    "64.03.02": "Talisayan",
    "64.03.04": "Segah",
    "64.03.05": "Tanjung Redeb",
    "64.03.06": "Gunung Tabur",
    "64.03.07": "Pulau Derawan",
    "64.03.08": "Biduk-Biduk",
    "64.03.10": "Tabalar",
    "64.03.11": "Maratua",
    "64.03.12": "Batu Putih",
    "64.03.13": "Biatan",
}
"""The 11 of 13 kecamatan of seed 004: all but Sambaliung and Teluk Bayur."""
WAITING = ("64.03.02", "64.03.10", "64.03.12", "64.03.13")
"""Which of them the supervisor has not looked at yet: an example."""


@contextmanager
def clock_put_back() -> Iterator[None]:
    """Leave the clock as it was, whatever moments are played inside."""
    kept = clock.setting()
    try:
        yield
    finally:
        clock.put_back(kept)


def at(moment: str) -> None:
    """Set the clock to a wall-clock time in Kaltim, "2024-11-25 07:40"."""
    clock.set_frozen(dt.datetime.fromisoformat(f"{moment}:00+08:00"))


def tell(election: stages.Election) -> None:
    """Do all of it; commits nothing."""
    desk = Desk(election)
    at("2024-11-13 08:00")
    support.support_of_kaltim(desk)
    identity_cards.first_voters_of_ppu(desk)
    meeting_of_forkopimda(desk)
    reports.monday_of_18_november(desk)
    virtual_meeting(desk)
    at("2024-11-18 16:05")
    outreach.projection_of_kaltim(desk)
    at("2024-11-18 16:10")
    incidents.said_in_the_virtual_meeting(desk)
    at("2024-11-24 09:00")
    incidents.example_of_kukar(desk)
    at("2024-11-25 07:00")
    figures_known_on(dt.date(2024, 11, 25))
    incidents.known_by_the_province(desk)
    logistics_of_berau(desk)
    security_and_neutrality_of_berau(desk)
    at("2024-11-25 08:06")
    meetings.readiness(desk)
    at("2024-11-25 08:07")
    neutrality.cases_of_berau(desk)
    incidents.said_by_berau(desk)
    identity_cards.example_of_berau(desk)
    outreach.example_of_berau(desk)
    look_of_the_supervisor(desk)
    reports.draft_of_25_november(desk)


def meeting_of_forkopimda(desk: Desk) -> None:
    """13 November: only Mahakam Ulu is complete, the other nine are in
    process; visits to all ten are planned.
    """
    day = "2024-11-13"
    at("2024-11-13 13:30")
    paper = papers.paper(["Berita acara kelengkapan logistik", "Kabupaten Mahakam Ulu, 13 November 2024"])
    desk.tick(
        "operator.mahulu",
        "LOG-10",
        "64.11",
        day,
        proof=("contoh-berita-acara-mahulu.pdf", paper),
        measure_value=77,
        note=f"Logistik sudah lengkap. Sumber: {RAKOR}.",
    )
    for place in DISTRICTS:
        if place.key != "mahulu":
            note = f"Logistik masih dalam proses. Sumber: {RAKOR}."
            desk.start(f"operator.{place.key}", "LOG-10", place.code, day, note=note)
    desk.tick(
        "operator.kaltim",
        "KAM-07",
        "64",
        note=f"Rapat koordinasi bersama Forkopimda di Balikpapan, 13 November 2024. Sumber: {RAKOR}.",
    )
    desk.start(
        "operator.kaltim",
        "LOG-09",
        "64",
        measure_value=0,
        note=f"Kunjungan lapangan ke 10 kabupaten/kota akan dilakukan bersama Forkopimda. Sumber: {RAKOR}.",
    )
    desk.tick(
        "operator.balikpapan",
        "ASN-06",
        "64.71",
        note=f"Pjs. Wali Kota Balikpapan bertugas. Sumber: {RAKOR}.",
    )
    logistics.known_on_13_november(desk)
    meetings.with_forkopimda(desk)
    at("2024-11-13 16:00")
    desk.verify("penyelia.mahulu", "LOG-10", "64.11", day)
    desk.verify("penyelia.kaltim", "KAM-07", "64")


def virtual_meeting(desk: Desk) -> None:
    """18 November: the weekly meeting of all ten, the projected turnout, the hearing that is to come."""
    at("2024-11-18 14:00")
    desk.tick(
        "operator.kaltim",
        "LAP-03",
        "64",
        "2024-11-18",
        note=f"Rapat dengan Tim Desk dan Tim Pemantauan dari 10 kabupaten/kota: situasi, kesiapan logistik, "
        f"langkah antisipasi. Situasi aman dan kondusif. Sumber: {VIRTUAL}.",
    )
    desk.start(
        "operator.kaltim",
        "SOS-01",
        "64",
        note=f"Partisipasi diproyeksikan 79 persen. Sumber: {VIRTUAL}.",
    )
    desk.start(
        "operator.kaltim",
        "LAP-06",
        "64",
        note="Pj. Gubernur akan menghadiri rapat kerja dengan Komisi II DPR RI pada 20 November 2024. "
        f"Sumber: {VIRTUAL}.",
    )
    meetings.virtual(desk)
    at("2024-11-18 16:00")
    desk.verify("penyelia.kaltim", "LAP-03", "64", "2024-11-18")


def logistics_of_berau(desk: Desk) -> None:
    """25 November: 11 of 13 kecamatan have it; the two nearest and the special TPS get theirs today."""
    at("2024-11-25 07:20")
    supervisor = desk.person("penyelia.berau")
    for code in ("64.03.03", "64.03.09"):
        entry = desk.entry("LOG-12", code)
        checklists.reschedule(
            entry,
            by=supervisor,
            version=entry.version,
            due_on=dt.date(2024, 11, 25),
            reason=f"Kecamatan terdekat, logistik didistribusikan hari ini. Sumber: {PAPARAN}.",
        )
    photos = {
        code: (
            f"contoh-{name.lower().replace(' ', '-')}.jpg",
            papers.photo([f"Serah terima logistik, Kecamatan {name}", "Kabupaten Berau"]),
        )
        for code, name in ARRIVED.items()
        if name in ("Maratua", "Tanjung Redeb")
    }
    for number, (code, name) in enumerate(ARRIVED.items()):
        at(f"2024-11-25 07:{30 + number}")
        desk.tick(
            "operator.berau",
            "LOG-12",
            code,
            proof=photos.get(code),
            measure_value=1,
            note=f"Logistik sudah sampai di Kecamatan {name}. Sumber: {PAPARAN}.",
        )
    logistics.known_on_25_november(desk, ARRIVED)
    at("2024-11-25 07:48")
    desk.tick(
        "operator.berau",
        "LOG-14",
        BERAU,
        measure_value=0,
        note="3 TPS khusus: 1 di lapas, 2 di wilayah perusahaan (Segah dan Pulau Derawan), didistribusikan "
        f"hari ini. Sumber: {PAPARAN}.",
        no_evidence_reason="Berita acara serah terima belum ada.",
    )


def security_and_neutrality_of_berau(desk: Desk) -> None:
    """25 November: 1,588 personnel; three neutrality cases, BKN's
    recommendation is out, the bupati will act on it.
    """
    today = dt.date(2024, 11, 25)
    who = "operator.berau"
    at("2024-11-25 07:55")
    desk.tick(
        who,
        "KAM-05",
        BERAU,
        today.isoformat(),
        measure_value=1588,
        note=f"1.588 personel siap membantu pengamanan. Sumber: {PAPARAN}.",
    )
    kind = regions.FigureKind.SECURITY_PERSONNEL
    said = figures.Statement(BERAU, kind, Decimal(1588), PAPARAN, dated_on=today)
    figures.record(said, by=desk.person("admin.berau"))
    for minute, subject in enumerate(("satu kepala kampung", "satu PNS", "satu PPPK")):
        at(f"2024-11-25 08:0{minute}")
        period = desk.event(who, "ASN-09", BERAU, f"dugaan terhadap {subject}", today)
        desk.tick(who, "ASN-09", BERAU, period, measure_value=1, note=f"Sumber: {PAPARAN}.")
    at("2024-11-25 08:05")
    period = desk.event(who, "ASN-10", BERAU, "rekomendasi BKN atas dugaan netralitas", today)
    desk.tick(
        who,
        "ASN-10",
        BERAU,
        period,
        note=f"Rekomendasi BKN sudah keluar; nomor dan tanggalnya belum diketahui. Sumber: {PAPARAN}.",
    )
    period = desk.event(who, "ASN-11", BERAU, "rekomendasi BKN atas dugaan netralitas", dt.date(2024, 12, 13))
    desk.start(
        who,
        "ASN-11",
        BERAU,
        period,
        note=f"Akan ditindaklanjuti Bupati selaku PPK kepegawaian. Sumber: {PAPARAN}.",
    )
    desk.start(
        "operator.kaltim",
        "LAP-03",
        "64",
        today.isoformat(),
        note="Pertemuan virtual dengan Tim Desk dan Tim Pemantauan dari 10 kabupaten/kota, 25 November 2024.",
    )


def look_of_the_supervisor(desk: Desk) -> None:
    """25 November, half past eight: one thing goes back to the
    operator, seven are found right, the rest wait.
    """
    at("2024-11-25 08:12")
    entry = desk.entry("LOG-14", BERAU)
    checklists.send_back(
        entry,
        by=desk.person("penyelia.berau"),
        version=entry.version,
        reason="Logistik 3 TPS khusus baru dikirim hari ini dan berita acara lapas belum ditandatangani. "
        "(alasan contoh demo)",
        fix="Tandai selesai sesudah ketiga berita acara serah terima dilampirkan.",
    )
    for number, code in enumerate(code for code in ARRIVED if code not in WAITING):
        at(f"2024-11-25 08:{30 + number}")
        desk.verify("penyelia.berau", "LOG-12", code)
