"""The places of the settings page: each says what is set there and which right opens it."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.accounts import Permission


class Place(NamedTuple):
    """One place: its words, the endpoint of its page, and the right without which it is not offered."""

    title: str
    endpoint: str
    permission: Permission
    words: str


PLACES: tuple[Place, ...] = (
    Place(
        "Orang",
        "people.index",
        Permission.PEOPLE_MANAGE,
        "Akun dan penugasan: siapa bekerja di desk, sebagai apa, dan sampai kapan.",
    ),
    Place(
        "Pustaka butir",
        "library.index",
        Permission.LIBRARY_MANAGE,
        "Apa yang harus dikerjakan desk: butir, rumusan, dan rancangan perubahannya.",
    ),
    Place(
        "Tahapan dan tenggat",
        "stages.index",
        Permission.CALENDAR_MANAGE,
        "Kapan tahapan berjalan, dan di wilayah mana ia berbeda.",
    ),
    Place(
        "Batas waktu netralitas",
        "neutrality.limits",
        Permission.CALENDAR_MANAGE,
        "Berapa hari kerja sebuah kasus netralitas boleh diam di tiap langkah.",
    ),
    Place(
        "Irama laporan",
        "reports.rhythms",
        Permission.REPORT_ARRANGE,
        "Kapan laporan harian, Senin, dan akhir wajib dibuat, dan pengecualian dari kuncinya.",
    ),
    Place(
        "Pemilihan",
        "elections.index",
        Permission.CALENDAR_MANAGE,
        "Hari pemungutan suara, Pemilihan berikutnya, dan yang mana yang berlaku.",
    ),
    Place(
        "Hari libur",
        "holidays.index",
        Permission.CALENDAR_MANAGE,
        "Hari libur nasional, cuti bersama, dan libur daerah, untuk tenggat dalam hari kerja.",
    ),
    Place(
        "Angka acuan",
        "figures.index",
        Permission.REGION_MANAGE,
        "TPS, pemilih, dan angka lain tiap wilayah, dengan sumber dan riwayatnya.",
    ),
    Place(
        "Perangkat daerah",
        "units.index",
        Permission.PEOPLE_MANAGE,
        "Yang bertugas di desk, dan lembaga yang menjadi sumber data.",
    ),
    Place(
        "Kop surat",
        "letterheads.index",
        Permission.REGION_MANAGE,
        "Kepala laporan tiap desk, pola nomor, tembusan, dan kertasnya.",
    ),
)
