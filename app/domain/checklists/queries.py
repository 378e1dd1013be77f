"""Reading entries: always from what the person may see, as plain
rows, a fixed number of statements a page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, not_, or_, select

from app.domain import audit, clock
from app.domain.accounts import Permission, Person, Unit
from app.domain.audit import AuditEntry
from app.domain.checklists.models import Entry, Item, ItemVersion, Remark
from app.domain.checklists.progress import AsOf
from app.domain.checklists.rules import (
    AGAIN,
    EVENT,
    FILLING,
    OPEN,
    VERIFIED,
    WAITING,
    Standing,
    series_of,
    total_rule,
)
from app.domain.errors import NotFound
from app.domain.evidence import contributed as contributed_evidence
from app.domain.regions import (
    FigureKind,
    Level,
    Region,
    count_by_level,
    current_figures,
    level_of,
    subtree,
    zone_of,
)
from app.domain.stages import Election
from app.extensions import db
from app.statements import Fixed

SUBJECT = "checklist_entry"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with its wording and names, as pages and papers need it."""

    id: int
    election_id: int
    item_id: int
    version_id: int
    code: str
    title: str
    region_code: str
    region_name: str
    level: str
    area: str
    stage: str
    unit_id: int | None
    unit_name: str | None
    roles: str
    recurrence: str
    period: str
    event_title: str
    opens_on: dt.date
    due_on: dt.date
    due_time: str
    due_reason: str
    evidence_needed: str
    measure_unit: str
    measure_rule: str
    legal_basis: str
    wording: int
    standing: Standing
    measure_value: int | None
    measure_total: int | None
    measure_reason: str
    note: str
    reason: str
    help_wanted: str
    no_evidence_reason: str
    evidence_count: int
    filled_by: int | None
    filled_by_name: str
    filled_office: str
    filled_at: dt.datetime | None
    reviewed_by: int | None
    reviewed_by_name: str
    reviewed_office: str
    reviewed_at: dt.datetime | None
    review_reason: str
    review_fix: str
    version: int

    @property
    def name(self) -> str:
        """The title, with what the event was about."""
        return f"{self.title}: {self.event_title}" if self.event_title else self.title

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether its deadline (in the region's own time) is over and somebody still has to act."""
        if self.standing not in OPEN:
            return False
        local = clock.local(now, zone_of(self.region_code))
        return (self.due_on, self.due_time or "24:00") < (local.date(), f"{local:%H:%M}")


COLUMNS = (
    Entry.id,
    Entry.election_id,
    Entry.item_id,
    Entry.version_id,
    Item.code,
    ItemVersion.title,
    Entry.region_code,
    Region.name.label("region_name"),
    Entry.level,
    Entry.area,
    Entry.stage,
    Entry.unit_id,
    Unit.name.label("unit_name"),
    ItemVersion.roles,
    ItemVersion.recurrence,
    Entry.period,
    Entry.event_title,
    Entry.opens_on,
    Entry.due_on,
    Entry.due_time,
    Entry.due_reason,
    ItemVersion.evidence.label("evidence_needed"),
    ItemVersion.measure_unit,
    ItemVersion.measure_total.label("measure_rule"),
    ItemVersion.legal_basis,
    ItemVersion.number.label("wording"),
    Entry.standing,
    Entry.measure_value,
    Entry.measure_total,
    Entry.measure_reason,
    Entry.note,
    Entry.reason,
    Entry.help_wanted,
    Entry.no_evidence_reason,
    Entry.evidence_count,
    Entry.filled_by,
    Entry.filled_by_name,
    Entry.filled_office,
    Entry.filled_at,
    Entry.reviewed_by,
    Entry.reviewed_by_name,
    Entry.reviewed_office,
    Entry.reviewed_at,
    Entry.review_reason,
    Entry.review_fix,
    Entry.version,
)
_STANDING = [column.key for column in COLUMNS].index("standing")
_STANDINGS = {standing.value: standing for standing in Standing}


def _row(values: Any) -> EntryRow:
    return EntryRow(*values[:_STANDING], _STANDINGS[values[_STANDING]], *values[_STANDING + 1 :])  # type: ignore[call-arg]


def _joined() -> Select[Any]:
    query: Select[Any] = select(*COLUMNS)  # type: ignore[assignment]
    return (
        query.join(ItemVersion, ItemVersion.id == Entry.version_id)
        .join(Item, Item.id == Entry.item_id)
        .join(Region, Region.code == Entry.region_code)
        .outerjoin(Unit, Unit.id == Entry.unit_id)
    )


_ONE = Fixed(_joined().where(Entry.id == bindparam("id")))


def visible_to(person: Person) -> Select[Any]:
    """All entries that the person may see; every list, detail, export and report starts here."""
    return _joined().where(subtree(Entry.region_code, *person.reach(Permission.CHECKLIST_READ)))


def find(entry_id: int, person: Person) -> EntryRow:
    """One entry; raises NotFound for a stranger's as for one that does not exist. One statement."""
    row = _ONE.first(id=entry_id)
    entry = None if row is None else _row(row)
    if entry is None or not person.may(Permission.CHECKLIST_READ, region=entry.region_code):
        raise NotFound("Isian daftar periksa ini tidak ada atau di luar wilayah penugasan Anda.")
    return entry


def fresh(entry_id: int) -> EntryRow:
    """An entry again after a deed on it, drawn from the database; the caller has checked who sees it."""
    return _row(_ONE.first(id=entry_id))


def expected(election: Election, code: str, region_code: str, period: str = "") -> EntryRow:
    """The entry of an item, region and period, whoever asks: for the command line, imports and tests.

    Or NotFound.
    """
    row = db.session.execute(
        _joined().where(
            Entry.election_id == election.id,
            Item.code == code,
            Entry.region_code == region_code,
            Entry.period == period,
        )
    ).one_or_none()
    if row is None:
        raise NotFound(f"Isian {code} {period} untuk wilayah {region_code} tidak ada.")
    return _row(row)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; each empty value means no limit.

    The fields are the query string of the page.
    """

    region: str = ""
    level: str = ""
    area: str = ""
    stage: str = ""
    standing: str = ""
    unit: int | None = None
    due: str = ""
    """overdue, today, week, later, before (due before the desk began), "" for all that have opened."""
    item: str = ""
    text: str = ""


STANDING_GROUPS = {
    "terbuka": tuple(s.value for s in OPEN),
    "menunggu": tuple(s.value for s in WAITING),
    "terverifikasi": tuple(s.value for s in VERIFIED),
}


def narrowed(query: Select[Any], filters: Filters, as_of: AsOf) -> Select[Any]:
    """Apply the filters; `as_of` says what today is and since when things can be late."""
    if filters.region:
        query = query.where(subtree(Entry.region_code, filters.region))
    if filters.level:
        query = query.where(Entry.level == filters.level)
    if filters.area:
        query = query.where(Entry.area == filters.area)
    if filters.stage:
        query = query.where(Entry.stage == filters.stage)
    if filters.unit is not None:
        query = query.where(Entry.unit_id == filters.unit)
    if filters.item:
        query = query.where(Item.code == filters.item)
    if filters.standing:
        query = query.where(Entry.standing.in_(STANDING_GROUPS.get(filters.standing, (filters.standing,))))
    if filters.text:
        for word in filters.text.split()[:6]:
            query = query.where(
                or_(
                    ItemVersion.title.icontains(word, autoescape=True),
                    Item.code.icontains(word, autoescape=True),
                    Region.name.icontains(word, autoescape=True),
                    Entry.event_title.icontains(word, autoescape=True),
                )
            )
    return query.where(_due(filters.due, as_of))


def _due(due: str, as_of: AsOf) -> Any:
    is_open = Entry.standing.in_([standing.value for standing in OPEN])
    today = as_of.today
    if due == "overdue":
        return and_(Entry.due_on < today, Entry.due_on >= as_of.in_use_from, is_open)
    if due == "today":
        return Entry.due_on == today
    if due == "week":
        return and_(Entry.due_on >= today, Entry.due_on <= today + dt.timedelta(days=7))
    if due == "later":
        return Entry.opens_on > today
    if due == "before":
        return and_(Entry.due_on < as_of.in_use_from, Entry.standing == Standing.NOT_STARTED.value)
    return and_(
        Entry.opens_on <= today,
        or_(Entry.due_on >= as_of.in_use_from, Entry.standing != Standing.NOT_STARTED.value),
    )


def _of(election: Election) -> Any:
    """Entries of an election; "+ 0" keeps the planner from reading all of it instead of a region's part."""
    return Entry.election_id + 0 == election.id


@dataclass(frozen=True)
class EntryPage:
    """One page of a list and how many rows there are in all."""

    rows: list[EntryRow]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages, at least one."""
        return max(1, -(-self.total // self.per_page))


def list_page(
    person: Person, election: Election, filters: Filters, as_of: AsOf, *, page: int = 1, per_page: int = 60
) -> EntryPage:
    """One page of entries by due date, code and region. Two statements, however many rows."""
    query = narrowed(visible_to(person).where(_of(election)), filters, as_of)
    total = db.session.scalar(_count_of(query)) or 0
    page = max(1, min(page, max(1, -(-total // per_page))))
    rows = db.session.execute(
        query.order_by(Entry.due_on, Item.sort, Entry.region_code, Entry.period, Entry.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return EntryPage([_row(row) for row in rows], total, page, per_page)


def _count_of(query: Select[Any]) -> Select[Any]:
    return query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def rows_for(
    person: Person, election: Election, filters: Filters, as_of: AsOf, limit: int = 50_000
) -> list[EntryRow]:
    """All rows of a filtered list, for papers and grids; at most `limit`."""
    query = narrowed(visible_to(person).where(_of(election)), filters, as_of)
    ordered = query.order_by(Item.sort, Entry.region_code, Entry.due_on, Entry.period, Entry.id).limit(limit)
    return [_row(row) for row in db.session.execute(ordered)]


def own_work(person: Person, election: Election, region_code: str, as_of: AsOf) -> list[EntryRow]:
    """What the desk of exactly this region still has to do: returned, reopened, late, due today.

    One statement.
    """
    is_open = Entry.standing.in_([standing.value for standing in OPEN])
    sent_back = Entry.standing.in_([Standing.RETURNED.value, Standing.REOPENED.value])
    late_or_today = and_(
        Entry.due_on <= as_of.today, Entry.due_on >= as_of.in_use_from, Entry.opens_on <= as_of.today
    )
    query = (
        visible_to(person)
        .where(
            Entry.election_id == election.id,
            Entry.region_code == region_code,
            or_(
                sent_back,
                and_(is_open, late_or_today),
                and_(Entry.due_on == as_of.today, Entry.opens_on <= as_of.today),
            ),
        )
        .order_by(Entry.due_on, Item.sort, Entry.id)
        .limit(200)
    )
    return [_row(row) for row in db.session.execute(query)]


def waiting_for(
    person: Person, election: Election, *, region: str = "", limit: int = 50
) -> tuple[list[EntryRow], int]:
    """The verification queue: filled entries that this person may judge,
    oldest first, own deeds left out; and how many.
    """
    roots = person.reach(Permission.CHECKLIST_VERIFY)
    query = visible_to(person).where(
        Entry.election_id == election.id,
        Entry.standing.in_([standing.value for standing in WAITING]),
        subtree(Entry.region_code, *roots),
        or_(Entry.filled_by.is_(None), Entry.filled_by != person.id),
    )
    if region:
        query = query.where(subtree(Entry.region_code, region))
    restricted = _limits(person)
    if restricted is not None:
        query = query.where(restricted)
    total = db.session.scalar(_count_of(query)) or 0
    rows = db.session.execute(query.order_by(Entry.filled_at, Entry.id).limit(limit))
    return [_row(row) for row in rows], total


def _limits(person: Person) -> Any | None:
    """Areas and units of the verifying appointments, where they are limited."""
    parts = []
    for mandate in person.appointments:
        if not mandate.gives(Permission.CHECKLIST_VERIFY):
            continue
        if not mandate.areas and mandate.unit_id is None:
            return None
        part = subtree(Entry.region_code, mandate.region_code)
        if mandate.areas:
            part = and_(part, Entry.area.in_(sorted(mandate.areas)))
        if mandate.unit_id is not None:
            part = and_(part, or_(Entry.unit_id == mandate.unit_id, Entry.unit_id.is_(None)))
        parts.append(part)
    return or_(False, *parts)


def had_a_hand(entry_id: int, person: Person) -> bool:
    """Whether the person ever filled this entry or brought evidence to
    it, under whatever appointment (F14).
    """
    actions = ["checklist:entry:open_event", *(f"checklist:entry:{verb.value}" for verb in FILLING)]
    did = select(AuditEntry.seq).where(
        AuditEntry.subject_kind == SUBJECT,
        AuditEntry.subject_id == str(entry_id),
        AuditEntry.actor_id == person.id,
        AuditEntry.action.in_(actions),
    )
    if db.session.scalar(select(did.exists())):
        return True
    return contributed_evidence(SUBJECT, entry_id, person.id)


def history(entry_id: int) -> list[AuditEntry]:
    """Every deed on an entry, newest first. The caller has found the entry for the person."""
    return audit.history_of(SUBJECT, entry_id)


def changed_since_verification(entries: Sequence[AuditEntry]) -> dict[str, list[Any]]:
    """Field -> [as verified, as it is now], from an entry's history
    (newest first); empty if never verified (F47).
    """
    since: list[AuditEntry] = []
    for link in entries:
        if link.action in ("checklist:entry:verify", "checklist:entry:accept"):
            break
        since.append(link)
    else:
        return {}
    merged: dict[str, list[Any]] = {}
    for link in reversed(since):
        for name, (old, new) in link.changed.items():
            merged[name] = [merged[name][0] if name in merged else old, new]
    return {name: pair for name, pair in merged.items() if pair[0] != pair[1]}


def names_of(entry_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Entry id -> (item code, title), for lists whose rows the person may read. One statement."""
    wanted = set(entry_ids)
    if not wanted:
        return {}
    query = (
        select(Entry.id, Item.code, ItemVersion.title)
        .join(Item, Item.id == Entry.item_id)
        .join(ItemVersion, ItemVersion.id == Entry.version_id)
        .where(Entry.id.in_(wanted))
    )
    return {row.id: (row.code, row.title) for row in db.session.execute(query)}


def remarks(entry_id: int) -> list[Remark]:
    """The discussion of an entry, oldest first."""
    return list(db.session.scalars(select(Remark).where(Remark.entry_id == entry_id).order_by(Remark.id)))


def previous_measure(entry: EntryRow) -> tuple[str, int] | None:
    """Period and value of the nearest earlier period that has a
    measure; None for single items or none found.
    """
    if not entry.period or entry.period.startswith(EVENT):
        return None
    series = series_of(entry.period)
    query = (
        select(Entry.period, Entry.measure_value)
        .where(
            Entry.election_id == entry.election_id,
            Entry.item_id == entry.item_id,
            Entry.region_code == entry.region_code,
            Entry.period < entry.period,
            Entry.period.startswith(series) if series else not_(Entry.period.startswith(AGAIN)),
            Entry.measure_value.is_not(None),
        )
        .order_by(Entry.period.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row.period, int(row.measure_value))


def suggested_total(entry: EntryRow) -> int | None:
    """The measure's total from region counts or reference figures; None while unknown."""
    if entry.measure_total is not None:
        return entry.measure_total
    rule = total_rule(entry.measure_rule)
    if rule is None:
        return None
    if rule.number is not None:
        return rule.number
    return rule.value(_figure(entry.region_code, rule.kind))


COUNTED = {"n_kabkota": (Level.REGENCY,), "n_kecamatan": (Level.DISTRICT,), "n_keldes": (Level.VILLAGE,)}


def _figure(region_code: str, kind: str) -> int | None:
    if kind in COUNTED:
        level = COUNTED[kind][0]
        own = level_of(region_code)
        order = list(Level)
        return 1 if order.index(own) >= order.index(level) else count_by_level(region_code).get(level, 0)
    try:
        figure = current_figures([region_code]).get((region_code, FigureKind(kind)))
    except ValueError:
        return None
    return None if figure is None or figure.value is None else int(figure.value)
