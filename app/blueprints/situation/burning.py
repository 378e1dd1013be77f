"""The burn-downs of the situation room: what is left of the checklists, of e-KTP enrolment, and of the kecamatan
without logistics.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import url_for

from app.blueprints.identity_cards.view import pace_words
from app.domain import checklists, clock, identity_cards, logistics, regions
from app.domain.accounts import Permission
from app.domain.pace import Burn, burn
from app.domain.regions import Level, RegionRow
from app.web.access import me
from app.web.context import election
from app.web.curve import Curve, Day, curve, days_of
from app.words import angka, tanggal_pendek, waktu


class BurnDown(NamedTuple):
    """One picture with its sentences and its table."""

    slug: str
    heading: str
    title: str
    left: str
    """What is counted, as a legend and a column say it."""
    words: str
    href: str
    """The page that tells more."""
    picture: Curve
    days: list[Day]
    points: int


def burn_downs(region: RegionRow, today: dt.date, voting_day: dt.date) -> list[BurnDown]:
    """Those that have figures of two days: of the checklists, and of the areas of work whose registers the person
    reads there.

    At most five statements, and none below the kabupaten/kota.
    """
    if region.level not in (Level.PROVINCE, Level.REGENCY):
        return []
    checklist = _checklists(region, voting_day)
    parts = (
        (identity_cards.ENROLMENTS.area, lambda: _enrolment(region, voting_day)),
        (logistics.ARRIVALS.area, lambda: _logistics(region, today, voting_day)),
    )
    may = [me().may(Permission.REGISTER_READ, region=region.code, area=area) for area, _ in parts]
    found = [one for (_, ask), allowed in zip(parts, may, strict=True) if allowed and (one := ask())]
    return [checklist, *found] if checklist else found


def _checklists(region: RegionRow, voting_day: dt.date) -> BurnDown | None:
    course = checklists.course_of(election(), region.code)
    found = burn(course.points, voting_day) if course else None
    if course is None or found is None or not any(point.left for point in found.points):
        return None
    zone = regions.zone_of(region.code)
    moment = waktu(clock.local(course.counted_at, zone), clock.abbreviation(zone))
    return _drawn(
        found,
        "isian-laju",
        "Isian daftar periksa",
        "Isian yang belum selesai dari hari ke hari",
        "Isian belum selesai",
        f"{checklist_words(course.whole, found)} Keadaan {moment}.",
        url_for("checklists.index", wilayah=region.code),
    )


def checklist_words(whole: int, found: Burn) -> str:
    """The course of what is due by voting day, in sentences."""
    left = found.newest.left
    if not left:
        since = tanggal_pendek(found.finishes_on or found.newest.day)
        return f"Seluruh {angka(whole)} isian sampai hari pemungutan suara selesai sejak {since}."
    told = [f"{angka(left)} dari {angka(whole)} isian sampai hari pemungutan suara belum selesai."]
    if found.pace is None or found.pace <= 0:
        told.append("Sisanya tidak berkurang, jadi tidak ada tanggal selesai.")
    elif found.finishes_on is None:
        told.append("Dengan laju ini lebih dari 10 tahun lagi.")
    else:
        late = ", sesudah hari pemungutan suara" if found.is_late else ""
        told.append(f"Dengan laju ini selesai pada {tanggal_pendek(found.finishes_on)}{late}.")
    if found.is_late and found.needed:
        told.append(f"Agar selesai sehari sebelum pemungutan suara perlu {angka(found.needed)} isian sehari.")
    return " ".join(told)


def _enrolment(region: RegionRow, voting_day: dt.date) -> BurnDown | None:
    left = identity_cards.remaining([region.code], only_leading=region.level is Level.PROVINCE)
    course = burn(identity_cards.series(left, region.code), voting_day)
    return _drawn(
        course,
        "laju-ktp",
        "Perekaman KTP-el",
        "Belum rekam KTP-el dari hari ke hari",
        "Belum rekam",
        pace_words(course) if course else "",
        url_for("identity_cards.board", wilayah=region.code),
    )


def _logistics(region: RegionRow, today: dt.date, voting_day: dt.date) -> BurnDown | None:
    course = logistics.course_of(region.code, today)
    if course is None:
        return None
    found = burn(course.points, voting_day)
    return _drawn(
        found,
        "laju-logistik",
        "Logistik sampai di kecamatan",
        "Kecamatan yang belum menerima logistik dari hari ke hari",
        "Kecamatan belum menerima",
        logistics_words(course, found) if found else "",
        url_for("logistics.board", wilayah=region.code),
    )


def logistics_words(course: logistics.Course, found: Burn) -> str:
    """The course of the kecamatan without logistics, in sentences."""
    left = found.newest.left
    if not left:
        told = [
            f"Seluruh {angka(course.whole)} kecamatan sudah menerima sejak {tanggal_pendek(found.newest.day)}."
        ]
    else:
        told = [f"{angka(left)} dari {angka(course.whole)} kecamatan belum menerima."]
        if found.finishes_on is not None:
            told.append(f"Dengan laju ini selesai pada {tanggal_pendek(found.finishes_on)}.")
    if course.undated:
        told.append(f"{angka(course.undated)} kecamatan sudah menerima tanpa tanggal dan tidak digambar.")
    return " ".join(told)


def _drawn(
    course: Burn | None, slug: str, heading: str, title: str, left: str, words: str, href: str
) -> BurnDown | None:
    picture = curve(course) if course else None
    if course is None or picture is None:
        return None
    return BurnDown(
        slug, heading, title, left, words, href, picture, days_of(course.points), len(course.points)
    )
