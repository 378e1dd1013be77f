"""What the situation room shows of a region, put together in few statements, for its page and for the wall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup

from app.blueprints.situation.reporting import reporting_in
from app.domain import audit, checklists, regions, situation, stages
from app.domain.accounts import Permission
from app.domain.all_facts import facts_of
from app.domain.audit import News
from app.domain.checklists import AREAS, AsOf, Filters, Overview, Totals
from app.domain.regions import Level, RegionRow
from app.domain.registers import Fact
from app.domain.situation import Limit, grade_of
from app.web import htmx, register_words
from app.web.access import me
from app.web.context import election, today_in
from app.web.maps import Picture, picture_of, tiles_of

OVERALL = "semua"
MEASURES = {OVERALL: "Semua bidang", **AREAS}
"""What the map may be coloured by: the progress of all areas of work, or of one."""
OBSTACLES = 6
CHANGES = 8
DISTRICT_WIDTH, VILLAGE_WIDTH = 8, 13
"""Signs of their codes."""
ACROSS = 3
"""Tiles in a row: with more of them their words would be too small on a phone."""
TILE_LETTERS = 13
"""Of a name in a tile; all of it is told by its title and by the table beside."""
DAYS_BEFORE, DAYS_AFTER = 7, 6
"""Of the chart of deadlines, around today."""
HEADLINES = frozenset(
    {
        "logistik.kecamatan_lengkap",
        "logistik.tps_khusus_lengkap",
        "netralitas.kasus",
        "ktp.rekam",
        "sosialisasi.kecamatan",
        "keamanan.kejadian_terbuka",
        "keamanan.personel",
        "dukungan.nphd_persen",
        "tindak_lanjut.terbuka",
    }
)
"""Figures for the wall: one or two of each area of work."""
BELOW = {
    Level.PROVINCE: (Level.REGENCY.value, Level.DISTRICT.value),
    Level.REGENCY: (Level.DISTRICT.value, Level.VILLAGE.value),
    Level.DISTRICT: (Level.VILLAGE.value,),
}


class Part(NamedTuple):
    """A region right below: how far it is by the chosen measure, and what is late there."""

    name: str
    href: str
    totals: Totals
    overdue: int


class Day(NamedTuple):
    """Entries due on one day, done and not."""

    day: dt.date
    done: int
    left: int
    is_today: bool

    @property
    def total(self) -> int:
        """All that must be done by that day."""
        return self.done + self.left


def page_of(region: RegionRow, measure: str, *, with_stages: bool = True) -> dict[str, Any]:
    """Everything that page and wall show; the stages only where the frame around it does not say them already."""
    today, stamp = today_in(region.code), audit.head()[0]
    as_of = AsOf.of(election(), today)
    seen = checklists.overview_of(election(), region.code, as_of)
    facts = facts_for(region.code)
    rolled = _rolled(region, as_of)
    limits = situation.limits_of(region.code)
    parts, picture = _parts(region, seen, as_of, measure, limits.get(measure, Limit(measure)))
    said = [fact for fact in facts if not fact.is_silent]
    return {
        "region": region,
        "today": today,
        "whole": seen.whole,
        "h_text": stages.h_text(election().voting_day, today),
        "running": running_in(region.code) if with_stages else [],
        "measure": measure,
        "measures": MEASURES,
        "parts": parts,
        "picture": picture,
        "areas": situation.readiness_of(seen, limits),
        "facts": tuple(
            (AREAS[area], own) for area in AREAS if (own := tuple(f for f in said if f.area == area))
        ),
        "silent": len(facts) - len(said),
        "headlines": [fact for fact in said if fact.key in HEADLINES],
        "contradictions": situation.contradictions_in(region.code, facts, rolled),
        "obstacles": _obstacles(region, as_of) if seen.whole.totals.terkendala else [],
        "blocked": seen.whole.totals.terkendala,
        "reporting": reporting_in(region, today),
        "days": days_around(region, as_of),
        "changes": changes_in(region.code, stamp),
        "zone": regions.zone_of(region.code),
    }


def running_in(region: str) -> list[str]:
    """The stages that run in a region today, by name."""
    return [window.name for window in stages.running_in(election(), region)]


def facts_for(region: str) -> list[Fact]:
    """The figures of the areas of work whose registers the person reads there."""
    may = {area: me().may(Permission.REGISTER_READ, region=region, area=area) for area in AREAS}
    return [fact for fact in facts_of(region) if may.get(fact.area)] if any(may.values()) else []


Figures = tuple[tuple[str, tuple[Fact, ...]], ...]
"""What the registers tell, by area of work."""


@lru_cache(maxsize=64)
def figures_table(facts: Figures, zone: str) -> Markup:
    """The table of these figures; the same ones are drawn once, for they are read more often than they change."""
    return htmx.markup_of("situation/_figures.html", "figures", facts, zone)


def _rolled(region: RegionRow, as_of: AsOf) -> list[checklists.RollUp]:
    levels = BELOW.get(region.level)
    if not levels:
        return []
    since = max(as_of.in_use_from, as_of.today - dt.timedelta(days=1))
    return checklists.roll_ups(
        me(), election(), region.code, as_of, levels=levels, since=since, until=as_of.today, few=0
    )


def _parts(
    region: RegionRow, seen: Overview, as_of: AsOf, measure: str, limit: Limit
) -> tuple[list[Part], Picture | None]:
    """The regions right below with the chosen measure, and their map where there is one."""
    children = regions.children_of(region.code)
    tallies = (
        checklists.tallies_of_districts(election(), region.code, as_of)
        if region.level is Level.REGENCY
        else seen.regions
    )
    totals = _measured(region, tallies, as_of, measure)
    nothing = checklists.Tally()
    parts = [
        Part(
            child.name if child.level is Level.DISTRICT else child.title,
            url_for("situation.index", wilayah=child.code),
            totals(child.code),
            tallies.get(child.code, nothing).overdue,
        )
        for child in children
    ]
    if region.level not in (Level.PROVINCE, Level.REGENCY) or not children:
        return parts, None
    percents = {child.code: part.totals.percent_done for child, part in zip(children, parts, strict=True)}
    links = {child.code: part.href for child, part in zip(children, parts, strict=True)}
    return parts, _signed(
        picture_of(percents.keys(), percents, links.__getitem__, named=False)
        or tiles_of({child.code: child.title for child in children}, percents, links.__getitem__, ACROSS),
        limit,
    )


def _signed(picture: Picture, limit: Limit) -> Picture:
    """With a shape for eyes and printers that see no colour: in a tile beside the percent, on a map beside the name,
    alone where that has no room.
    """
    for drawn in picture.parts:
        shape = grade_of(drawn["percent"], limit).shape
        if picture.kind == "tiles":
            drawn["sign"], drawn["short_name"] = shape, _shortened(drawn["short_name"])
            continue
        words = [drawn.get("short_name", drawn["name"]), shape]
        if drawn["label"][2:] == ["start"]:
            words.reverse()  # the shape stands at the place itself
        drawn["short_name"] = " ".join(words).strip()
    return picture


def _shortened(title: str) -> str:
    name = title.removeprefix("Kecamatan ").removeprefix("Kabupaten ")
    return name if len(name) <= TILE_LETTERS else f"{name[: TILE_LETTERS - 1].rstrip()}…"


def _measured(
    region: RegionRow, tallies: Mapping[str, checklists.Tally], as_of: AsOf, measure: str
) -> Callable[[str], Totals]:
    """Region code -> totals of the measure; an area of work is counted apart by one statement more."""
    if measure == OVERALL:
        return lambda code: tallies[code].totals if code in tallies else Totals()
    if region.level is Level.PROVINCE:
        found = checklists.progress.by_region(election(), [region.code], as_of)
    else:
        width = DISTRICT_WIDTH if region.level is Level.REGENCY else VILLAGE_WIDTH
        found = checklists.progress.below_kabkota(election(), region.code, as_of, width)
    return lambda code: found.get(code, {}).get(measure, Totals())


def _obstacles(region: RegionRow, as_of: AsOf) -> list[Any]:
    filters = Filters(region=region.code, standing="terkendala")
    return checklists.list_page(me(), election(), filters, as_of, per_page=OBSTACLES).rows


def days_around(region: RegionRow, as_of: AsOf) -> list[Day]:
    """Entries by their day due, a week back and ahead; only where counters are kept, from the kabupaten/kota up."""
    if region.level not in (Level.PROVINCE, Level.REGENCY):
        return []
    first, last = as_of.today - dt.timedelta(days=DAYS_BEFORE), as_of.today + dt.timedelta(days=DAYS_AFTER)
    found = dict(checklists.progress.by_day(election(), region.code, as_of, since=first, until=last))
    span = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return [
        Day(day, found[day].done, found[day].open, day == as_of.today)
        for day in span
        if day in found and found[day].expected
    ]


OF_CHECKLISTS = ("checklist:entry:", "calendar:", "region:figure:")
OF_REGISTERS = ("neutrality:case:", *register_words.PREFIXES)
QUIET = (
    "checklist:entry:remark",
    "neutrality:case:reveal",
    *(f"{one}export" for one in register_words.PREFIXES),
)


class Change(NamedTuple):
    """The same deed of one office, done once or several times in a row; `link` is the latest."""

    link: News
    times: int


def changes_in(region: str, head: int) -> list[Change]:
    """The latest deeds in the region and below that moved a figure, the like ones together; `head` is the trail's."""
    may = me().may(Permission.REGISTER_READ, region=region)
    shown = (*OF_CHECKLISTS, *OF_REGISTERS) if may else OF_CHECKLISTS
    links = [link for link in audit.latest_in(region, shown, head, 60) if link.action not in QUIET]
    alike = [
        list(group) for _, group in groupby(links, lambda link: (link.office, link.action, link.region_code))
    ]
    return [Change(group[0], len(group)) for group in alike[:CHANGES]]
