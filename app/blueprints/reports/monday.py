"""/pelaporan/senin/<day>: the pack for a Monday meeting as a page, and by one click as PDF (screen, paper) and XLSX."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.blueprints.reports.routes import bp
from app.documents import ability
from app.documents.dress import dress_of
from app.documents.pack_order import LAYOUTS, PACK_JOB, SHEET, PackAsk
from app.domain import jobs, meetings, regions, registers, reports
from app.domain.accounts import Permission
from app.domain.errors import NotFound, NotNow
from app.domain.jobs import Job
from app.domain.meetings import MEETINGS
from app.domain.regions import RegionRow
from app.domain.reports import KeptPack
from app.extensions import db
from app.web import htmx, reach
from app.web.access import me, requires
from app.web.context import election, today_in
from app.web.forms import DeedForm, parse_day, small_number
from app.words import tanggal_panjang

JOB_WORDS = {
    "antre": "Menunggu giliran",
    "jalan": "Sedang dibuat",
    "selesai": "Siap diunduh",
    "gagal": "Belum berhasil",
}


class PackFile(NamedTuple):
    """One layout of the pack as a file: the newest one that this person asked for, if any."""

    title: str
    job: Job | None

    @property
    def words(self) -> str:
        """How far it is."""
        return "Belum diminta" if self.job is None else JOB_WORDS[self.job.state]


def _asked_region() -> RegionRow:
    return regions.find(reach.asked_region(Permission.REPORT_READ))


def _day(text: str) -> dt.date:
    """The Monday of the address. Raises NotFound for anything else."""
    day = parse_day(text)
    if day is None or day.weekday() != 0:
        raise NotFound("Bahan rapat disusun untuk hari Senin. Buka lewat halaman Pelaporan.")
    return day


@bp.get("/pelaporan/senin")
@requires(Permission.REPORT_READ)
def this_monday() -> ResponseReturnValue:
    """On to the pack of this week's Monday, of the region of the address (`?wilayah=`) or the person's own."""
    region = _asked_region()
    today = today_in(region.code)
    monday = today - dt.timedelta(days=today.weekday())
    return htmx.see_other(url_for(".monday_pack", day=monday.isoformat(), wilayah=region.code))


@bp.get("/pelaporan/senin/<day>")
@requires(Permission.REPORT_READ)
def monday_pack(day: str) -> ResponseReturnValue:
    """The pack as this person may read it now, or as it was kept (`?bahan=`): agenda, board, obstacles, each region."""
    region, monday = _asked_region(), _day(day)
    pack = reports.pack_of(me(), election().id, region.code, monday)
    kept = reports.packs_of(region.code, election().id, monday)
    shown = _asked_pack(kept)
    newest = shown or next(iter(kept), None)
    held = meetings.mondays_on(region.code, monday)
    may_record = registers.may(me(), MEETINGS, Permission.REGISTER_RECORD, region.code)
    return render_template(
        "reports/monday_pack.html",
        region=region,
        pack=shown.pack if shown else pack,
        shown=shown,
        kept=kept,
        heads=[(Markup("<br>").join(figure.label.split(" ", 1)), "n") for figure in pack.sums],
        files=_files(newest),
        last=meetings.last_monday(region.code, monday),
        held=next(iter(held), None),
        may_hold=bool(kept) and not held and may_record,
        may_print=me().may(Permission.REPORT_EXPORT, region=region.code),
        no_pdf=ability.why_no_pdf(),
        zone=pack.zone,
    )


def _makeable() -> dict[str, str]:
    """The layouts that this desk can make, with their titles."""
    return {SHEET: LAYOUTS[SHEET]} if ability.why_no_pdf() else LAYOUTS


def _asked_pack(kept: Sequence[KeptPack]) -> KeptPack | None:
    """The one of these that the address names (`?bahan=`). Raises NotFound for any other."""
    typed = request.args.get("bahan", "")
    if not typed:
        return None
    found = next((one for one in kept if one.id == small_number(typed)), None)
    if found is None:
        raise NotFound("Bahan rapat itu tidak ada. Pilih dari daftar bahan yang disimpan.")
    return found


def _files(kept: KeptPack | None) -> list[PackFile]:
    if kept is None:
        return []
    mine = jobs.recent(me(), 20, (PACK_JOB,))
    asks = [(title, PackAsk(kept.region_code, kept.day, key, kept.id)) for key, title in _makeable().items()]
    return [
        PackFile(title, next((job for job in mine if job.asked == ask.to_params()), None))
        for title, ask in asks
    ]


@bp.post("/pelaporan/senin/<day>")
@requires(Permission.REPORT_EXPORT)
def print_pack(day: str) -> ResponseReturnValue:
    """Keep the pack as it stands and have it made for the screen, for paper and as a sheet at once.

    With `?bahan=` the files of one that is kept. What is still being made is not asked for again. A desk that cannot
    print gets the sheet.
    """
    region, monday = _asked_region(), _day(day)
    reach.within_roots(reports.roots(me()), region.code)
    dress = dress_of(regions.path_of(region.code), monday)
    pack = reports.pack_of(me(), election().id, region.code, monday, dress)
    shown = _asked_pack(reports.packs_of(region.code, election().id, monday))
    if DeedForm().is_first_sending():
        pack_id = shown.id if shown else reports.keep_pack(pack, election().id, by=me())
        for key, title in _makeable().items():
            params = PackAsk(region.code, monday, key, pack_id).to_params()
            if jobs.open_one(PACK_JOB, params, me()) is None:
                name = f"Bahan rapat Senin {tanggal_panjang(monday)}, {region.title}: {title.lower()}"
                jobs.ask(PACK_JOB, name, params, region=region.code, by=me())
        flash("Bahan rapat disimpan dan sedang dicetak. Muat ulang halaman ini sebentar lagi.", "ok")
    db.session.commit()
    return _back(day, "berkas", shown)


@bp.post("/pelaporan/senin/<day>/agenda")
@requires(Permission.REGISTER_RECORD)
def hold_meeting(day: str) -> ResponseReturnValue:
    """Record the meeting of this Monday with the agenda of the newest kept pack, once. Raises NotNow."""
    region, monday = _asked_region(), _day(day)
    reports.pack_of(me(), election().id, region.code, monday)
    kept = reports.packs_of(region.code, election().id, monday)
    if not kept:
        raise NotNow("Bahan rapat untuk Senin itu belum dibuat. Buat bahannya dahulu, lalu agendanya.")
    if DeedForm().is_first_sending():
        record_id = reports.hold_meeting(kept[0], by=me())
        db.session.commit()
        flash("Rapat dicatat dengan agendanya. Lengkapi jam, tempat, dan pimpinannya di sini.", "ok")
        return htmx.see_other(url_for("registers.show", book=MEETINGS.key, record_id=record_id))
    db.session.commit()
    return _back(day, "agenda")


def _back(day: str, anchor: str, shown: KeptPack | None = None) -> ResponseReturnValue:
    wanted, pack = request.args.get("wilayah") or None, shown.id if shown else None
    return htmx.see_other(url_for(".monday_pack", day=day, wilayah=wanted, bahan=pack, _anchor=anchor))
