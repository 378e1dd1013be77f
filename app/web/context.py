"""The frame of a page: which desk, what time it is there, which stage runs, where one can go."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from flask import Flask, g, request

from app import words
from app.domain import clock, regions, stages
from app.domain.accounts import Mandate, Permission
from app.domain.errors import NotFound
from app.domain.stages import Election
from app.web.access import current_user, me

VERSION = "0.1.0"
NAVIGATION = (
    ("Hari ini", "/", "house", None),
    ("Daftar periksa", "/daftar-periksa", "list-check", Permission.CHECKLIST_READ),
    ("Verifikasi", "/verifikasi", "check2-square", Permission.CHECKLIST_VERIFY),
    ("Wilayah", "/wilayah", "geo-alt", Permission.REGION_READ),
    ("Situasi", "/situasi", "activity", Permission.CHECKLIST_READ),
    ("Tahapan", "/tahapan", "calendar3", Permission.CALENDAR_READ),
    ("Netralitas", "/netralitas", "people", Permission.NEUTRALITY_READ),
    ("Register", "/register", "journal-text", Permission.REGISTER_READ),
    ("Pelaporan", "/pelaporan", "send", Permission.REPORT_READ),
    ("Cetak", "/laporan", "file-earmark-text", Permission.REPORT_EXPORT),
    ("Jejak", "/jejak", "clock-history", Permission.AUDIT_READ),
    ("Pengaturan", "/pengaturan", "gear", Permission.PEOPLE_MANAGE),
    ("Akun saya", "/akun", "person", None),
)


def election() -> Election:
    """The current election, read once a request. Raises NotFound while none is set up."""
    found: Election | None = g.get("election")
    if found is None:
        found = g.election = stages.current_election()
    return found


def home_region() -> str:
    """The region whose desk the person works at, or the one picked in the region switch (`?wilayah=`)."""
    person, wanted = me(), request.args.get("wilayah", "")
    if wanted and wanted in [mandate.region_code for mandate in person.appointments]:
        return wanted
    home = person.home
    if home is None:
        raise NotFound("Anda belum mempunyai penugasan yang berlaku hari ini. Hubungi admin desk.")
    return home.region_code


def today_in(region_code: str) -> dt.date:
    """The calendar day in a region."""
    return clock.today(regions.zone_of(region_code))


OFFICE = (
    "/orang",
    "/pustaka",
    "/pemilihan",
    "/libur",
    "/angka-acuan",
    "/perangkat-daerah",
    "/kop-surat",
    "/impor",
    "/pelaporan/irama",
)
"""Addresses of what is set in the settings, beside `/pengaturan` itself."""


BOARDS = (
    "/dukungan",
    "/insiden",
    "/keamanan",
    "/ktp-el",
    "/kunjungan",
    "/logistik",
    "/pemungutan",
    "/rapat",
    "/sosialisasi",
)
"""Addresses of pages that rooms add to their registers."""


def _stands_in(place: str, path: str) -> bool:
    """Whether a page belongs to a place of the navigation; a paper being made belongs to the papers."""
    if place == "/laporan" and path.startswith("/pekerjaan/"):
        return True
    if place == "/pelaporan" and path.startswith("/pelaporan/irama"):
        return False
    if place == "/register" and path.startswith(BOARDS):
        return True
    if place == "/pelaporan" and path.startswith("/pengiriman"):
        return True
    if place == "/pengaturan" and path.startswith(OFFICE):
        return True
    return path == place or (place != "/" and path.startswith(f"{place}/"))


class Frame:
    """What the layout asks for; each answer is read only when a page really shows it."""

    version = VERSION
    switch_url = "/"

    @cached_property
    def mandate(self) -> Mandate | None:
        """The appointment whose desk is shown."""
        if not current_user.is_authenticated:
            return None
        region = request.args.get("wilayah", "")
        picked = [m for m in current_user.appointments if m.region_code == region]
        return picked[0] if picked else current_user.home

    @property
    def region_code(self) -> str:
        """The desk's region; the whole country's capital zone where nobody is signed in."""
        return self.mandate.region_code if self.mandate else ""

    @property
    def region_name(self) -> str:
        """The desk's region by name."""
        return self.mandate.region_name if self.mandate else "Tanpa penugasan"

    @property
    def role_text(self) -> str:
        """The appointment in words: "Operator · Kesbangpol"."""
        if self.mandate is None:
            return "Tanpa penugasan"
        return " · ".join(filter(None, [self.mandate.role.label, self.mandate.unit_name]))

    @property
    def clock_text(self) -> str:
        """Senin, 25 November 2024 pukul 09.00 WITA."""
        zone = regions.zone_of(self.region_code)
        return words.waktu_panjang(clock.local(clock.now(), zone), clock.abbreviation(zone))

    @property
    def simulated(self) -> bool:
        """Whether the clock is a training day's."""
        return clock.is_simulated()

    @property
    def simulation_text(self) -> str:
        """What the band says."""
        return f"SIMULASI: {words.tanggal(today_in(self.region_code))}"

    @cached_property
    def h_minus(self) -> str:
        """H-2, or nothing while no election is set up."""
        try:
            return stages.h_text(election().voting_day, today_in(self.region_code))
        except NotFound:
            return ""

    @cached_property
    def stage_name(self) -> str:
        """The stages running here today."""
        if not self.region_code or not self.h_minus:
            return ""
        return ", ".join(window.name for window in stages.running_in(election(), self.region_code))

    @cached_property
    def nav(self) -> list[tuple[str, str, str, bool]]:
        """The places this person may go to."""
        if not current_user.is_authenticated:
            return []
        return [
            (label, path, icon, _stands_in(path, request.path))
            for label, path, icon, permission in NAVIGATION
            if permission is None or current_user.may(permission)
        ]

    @cached_property
    def regions(self) -> list[tuple[str, str, bool]]:
        """The desks this person may switch between."""
        if not current_user.is_authenticated:
            return []
        named = {m.region_code: m.region_name for m in current_user.appointments}
        return [(code, name, code == self.region_code) for code, name in named.items()]

    help_url = "/bantuan"


def install(app: Flask) -> None:
    """Give every template the frame."""
    app.context_processor(lambda: {"desk": Frame()})
