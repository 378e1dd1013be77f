"""/daftar-periksa: the list, one entry, and its panel. Deeds stand in deeds.py, review.py, files.py and grid.py."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.checklists import view
from app.domain import accounts, checklists, regions, stages
from app.domain.accounts import Permission
from app.domain.checklists import AREAS, LABELS, Filters
from app.domain.regions import Level
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, home_region, today_in
from app.web.forms import small_number
from app.web.paging import Page, asked_page
from app.words import plain

bp = Blueprint("checklists", __name__)

PER_PAGE = 60
DUE = (
    ("overdue", "Lewat waktu"),
    ("today", "Hari ini"),
    ("week", "Tujuh hari ke depan"),
    ("later", "Belum dibuka"),
    ("before", "Sebelum pencatatan dimulai"),
)
GROUPS = (
    ("terbuka", "Perlu dikerjakan"),
    ("menunggu", "Menunggu verifikasi"),
    ("terverifikasi", "Sudah diverifikasi"),
)


def asked_filters() -> Filters:
    """The filters in the address; odd values count as none, a region out of reach is NotFound."""
    args = request.args
    known = {key for key, _ in (*GROUPS, *((s.value, "") for s in LABELS))}
    return Filters(
        region=reach.asked_region(Permission.CHECKLIST_READ),
        level=args.get("tingkat", "") if args.get("tingkat") in set(Level) else "",
        area=args.get("bidang", "") if args.get("bidang") in AREAS else "",
        stage=args.get("tahapan", "")[:20],
        standing=args.get("keadaan", "") if args.get("keadaan") in known else "",
        unit=small_number(args.get("unit", "")),
        due=args.get("tenggat", "") if args.get("tenggat") in dict(DUE) else "",
        item=args.get("butir", "")[:12],
        text=args.get("cari", "")[:80],
    )


CHECKED = {
    "tingkat": ("Tingkat", "level"),
    "bidang": ("Bidang", "area"),
    "keadaan": ("Keadaan", "standing"),
    "tenggat": ("Tenggat", "due"),
    "unit": ("Perangkat daerah", "unit"),
}
"""Filters whose values are known: their label, and the field of `Filters` that stays empty when they are odd."""


def unknown_filters(filters: Filters) -> list[tuple[str, str]]:
    """What of the address is no filter and `asked_filters` left out, as (field id, sentence): a mistyped link must
    not pass for another list.
    """
    return [
        (f"filter-{name}", f"{label} «{plain(request.args[name])[:40]}» tidak dikenal, jadi tidak dipakai.")
        for name, (label, field) in CHECKED.items()
        if request.args.get(name) and not getattr(filters, field)
    ]


@bp.get("/daftar-periksa")
@requires(Permission.CHECKLIST_READ)
def index() -> ResponseReturnValue:
    """The list with its filters; the address says all, so it can be shared."""
    filters = asked_filters()
    as_of = checklists.AsOf.of(election(), today_in(filters.region))
    found = checklists.list_page(
        current_user, election(), filters, as_of, page=asked_page(), per_page=_per_page()
    )
    maker = view.rows_maker(show_region=True)
    return render_template(
        "checklists/index.html",
        rows=maker.many(found.rows),
        page=Page(found.page, found.pages, found.total),
        filters=filters,
        region=regions.find(filters.region),
        selects=_selects(filters),
        problems=unknown_filters(filters),
        here=request.full_path.rstrip("?"),
        progress=view.progress_of(home_region()),
    )


def _per_page() -> int:
    return 120 if request.args.get("baris") == "120" else PER_PAGE


def _selects(filters: Filters) -> list[dict[str, Any]]:
    """The filter form's selects."""
    return [
        _select("wilayah", "Wilayah", filters.region, _region_choices(filters.region)),
        _select("tingkat", "Tingkat", filters.level, [(level.value, level.label) for level in Level]),
        _select("bidang", "Bidang", filters.area, list(AREAS.items())),
        _select(
            "tahapan", "Tahapan", filters.stage, [(s.code, s.name) for s in stages.stages_of(election())]
        ),
        _select("keadaan", "Keadaan", filters.standing, [*GROUPS, *((s.value, s.label) for s in LABELS)]),
        _select("tenggat", "Tenggat", filters.due, list(DUE)),
        _select(
            "unit",
            "Perangkat daerah",
            str(filters.unit or ""),
            [(str(unit.id), unit.name) for unit in accounts.units() if not unit.is_source_only],
        ),
    ]


def _select(name: str, label: str, value: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "choices": choices}


def _region_choices(region: str) -> list[tuple[str, str]]:
    """The way up within reach, the region itself, and the regions right below it."""
    above = [
        row for row in regions.path_of(region) if current_user.may(Permission.CHECKLIST_READ, region=row.code)
    ]
    return [(row.code, row.title) for row in (*above, *regions.children_of(region))]


@bp.get("/daftar-periksa/<int:entry_id>")
@requires(Permission.CHECKLIST_READ)
def show(entry_id: int) -> ResponseReturnValue:
    """One entry whole: what is asked, what was done, evidence, discussion, history, and the deeds that are open."""
    entry = checklists.find(entry_id, current_user)
    return view.whole(entry)


@bp.get("/daftar-periksa/<int:entry_id>/isian")
@requires(Permission.CHECKLIST_READ)
def panel(entry_id: int) -> ResponseReturnValue:
    """What opens under a row; without htmx it is the entry's own page."""
    entry = checklists.find(entry_id, current_user)
    if not htmx.is_partial():
        return htmx.see_other(url_for(".show", entry_id=entry_id))
    return htmx.fragment("checklists/_panel.html", **view.panel_context(entry))


from app.blueprints.checklists import deeds, files, grid, review  # noqa: E402, F401  (they add their views to bp)
