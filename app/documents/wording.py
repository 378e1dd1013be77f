"""How a line of the checklist is said, in the same words on paper and in the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.snapshot import ChecklistReport, ItemRow, Signature
from app.domain.checklists.totals import Totals
from app.words import UNKNOWN, angka, persen


@dataclass(frozen=True, slots=True)
class StandingWord:
    """A standing's shape (legible without colour), its word, and the word for a narrow table head."""

    shape: str
    word: str
    second_line: str = ""


STANDING_WORDS = {
    "belum": StandingWord("○", "Belum"),
    "proses": StandingWord("◐", "Proses"),
    "selesai": StandingWord("●", "Selesai"),
    "terkendala": StandingWord("▲", "Terkendala"),
    "tidak_berlaku": StandingWord("–", "Tidak berlaku"),
    "dikembalikan": StandingWord("↩", "Dikembalikan"),
    "dibuka_kembali": StandingWord("↩", "Dibuka kembali"),
    "selesai_diverifikasi": StandingWord("✓✓", "Terverifikasi"),
    "tidak_berlaku_diverifikasi": StandingWord("✓✓", "Tidak berlaku", "terverifikasi"),
}

UNVERIFIED = "Belum diverifikasi"
LONG_TEXT = 1200
WAITING = frozenset({"selesai", "tidak_berlaku"})
VERIFIED = frozenset({"selesai_diverifikasi", "tidak_berlaku_diverifikasi"})


def state_text(item: ItemRow) -> str:
    """What the desk says of the item, without the supervisor's word, for a column that is filtered by it."""
    return STANDING_WORDS[item.standing.removesuffix("_diverifikasi")].word


def is_long(item: ItemRow) -> bool:
    """Whether a line may have to be broken over two pages: more text than about a third of a page holds."""
    return sum(len(text or "") for text in (item.title, item.note, item.reason, item.obstacle)) > LONG_TEXT


def is_long_line(cells: Sequence[str]) -> bool:
    """The same of a line of a register's list: by its longest cell, since the others stand beside it."""
    return max(map(len, cells), default=0) > LONG_TEXT


def measure_text(item: ItemRow) -> str:
    """11 dari 13 kecamatan; what nobody entered is "belum diketahui". Empty when the item has no measure."""
    if item.measure_unit is None and item.measure_value is None and item.measure_total is None:
        return ""
    unit = f" {item.measure_unit}" if item.measure_unit else ""
    if item.measure_value is None and item.measure_total is None:
        return UNKNOWN
    if item.measure_total is None:
        return f"{angka(item.measure_value)}{unit}"
    return f"{angka(item.measure_value)} dari {angka(item.measure_total)}{unit}"


def periods_text(item: ItemRow) -> str:
    """12 dari 33 hari, for a recurring item in one line; empty otherwise."""
    if item.periods_total is None:
        return ""
    return f"{angka(item.periods_done)} dari {angka(item.periods_total)} {item.periods_unit}"


def regions_text(item: ItemRow) -> str:
    """11 dari 13 wilayah, for a lower level's item in one line; empty otherwise."""
    if item.regions_total is None:
        return ""
    return f"{angka(item.regions_done)} dari {angka(item.regions_total)} {item.regions_unit}"


def scope_lines(report: ChecklistReport) -> tuple[str, ...]:
    """What the report covers, one thought a line, for the title."""
    parts = [
        f"Tahapan {report.stage_name}" if report.stage_name else "",
        report.area_name and f"Bidang {report.area_name}",
    ]
    cover = ", ".join(part for part in parts if part)
    period = f"Periode {report.period_text}" if report.period_text[:1].isdigit() else report.period_text
    return tuple(line for line in (report.desk_name, cover, period) if line)


def summary_sentence(totals: Totals) -> str:
    """The report's first sentence: how much was to be done, is done, is verified."""
    if totals.expected == 0:
        return "Tidak ada isian yang wajib dikerjakan dalam lingkup laporan ini."
    return (
        f"Dari {angka(totals.expected)} isian yang wajib dikerjakan, {angka(totals.done)} isian "
        f"({persen(totals.percent_done)}) telah selesai dan {angka(totals.verified)} isian "
        f"({persen(totals.percent_verified)}) telah diverifikasi."
    )


def rest_sentence(totals: Totals) -> str:
    """The second sentence: what is not verified, held up or untouched; empty when nothing is left to say."""
    left = (
        (totals.selesai, "selesai tetapi belum diverifikasi"),
        (totals.proses, "dalam proses"),
        (totals.terkendala, "terkendala"),
        (totals.dikembalikan, "dikembalikan untuk diperbaiki"),
        (totals.dibuka_kembali, "dibuka kembali"),
        (totals.belum, "belum dikerjakan"),
        (totals.not_applicable, "dinyatakan tidak berlaku (tidak dihitung sebagai wajib)"),
    )
    said = [f"{angka(count)} isian {words}" for count, words in left if count]
    if not said:
        return ""
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, dan {said[-1]}"
    return f"Di luar itu, {listed}."


def signature_lines(signature: Signature) -> tuple[str, ...]:
    """The lines above the space for the signature, as naskah dinas sets them."""
    return lines_of(signature.mode, signature.superior_position or "", signature.position)


def lines_of(mode: str, superior: str, position: str) -> tuple[str, ...]:
    """The same from what a report's dress keeps: "a.n. GUBERNUR ... / Sekretaris Daerah / u.b. / Kepala Badan,"."""
    first, *between = superior.splitlines() or [""]
    if mode == "u.b." and between:
        return (f"a.n. {first}", *between, "u.b.", f"{position},")
    if mode in ("a.n.", "u.b.") and first:
        return (f"{mode} {first}", f"{position},")
    return (f"{position},",) if mode in ("", "definitif") else (f"{mode} {position},",)
