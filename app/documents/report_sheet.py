"""A report as an Excel workbook: the totals, figures, obstacles, desks and tables of its paper, ready to compute with.

Pulls in xlsxwriter; only the worker does. Every text is written as text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.book import Book, Cell
from app.documents.report_face import Face
from app.documents.report_totals import checklist_totals
from app.documents.sheet import SIMULATION
from app.domain.checklists import Totals
from app.domain.registers import Fact
from app.domain.reports import Marks, Snapshot
from app.words import NONE

PROGRESS_HEADS = (
    "Bidang",
    "Isian wajib",
    "Belum",
    "Proses",
    "Terkendala",
    "Dikembalikan",
    "Selesai",
    "Diverifikasi",
    "Selesai %",
    "Tidak berlaku",
)

CHART_HEADS = ("Gambar", "Wilayah atau hari", "Angka", "Dari", "Persen", "Satuan", "Sumber")


def render_report_xlsx(snapshot: Snapshot, marks: Marks) -> bytes:
    """A workbook of Ringkasan, Angka, Daftar periksa, Kendala, Desk, Rekap and the tables; the same version with the
    same marks gives the same bytes.
    """
    face = Face(snapshot, marks)
    writer = Book(
        face.title,
        snapshot.desk_name,
        face.local(snapshot.sent_at),
        paper=face.dress.paper,
        foot=face.code,
        is_simulated=snapshot.is_simulated,
    )
    writer.facts("Ringkasan", f"Laporan {face.heading}", _facts(face))
    writer.table("Bagian", ("Bagian", "Isi"), [(one.title, one.text) for one in face.sections], (34, 100))
    writer.table(
        "Angka",
        (
            "Bagian",
            "Kode",
            "Angka",
            "Nilai",
            "Dari",
            "Satuan",
            "Keterangan",
            "Sumber",
            f"Waktu ({face.zone})",
        ),
        _figures(face),
        (26, 7, 40, 14, 14, 14, 40, 24, 18),
    )
    writer.table("Daftar periksa", PROGRESS_HEADS, _progress(face), (30, *(12 for _ in PROGRESS_HEADS[1:])))
    if face.charts:
        writer.table("Peta dan grafik", CHART_HEADS, _charts(face), (44, 34, 12, 12, 12, 14, 28))
    writer.table(
        "Kendala",
        ("Lokasi", "Masalah", "Penanganan", "Keadaan", "Penanggung jawab", "Sejak"),
        [
            (one.place, one.what, one.handling, one.state, one.owner, one.since)
            for one in snapshot.reading.hindrances
        ],
        (28, 50, 50, 18, 24, 14),
    )
    if snapshot.parts:
        _parts(writer, face)
    for table in snapshot.tables:
        name = f"{table.region} {table.title}".strip()
        writer.table(name, table.heads, table.rows, tuple(24 for _ in table.heads))
    return writer.finished()


def _facts(face: Face) -> list[tuple[str, str]]:
    """What the report is, how far it had come, and its totals in the words of the paper."""
    shown = face.snapshot
    return [
        ("Desk", shown.desk_name),
        ("Kepada", shown.above_name),
        *(("", line) for line in face.scope[1:]),
        ("Nomor", shown.dress.number or NONE),
        ("Versi", f"{shown.version}, {face.state_text.lower()}"),
        ("Situasi", ", ".join(filter(None, [shown.of_grade.label, shown.grade_reason]))),
        *((line.label, line.said) for line in face.totals),
        *(("Perubahan", one.text) for one in shown.changes),
        *((f"Penjelasan: {one.finding}", one.reason) for one in shown.explained),
        *(("Belum melapor", name) for name in face.silent),
        *(("Diperiksa sebelum nihil", line) for line in shown.nil_checked),
        ("Kode segel", face.code or NONE),
        ("SHA-256 isi", face.sha256),
        ("", SIMULATION if shown.is_simulated else ""),
    ]


def _figures(face: Face) -> Iterable[tuple[Cell, ...]]:
    """Every figure that a section shows, and then those that none does."""
    shown: set[str] = set()
    for section in face.snapshot.sections:
        for fact in face.snapshot.figures_of(section):
            shown.add(fact.key)
            yield _figure(face, section.title, fact)
    for fact in face.snapshot.reading.figures:
        if fact.key not in shown and not fact.is_silent:
            yield _figure(face, NONE, fact)


def _figure(face: Face, section: str, fact: Fact) -> tuple[Cell, ...]:
    moment = None if fact.as_of is None else face.local(fact.as_of)
    code = face.codes.get(fact.key, "")
    return section, code, fact.label, fact.value, fact.whole, fact.unit, fact.words, fact.source, moment


def _progress(face: Face) -> Iterable[tuple[Cell, ...]]:
    for area in face.snapshot.reading.progress:
        yield _totals_row(area.label, area.totals)
    yield _totals_row("Jumlah", checklist_totals(face.snapshot))


def _charts(face: Face) -> Iterable[tuple[Cell, ...]]:
    """The figures that the paper draws."""
    for one in face.charts:
        for value in one.chart.values:
            told = (value.name, value.part, value.whole, value.percent, one.chart.unit, one.chart.source)
            yield one.chart.title, *told


def _totals_row(name: str, totals: Totals) -> tuple[Cell, ...]:
    returned = totals.dikembalikan + totals.dibuka_kembali
    counts = (totals.expected, totals.belum, totals.proses, totals.terkendala, returned, totals.done)
    return (name, *counts, totals.verified, totals.percent_done, totals.not_applicable)


def _parts(writer: Book, face: Face) -> None:
    writer.table(
        "Desk",
        (
            "Desk",
            "Kode wilayah",
            "Tanda",
            "Keadaan",
            "Versi",
            f"Dikirim ({face.zone})",
            "Situasi",
            "SHA-256 isi",
        ),
        [
            (
                part.region_name,
                part.region_code,
                f"{mark.shape} {mark.label}",
                part.state if verified or not part.version else f"{part.state}, belum diverifikasi",
                part.version or None,
                None if part.sent_at is None else face.local(part.sent_at),
                part.grade,
                part.sha256,
            )
            for part, mark, verified in face.parts
        ],
        (34, 14, 18, 28, 8, 20, 12, 68),
    )
    whole = {fact.key: fact for fact in face.snapshot.reading.figures}
    keys = list(face.codes)
    rows: list[tuple[Cell, ...]] = []
    for part in face.snapshot.parts:
        told = {fact.key: fact.value for fact in part.figures}
        rows.append((part.region_name, *(told.get(key) for key in keys)))
    rows.append(("Jumlah", *(whole[key].value for key in keys)))
    heads = ("Desk", *(f"{code} {whole[key].label}" for key, code in face.codes.items()))
    writer.table("Rekap", heads, rows, (34, *(18 for _ in keys)))
