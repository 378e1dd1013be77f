"""The accountability report as plain values, frozen at one instant: all that paper and sheets may know.

Times are aware and already in the region's zone. None means unknown or absent and is never printed as zero.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal

from app.domain.checklists.totals import Totals

PAPERS = ("F4", "A4")
KINDS = ("ringkas", "rinci")
STANDINGS = tuple(field.name for field in fields(Totals))
SIZES = ("kecil", "sedang", "besar")
SIGNING_MODES = ("definitif", "Plt.", "Plh.", "Pj.", "Pjs.", "a.n.", "u.b.")

Measure = int | float | Decimal


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of a letterhead: kecil, sedang or besar (11, 13, 15 points), upright or bold."""

    text: str
    size: str = "sedang"
    bold: bool = False

    def __post_init__(self) -> None:
        """Refuse a size outside the contract with ValueError."""
        _one_of(self.size, SIZES, "size of a line")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who speaks: one to five lines, the address under them, an optional PNG emblem with the hash of its bytes."""

    lines: tuple[HeadLine, ...]
    address_lines: tuple[str, ...] = ()
    logo: bytes | None = None
    logo_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a letter says of itself under its head: sifat, lampiran, hal; an empty one is not printed."""

    classification: str = ""
    attachment: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, by the appointment in force on the report's date; "a.n." names the superior first.

    For "u.b." the superior's lines are two: in whose name, and the office between.
    """

    mode: str
    position: str
    name: str
    superior_position: str | None = None
    rank: str | None = None
    nip: str | None = None

    def __post_init__(self) -> None:
        """Refuse with ValueError a mode that naskah dinas does not know, and a.n. or u.b. without the superior."""
        _one_of(self.mode, SIGNING_MODES, "signing mode")
        if self.mode in ("a.n.", "u.b.") and not self.superior_position:
            raise ValueError("signing a.n. or u.b. needs the superior's position")


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last link of the audit trail when the snapshot was made; a paper copy bears witness to it."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of an area's table: one entry, or several of one item condensed.

    A recurring item condensed to one line says so by `periods_done` of `periods_total` ("hari", "pekan"), an
    item of a lower level by `regions_done` of `regions_total`. `measure_unit` None means that the item has no
    measure at all.
    """

    code: str
    title: str
    standing: str
    region_name: str | None = None
    unit_name: str | None = None
    due_text: str | None = None
    measure_value: Measure | None = None
    measure_total: Measure | None = None
    measure_unit: str | None = None
    done_by: str | None = None
    done_at: dt.datetime | None = None
    verified_by: str | None = None
    verified_at: dt.datetime | None = None
    note: str | None = None
    reason: str | None = None
    obstacle: str | None = None
    evidence_count: int = 0
    periods_done: int | None = None
    periods_total: int | None = None
    periods_unit: str = "periode"
    regions_done: int | None = None
    regions_total: int | None = None
    regions_unit: str = "wilayah"

    def __post_init__(self) -> None:
        """Refuse a standing outside the contract with ValueError."""
        _one_of(self.standing, STANDINGS, "standing")


@dataclass(frozen=True, slots=True)
class AreaSection:
    """One area of work (LOG, ASN, ...). `totals` counts entries, so it may exceed the lines of `items`."""

    code: str
    name: str
    totals: Totals
    items: tuple[ItemRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """What holds an item up, and the help that is wanted."""

    code: str
    title: str
    reason: str
    region_name: str | None = None
    unit_name: str | None = None
    help_wanted: str | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One file: `code` of the item it proves, `sha256` as 64 hex digits, `size` in bytes."""

    code: str
    file_name: str
    sha256: str
    size: int
    uploaded_by: str
    at: dt.datetime
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture for the appendix; `image` is a JPEG that the evidence room has re-encoded."""

    caption: str
    image: bytes
    sha256: str
    taken_at: dt.datetime | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A reference figure in the version that this report used."""

    name: str
    value: Measure | None
    source: str | None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One figure that the registers tell of the region, said as the screen says it."""

    area_name: str
    name: str
    said: str
    source: str
    as_of: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChecklistReport:
    """Laporan Pertanggungjawaban Daftar Periksa: kind ringkas has a line an item, rinci a line an entry.

    A specimen shows what the paper looks like, without any item, and says so on every page.
    """

    title: str
    kind: str
    region_name: str
    region_code: str
    region_level: str
    election_name: str
    period_text: str
    as_of: dt.datetime
    zone: str
    letterhead: Letterhead
    desk_name: str
    place: str
    date_text: str
    totals: Totals
    areas: tuple[AreaSection, ...]
    audit_head: AuditHead
    made_by: str
    made_at: dt.datetime
    paper: str = "F4"
    number: str | None = None
    stage_name: str | None = None
    area_name: str | None = None
    obstacles: tuple[ObstacleRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    evidence_left_off: int = 0
    photos: tuple[Photo, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    registers: tuple[RegisterRow, ...] = ()
    signature: Signature | None = None
    reference: Reference | None = None
    copies: tuple[str, ...] = ()
    simulated: bool = False
    specimen: bool = False

    def __post_init__(self) -> None:
        """Refuse with ValueError an unknown paper or kind, and totals that are not the sum of the areas."""
        _one_of(self.paper, PAPERS, "paper")
        _one_of(self.kind, KINDS, "kind")
        added = Totals.together(area.totals for area in self.areas)
        if added != self.totals:
            raise ValueError(f"totals {self.totals} are not the sum of the areas {added}")


@dataclass(frozen=True, slots=True)
class BlankItem:
    """One line of the paper twin; a known `measure_total` is printed, so only the count is written."""

    code: str
    title: str
    unit_name: str | None = None
    due_text: str | None = None
    measure_unit: str | None = None
    measure_total: Measure | None = None
    evidence_text: str | None = None


@dataclass(frozen=True, slots=True)
class BlankArea:
    """The items of one area of work."""

    code: str
    name: str
    items: tuple[BlankItem, ...]


@dataclass(frozen=True, slots=True)
class BlankChecklist:
    """The paper twin of a checklist: filled in by hand, entered later by item code."""

    region_name: str
    region_code: str
    election_name: str
    desk_name: str
    period_text: str
    letterhead: Letterhead
    areas: tuple[BlankArea, ...]
    made_at: dt.datetime
    zone: str
    paper: str = "F4"
    stage_name: str | None = None
    area_name: str | None = None
    simulated: bool = False

    def __post_init__(self) -> None:
        """Refuse an unknown paper with ValueError."""
        _one_of(self.paper, PAPERS, "paper")


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise ValueError(f"unknown {what} {value!r}: expected one of {', '.join(allowed)}")
