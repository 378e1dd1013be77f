"""/pustaka: the items as they are asked today, and one item with all its wordings."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.library import view
from app.blueprints.library.forms import PlaceForm
from app.documents.asking import MEDIA_TYPES
from app.domain import audit, checklists, clock, regions
from app.domain.accounts import Permission
from app.domain.checklists import AREAS, Item, ItemVersion, Recurrence, ShelfFilters
from app.domain.errors import NotFound
from app.domain.regions import Level
from app.extensions import db
from app.web import sending
from app.web.access import current_user, me, requires
from app.web.context import election, home_region
from app.words import kapital, plain

bp = Blueprint("library", __name__)

STATES = (
    ("pensiun", "Dipensiunkan"),
    ("rancangan", "Ada rancangannya"),
    ("semua", "Semua, juga yang dipensiunkan"),
)


def _filters() -> ShelfFilters:
    """The filters of the address; what is odd narrows to nothing known and breaks nothing."""
    said = {name: plain(request.args.get(name, "")).strip()[:80] for name in (
        "bidang", "tahapan", "tingkat", "unit", "pengulangan", "keadaan", "cari"
    )}  # fmt: skip
    unit = said["unit"]
    return ShelfFilters(
        area=said["bidang"],
        stage=said["tahapan"],
        level=said["tingkat"],
        unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None,
        recurrence=said["pengulangan"],
        state=said["keadaan"],
        text=said["cari"],
    )


@bp.get("/pustaka")
@requires(Permission.LIBRARY_MANAGE)
def index() -> ResponseReturnValue:
    """All items by area and order, narrowed by the address."""
    filters = _filters()
    names = view.Names.read()
    rows = checklists.shelf(election(), filters)
    groups = [(label, [row for row in rows if row.wording.area == code]) for code, label in AREAS.items()]
    return render_template(
        "library/index.html",
        groups=[(label, some) for label, some in groups if some],
        total=len(rows),
        filters=filters,
        drafted=len(checklists.drafts()),
        selects=_selects(filters, names),
        names=names,
        may_change=view.may_change(),
        words=view,
    )


def _selects(filters: ShelfFilters, names: view.Names) -> list[dict[str, object]]:
    units = [(str(number), name) for number, name in sorted(names.units.items(), key=lambda pair: pair[1])]
    said = (
        ("bidang", "Bidang", filters.area, list(AREAS.items())),
        ("tahapan", "Tahapan", filters.stage, list(names.stages.items())),
        ("tingkat", "Tingkat", filters.level, [(level.value, level.label) for level in Level]),
        ("unit", "Perangkat daerah", "" if filters.unit is None else str(filters.unit), units),
        (
            "pengulangan",
            "Pengulangan",
            filters.recurrence,
            [(one.value, kapital(one.label)) for one in Recurrence],
        ),
        ("keadaan", "Keadaan", filters.state, list(STATES)),
    )
    return [
        {"name": name, "label": label, "value": value, "choices": choices}
        for name, label, value, choices in said
    ]


def found(code: str) -> tuple[Item, ItemVersion]:
    """An item with its wording in force, retired ones too. Raises NotFound."""
    pair = checklists.known_items().get(code)
    if pair is None:
        raise NotFound(f"Butir {code} tidak ada dalam pustaka.")
    return pair


@bp.get("/pustaka/<code>")
@requires(Permission.LIBRARY_MANAGE)
def show(code: str) -> ResponseReturnValue:
    """One item: what it says, who waits for it, all its wordings with their entries, and the deeds on it."""
    return item_page(code, PlaceForm(formdata=None))


def item_page(code: str, placing: PlaceForm, status: int = 200) -> ResponseReturnValue:
    """The page of an item, with what is wrong in the form of its place."""
    item, version = found(code)
    names = view.Names.read()
    rows = checklists.shelf(election(), ShelfFilters(state="semua"), counted=False)
    row = next(one for one in rows if one.item.code == code)
    if placing.place.data is None:
        placing.place.data = row.place
    page = render_template(
        "library/show.html",
        item=item,
        version=version,
        facts=view.facts(checklists.wording_of(version), names),
        waiting=[one.item.code for one in rows if not one.item.retired_at and _waits(one.wording, code)],
        draft=row.draft,
        place=row.place,
        siblings=sum(one.wording.area == version.area for one in rows),
        editions=[
            (edition, view.difference(edition.changes, names), view.standing_words(edition))
            for edition in checklists.editions(election(), item)
        ],
        history=audit.history_of("checklist_item", code),
        placing=placing,
        may_change=view.may_change(),
        zone=regions.zone_of(home_region()),
    )
    return page, status


def _waits(wording: ItemVersion, code: str) -> bool:
    condition = checklists.Condition.read(wording.condition)
    return condition is not None and condition.code == code


@bp.post("/pustaka/lembar/unduh")
@requires(Permission.LIBRARY_MANAGE)
def export() -> ResponseReturnValue:
    """All items in force as XLSX, in the columns of the import; that it went out is on the trail."""
    from app.jobs.importers.library import whole_library  # only who fetches it needs what makes it

    content = whole_library(me())
    checklists.record_library_export(election(), by=current_user)
    db.session.commit()
    name = f"pustaka-butir-{clock.today(regions.zone_of(home_region())).isoformat()}.xlsx"
    return sending.download(content, name, MEDIA_TYPES["xlsx"])


from app.blueprints.library import drafts, editing  # noqa: E402, F401  (they hang their views on bp)
