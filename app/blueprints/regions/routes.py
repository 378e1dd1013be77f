"""/wilayah: the person's regions and a region's own page."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.regions import view
from app.domain import checklists, regions
from app.domain.accounts import Permission
from app.domain.checklists import AsOf
from app.domain.regions import RegionRow
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, today_in
from app.words import plain

bp = Blueprint("regions", __name__)

MOST_FOUND = 50


@bp.get("/wilayah")
@requires(Permission.REGION_READ)
def index() -> ResponseReturnValue:
    """The regions of the person's appointments, or what is called like the words looked for.

    Somebody with one region goes straight to its page.
    """
    roots = current_user.reach(Permission.REGION_READ)
    text = plain(request.args.get("cari", "")).strip()[:80]
    if len(roots) == 1 and not text:
        return htmx.see_other(url_for("regions.show", code=roots[0]))
    found = regions.called(text, roots, MOST_FOUND) if text else [regions.find(code) for code in roots]
    return render_template(
        "regions/index.html",
        text=text,
        found=[] if not text else _with_parents(found),
        is_cut=len(found) == MOST_FOUND,
        own=[] if text else [(row, _tally(row)) for row in found],
    )


def _with_parents(found: list[RegionRow]) -> list[tuple[RegionRow, str]]:
    """Each region with where it lies: several places carry one name."""
    above = regions.names_of(code for row in found for code in regions.ancestors(row.code)[:-1])
    return [
        (row, ", ".join(above[c] for c in reversed(regions.ancestors(row.code)[:-1]) if c in above))
        for row in found
    ]


def _tally(row: RegionRow) -> checklists.Tally:
    return checklists.overview_of(election(), row.code, AsOf.of(election(), today_in(row.code))).whole


@bp.get("/wilayah/<code>")
@requires(Permission.REGION_READ)
def show(code: str) -> ResponseReturnValue:
    """A region: how far it is, what lies below, its figures, its special TPS and its people."""
    path = reach.path_within(Permission.REGION_READ, code)
    return render_template("regions/show.html", **view.page_of(path[-1], path, today_in(code)))


from app.blueprints.regions import stations  # noqa: E402, F401  (it adds its views to bp)
