"""/situasi: one look at a region; the wall of a command room; from how many percent an area counts as ready."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from app.blueprints.deed import carried_out
from app.blueprints.situation import view
from app.blueprints.situation.burning import burn_downs
from app.domain import audit, clock, regions, situation
from app.domain.accounts import Permission
from app.domain.checklists import AREAS
from app.domain.errors import NotFound
from app.domain.once import asked_once
from app.domain.regions import RegionRow
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, home_region
from app.web.forms import DeedForm, WholeNumberField

bp = Blueprint("situation", __name__)
WALL_SECONDS = 300
"""A wall on which nothing is done draws itself anew after so long."""


class ThresholdForm(DeedForm):
    """From how many percent on."""

    watch = WholeNumberField(
        "Hampir siap mulai", name="hampir", validators=[InputRequired("Tuliskan persennya.")]
    )
    ready = WholeNumberField("Siap mulai", name="siap", validators=[InputRequired("Tuliskan persennya.")])

    def about(self, area: str) -> ThresholdForm:
        """The form of one area; its ids carry the area, since a page has eight."""
        for field in self:
            field.id = f"{area}-{field.name}"
        return self


def _asked() -> list[RegionRow]:
    """The region asked for, at the end of the way to it from the province; NotFound where there is none."""
    code = reach.asked_region(Permission.CHECKLIST_READ)
    path = regions.path_of(code)
    if not path or path[-1].code != code:
        raise NotFound(f"Wilayah dengan kode {code} tidak ada.")
    return path


def _measure() -> str:
    wanted = request.args.get("ukuran", "")
    return wanted if wanted in view.MEASURES else view.OVERALL


@bp.get("/situasi")
@requires(Permission.CHECKLIST_READ)
def index() -> ResponseReturnValue:
    """How a region stands (`?wilayah=`, else the person's own), the map by the chosen measure (`?ukuran=`)."""
    path = _asked()
    region = path[-1]
    trail = [
        (row.title, url_for(".index", wilayah=row.code))
        for row in path
        if current_user.may(Permission.CHECKLIST_READ, region=row.code)
    ]
    with asked_once():
        page = view.page_of(region, _measure(), with_stages=region.code != home_region())
        burns = burn_downs(region, page["today"], election().voting_day)
        told = view.figures_table(page["facts"], page["zone"])
        return render_template("situation/index.html", trail=trail, burns=burns, told=told, **page)


@bp.get("/situasi/layar")
@requires(Permission.CHECKLIST_READ)
def wall() -> ResponseReturnValue:
    """The same for a screen on the wall: large, without scrolling, drawn anew only when something has changed."""
    region = _asked()[-1]
    with asked_once():
        page = view.page_of(region, _measure())
        return render_template("situation/wall.html", stamp=_stamp(region.code), **page)


@bp.get("/situasi/denyut")
@requires(Permission.CHECKLIST_READ)
def pulse() -> Response:
    """204 while the wall of `?sejak=` (its stamp) is still true; else it is told to draw itself anew."""
    region = _asked()[-1]
    answer = make_response("", 204)
    if request.args.get("sejak", "") != _stamp(region.code):
        answer.headers["HX-Refresh"] = "true"
    return answer


def _stamp(region: str) -> str:
    """What a wall shows changes with a deed that concerns the region, and with the hour: who is late, what is due."""
    return f"{audit.newest_concerning(region)}.{int(clock.now().timestamp()) // WALL_SECONDS}"


@bp.get("/situasi/ambang")
@requires(Permission.CALENDAR_MANAGE)
def thresholds() -> ResponseReturnValue:
    """The thresholds of a desk, area by area."""
    return _thresholds(_governed())


def _governed() -> RegionRow:
    wanted = request.values.get("wilayah", "")
    code = wanted or current_user.reach(Permission.CALENDAR_MANAGE)[0]
    return regions.find(reach.within(Permission.CALENDAR_MANAGE, code))


def _thresholds(
    region: RegionRow,
    status: int = 200,
    wrong: ThresholdForm | None = None,
    area: str = "",
    overtaken: str = "",
) -> ResponseReturnValue:
    rows = []
    for limit in situation.limits_of(region.code).values():
        form = wrong if wrong is not None and limit.area == area else ThresholdForm(formdata=None)
        if form is not wrong:
            form.watch.data, form.ready.data = limit.watch, limit.ready
        rows.append((limit, AREAS[limit.area], form.about(limit.area)))
    page = render_template(
        "situation/thresholds.html",
        region=region,
        rows=rows,
        wrong=wrong,
        overtaken=overtaken,
        whose={row.code: row.title for row in regions.path_of(region.code)},
    )
    return page, status


@bp.post("/situasi/ambang/<area>")
@requires(Permission.CALENDAR_MANAGE)
def set_threshold(area: str) -> ResponseReturnValue:
    """Set the thresholds of one area for a desk. 409 where somebody else was quicker."""
    region = _governed()
    if area not in AREAS:
        raise NotFound("Bidang tugas itu tidak ada.")
    form = ThresholdForm().about(area)

    def do() -> None:
        watch, ready = int(form.watch.data or 0), int(form.ready.data or 0)
        situation.set_limit(
            region.code, area, watch=watch, ready=ready, by=current_user, version=form.version.data
        )
        flash("Ambang tersimpan.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _thresholds(region, status, form, area, overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".thresholds", wilayah=region.code))
