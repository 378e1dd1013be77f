"""The desk's deeds on reference figures: record one, choose between sources, and see first what that moves.

Beside the rooms, because the room of regions lies below the trail and below the checklists that hang on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import insert, update

from app.domain import audit, checklists, clock, regions, stages
from app.domain.accounts import Permission, Person
from app.domain.checklists import Moves
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import Figure, FigureChoice, FigureKind, FigureView, Region, Said
from app.extensions import db

SUBJECT = "figure"
LONGEST_REASON = 400
UNKNOWN = "belum diketahui"
TOO_LATE = "Angka ini baru saja diubah orang lain. Lihat keadaannya sekarang, lalu ulangi bila masih perlu."


@dataclass(frozen=True)
class Statement:
    """What a source says of one figure of one region; `value` None is "belum diketahui"."""

    code: str
    kind: FigureKind
    value: Decimal | None
    source: str
    document: str = ""
    dated_on: dt.date | None = None
    note: str = ""


class Outlook(NamedTuple):
    """What happens when a source says `value`: what holds before and after, whom it contradicts, what it moves."""

    before: FigureView | None
    value: Decimal | None
    after: Decimal | None
    takes_effect: bool
    """False while another source is the chosen one or a newer document stands: it is then only kept beside it."""
    older_than: FigureView | None
    """The statement in force, where it alone keeps its place because its document is newer."""
    others: tuple[FigureView, ...]
    """Statements of other sources that give another value."""
    moves: Moves


def outlook(statement: Statement) -> Outlook:
    """What recording this would do, before it is done. Reads only."""
    code, kind, value = statement.code, statement.kind, statement.value
    said = regions.said_of([code]).get((code, kind))
    before = None if said is None else said.in_force
    then = said_after(said, statement)
    ours = then.statements[0]
    return Outlook(
        before,
        value,
        then.in_force.value,
        then.in_force is ours,
        before if said is not None and said.outdates(ours) else None,
        tuple(o for o in then.statements[1:] if value is not None and o.value not in (None, value)),
        moves({(code, kind): (None if before is None else before.value, then.in_force.value)}),
    )


def said_after(said: Said | None, statement: Statement) -> Said:
    """What is said of the figure once this is recorded; the new statement stands first, under a number to come."""
    view = FigureView(
        1 if said is None else said.versions[-1].id + 1,
        statement.code,
        statement.kind,
        statement.value,
        statement.source.strip(),
        statement.document,
        statement.dated_on,
        statement.note,
        clock.now(),
        "",
    )
    return Said((view,)) if said is None else said.after(view)


def moves(
    changes: Mapping[tuple[str, FigureKind], tuple[Decimal | None, Decimal | None]], *, examples: int = 5
) -> Moves:
    """Which entries of the current election these changes of figures in force move. None without an election."""
    try:
        election = stages.current_election()
    except NotFound:
        return Moves()
    whole = {key: (_whole(before), _whole(after)) for key, (before, after) in changes.items()}
    return checklists.moves_of(election, whole, examples=examples)


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def record(statement: Statement, *, by: Person, version: int | None = None) -> FigureView:
    """Record what a source says of a figure; what was said before stays.

    `version` is `regions.figure_version` of what the person saw. Refuses without region:manage there
    (NotAllowed), a figure that changed since (NotNow), a document of a day to come or a value that cannot be
    (Invalid), an unknown region (NotFound).
    """
    regions.find(statement.code)
    _hold([statement.code], by)
    _seen(statement.code, statement.kind, version)
    record_many([statement], by=by)
    return regions.figure_history(statement.code, statement.kind)[0]


def record_many(statements: Sequence[Statement], *, by: Person) -> None:
    """Record them in their order, each with a link of its own on the trail; refuses all for one (as `record`)."""
    codes = sorted({statement.code for statement in statements})
    _hold(codes, by)
    said = regions.said_of(codes)
    rows, links = [], []
    for one in statements:
        check_statement(one)
        row = regions.figure_values(
            one.code,
            one.kind,
            one.value,
            by=by.name,
            source=one.source,
            document=one.document,
            dated_on=one.dated_on,
            note=one.note,
        )
        rows.append(row)
        before = said.get((one.code, one.kind))
        links.append(_told_of(row, one.kind, before))
        said[one.code, one.kind] = said_after(before, one)
    written = insert(Figure).returning(Figure.id, sort_by_parameter_order=True)
    numbers = db.session.scalars(written, rows).all()
    for number, one, changes in zip(numbers, statements, links, strict=True):
        audit.record(
            "region:figure:record",
            by=by,
            subject=(SUBJECT, number),
            region=one.code,
            changes=changes,
            office=by.mandate_for(Permission.REGION_MANAGE, region=one.code).text,
        )


def check_statement(statement: Statement) -> None:
    """Refuse (Invalid, at its field) a document of a day to come; asked before recording and by it."""
    day = statement.dated_on
    if day is not None and day > clock.today(regions.zone_of(statement.code)):
        sentence = "Tanggal dokumen belum tiba. Periksa tahunnya."
        raise Invalid(sentence, dated_on=sentence)


def _told_of(row: dict[str, Any], kind: FigureKind, before: Said | None) -> dict[str, list[Any]]:
    """The changes of a link: the value against what that source said last."""
    spoken = () if before is None else before.statements
    own = next((statement for statement in spoken if statement.source == row["source"]), None)
    said: dict[str, list[Any]] = {
        "kind": [None, kind.label],
        "value": [None if own is None else told(own.value), told(row["value"])],
        **{name: [None, row[name]] for name in ("source", "document", "dated_on", "note")},
    }
    return {name: change for name, change in said.items() if name == "value" or change[1]}


def choose(figure_id: int, *, by: Person, reason: str, version: int | None = None) -> Said:
    """Let the source of this statement count for its figure, with a reason; another may be chosen later.

    What that source says later counts too. Refuses without region:manage there (NotAllowed), a statement that is
    not its source's latest (NotFound), a figure with one source or without a reason (Invalid), one that changed
    since `version` (NotNow).
    """
    row = db.session.get(Figure, figure_id)
    if row is None:
        raise NotFound("Pernyataan itu tidak ada. Muat ulang halaman angka ini.")
    code, kind = row.region_code, FigureKind(row.kind)
    _hold([code], by)
    _seen(code, kind, version)
    said = regions.said_of([code])[code, kind]
    if figure_id not in {statement.id for statement in said.statements}:
        raise NotFound("Sumber itu sudah menyebut angka yang lebih baru. Muat ulang, lalu pilih lagi.")
    _check_choice(said, reason)
    before = said.in_force
    db.session.add(
        FigureChoice(
            region_code=code,
            kind=kind.value,
            figure_id=figure_id,
            seen_id=said.versions[-1].id,
            reason=reason.strip(),
            chosen_at=clock.now(),
            chosen_by=by.name,
        )
    )
    db.session.flush()
    audit.record(
        "region:figure:choose",
        by=by,
        subject=(SUBJECT, figure_id),
        region=code,
        changes={
            "kind": [None, kind.label],
            "value": [told(before.value), told(row.value)],
            "source": [before.source, row.source],
            "reason": [None, reason.strip()],
        },
        office=by.mandate_for(Permission.REGION_MANAGE, region=code).text,
    )
    return regions.said_of([code])[code, kind]


def _check_choice(said: Said, reason: str) -> None:
    if len(said.statements) < 2:
        raise Invalid("Angka ini baru mempunyai satu sumber, jadi belum ada yang perlu dipilih.")
    if not reason.strip():
        raise Invalid("Pilihan harus beralasan.", reason="Tuliskan mengapa sumber ini yang dipakai.")
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid("Alasan terlalu panjang.", reason=f"Paling banyak {LONGEST_REASON} tanda.")


def _hold(codes: Sequence[str], by: Person) -> None:
    """Ask whether the person may, and let nobody else change figures of these regions until the commit."""
    for code in codes:
        by.require(Permission.REGION_MANAGE, region=code)
    # Writing the rows as they are takes their locks on PostgreSQL and the writers' turn on SQLite.
    db.session.execute(
        update(Region).where(Region.code.in_(codes)).values(source_version=Region.source_version)
    )


def _seen(code: str, kind: FigureKind, version: int | None) -> None:
    if version is not None and version != regions.figure_version(code, kind):
        raise NotNow(TOO_LATE)


def told(value: Decimal | None) -> int | float | str:
    """A value as the trail keeps it: a plain number, or the words for the unknown."""
    if value is None:
        return UNKNOWN
    return int(value) if value == value.to_integral_value() else float(value)
