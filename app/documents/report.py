"""Makes the snapshot that paper and sheets are drawn from: all figures of one moment, within the person's reach.

The one module of this floor that reads the desk; what it returns knows no database any more.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.documents import office, proofs
from app.documents.asking import Ask
from app.documents.lines import LineMaker, by_item
from app.documents.snapshot import (
    AreaSection,
    AuditHead,
    BlankArea,
    BlankChecklist,
    BlankItem,
    ChecklistReport,
    FigureRow,
    ItemRow,
    RegisterRow,
)
from app.domain import audit, checklists, clock, regions, stages
from app.domain.accounts import Permission, Person
from app.domain.all_facts import facts_of
from app.domain.checklists import AREAS, AsOf, EntryRow, Recurrence, Scope, Standing, Totals
from app.domain.regions import FigureKind, RegionRow
from app.domain.stages import Election
from app.extensions import one_moment
from app.web.sources import source_of
from app.words import tanggal_panjang, tanggal_pendek


@dataclass(frozen=True)
class _Setting:
    """Where and when a paper is made."""

    path: list[RegionRow]
    zone: str
    now: dt.datetime
    stage_name: str | None

    @property
    def region(self) -> RegionRow:
        return self.path[-1]

    @property
    def today(self) -> dt.date:
        return self.now.date()


def _setting(person: Person, election: Election, ask: Ask) -> _Setting:
    """Raises NotAllowed without the right to export there, NotFound for a region or stage that does not exist."""
    person.require(Permission.REPORT_EXPORT, region=ask.region)
    regions.find(ask.region)
    zone = regions.zone_of(ask.region)
    names = {stage.code: stage.name for stage in stages.stages_of(election)}
    return _Setting(
        regions.path_of(ask.region),
        zone,
        clock.local(clock.now(), zone),
        names.get(ask.stage, ask.stage) or None,
    )


def build_checklist_report(person: Person, election: Election, ask: Ask) -> ChecklistReport:
    """The accountability report as this person may read it now; totals are those of the screen.

    Ends the session's transaction. Raises NotAllowed, NotFound as the rooms do. Photos come whole (up to 24).
    """
    maker = LineMaker(ask.region, regions.zone_of(ask.region))
    with one_moment():
        setting = _setting(person, election, ask)
        if regions.level_of(ask.region) is not regions.Level.VILLAGE:
            titles = {row.code: _short(row) for row in regions.regions_under([ask.region])}
            maker = LineMaker(ask.region, setting.zone, regions.village_term(ask.region), titles)
        as_of = AsOf.of(election, setting.today)
        totals = checklists.totals_in(person, election, ask.scope, as_of)
        items = _items(person, election, ask, as_of, maker)
        blocked = checklists.entries_in(person, election, ask.scope, as_of, standing=Standing.BLOCKED.value)
        proved = proofs.Proofs()
        if person.may(Permission.EVIDENCE_READ, region=ask.region):
            with_files = checklists.entries_in(person, election, ask.scope, as_of, with_evidence=True)
            proved = proofs.proofs_of(with_files, maker)
        figures = _figures(ask.region)
        told = _registers(person, ask, setting.zone)
        head = AuditHead(*audit.head())
        signature = office.signature_of(ask.region, setting.today)
        stationery = office.stationery_of(setting.path)
        election_name = election.name
    return ChecklistReport(
        title=ask.title,
        kind=ask.kind,
        region_name=setting.region.title,
        region_code=ask.region,
        region_level=setting.region.level.value,
        election_name=election_name,
        period_text=ask.period_text(setting.today),
        as_of=setting.now,
        zone=clock.abbreviation(setting.zone),
        letterhead=stationery.letterhead,
        reference=stationery.reference,
        copies=stationery.copies,
        desk_name=office.desk_name(setting.region),
        place=ask.place or office.usual_place(setting.region),
        date_text=tanggal_panjang(setting.today),
        totals=Totals.together(totals.values()),
        areas=tuple(
            AreaSection(code, name, totals[code], tuple(items.get(code, ())))
            for code, name in AREAS.items()
            if code in totals
        ),
        audit_head=head,
        made_by=person.name,
        made_at=setting.now,
        paper=ask.paper,
        number=ask.number or None,
        stage_name=setting.stage_name,
        area_name=AREAS.get(ask.area),
        obstacles=tuple(map(maker.obstacle, blocked)),
        evidence=proved.rows,
        evidence_left_off=proved.left_off,
        photos=proofs.opened(proved, maker),
        figures=figures,
        registers=told,
        signature=signature,
        simulated=clock.is_simulated(),
    )


def _short(region: RegionRow) -> str:
    """A region in a narrow column: Kec. Sambaliung, Kampung Long Lanuk."""
    return f"Kec. {region.name}" if region.level is regions.Level.DISTRICT else region.title


def _items(
    person: Person, election: Election, ask: Ask, as_of: AsOf, maker: LineMaker
) -> dict[str, list[ItemRow]]:
    """The lines by area. Ringkas: the region's own items, then those of the levels below, item by item."""
    found: dict[str, list[ItemRow]] = {}
    if ask.kind == "rinci":
        for entry in checklists.entries_in(person, election, ask.scope, as_of):
            found.setdefault(entry.area, []).append(maker.of(entry))
        return found
    own = checklists.entries_in(person, election, ask.scope, as_of, own=True)
    for entries in by_item(own):
        found.setdefault(entries[0].area, []).append(maker.condensed(entries))
    for item in checklists.gathered_in(person, election, ask.scope, as_of):
        found.setdefault(item.area, []).append(maker.gathered(item))
    return {area: sorted(lines, key=lambda line: line.code) for area, lines in found.items()}


def _figures(region_code: str) -> tuple[FigureRow, ...]:
    """The region's reference figures in the version of this moment, in the order of their kinds."""
    current = regions.current_figures([region_code])
    rows = []
    for kind in FigureKind:
        figure = current.get((region_code, kind))
        if figure is not None:
            source = ", ".join(part for part in (figure.document, source_of(figure.source).words) if part)
            rows.append(FigureRow(figure.label, figure.value, source or None, figure.dated_on))
    return tuple(rows)


def _registers(person: Person, ask: Ask, zone: str) -> tuple[RegisterRow, ...]:
    """What the registers tell of the region, of the areas of work that this person reads and the paper is about."""
    areas = [
        area
        for area in AREAS
        if ask.area in ("", area) and person.may(Permission.REGISTER_READ, region=ask.region, area=area)
    ]
    found = facts_of(ask.region) if areas else ()
    return tuple(
        RegisterRow(
            AREAS[fact.area],
            fact.label,
            fact.said,
            fact.source,
            None if fact.as_of is None else clock.local(fact.as_of, zone),
        )
        for area in areas
        for fact in found
        if fact.area == area and not fact.is_silent
    )


def lines_of(person: Person, election: Election, ask: Ask) -> int:
    """How many lines a detailed paper would have. One statement."""
    today = clock.today(regions.zone_of(ask.region))
    return checklists.count_in(person, election, ask.scope, AsOf.of(election, today))


def build_blank_checklist(person: Person, election: Election, ask: Ask) -> BlankChecklist:
    """The paper twin of what the region itself has to fill in, one line an item, later ones included.

    Ends the session's transaction; refusals as in build_checklist_report.
    """
    with one_moment():
        setting = _setting(person, election, ask)
        scope = Scope(ask.region, ask.area, ask.stage, ask.since, ask.until)
        found: dict[str, list[BlankItem]] = {}
        for entries in by_item(checklists.expected_own(person, election, scope)):
            found.setdefault(entries[0].area, []).append(_blank_item(entries))
        stationery = office.stationery_of(setting.path)
        election_name = election.name
    period = ask.period_text(setting.today) if ask.since or ask.until else "Seluruh periode"
    return BlankChecklist(
        region_name=setting.region.title,
        region_code=ask.region,
        election_name=election_name,
        desk_name=office.desk_name(setting.region),
        period_text=period,
        letterhead=stationery.letterhead,
        areas=tuple(
            BlankArea(code, name, tuple(found[code])) for code, name in AREAS.items() if code in found
        ),
        made_at=setting.now,
        zone=clock.abbreviation(setting.zone),
        paper=ask.paper,
        stage_name=setting.stage_name,
        area_name=AREAS.get(ask.area),
        simulated=clock.is_simulated(),
    )


def _blank_item(entries: list[EntryRow]) -> BlankItem:
    first, last = entries[0], entries[-1]
    counted, _, whole = (part.strip() for part in last.measure_unit.partition("/"))
    total = checklists.suggested_total(last) if last.measure_unit else None
    return BlankItem(
        code=last.code,
        title=last.title,
        unit_name=last.unit_name,
        due_text=_blank_due(first, last),
        measure_unit=(whole if total is not None and whole and not whole.isdigit() else counted) or None,
        measure_total=total,
        evidence_text=checklists.evidence_text(last.evidence_needed) or None,
    )


def _blank_due(first: EntryRow, last: EntryRow) -> str:
    recurrence = Recurrence(last.recurrence)
    if recurrence is Recurrence.ONCE or (first.due_on == last.due_on and not last.due_time):
        return f"tenggat {tanggal_pendek(last.due_on)}"
    if first.due_on == last.due_on:
        return f"{recurrence.label}, {tanggal_pendek(last.due_on)}"
    return f"{recurrence.label}, {tanggal_pendek(first.due_on)} sampai {tanggal_pendek(last.due_on)}"
