"""Reports of the demo: the Monday of 18 November from ten desks to Kemendagri, and what is ready on the 25th.

Seed 003 tells of the 18th: ten desks reported, calm; the province asks for reports to pass on to Kemendagri. No source
says which desk was late and which had nothing to tell: those two are examples and say so. What each desk wrote is no
more than the sources state of it.
"""

from __future__ import annotations

import datetime as dt

from app.cli.demo.acting import Desk
from app.cli.demo.people import DISTRICTS, KALTIM, Place
from app.documents.dress import dress_of
from app.domain import clock, regions, reports
from app.domain.reports import Draft, Grade, Kind, ReportRow

FIRST, SECOND = dt.date(2024, 11, 18), dt.date(2024, 11, 25)
LATE, NIL = "ppu", "bontang"
CALM = "Situasi masih aman dan kondusif (seed 003)."
EXAMPLE = "Contoh demo; tidak ada sumber yang menyebutnya."
REASON = "Diketahui desk dan sedang ditangani; lihat register."
BERAU_SAID = {
    "umum": "Aman dan kondusif menurut paparan Sekda Berau.",
    "logistik": "Pergeseran logistik dimulai kemarin sampai pagi tadi. Sambaliung, Teluk Bayur, dan TPS khusus dikirim "
    "hari ini. Kondisi logistik tercukupi dan terpenuhi.",
    "keamanan": "Personel pengamanan siap membantu.",
    "netralitas": "Rekomendasi BKN sudah keluar dan akan ditindaklanjuti Bupati selaku Pejabat Pembina Kepegawaian.",
    "kendala": "Sampai saat ini tidak ada kendala.",
    "antisipasi": "Komunikasi dan sinergi dengan Forkopimda; kendala yang muncul segera disikapi.",
    "rencana": "Menuntaskan distribusi logistik.",
}
"""Seed 004, in our words. That there is no obstacle stands against three cases: the desk is to find that out."""


def monday_of_18_november(desk: Desk) -> None:
    """Ten reports, one late and one nil; verified; the province's compilation, endorsed and passed on."""
    for number, place in enumerate(sorted(DISTRICTS, key=lambda place: place.key == LATE)):
        _at(FIRST, 9, 5 + 4 * number) if place.key != LATE else _at(FIRST, 10, 20)
        if place.key == NIL:
            _nil(desk, place)
        else:
            said = {"umum": f"{CALM} {EXAMPLE}" if place.key == LATE else CALM}
            _send(desk, place, said)
    _at(FIRST, 10, 30)
    for place in DISTRICTS:
        row = _row(desk, place, FIRST)
        reports.verify(row, by=desk.person(f"penyelia.{place.key}"), version=row.version)
    _province(desk)


def _province(desk: Desk) -> None:
    _at(FIRST, 10, 40)
    writer, row = desk.person("operator.kaltim"), _row(desk, KALTIM, FIRST)
    parts = reports.parts_for(row, writer)
    reports.compile_into(row, reports.usual(parts), by=writer, version=0)
    _send(desk, KALTIM, {"umum": f"{CALM} Sepuluh kabupaten/kota melapor."})
    for verb, who, minute in (
        (reports.verify, "penyelia.kaltim", 45),
        (reports.endorse, "pimpinan.kaltim", 55),
    ):
        _at(FIRST, 10, minute)
        row = _row(desk, KALTIM, FIRST)
        verb(row, by=desk.person(who), version=row.version)
    _at(FIRST, 13, 0)
    sent = reports.Sent(
        _row(desk, KALTIM, FIRST).number,
        "Kementerian Dalam Negeri",
        "srikandi",
        clock.now(),
        note="Contoh demo: seed 003 menyebut laporan diteruskan ke Kemendagri, tanpa nomor dan caranya.",
    )
    reports.transmit(_row(desk, KALTIM, FIRST), sent, by=writer)


def draft_of_25_november(desk: Desk) -> None:
    """What Berau has written by 08.50: the words of its Sekda, not sent yet."""
    _at(SECOND, 8, 50)
    place = next(place for place in DISTRICTS if place.key == "berau")
    row, by = _row(desk, place, SECOND), desk.person("operator.berau")
    draft, _, version = reports.open_draft(row, by=by)
    reports.save_draft(row, _written(draft, BERAU_SAID), by=by, version=version)


def _at(day: dt.date, hour: int, minute: int) -> None:
    clock.set_frozen(clock.at(day, dt.time(hour, minute), "Asia/Makassar"))


def _row(desk: Desk, place: Place, day: dt.date) -> ReportRow:
    by = desk.person(f"operator.{place.key}")
    found = reports.of_region(by, desk.election.id, place.code, day, day)
    return next(row for row in found if row.kind is Kind.WEEKLY)


def _written(draft: Draft, said: dict[str, str]) -> Draft:
    """The draft with these sections, everything that was carried over confirmed."""
    kept = {section.key for section in draft.sections}
    return reports.written(draft, said, kept, {})._replace(grade=Grade.SAFE.value)


def _send(desk: Desk, place: Place, said: dict[str, str]) -> None:
    """Write and send; what stands against the words is explained, since nobody may leave it unsaid."""
    row, by = _row(desk, place, FIRST), desk.person(f"operator.{place.key}")
    draft, reading, version = reports.open_draft(row, by=by)
    draft = _written(draft, said)
    found = reports.findings_of(row, draft, reading)
    draft = draft._replace(reasons=tuple((one.rule, REASON) for one in found if not one.blocks))
    version = reports.save_draft(row, draft, by=by, version=version)
    reports.send(_row(desk, place, FIRST), draft, reading, _dress(place), by=by, version=version)


def _nil(desk: Desk, place: Place) -> None:
    row, by = _row(desk, place, FIRST), desk.person(f"operator.{place.key}")
    draft, reading, version = reports.open_draft(row, by=by)
    checked = tuple(one.words for one in reports.nil_checks(reading))
    draft = _written(draft, {"umum": f"{CALM} {EXAMPLE}"})._replace(is_nil=True, nil_checked=checked)
    found = reports.findings_of(row, draft, reading)
    draft = draft._replace(reasons=tuple((one.rule, REASON) for one in found if not one.blocks))
    reports.send_nil(row, draft, reading, _dress(place), by=by, version=version)


def _dress(place: Place) -> reports.Dress:
    return dress_of(regions.path_of(place.code), FIRST)
