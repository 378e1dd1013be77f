"""A report as it was sent: plain values only, all that its screen, paper, sheet and text may know.

What a later version of the application adds gets a default and is `ADDED_LATER`, so that a snapshot of today is read
for ever and keeps its hash. Moments are
aware; figures are `Fact`s as the rooms told them. None is not known, and never zero.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, NamedTuple

from app.domain.checklists import Totals
from app.domain.registers import Fact
from app.domain.reports.canonical import ADDED_LATER, digest, from_text, to_text
from app.domain.reports.charts import Chart
from app.domain.reports.rules import ACCEPTED, Grade, Kind, State

Value = int | Decimal | None


class Dress(NamedTuple):
    """What the paper wears, as it was in force on the report's date: letterhead, reference line, signature."""

    lines: tuple[tuple[str, str, bool], ...] = ()
    """(text, size, bold) of the letterhead."""
    address: tuple[str, ...] = ()
    logo_sha256: str = ""
    number: str = ""
    classification: str = ""
    attachment: str = ""
    subject: str = ""
    copies: tuple[str, ...] = ()
    paper: str = "F4"
    place: str = ""
    date_text: str = ""
    signature_mode: str = ""
    """Empty where nobody is appointed to sign."""
    signature_position: str = ""
    signature_superior: str = ""
    signature_name: str = ""
    signature_rank: str = ""
    signature_nip: str = ""


class SectionText(NamedTuple):
    """What a section says; `origin` is baru, dilanjutkan (from the report before, confirmed) or diubah."""

    key: str
    title: str
    text: str = ""
    origin: str = "baru"
    figures: tuple[str, ...] = ()
    """Keys of the figures that stand in it."""


class Change(NamedTuple):
    """One sentence on what is different since the report before; edited by hand or as computed."""

    text: str
    figures: tuple[str, ...] = ()
    is_edited: bool = False


class ReferenceFigure(NamedTuple):
    """A reference figure in the version that was used."""

    label: str
    value: Value
    source: str
    dated_on: dt.date | None = None


class AreaProgress(NamedTuple):
    """How far the checklist of an area of work is: the counts of `Totals`, in their order."""

    area: str
    label: str
    counts: tuple[int, ...]

    @property
    def name(self) -> str:
        """As papers call an area of work."""
        return self.label

    @property
    def totals(self) -> Totals:
        """With the percents that every page computes from them."""
        return Totals(*self.counts)


class Hindrance(NamedTuple):
    """Something that holds a desk up: where, what, what is done about it."""

    place: str
    what: str
    handling: str = ""
    state: str = ""
    owner: str = ""
    since: dt.date | None = None


class Explained(NamedTuple):
    """A contradiction that was found before sending, and the reason that travels with the report."""

    rule: str
    finding: str
    reason: str


class Part(NamedTuple):
    """A report below that a compilation is made of: the version, its hash, and the figures that it brought."""

    report_id: int
    region_code: str
    region_name: str
    mark: str
    """`rules.Mark`."""
    state: str
    """`rules.State`; one that is not verified is marked wherever it is shown."""
    version: int = 0
    sha256: str = ""
    is_nil: bool = False
    grade: str = ""
    sent_at: dt.datetime | None = None
    figures: tuple[Fact, ...] = ()

    @property
    def is_included(self) -> bool:
        """Whether a version of it is in the sums; one that is silent or was left out has none."""
        return self.version > 0

    @property
    def is_verified(self) -> bool:
        """Whether somebody had verified it."""
        return State(self.state) in ACCEPTED


class Table(NamedTuple):
    """A table of a section: recap tables, annexes. Cells are text, or whole numbers that are set by their digits."""

    key: str
    section: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    note: str = ""
    region: str = ""
    """The name of the kabupaten/kota whose annex it is; empty in the body."""


class Photo(NamedTuple):
    """A picture of the appendix, kept in the evidence store by its hash."""

    sha256: str
    caption: str
    section: str = ""


class Reading(NamedTuple):
    """What the desk knew at one moment: the figures that a report opens with."""

    read_at: dt.datetime
    figures: tuple[Fact, ...] = ()
    reference: tuple[ReferenceFigure, ...] = ()
    progress: tuple[AreaProgress, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    stages: tuple[str, ...] = ()
    """The names of the stages that run on the day."""
    h_text: str = ""
    silent: tuple[str, ...] = ()
    """The desks below that have not reported."""
    charts: Annotated[tuple[Chart, ...], ADDED_LATER] = ()
    """What its papers draw; older snapshots have none."""

    def figure(self, key: str) -> Fact | None:
        """The figure of that key."""
        return next((fact for fact in self.figures if fact.key == key), None)


class Snapshot(NamedTuple):
    """One version of one report."""

    report_id: int
    kind: str
    version: int
    day: dt.date
    slot: int
    title: str
    region_code: str
    region_name: str
    region_level: str
    desk_name: str
    above_name: str
    """The desk that it goes to; empty for none."""
    election_name: str
    voting_day: dt.date
    zone: str
    cut_off_at: dt.datetime
    due_at: dt.datetime
    sent_at: dt.datetime
    sent_by: str
    sent_office: str
    reading: Reading
    dress: Dress = Dress()
    is_nil: bool = False
    nil_checked: tuple[str, ...] = ()
    """What was looked at before "nihil" was said."""
    grade: str = "aman"
    grade_reason: str = ""
    sections: tuple[SectionText, ...] = ()
    changes: tuple[Change, ...] = ()
    explained: tuple[Explained, ...] = ()
    parts: tuple[Part, ...] = ()
    """Of a compilation, one for every desk below, silent ones too."""
    tables: tuple[Table, ...] = ()
    photos: tuple[Photo, ...] = ()
    previous_sha256: str = ""
    """The version that "since the last report" speaks of."""
    audit_seq: int = 0
    audit_hash: str = ""
    is_simulated: bool = False
    schema: int = 1

    @property
    def of_kind(self) -> Kind:
        """Its kind."""
        return Kind(self.kind)

    @property
    def of_grade(self) -> Grade:
        """Its general situation."""
        return Grade(self.grade)

    def section(self, key: str) -> SectionText | None:
        """The section of that key."""
        return next((one for one in self.sections if one.key == key), None)

    def figures_of(self, section: SectionText) -> tuple[Fact, ...]:
        """The figures that stand in a section, in its order, without those that nobody has recorded."""
        known = {fact.key: fact for fact in self.reading.figures}
        return tuple(known[key] for key in section.figures if key in known and not known[key].is_silent)


class Marks(NamedTuple):
    """How far a version had come when a document was made of it; printed, and sealed with it."""

    state: str
    code: str = ""
    verified_by: str = ""
    verified_office: str = ""
    verified_at: dt.datetime | None = None
    endorsed_by: str = ""
    endorsed_office: str = ""
    endorsed_at: dt.datetime | None = None
    address: str = ""
    """Where the code can be checked, as the paper's square code says it."""


def snapshot_text(snapshot: Snapshot) -> str:
    """The canonical text whose hash names the snapshot."""
    return to_text(snapshot)


def snapshot_of(text: str) -> Snapshot:
    """The snapshot that the text says. Raises ValueError for any other text."""
    return from_text(Snapshot, text)


def snapshot_sha256(snapshot: Snapshot) -> str:
    """SHA-256 of the canonical text."""
    return digest(to_text(snapshot))
