"""The desk's deeds on reference figures: record one, choose between sources, and see first what that moves.

Beside the rooms, because the rooms of regions lies below the trail and below the checklists that hang on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import update

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
class Outlook:
    """What happens when a source says `value`: what holds before and after, whom it contradicts, what it moves."""

    before: FigureView | None
    value: Decimal | None
    after: Decimal | None
    takes_effect: bool
    """False while another source is the chosen one: the new value then only stands beside it."""
    others: tuple[FigureView, ...]
    """Statements of other sources that give another value."""
    moves: Moves


def outlook(code: str, kind: FigureKind, value: Decimal | None, source: str) -> Outlook:
    """What recording this would do, before it is done. Reads only."""
    said = regions.said_of([code]).get((code, kind))
    before = None if said is None else said.in_force
    after = value if said is None else said.with_new(value, source)
    others = () if said is None else tuple(o for o in said.statements if o.source != source)
    return Outlook(
        before,
        value,
        after,
        said is None or said.choice is None or source == said.chosen_source,
        tuple(other for other in others if value is not None and other.value not in (None, value)),
        moves({(code, kind): (None if before is None else before.value, after)}),
    )


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


def record(
    code: str,
    kind: FigureKind,
    value: Decimal | None,
    *,
    by: Person,
    source: str,
    document: str = "",
    dated_on: dt.date | None = None,
    note: str = "",
    version: int | None = None,
) -> FigureView:
    """Record what a source says of a figure; what was said before stays. `value` None is "belum diketahui".

    `version` is `regions.figure_version` of what the person saw. Refuses without region:manage there
    (NotAllowed), a figure that changed since (NotNow), a document of a day to come or a value that cannot be
    (Invalid), an unknown region (NotFound).
    """
    _open(code, kind, by, version)
    if dated_on is not None and dated_on > clock.today(regions.zone_of(code)):
        sentence = "Tanggal dokumen belum tiba. Periksa tahunnya."
        raise Invalid(sentence, dated_on=sentence)
    before = regions.said_of([code]).get((code, kind))
    row = regions.record_figure(
        code, kind, value, by=by.name, source=source, document=document, dated_on=dated_on, note=note
    )
    own = None if before is None else next((s for s in before.statements if s.source == row.source), None)
    said: dict[str, list[Any]] = {
        "kind": [None, kind.label],
        "value": [None if own is None else told(own.value), told(row.value)],
        "source": [None, row.source],
        "document": [None, row.document],
        "dated_on": [None, dated_on],
        "note": [None, row.note],
    }
    audit.record(
        "region:figure:record",
        by=by,
        subject=(SUBJECT, row.id),
        region=code,
        changes={name: change for name, change in said.items() if change[1]},
        office=by.mandate_for(Permission.REGION_MANAGE, region=code).text,
    )
    return regions.figure_history(code, kind)[0]


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
    _open(code, kind, by, version)
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
            seen_id=max(statement.id for statement in said.statements),
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


def _open(code: str, kind: FigureKind, by: Person, version: int | None) -> None:
    """Ask whether the person may, let nobody else change figures of this region until the commit, look again."""
    regions.find(code)
    by.require(Permission.REGION_MANAGE, region=code)
    # Writing the row as it is takes its lock on PostgreSQL and the writers' turn on SQLite.
    db.session.execute(update(Region).where(Region.code == code).values(source_version=Region.source_version))
    if version is not None and version != regions.figure_version(code, kind):
        raise NotNow(TOO_LATE)


def told(value: Decimal | None) -> int | float | str:
    """A value as the trail keeps it: a plain number, or the words for the unknown."""
    if value is None:
        return UNKNOWN
    return int(value) if value == value.to_integral_value() else float(value)
