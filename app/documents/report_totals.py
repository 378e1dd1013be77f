"""The figures that every face of one report must tell alike: screen, paper, sheet and WhatsApp text ask here."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.checklists import Totals
from app.domain.reports import Mark, Part, Snapshot
from app.words import angka, persen

REPORTED = frozenset({Mark.ON_TIME, Mark.LATE, Mark.NIL})


class TotalLine(NamedTuple):
    """One total: what it is of, and how it is said."""

    key: str
    label: str
    said: str


def checklist_totals(snapshot: Snapshot) -> Totals:
    """The checklist of all areas of work together."""
    return Totals.together(one.totals for one in snapshot.reading.progress)


def reported(snapshot: Snapshot) -> tuple[Part, ...]:
    """The desks below that have reported; of a report that is no compilation, none."""
    return tuple(part for part in snapshot.parts if part.mark in REPORTED)


def totals_of(snapshot: Snapshot) -> tuple[TotalLine, ...]:
    """The report's totals in words; those that it cannot have (no checklist, no desks below) are left out."""
    lines = []
    whole = checklist_totals(snapshot)
    if whole.expected:
        lines.append(
            TotalLine(
                "daftar_periksa",
                "Daftar periksa",
                f"{angka(whole.done)} dari {angka(whole.expected)} isian selesai ({persen(whole.percent_done)}), "
                f"{angka(whole.verified)} diverifikasi",
            )
        )
    lines.append(TotalLine("kendala", "Kendala terbuka", _counted(len(snapshot.reading.hindrances))))
    if snapshot.parts:
        lines.append(
            TotalLine(
                "bagian",
                "Desk yang melapor",
                f"{angka(len(reported(snapshot)))} dari {angka(len(snapshot.parts))}",
            )
        )
    return tuple(lines)


def _counted(count: int) -> str:
    return angka(count) if count else "nihil"
