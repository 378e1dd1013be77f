"""`flask demo national`: a synthetic nation around the demo's Kalimantan Timur: the desk at its largest.

The regions are real (Kemendagri's 91,599 codes), Kalimantan Timur stays as its sources tell it. All else is made up by
arithmetic, the same every time, and says so: as many TPS as the country had, some weeks of work in the entries, a
month of nil reports. Written in bulk, past the rooms' commands: two million deeds one by one would take days.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, text, update

from app.cli.checklists import expect
from app.cli.demo import day
from app.cli.regions import KALTIM, SOURCE_VERSION, load_tree, shipped
from app.domain import accounts, checklists, regions, reports, stages
from app.domain.regions import FigureKind, Level, Region
from app.domain.reports import Kind, Snapshot, State, Verb, snapshot_of, snapshot_sha256, snapshot_text
from app.extensions import db

SOURCE = "Contoh: bangsa tiruan"
STATIONS = 435_296
"""TPS of Pilkada 2024 in the whole country (KPU RI)."""
VILLAGES = 80_000
"""No fewer share them: of one province added alone each has as many as in the whole country."""
MONTH = (dt.date(2024, 11, 1), dt.date(2024, 11, 25))
NOW = dt.datetime(2024, 11, 25, 1, 0, tzinfo=dt.UTC)
"""What is due after the demo's morning has not come yet."""
AT_ONCE = 10_000
SHARES = (("proses", "= 3"), ("selesai", "IN (4, 5)"), ("selesai_diverifikasi", ">= 6"))
WORK = """
UPDATE checklist_entry SET standing = '{standing}', filled_by_name = '{source}',
    filled_at = '2024-11-24 02:00:00.000000'
WHERE version = 1 AND standing = 'belum' AND opens_on <= '2024-11-25' AND id % 10 {part}
    AND NOT (region_code >= '64' AND region_code < '64/')
"""


def is_there() -> bool:
    """Whether it was done before: the country has many provinces then, and TPS that say where they are from."""
    figure = _table("reference_figure").c
    return bool(db.session.scalar(select(figure.id).where(figure.source == SOURCE).limit(1)))


def surround(prefix: str | None = None) -> Iterator[str]:
    """Do it step by step and say what was done; commits nothing. The demo must be there.

    `prefix` is the code of one other province, which is then all that is added.
    """
    election = stages.current_election()
    loaded = load_tree(shipped(prefix), SOURCE_VERSION, prefix)
    yield f"{loaded.rows} wilayah"
    yield f"{expect()} isian"
    yield f"{work()} isian dikerjakan"
    yield f"{stations(election.id)} TPS"
    with day.clock_put_back():
        day.at("2024-11-01 08:00")  # later only what is still to come would be owed
        yield f"{reports.expect(election)} laporan yang wajib"
    yield f"{sent(election.id)} laporan terkirim"


def work() -> int:
    """Of ten entries outside Kalimantan Timur that have opened, three stay untouched, one is under way, two wait for
    the supervisor and four are verified; the counters follow. Returns how many were changed.
    """
    changed = 0
    for standing, part in SHARES:
        done: Any = db.session.execute(text(WORK.format(standing=standing, source=SOURCE, part=part)))
        changed += done.rowcount
    checklists.progress.rebuild(stages.current_election(), ())
    return changed


def stations(election_id: int) -> int:
    """TPS evenly over all villages outside Kalimantan Timur, as reference figures and as arrivals of their logistics,
    so that the country has as many as it had.
    """
    here = regions.current_figures([KALTIM])[KALTIM, FigureKind.POLLING_STATIONS].value
    villages = _elsewhere(Level.VILLAGE)
    each, left = divmod(STATIONS - int(here or 0), max(len(villages), VILLAGES))
    counts = [(code, each + (place < left)) for place, code in enumerate(villages)]
    person = accounts.person_of("operator.kaltim")
    assert person is not None, "the demo is there"  # noqa: S101
    common: dict[str, Any] = {
        "election_id": election_id,
        "year": NOW.year,
        "special": False,
        "remote": False,
        "arrived_at": "",
        "note": SOURCE,
        "state_since": NOW.date(),
        "recorded_at": NOW,
        "recorded_by": person.id,
        "recorded_by_name": SOURCE,
        "changed_at": NOW,
    }
    number = itertools.count(1_000_000)
    _write(
        _table("logistics_arrival"),
        (
            {
                **common,
                "region_code": code,
                "number": next(number),
                "station": str(station),
                "stand": "sampai" if station % 3 else "hari_ini",
            }
            for code, many in counts
            for station in range(1, many + 1)
        ),
    )
    _write(_table("reference_figure"), (_figure(code, many) for code, many in counts))
    return sum(many for _, many in counts)


def _figure(code: str, many: int) -> dict[str, Any]:
    return {
        "region_code": code,
        "kind": FigureKind.POLLING_STATIONS.value,
        "value": many,
        "source": SOURCE,
        "document": "",
        "dated_on": MONTH[0],
        "note": "",
        "recorded_at": NOW,
        "recorded_by": "Sistem",
    }


def sent(election_id: int) -> int:
    """A month of nil reports of every kabupaten/kota outside Kalimantan Timur, verified; one in ten late, one in
    fifteen missing. Each is frozen with a hash of its own.
    """
    sample, report = _sample(), _table("report").c
    names = dict(
        db.session.execute(select(Region.code, Region.name).where(Region.level == Level.REGENCY.value)).all()
    )
    query = select(report.id, report.region_code, report.day, report.kind, report.cut_off_at, report.due_at)
    owed = db.session.execute(
        query.where(
            report.election_id == election_id,
            report.kind.in_([Kind.DAILY.value, Kind.WEEKLY.value]),
            report.day.between(*MONTH),
            report.due_at < NOW,
            report.region_code.in_(_elsewhere(Level.REGENCY)),
            report.state == State.EXPECTED.value,
        )
    ).all()
    came = [row for row in owed if row.id % 15]
    moments = {row.id: row.due_at + dt.timedelta(minutes=20 if row.id % 10 == 0 else -20) for row in came}
    by = accounts.person_of("operator.bontang")
    assert by is not None, "the demo is there"  # noqa: S101
    _write(_table("report_version"), (_version(row, sample, names, moments[row.id], by.id) for row in came))
    _write(
        _table("report_move"), (_move(row.id, step, moments[row.id], by.id) for row in came for step in MOVES)
    )
    if came:
        _report_them([{"one": row.id, "moment": moments[row.id]} for row in came])
    return len(came)


def _report_them(came: list[dict[str, Any]]) -> None:
    """Let the rows say that their reports came."""
    table = _table("report")
    moment: Any = bindparam("moment")
    values = {"state": State.VERIFIED.value, "number": 1, "is_nil": True, "version": 3}
    change = update(table).where(table.c.id == bindparam("one"))
    db.session.execute(change.values(first_sent_at=moment, sent_at=moment, **values), came)


MOVES = ((Verb.SEND, State.SENT), (Verb.VERIFY, State.VERIFIED))


def _sample() -> Snapshot:
    """The nil report of the demo, whose words the others take over."""
    report, version = _table("report").c, _table("report_version").c
    found = db.session.scalar(
        select(version.snapshot).where(version.report_id == report.id, report.is_nil).limit(1)
    )
    assert found is not None, "the demo has one"  # noqa: S101
    return snapshot_of(found)


def _version(row: Any, sample: Snapshot, names: dict[str, str], at: dt.datetime, by: int) -> dict[str, Any]:
    kind, name = Kind(row.kind), names[row.region_code]
    said = sample._replace(
        report_id=row.id,
        kind=kind.value,
        title=kind.heading,
        day=row.day,
        region_code=row.region_code,
        region_name=name,
        desk_name=f"Desk Pilkada {name}",
        above_name="",
        zone=regions.zone_of(row.region_code),
        cut_off_at=row.cut_off_at,
        due_at=row.due_at,
        sent_at=at,
        sent_by=SOURCE,
    )
    return {
        "report_id": row.id,
        "number": 1,
        "snapshot": snapshot_text(said),
        "sha256": snapshot_sha256(said),
        "sent_at": at,
        "sent_by_id": by,
    }


def _move(number: int, step: tuple[Verb, State], at: dt.datetime, by: int) -> dict[str, Any]:
    return {
        "report_id": number,
        "number": 1,
        "verb": step[0].value,
        "state": step[1].value,
        "reason": "",
        "section": "",
        "at": at,
        "by_id": by,
        "by_name": SOURCE,
        "office": SOURCE,
    }


def _elsewhere(level: Level) -> list[str]:
    """Regions of that level outside Kalimantan Timur."""
    query = select(Region.code).where(Region.level == level.value, Region.retired_on.is_(None))
    codes = db.session.scalars(query.order_by(Region.code))
    return [code for code in codes if not regions.contains(KALTIM, code)]


def _table(name: str) -> Table:
    return db.metadata.tables[name]


def _write(table: Table, rows: Iterator[dict[str, Any]]) -> None:
    for part in iter(lambda: list(itertools.islice(rows, AT_ONCE)), []):
        db.session.execute(insert(table), part)
