"""A report on paper: the one letterhead, sections, totals and marks of a version; PDF/A-3a with its data attached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from app.documents.archive import complete
from app.documents.blocks import Block, in_sections
from app.documents.pdf import print_sheet
from app.documents.report_face import Face
from app.documents.report_markup import attached_to, cut, sheet_of, table_blocks
from app.documents.report_order import ReportPaper
from app.domain.reports import Marks, Snapshot

Progress = Callable[[int, int], None]
ROWS_PER_PHOTO = 8


def render_report_pdf(
    snapshot: Snapshot,
    marks: Marks,
    images: Mapping[str, bytes],
    proof: bytes = b"",
    on_progress: Progress | None = None,
) -> bytes:
    """The version as a tagged PDF/A-3a with its snapshot and marks attached; the same arguments, the same bytes.

    A picture that is missing from `images` is left out of the head, or named in the appendix. Raises RefusedAddress
    when anything but an own asset would have been fetched.
    """
    order = ReportPaper(snapshot, marks, images, proof)
    sheet = sheet_of(order, "paper/report.html", in_sections(partial(report_blocks, Face(snapshot, marks))))
    made = print_sheet(sheet, on_progress)
    return complete(made, attached_to(order), made_at=snapshot.sent_at, code=marks.code)


def report_blocks(face: Face, limit: int) -> Iterator[Block]:
    """The report's blocks in reading order, none heavier than `limit` rows; chapters get the letters A, B, ..."""
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for block in _blocks(face, limit):
        opens = block.opens
        if opens and not opens.startswith("Lampiran"):
            opens = f"{next(letters)}. {opens}"
        yield replace(block, opens=opens)


def _blocks(face: Face, limit: int) -> Iterator[Block]:
    shown = face.snapshot
    yield Block("report_title.html", rows=6)
    if shown.is_nil:
        yield Block("report_nil.html", rows=6)
        yield Block("report_closing.html", rows=6)
        return
    yield Block("report_summary.html", rows=8, opens="Ringkasan")
    if shown.changes:
        yield Block(
            "report_changes.html", rows=len(shown.changes), opens="Perubahan sejak laporan sebelumnya"
        )
    opens = "Perkembangan"
    for section in face.sections:
        rows = 2 + len(section.figures) + len(section.text) // 100
        yield Block("report_section.html", rows=rows, content=section, opens=opens)
        opens = ""
        for table in section.tables:
            yield from table_blocks(table, limit)
    yield from _findings(face, limit)
    for table in face.other_tables:
        yield from table_blocks(table, limit)
    yield from _sources(face, limit)
    yield Block("report_closing.html", rows=8, opens="Penutup")
    yield from _annexes(face, limit)


def _findings(face: Face, limit: int) -> Iterator[Block]:
    shown = face.snapshot
    if shown.reading.progress:
        yield Block(
            "report_progress.html", rows=2 * len(shown.reading.progress), opens="Capaian daftar periksa"
        )
    for number, chart in enumerate(face.charts):
        yield Block(
            chart.template,
            chart.weight,
            chart,
            opens="" if number else "Peta dan grafik",
            continued=number > 0,
        )
    yield from cut("report_hindrances.html", "Kendala dan tindak lanjut", shown.reading.hindrances, limit)
    if shown.explained:
        yield from cut("report_explained.html", "Penjelasan atas ketidaksesuaian", shown.explained, limit)
    if shown.parts:
        yield from cut("report_parts.html", "Laporan yang dikompilasi", face.parts, limit)
        for number, matrix in enumerate(face.matrices):
            yield Block("report_matrix.html", rows=len(matrix.rows), content=matrix, continued=number > 0)
    elif face.silent:
        yield Block("report_silent.html", rows=2, opens="Belum melapor")


def _sources(face: Face, limit: int) -> Iterator[Block]:
    if face.snapshot.reading.reference:
        yield from cut("report_reference.html", "Angka acuan", face.snapshot.reading.reference, limit)
    if face.addresses:
        yield Block("report_addresses.html", rows=len(face.addresses), opens="Alamat sumber")
    if face.abbreviations:
        yield Block("report_abbreviations.html", rows=len(face.abbreviations) // 3, opens="Singkatan")


def _annexes(face: Face, limit: int) -> Iterator[Block]:
    place = ""
    for table in face.annexes:
        opens = "" if table.region == place else f"Lampiran {table.region}"
        place = table.region
        for block in table_blocks(table, limit):
            yield replace(block, opens=opens)
            opens = ""
    photos = tuple(enumerate(face.snapshot.photos))
    if photos:
        a_block = max(2, limit // ROWS_PER_PHOTO // 2 * 2)
        for block in cut("report_photos.html", "Lampiran dokumentasi foto", photos, a_block):
            yield replace(block, rows=block.rows * ROWS_PER_PHOTO)
