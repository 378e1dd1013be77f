"""The pack for a Monday meeting as plain values: all regions on one page, what moved in a week, one page a region.

Sources: seeds 000 (kabupaten/kota report every Monday), 001 (the meeting every Monday), 003 (latest situation,
readiness of logistics and steps of anticipation are what it speaks of).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from app.domain.checklists import Totals
from app.domain.registers import Fact
from app.domain.reports.canonical import digest, to_text
from app.domain.reports.rules import Grade, Mark, State
from app.domain.reports.snapshot import Dress, Hindrance, Value
from app.words import angka, persen

FIGURES: tuple[tuple[str, str], ...] = (
    ("logistik.kecamatan_lengkap", "Logistik kecamatan"),
    ("logistik.tps_lengkap", "Logistik TPS"),
    ("netralitas.berjalan", "Kasus netralitas"),
    ("keamanan.kejadian_terbuka", "Kejadian terbuka"),
    ("ktp.belum_rekam", "Belum rekam KTP-el"),
    ("tindak_lanjut.terlambat", "Tindak lanjut lewat"),
)
"""(key, short head) of the figures that a meeting looks at first (seed 003)."""
UNSAID = "–"


class PackFigure(NamedTuple):
    """One of the key figures of one region: this Monday's, and the Monday before's."""

    label: str
    now: Fact | None = None
    before: Value = None

    @property
    def said(self) -> str:
        """ "11 dari 13"; a dash where nobody said it."""
        if self.now is None or self.now.value is None:
            return UNSAID
        whole = f" dari {angka(self.now.whole)}" if self.now.whole else ""
        return f"{angka(self.now.value)}{whole}"

    @property
    def moved(self) -> str:
        """ "+2", "−1", "tetap"; empty where one of the two is not known."""
        if self.now is None or self.now.value is None or self.before is None:
            return ""
        return signed(self.now.value - self.before)


class PackRegion(NamedTuple):
    """One region's page: what its report of this Monday says, beside the one of the Monday before."""

    region_code: str
    region_name: str
    mark: str
    state: str
    version: int = 0
    sha256: str = ""
    sent_at: dt.datetime | None = None
    is_nil: bool = False
    grade: str = ""
    grade_reason: str = ""
    grade_before: str = ""
    counts: tuple[int, ...] = ()
    """Of the whole checklist, in the order of `Totals`."""
    counts_before: tuple[int, ...] = ()
    figures: tuple[PackFigure, ...] = ()
    changes: tuple[str, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    hindrances_left_off: int = 0
    texts: tuple[tuple[str, str], ...] = ()
    """(title, text) of the sections that are spoken of."""

    @property
    def has_reported(self) -> bool:
        """Whether a version stands."""
        return self.version > 0

    @property
    def is_verified(self) -> bool:
        """Whether somebody had verified it."""
        return State(self.state) in (State.VERIFIED, State.ENDORSED)

    @property
    def of_mark(self) -> Mark:
        """What the board calls its report."""
        return Mark(self.mark)

    @property
    def grade_words(self) -> str:
        """The general situation, and what it was a week ago where that was otherwise."""
        if not self.grade:
            return UNSAID
        was = f" (pekan lalu {self.grade_before})" if self.grade_before not in ("", self.grade) else ""
        return f"{Grade(self.grade).value.capitalize()}{was}"

    @property
    def percent(self) -> float | None:
        """How much of its checklist is done; None where nothing is expected or nobody reported."""
        return Totals(*self.counts).percent_done if self.counts else None

    @property
    def progress_said(self) -> str:
        """ "62,5%"; a dash where it is not known."""
        return UNSAID if self.percent is None else persen(self.percent)

    @property
    def progress_moved(self) -> str:
        """ "+4,2" in points of percent; empty where one of the two is not known."""
        before = Totals(*self.counts_before).percent_done if self.counts_before else None
        if self.percent is None or before is None:
            return ""
        tenths = round(self.percent * 10) - round(before * 10)
        sign = "+" if tenths > 0 else "−"
        return "tetap" if tenths == 0 else f"{sign}{angka(abs(tenths) / 10)} poin"


class PackTask(NamedTuple):
    """A follow-up that is still to be done."""

    task: str
    region_name: str
    owner: str = ""
    since: dt.date | None = None
    due_on: dt.date | None = None
    is_late: bool = False
    state: str = ""


class Pack(NamedTuple):
    """All that screen and paper of one Monday's pack may know."""

    region_code: str
    region_name: str
    desk_name: str
    election_name: str
    day: dt.date
    before: dt.date
    h_text: str
    zone: str
    made_at: dt.datetime
    made_by: str
    regions: tuple[PackRegion, ...] = ()
    sums: tuple[PackFigure, ...] = ()
    """The key figures over all regions that reported."""
    agenda: tuple[str, ...] = ()
    obstacles: tuple[Hindrance, ...] = ()
    obstacles_left_off: int = 0
    tasks: tuple[PackTask, ...] = ()
    tasks_left_off: int = 0
    attendance: str = ""
    """How the last Monday meeting was attended, in words; empty where none was recorded."""
    dress: Dress = Dress()
    is_simulated: bool = False
    schema: int = 1

    @property
    def reported(self) -> int:
        """How many regions have a version that stands."""
        return sum(one.has_reported for one in self.regions)

    @property
    def silent(self) -> tuple[str, ...]:
        """The regions without one."""
        return tuple(one.region_name for one in self.regions if not one.has_reported)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The regions whose version nobody has verified."""
        return tuple(one.region_name for one in self.regions if one.has_reported and not one.is_verified)

    @property
    def sha256(self) -> str:
        """The hash of all of it, printed on every page."""
        return digest(to_text(self))


def signed(difference: int | Decimal) -> str:
    """A difference as people read it: +2, −1, tetap."""
    if not difference:
        return "tetap"
    return f"{'+' if difference > 0 else '−'}{angka(difference if difference > 0 else -difference)}"
