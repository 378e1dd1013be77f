"""/pelaporan/senin/<day>: the pack for a Monday meeting as a page, and by one click as PDF (screen, paper) and XLSX."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.blueprints.reports.routes import bp
from app.documents import ability
from app.documents.pack_order import LAYOUTS, PACK_JOB, SHEET, PackAsk
from app.domain import jobs, meetings, regions, reports
from app.domain.accounts import Permission
from app.domain.errors import NotFound
from app.domain.jobs import Job
from app.domain.regions import RegionRow
from app.extensions import db
from app.web import htmx, reach
from app.web.access import me, requires
from app.web.context import election, today_in
from app.web.forms import DeedForm, parse_day
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
    """The pack as this person may read it now: agenda, board, obstacles, follow-ups, each region."""
    region, monday = _asked_region(), _day(day)
    pack = reports.pack_of(me(), election().id, region.code, monday)
    last = meetings.last_monday(region.code)
    return render_template(
        "reports/monday_pack.html",
        region=region,
        pack=pack,
        heads=[(Markup("<br>").join(figure.label.split(" ", 1)), "n") for figure in pack.sums],
        files=[
            PackFile(title, _newest(PackAsk(region.code, monday, key))) for key, title in _makeable().items()
        ],
        last=last,
        may_print=me().may(Permission.REPORT_EXPORT, region=region.code),
        no_pdf=ability.why_no_pdf(),
        zone=pack.zone,
    )


def _makeable() -> dict[str, str]:
    """The layouts that this desk can make, with their titles."""
    return {SHEET: LAYOUTS[SHEET]} if ability.why_no_pdf() else LAYOUTS


def _newest(ask: PackAsk) -> Job | None:
    """The person's own newest job for it."""
    mine = jobs.recent(me(), 20, (PACK_JOB,))
    return next((job for job in mine if job.asked == ask.to_params()), None)


@bp.post("/pelaporan/senin/<day>")
@requires(Permission.REPORT_EXPORT)
def print_pack(day: str) -> ResponseReturnValue:
    """Have the pack made for the screen, for paper and as a sheet at once; what is still being made is not asked for
    again. A desk that cannot print gets the sheet.
    """
    region, monday = _asked_region(), _day(day)
    reach.within_roots(reports.roots(me()), region.code)
    reports.pack_of(me(), election().id, region.code, monday)
    if DeedForm().is_first_sending():
        for key, title in _makeable().items():
            params = PackAsk(region.code, monday, key).to_params()
            if jobs.open_one(PACK_JOB, params, me()) is None:
                name = f"Bahan rapat Senin {tanggal_panjang(monday)}, {region.title}: {title.lower()}"
                jobs.ask(PACK_JOB, name, params, region=region.code, by=me())
        flash("Bahan rapat sedang dibuat. Muat ulang halaman ini sebentar lagi untuk mengunduhnya.", "ok")
    db.session.commit()
    back = url_for(".monday_pack", day=day, wilayah=request.args.get("wilayah") or None, _anchor="berkas")
    return htmx.see_other(back)
