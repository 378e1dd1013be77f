"""What a region's page is given: progress, regions below, map, items rolled up, figures, places, people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from flask import url_for

from app.domain import accounts, checklists, regions, stages, stations
from app.domain.accounts import Permission
from app.domain.checklists import AREAS, AsOf, Overview, RollUp, Tally
from app.domain.regions import FigureKind, FigureView, Level, RegionRow
from app.web.access import current_user
from app.web.context import election
from app.web.filters import hari_lagi
from app.web.maps import picture_of
from app.web.sources import Source, source_of
from app.words import angka

BELOW = {
    Level.PROVINCE: (Level.REGENCY.value, Level.DISTRICT.value),
    Level.REGENCY: (Level.DISTRICT.value, Level.VILLAGE.value),
    Level.DISTRICT: (Level.VILLAGE.value,),
    Level.VILLAGE: (),
}
NOUNS = {"kabkota": "kabupaten/kota", "kecamatan": "kecamatan", "keldes": "kelurahan/desa"}
SHOWN = 12
"""Lines of rolled up items; the list has them all."""
MOST_NAMES = 6
LOOK_BACK = dt.timedelta(days=3)
"""Older items of the levels below are the overdue column's matter, not the day's."""
EXPECTED_FIGURES = {
    Level.PROVINCE: tuple(FigureKind),
    Level.REGENCY: tuple(FigureKind),
    Level.DISTRICT: (FigureKind.POLLING_STATIONS, FigureKind.VOTERS),
    Level.VILLAGE: (FigureKind.POLLING_STATIONS, FigureKind.VOTERS),
}


class ChildRow(NamedTuple):
    """A region right below, or the desk's own work (no link), with how far it is."""

    name: str
    href: str
    tally: Tally


class RolledRow(NamedTuple):
    """An item of a level below over all its regions, in words."""

    roll_up: RollUp
    noun: str
    due: str
    is_late: bool
    rest: str
    href: str


class FigureRow(NamedTuple):
    """A reference figure; `view` None when nobody has recorded any, `is_open` where sources differ."""

    label: str
    unit: str
    view: FigureView | None
    source: Source | None
    is_open: bool
    href: str


def page_of(region: RegionRow, path: list[RegionRow], today: dt.date) -> dict[str, Any]:
    """Everything the region page shows. Thirteen statements at most, however large the region."""
    as_of = AsOf.of(election(), today)
    seen = checklists.overview_of(election(), region.code, as_of)
    children = regions.children_of(region.code)
    rows = _children(region, children, _tallies(region, seen, as_of))
    figures = _figures(region)
    return {
        "region": region,
        "trail": trail_of(path),
        "whole": seen.whole,
        "areas": _parts(region, seen.areas, AREAS, "bidang"),
        "stages": _parts(region, seen.stages, _stage_names(), "tahapan"),
        "children": rows,
        "child_noun": _child_noun(region, children),
        "picture": _picture(region, children, rows),
        "rolled": _rolled(region, as_of),
        "figures": figures,
        "special_total": _value(figures, FigureKind.SPECIAL_POLLING_STATIONS),
        "special": regions.special_stations(region.code),
        "hosts": stations.HOSTS,
        "people": accounts.holders_in(region.code, today),
        "may_record": current_user.may(Permission.REGION_MANAGE, region=region.code),
        "may_export": current_user.may(Permission.REPORT_EXPORT, region=region.code),
    }


def trail_of(path: list[RegionRow], here: str = "") -> list[tuple[str, str | None]]:
    """The way down to a region; only what the person may read is a link."""
    steps: list[tuple[str, str | None]] = [
        (
            row.title,
            url_for("regions.show", code=row.code)
            if current_user.may(Permission.REGION_READ, region=row.code)
            else None,
        )
        for row in path
    ]
    return [*steps, (here, None)] if here else steps


def _tallies(region: RegionRow, seen: Overview, as_of: AsOf) -> dict[str, Tally]:
    if region.level is Level.REGENCY:
        return checklists.tallies_of_districts(election(), region.code, as_of)
    return seen.regions


def _children(region: RegionRow, children: list[RegionRow], tallies: dict[str, Tally]) -> list[ChildRow]:
    if not children:
        return []
    rows = [
        ChildRow(
            child.name if child.level is Level.DISTRICT else child.title,
            url_for("regions.show", code=child.code),
            tallies.get(child.code, Tally()),
        )
        for child in children
    ]
    own = tallies.get(region.code)
    return [ChildRow(f"Desk {region.title} sendiri", "", own), *rows] if own else rows


def _child_noun(region: RegionRow, children: list[RegionRow]) -> str:
    """What the regions below are called: "Kampung" where all are, else "Kelurahan/desa"."""
    if not children:
        return ""
    if region.level is Level.DISTRICT:
        kinds = {(child.local_term or child.kind).capitalize() for child in children}
        return "/".join(sorted(kinds, key=lambda kind: (kind != "Kelurahan", kind)))
    return children[0].level.label


def _parts(
    region: RegionRow, found: dict[str, Any], names: dict[str, str], parameter: str
) -> list[tuple[str, Any, str]]:
    """(label, totals, link to the list) in the order of `names`; the nameless come last under their code."""
    codes = [code for code in names if code in found] + [code for code in found if code not in names]
    link = url_for("checklists.index", wilayah=region.code)
    return [
        (
            names.get(code, code),
            found[code],
            f"{link}&{parameter}={code}",
        )
        for code in codes
        if found[code].expected
    ]


def _stage_names() -> dict[str, str]:
    return {stage.code: stage.name for stage in stages.stages_of(election())} | {"SEMUA": "Lintas tahapan"}


def _picture(region: RegionRow, children: list[RegionRow], rows: list[ChildRow]) -> Any:
    if region.level is not Level.PROVINCE:
        return None
    percents = {
        child.code: row.tally.totals.percent_done
        for child, row in zip(children, rows[-len(children) :], strict=True)
    }
    return picture_of(percents.keys(), percents, lambda code: url_for("regions.show", code=code))


def _rolled(region: RegionRow, as_of: AsOf) -> list[RolledRow]:
    """Items of the levels below that were due last, begun first, then untouched, then done.

    Of a recurring item only the latest period: what was missed before stands in the overdue column.
    """
    levels = BELOW[region.level]
    if not levels:
        return []
    since = max(as_of.in_use_from, as_of.today - LOOK_BACK)
    found = checklists.roll_ups(
        current_user,
        election(),
        region.code,
        as_of,
        levels=levels,
        since=since,
        until=as_of.today,
        few=MOST_NAMES,
    )
    latest: dict[tuple[str, str], RollUp] = {}
    for roll in found:
        if roll.total:
            latest[roll.code, roll.level] = roll
    due = sorted(
        latest.values(), key=lambda roll: (roll.done == roll.total, not roll.done, roll.due_on, roll.code)
    )
    return [
        RolledRow(
            roll,
            NOUNS[roll.level],
            hari_lagi(roll.due_on, as_of.today),
            roll.due_on < as_of.today and roll.done < roll.total,
            _rest(roll),
            url_for("checklists.index", wilayah=region.code, butir=roll.code, tingkat=roll.level),
        )
        for roll in due[:SHOWN]
    ]


def _rest(roll: RollUp) -> str:
    """Who is still missing: by name while they are few, else how many."""
    left = roll.total - roll.done
    if roll.remaining and len(roll.remaining) == left:
        return ", ".join(roll.remaining)
    if left == roll.total:
        return "semuanya"
    return f"{angka(left)} {NOUNS[roll.level]}" if left else ""


def _figures(region: RegionRow) -> list[FigureRow]:
    known = regions.said_of([region.code])
    kinds = [
        kind for kind in FigureKind if (region.code, kind) in known or kind in EXPECTED_FIGURES[region.level]
    ]
    rows = []
    for kind in kinds:
        said = known.get((region.code, kind))
        view = None if said is None else said.in_force
        source = None if view is None else source_of(view.source)
        href = url_for("figures.history", code=region.code, kind=kind.value)
        rows.append(FigureRow(kind.label, kind.unit, view, source, said is not None and said.is_open, href))
    return rows


def _value(figures: list[FigureRow], kind: FigureKind) -> Decimal | None:
    """The value of one of the rows; None while it is unknown."""
    return next((row.view.value for row in figures if row.view and row.view.kind is kind), None)
