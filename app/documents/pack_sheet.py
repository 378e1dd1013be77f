"""A Monday's pack as an Excel workbook: the board with its sums, obstacles, follow-ups and what each region says.

Pulls in xlsxwriter; only the worker does.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.book import Book, Cell
from app.documents.sheet import SIMULATION
from app.domain import clock
from app.domain.reports import Pack, PackFigure, PackRegion
from app.words import tanggal, waktu

BOARD = ("Wilayah", "Kode wilayah", "Laporan", "Keadaan", "Situasi", "Isian selesai %", "Perubahan")


def render_pack_xlsx(pack: Pack) -> bytes:
    """The workbook of Ringkasan, Papan, Kendala, Tindak lanjut and Wilayah, with the totals of the paper; the same
    pack, the same bytes.
    """
    made_at = clock.local(pack.made_at, pack.zone)
    writer = Book(
        f"Bahan rapat Senin, {pack.desk_name}, {tanggal(pack.day)}",
        pack.desk_name,
        made_at,
        paper=pack.dress.paper,
        foot=f"sha256 {pack.sha256[:16]}",
        is_simulated=pack.is_simulated,
    )
    writer.facts("Ringkasan", "Bahan rapat Senin", _facts(pack))
    heads = [
        head for one in pack.sums for head in (one.label, f"{one.label}: dari", f"{one.label}: perubahan")
    ]
    widths = (34, 14, 18, 26, 26, 14, 12, *(14 for _ in heads))
    writer.table("Papan", (*BOARD, *heads), _board(pack), widths)
    writer.table(
        "Kendala",
        ("Wilayah", "Kendala", "Penanganan", "Keadaan", "Penanggung jawab", "Sejak"),
        [(one.place, one.what, one.handling, one.state, one.owner, one.since) for one in pack.obstacles],
        (30, 50, 50, 18, 24, 14),
    )
    writer.table(
        "Tindak lanjut",
        ("Yang harus dikerjakan", "Wilayah", "Penanggung jawab", "Sejak", "Tenggat", "Keadaan"),
        [
            (
                one.task,
                one.region_name,
                one.owner,
                one.since,
                one.due_on,
                "lewat tenggat" if one.is_late else one.state,
            )
            for one in pack.tasks
        ],
        (60, 34, 30, 14, 14, 18),
    )
    writer.table("Wilayah", ("Wilayah", "Hal", "Isi"), _said(pack), (34, 30, 100))
    return writer.finished()


def _facts(pack: Pack) -> Iterator[tuple[str, str]]:
    zone = clock.abbreviation(pack.zone)
    yield "Desk", pack.desk_name
    yield "Hari", ", ".join(filter(None, [tanggal(pack.day), pack.h_text]))
    yield "Pemilihan", pack.election_name
    yield "Melapor", f"{pack.reported} dari {len(pack.regions)} wilayah"
    yield "Belum melapor", ", ".join(pack.silent)
    yield "Belum diverifikasi", ", ".join(pack.unverified)
    yield "Dibandingkan dengan", f"laporan {tanggal(pack.before)}"
    for one in pack.sums:
        yield one.label, ", ".join(filter(None, [one.said, one.moved]))
    for line in pack.agenda:
        yield "Agenda", line
    yield "Kehadiran terakhir", pack.attendance
    for count, what in ((pack.obstacles_left_off, "kendala"), (pack.tasks_left_off, "tindak lanjut")):
        yield "Tidak dimuat", f"{count} {what} lain" if count else ""
    yield "Disusun", f"{pack.made_by}, {waktu(clock.local(pack.made_at, pack.zone), zone)}"
    yield "", SIMULATION if pack.is_simulated else ""


def _board(pack: Pack) -> Iterator[tuple[Cell, ...]]:
    """A line for each region, then the sums over those that reported."""
    for region in pack.regions:
        figures = region.figures or tuple(PackFigure(one.label) for one in pack.sums)
        yield (
            region.region_name,
            region.region_code,
            f"{region.of_mark.shape} {region.of_mark.label}",
            _state(region),
            region.grade_words,
            region.percent,
            region.progress_moved,
            *(cell for one in figures for cell in _cells(one)),
        )
    told = f"{pack.reported} dari {len(pack.regions)} melapor"
    yield "Jumlah", "", told, "", "", None, "", *(cell for one in pack.sums for cell in _cells(one))


def _state(region: PackRegion) -> str:
    if not region.has_reported:
        return "belum ada laporan"
    return f"versi {region.version}" + ("" if region.is_verified else ", belum diverifikasi")


def _cells(figure: PackFigure) -> tuple[Cell, Cell, Cell]:
    """This Monday's figure, its whole, and by how much it moved; empty is not known."""
    if figure.now is None or figure.now.value is None:
        return None, None, None
    moved = None if figure.before is None else figure.now.value - figure.before
    return figure.now.value, figure.now.whole, moved


def _said(pack: Pack) -> Iterator[tuple[Cell, ...]]:
    for region in pack.regions:
        told = [("Situasi", region.grade_reason), *(("Perubahan", text) for text in region.changes)]
        told += [
            ("Kendala", ": ".join(filter(None, [one.place, one.what])) + _handled(one.handling))
            for one in region.hindrances
        ]
        told += region.texts
        for what, text in told:
            if text:
                yield region.region_name, what, text


def _handled(handling: str) -> str:
    return f". Penanganan: {handling}" if handling else ""
