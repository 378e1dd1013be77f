"""/logistik: the board, what a region needs and has, and the grid that is filled click by click."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.logistics.forms import BROKEN, mark_of
from app.domain import logistics, regions, registers
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.logistics import ARRIVALS, STANDS, Grid, Spot
from app.domain.regions import Level, RegionRow
from app.extensions import db
from app.web import htmx, reach
from app.web.access import me, requires
from app.web.context import home_region, today_in

bp = Blueprint("logistics", __name__)


def _roots() -> tuple[str, ...]:
    """Where the person reads logistics. Raises NotFound for who does nowhere."""
    roots = registers.roots(me(), ARRIVALS)
    if not roots:
        raise NotFound("Halaman itu tidak ada atau di luar bidang tugas Anda.")
    return roots


def _asked() -> RegionRow:
    """The region of the address (`?wilayah=`), or the person's own. Raises NotFound for one out of reach."""
    roots, wanted = _roots(), request.args.get("wilayah", "")[:13]
    home = home_region()
    code = wanted or (home if any(regions.contains(root, home) for root in roots) else roots[0])
    return regions.find(reach.within_roots(roots, code))


def _way(region: RegionRow, endpoint: str) -> list[tuple[str, str]]:
    """The regions above within reach, each with its page, down to this one."""
    roots = _roots()
    path = [
        one for one in regions.path_of(region.code) if any(regions.contains(root, one.code) for root in roots)
    ]
    return [(one.title, url_for(endpoint, wilayah=one.code)) for one in path]


@bp.get("/logistik")
@requires(Permission.REGISTER_READ)
def board() -> ResponseReturnValue:
    """Where each kabupaten/kota stands, since when, how fast, and whether what has come is enough."""
    region = _asked()
    return render_template(
        "logistics/board.html",
        region=region,
        board=logistics.board_of(region.code),
        today=today_in(region.code),
        readiness=logistics.READINESS,
        adequacy=logistics.ADEQUACY,
        reaches=logistics.REACHES,
        books=logistics.REGISTERS,
        may_mark=_may_mark(region.code),
    )


@bp.get("/logistik/kebutuhan")
@requires(Permission.REGISTER_READ)
def need() -> ResponseReturnValue:
    """Every kind of one region: what it needs and on what that rests, what it has, and whether that is enough."""
    region = _asked()
    has_stock = region.level in (Level.REGENCY, Level.DISTRICT)
    return render_template(
        "logistics/need.html",
        region=region,
        way=_way(region, ".need"),
        lines=logistics.stock_of(region.code) if has_stock else [],
        below=regions.children_of(region.code) if region.level is not Level.VILLAGE else [],
        adequacy=logistics.ADEQUACY,
        book=logistics.STOCK,
        may_record=registers.may(me(), logistics.STOCK, Permission.REGISTER_RECORD, region.code),
    )


@dataclass(frozen=True)
class Shown:
    """Which grid: its region, and whether every TPS below it stands there."""

    region: str
    every: bool


@bp.get("/logistik/kisi")
@requires(Permission.REGISTER_READ)
def grid() -> ResponseReturnValue:
    """The grid of a region; `?tingkat=tps` shows every TPS below it."""
    region = _asked()
    return _grid_page(Shown(region.code, request.args.get("tingkat") == "tps"))


@bp.post("/logistik/kisi/tandai")
@requires(Permission.REGISTER_RECORD)
def mark() -> ResponseReturnValue:
    """Say how far logistics have come to one place of a grid; the answer is its line and the counters."""
    said = mark_of(request.form)
    shown, place, station = Shown(said.grid, said.every), said.place, said.station
    roots = _roots()
    reach.within_roots(roots, shown.region)
    reach.within_roots(roots, place)
    if not said.is_whole:
        return _answer(shown, place, station, BROKEN, 422)
    try:
        logistics.mark(place, station, logistics.stand_of(said.stand), by=me(), version=said.version)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        return _answer(shown, place, station, refusal.message, 422)
    except NotNow as refusal:
        db.session.rollback()
        return _answer(shown, place, station, refusal.message, 409)
    return _answer(shown, place, station, "", 200)


def _answer(shown: Shown, place: str, station: str, said: str, status: int) -> ResponseReturnValue:
    """The line and the counters for htmx; the page itself, or 303 to it, for a plain form."""
    if not htmx.is_partial():
        if status != 200:
            return _grid_page(shown, status, said)
        flash("Tersimpan.", "ok")
        level, key = ("tps" if shown.every else None), Spot(place, station, "", "").key
        return htmx.see_other(url_for(".grid", wilayah=shown.region, tingkat=level, _anchor=f"t-{key}"))
    return htmx.drawn(
        "logistics/_answer.html",
        "answer",
        logistics.spot_of(place, station),
        logistics.counts_of(shown.region, every=shown.every),
        "" if station else logistics.supports_in(place).get(place, ""),
        said,
        status=status,
    )


def _may_mark(code: str) -> bool:
    return registers.may(me(), ARRIVALS, Permission.REGISTER_RECORD, code)


def _grid_page(shown: Shown, status: int = 200, said: str = "") -> ResponseReturnValue:
    found = logistics.grid_of(shown.region, every=shown.every)
    page = render_template(
        "logistics/grid.html",
        grid=found,
        every=shown.every,
        has_stations=shown.every or found.region.level is Level.VILLAGE,
        way=_way(found.region, ".grid"),
        below=_below(found, shown),
        counts=logistics.counts_of(shown.region, every=shown.every) if found.spots else {},
        specials=sum(spot.special for spot in found.spots),
        supports=logistics.supports_in(shown.region),
        may_mark=_may_mark(shown.region),
        stands=STANDS,
        said=said,
        book=ARRIVALS,
    )
    return page, status


def _below(found: Grid, shown: Shown) -> list[RegionRow]:
    """Where to go on where the grid itself shows no regions: a province's kabupaten/kota, or a page that was cut."""
    if found.region.level is Level.PROVINCE or (found.is_cut and shown.every):
        return regions.children_of(shown.region)
    return []
