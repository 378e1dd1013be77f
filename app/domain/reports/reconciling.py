"""Whether a compilation still adds up: every sum again from the versions as they were frozen, and what came since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.domain.errors import Invalid
from app.domain.registers import Fact
from app.domain.reports.adding import added, included, progress_of
from app.domain.reports.canonical import digest
from app.domain.reports.compiling import read_version
from app.domain.reports.models import Report, ReportVersion
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import STANDING, State
from app.domain.reports.snapshot import AreaProgress, Part, Reading, Snapshot
from app.extensions import db
from app.words import angka

MOST_SAID = 5
"""Differences that a refusal names; the page names them all."""


def unreconciled(parts: Sequence[Part], reading: Reading) -> list[str]:
    """What does not add up, a sentence each; empty where every sum is that of the frozen versions. One statement.

    Every part must be the version whose hash it names, byte for byte, and bring that version's figures; every figure
    and the progress of the reading must then be what adding them up makes.
    """
    versions = _versions(parts)
    wrong: list[str] = []
    true: list[Part] = []
    snapshots: list[Snapshot] = []
    for part in parts:
        if not part.is_included:
            true.append(part)
            continue
        snapshot, fault = _checked(part, versions.get((part.report_id, part.version)))
        if snapshot is None:
            wrong.append(fault)
            continue
        true.append(part._replace(figures=snapshot.reading.figures))
        snapshots.append(snapshot)
    if wrong:
        return wrong
    progress = progress_of(one.reading.progress for one in snapshots)
    return [*_sums(added(true), reading), *_progress(progress, reading.progress)]


def require_reconciled(row: ReportRow, parts: Sequence[Part], reading: Reading) -> None:
    """Refuse (Invalid) a compilation whose figures are not those of the reports it names. No parts: nothing to add up.

    The reading is that of the draft that is about to be sent.
    """
    wrong = unreconciled(parts, reading) if parts else []
    if not wrong:
        return
    more = f" Masih ada {angka(len(wrong) - MOST_SAID)} selisih lain." if len(wrong) > MOST_SAID else ""
    raise Invalid(
        f"{row.kind.heading} {row.region_name} belum dikirim, karena kompilasinya tidak cocok. "
        f"{' '.join(wrong[:MOST_SAID])}{more} Buka halaman kompilasi, lalu susun ulang."
    )


def overtaken(parts: Sequence[Part]) -> list[str]:
    """What happened below since the parts were taken, a sentence each. One statement.

    A report that was reopened, returned or sent anew, and one that was silent and has come since.
    """
    query = select(Report.id, Report.number, Report.state).where(
        Report.id.in_([part.report_id for part in parts])
    )
    now = {found.id: (found.number, State(found.state)) for found in db.session.execute(query)}
    said = (_overtaken(part, *now[part.report_id]) for part in parts if part.report_id in now)
    return [text for text in said if text]


def _overtaken(part: Part, number: int, state: State) -> str:
    name = part.region_name
    if not part.is_included:
        was_silent = State(part.state) not in STANDING
        came = was_silent and state in STANDING
        return f"{name} kini sudah melapor (versi {number}), tetapi belum disertakan." if came else ""
    if number > part.version:
        return f"{name}: disusun dari versi {part.version}; kini ada versi {number}."
    if state not in STANDING:
        return f"{name}: disusun dari versi {part.version}, yang kini {_stands(state)}."
    return ""


def _stands(state: State) -> str:
    return {
        State.RETURNED: "dikembalikan untuk diperbaiki",
        State.REOPENED: "dibuka kembali",
    }.get(state, "ditarik kembali")


def _versions(parts: Sequence[Part]) -> dict[tuple[int, int], tuple[str, str]]:
    """(report, number) -> text and hash as they are kept."""
    query = select(
        ReportVersion.report_id, ReportVersion.number, ReportVersion.snapshot, ReportVersion.sha256
    ).where(ReportVersion.report_id.in_([part.report_id for part in included(parts)]))
    return {
        (report_id, number): (text, sha256) for report_id, number, text, sha256 in db.session.execute(query)
    }


def _checked(part: Part, kept: tuple[str, str] | None) -> tuple[Snapshot | None, str]:
    """The version that a part names, or what is wrong with it."""
    which = f"versi {part.version} laporan {part.region_name}"
    if kept is None:
        return None, f"Versi beku tidak ditemukan: {which}."
    text, sha256 = kept
    if not digest(text) == sha256 == part.sha256:
        return None, f"Sidik tidak cocok: {which} bukan lagi yang dahulu dibekukan."
    snapshot = read_version(text)
    if snapshot.reading.figures != part.figures:
        return None, f"Angka yang dipakai bukan angka {which}."
    return snapshot, ""


def _sums(sums: Iterable[Fact], reading: Reading) -> list[str]:
    stated = {fact.key: fact for fact in reading.figures}
    wrong = []
    for right in sums:
        fact = stated.get(right.key)
        if fact is None:
            wrong.append(f"{right.label}: tidak ada di laporan, jumlah dari laporan {right.said}.")
        elif (fact.value, fact.whole, fact.unit, fact.words) != (
            right.value,
            right.whole,
            right.unit,
            right.words,
        ):
            wrong.append(f"{right.label}: tertulis {fact.said}, jumlah dari laporan {right.said}.")
    return wrong


def _progress(right: Sequence[AreaProgress], stated: Sequence[AreaProgress]) -> list[str]:
    counts = {one.area: one.counts for one in stated}
    return [
        f"Capaian {one.label}: tidak sama dengan jumlah dari laporan."
        for one in right
        if counts.get(one.area) != one.counts
    ]
