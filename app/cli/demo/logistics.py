"""Logistics until 25 November 2024 as the sources tell them: what was complete, moved, arrived (seeds 000-004).

Stock comes from the articles that app/data/logistik_jenis.csv cites; of what no source states (hours, escorts, how
many were good) nothing is recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from app.cli.demo.acting import Desk
from app.cli.demo.people import DISTRICTS
from app.domain import logistics, registers
from app.domain.logistics import ARRIVALS, MOVEMENTS, PROBLEMS_BOOK, READINESS_BOOK, STOCK, TARGETS
from app.domain.registers import Register

PROVINCE, BERAU, MAHULU = "64", "64.03", "64.11"
RAKOR_DAY, PAPARAN_DAY = dt.date(2024, 11, 13), dt.date(2024, 11, 25)
RAKOR = "Rapat koordinasi Forkopimda Kaltim, 13 November 2024"
PAPARAN = "Paparan Sekda Berau, 25 November 2024"
TODAY = ("64.03.03", "64.03.09")
"""The two nearest, Sambaliung and Teluk Bayur."""
SPECIALS = ((BERAU, "Khusus lapas"), ("64.03.04", "Khusus perusahaan"), ("64.03.07", "Khusus perusahaan"))
RECEIVED = (
    ("mahulu", "KOTAK_SUARA", 164, "nomorsatukaltim.disway.id"),
    ("mahulu", "BILIK", 308, "nomorsatukaltim.disway.id"),
    ("mahulu", "SEGEL", 3_991, "nomorsatukaltim.disway.id"),
    ("mahulu", "SURAT_SUARA_GUB", 28_602, "nomorsatukaltim.disway.id"),
    ("mahulu", "SURAT_SUARA_BUP", 28_602, "nomorsatukaltim.disway.id"),
    ("kukar", "SURAT_SUARA_GUB", 567_000, "kaltimfaktual.co"),
    ("kukar", "SURAT_SUARA_BUP", 567_000, "kaltimfaktual.co"),
    ("kukar", "SURAT_SUARA_PSU", 2_000, "kaltimfaktual.co"),
    ("kukar", "FORMULIR_C", 2_886, "arusbawah.co"),
    ("kutim", "KOTAK_SUARA", 1_402, "formasiindonesia.com"),
    ("kutim", "BILIK", 2_804, "formasiindonesia.com"),
    ("kutim", "SURAT_SUARA_PSU", 2_000, "formasiindonesia.com"),
)
"""Desk, kind, how many had been received, and who reported it."""


def _say(desk: Desk, who: str, register: Register, region: str, **said: Any) -> None:
    registers.record(register, region, said, by=desk.person(f"operator.{who}"))


def known_on_13_november(desk: Desk) -> None:
    """Only Mahakam Ulu is complete, nine are in process; all of it is to be complete by the 27th (seed 001)."""
    _say(desk, "kaltim", TARGETS, PROVINCE, reach="kabkota", due_on=dt.date(2024, 11, 27), source=RAKOR)
    _say(
        desk,
        "kaltim",
        TARGETS,
        PROVINCE,
        reach="tps",
        due_on=dt.date(2024, 11, 26),
        source="UU 10/2016: sehari sebelum pemungutan suara",
    )
    _say(
        desk,
        "kaltim",
        PROBLEMS_BOOK,
        PROVINCE,
        problem="terlambat",
        goods=logistics.ALL_GOODS,
        about=f"Logistik belum sepenuhnya terdistribusi ke seluruh lokasi. Sumber: {RAKOR}.",
        known_on=RAKOR_DAY,
        due_on=dt.date(2024, 11, 27),
    )
    for place in DISTRICTS:
        complete = place.code == MAHULU
        _say(
            desk,
            place.key,
            READINESS_BOOK,
            place.code,
            readiness="lengkap" if complete else "proses",
            complete_on=RAKOR_DAY if complete else None,
            told_on=RAKOR_DAY,
            source=RAKOR,
        )
    codes = {place.key: place.code for place in DISTRICTS}
    for key, goods, count, source in RECEIVED:
        note = f"Jumlah yang baik dan yang rusak tidak disebut. Sumber: {source}."
        _say(desk, key, STOCK, codes[key], goods=goods, received=count, note=note)


def known_on_25_november(desk: Desk, arrived: Iterable[str]) -> None:
    """Berau moved its logistics since yesterday: these kecamatan have theirs, two and the special TPS get it today."""
    _say(
        desk,
        "berau",
        MOVEMENTS,
        BERAU,
        leg="gudang_kecamatan",
        cargo="Logistik Pemilihan",
        destination="11 kecamatan, termasuk Maratua",
        left_on=PAPARAN_DAY - dt.timedelta(days=1),
        arrived_on=PAPARAN_DAY,
        note=f"Dari kemarin hingga pagi tadi. Sumber: {PAPARAN}.",
    )
    _say(
        desk,
        "berau",
        READINESS_BOOK,
        BERAU,
        readiness="proses",
        adequacy="cukup",
        told_on=PAPARAN_DAY,
        source=PAPARAN,
    )
    note = f"Sumber: {PAPARAN}."
    # That they had it he said on that day; on which day each got it, he did not.
    for code in arrived:
        _say(desk, "berau", ARRIVALS, code, stand="sampai", arrived_on=PAPARAN_DAY, note=note)
    today: dict[str, Any] = {"stand": "hari_ini", "due_on": PAPARAN_DAY}
    for code in TODAY:
        _say(desk, "berau", ARRIVALS, code, note=note, **today)
    for code, station in SPECIALS:
        _say(
            desk,
            "berau",
            ARRIVALS,
            code,
            station=station,
            special=True,
            stand="hari_ini",
            due_on=PAPARAN_DAY,
            note=note,
        )
