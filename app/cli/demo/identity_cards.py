"""The e-KTP drive in the demo: a sourced figure of Penajam Paser Utara, and an invented course of Berau, so marked."""

from __future__ import annotations

import datetime as dt

from app.cli.demo.acting import Desk
from app.domain import registers
from app.domain.identity_cards import ENROLMENTS, HELD, PLANNED, SERVICES

PPU, BERAU = "64.09", "64.03"
TOLD_OF_PPU = "Disdukcapil Penajam Paser Utara, 1 Oktober 2024"
TOLD_IN = (
    "https://nomorsatukaltim.disway.id/amp/47634/"
    "1421-pemilih-pemula-di-ppu-belum-rekam-e-ktp-disdukcapil-keliling-sekolah"
)
EXAMPLE = "Contoh demo, bukan angka Disdukcapil"
COURSE = ((4, 1_150, 390), (11, 930, 310), (18, 640, 190), (24, 410, 110))
"""Day of November, who is not yet enrolled, and those of them who turn 17: an example."""
OBLIGED, TURNING = 205_000, 2_600


def first_voters_of_ppu(desk: Desk) -> None:
    """1,421 first voters were not enrolled on 1 October, 272 of them outside the regency; nothing else is known."""
    said = {
        "counted_on": dt.date(2024, 10, 1),
        "turning_left": 1_421,
        "turning_elsewhere": 272,
        "source": TOLD_OF_PPU,
        "note": TOLD_IN,
    }
    registers.record(ENROLMENTS, PPU, said, by=desk.person("operator.ppu"))


def example_of_berau(desk: Desk) -> None:
    """Four days of figures, two visits and one that is planned."""
    by = desk.person("operator.berau")
    for day, left, turning_left in COURSE:
        said = {
            "counted_on": dt.date(2024, 11, day),
            "obliged": OBLIGED,
            "enrolled": OBLIGED - left,
            "unenrolled": left,
            "turning": TURNING,
            "turning_enrolled": TURNING - turning_left,
            "turning_left": turning_left,
            "on_the_day": 7,
            "source": EXAMPLE,
        }
        registers.record(ENROLMENTS, BERAU, said, by=by)
    visits = (
        ("64.03.05", "sekolah", "SMA di Tanjung Redeb", 12, HELD, "jam_kerja", 84),
        ("64.03.11", "desa", "Kampung di Maratua", 16, HELD, "akhir_pekan", 31),
        ("64.03.03", "desa", "Kantor Camat Sambaliung", 26, PLANNED, "malam", None),
    )
    for code, kind, place, day, progress, hours, served in visits:
        said = {
            "kind": kind,
            "progress": progress,
            "place": place,
            "served_on": dt.date(2024, 11, day),
            "hours": hours,
            "for_turning": True,
            "served": served,
            "served_enrolled": served,
            "source": EXAMPLE,
        }
        registers.record(SERVICES, code, said, by=by)
