"""What a report's paper and sheet show of a version, worked out once: numbered sections, rows, codes, abbreviations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from app.documents.abbreviations import MEANINGS
from app.documents.charts import ChartFace, chart_face
from app.documents.dress import position_lines
from app.documents.report_totals import TotalLine, reported, totals_of
from app.domain import clock, reports
from app.domain.registers import Fact
from app.domain.reports import Kind, Mark, Marks, Part, SectionText, Snapshot, State, Table
from app.web.sources import links_in, source_of
from app.words import NONE, angka, tanggal, waktu, waktu_panjang

STATE_WORDS = {
    State.SENT: "Terkirim, belum diverifikasi",
    State.VERIFIED: "Diverifikasi",
    State.ENDORSED: "Disahkan",
    State.RETURNED: "Dikembalikan, tidak berlaku",
    State.REOPENED: "Dibuka kembali, tidak berlaku",
}
DRAFT = "Draf, belum dikirim"
ORIGINS = {"dilanjutkan": "dilanjutkan dari laporan sebelumnya dan diperiksa lagi"}
KEYS_IN_A_MATRIX = 5
GRADE_SHAPES = {"aman": "●", "waspada": "◐", "rawan": "▲"}


class FigureLine(NamedTuple):
    """A figure as it stands in a section; `code` finds it in the matrix of a compilation."""

    code: str
    label: str
    said: str
    source: str


class SectionFace(NamedTuple):
    """A section with its number, what it says, and its figures."""

    number: int
    title: str
    text: str
    note: str
    figures: tuple[FigureLine, ...]
    tables: tuple[Table, ...]


class Matrix(NamedTuple):
    """Some figures of a compilation, a row for each desk below, with their sums."""

    heads: tuple[tuple[str, str], ...]
    """(code, label)."""
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sums: tuple[str, ...]


class Face:
    """One version with its marks, in words. Computes nothing that is not in them."""

    def __init__(self, snapshot: Snapshot, marks: Marks) -> None:
        self.snapshot, self.marks = snapshot, marks
        self.zone = clock.abbreviation(snapshot.zone)
        self.dress = snapshot.dress
        self.sha256 = reports.snapshot_sha256(snapshot)

    def local(self, moment: dt.datetime) -> dt.datetime:
        """The moment by the desk's own clock."""
        return clock.local(moment, self.snapshot.zone)

    def time(self, moment: dt.datetime | None, *, with_zone: bool = True) -> str:
        """25 Nov 2024 16.00 WITA; a dash for none."""
        return NONE if moment is None else waktu(self.local(moment), self.zone if with_zone else "")

    @property
    def heading(self) -> str:
        """What kind of report it is, without the word itself, which stands above."""
        heading = self.snapshot.of_kind.heading.removeprefix("Laporan ")
        return f"{heading} (nihil)" if self.snapshot.is_nil else heading

    @property
    def title(self) -> str:
        """The document's title, for the reader's window and the sheet."""
        return f"Laporan {self.heading}, {self.snapshot.desk_name}, {tanggal(self.snapshot.day)}"

    @property
    def scope(self) -> tuple[str, ...]:
        """The lines under the title: the desk, the day, the hour of the figures, stage and countdown."""
        shown = self.snapshot
        stages = ", ".join(filter(None, [", ".join(shown.reading.stages), shown.reading.h_text]))
        moment = waktu_panjang(self.local(shown.cut_off_at), self.zone)
        lines = [shown.desk_name, self.asked_for, tanggal(shown.day)]
        return tuple(line for line in (*lines, stages, f"Keadaan data {moment}") if line)

    @property
    def asked_for(self) -> str:
        """What a brief was asked for; empty for any other report."""
        return self.snapshot.title if self.snapshot.of_kind is Kind.BRIEF else ""

    @property
    def state_text(self) -> str:
        """How far this version had come when the document was made."""
        return STATE_WORDS.get(State(self.marks.state), DRAFT)

    @property
    def is_draft(self) -> bool:
        """Whether it was never sent."""
        return State(self.marks.state) not in STATE_WORDS

    @property
    def code(self) -> str:
        """The code of the seal in two groups; empty without one."""
        return reports.spelled(self.marks.code)

    @property
    def grade_shape(self) -> str:
        """The general situation as a sign that a grey printer keeps."""
        return GRADE_SHAPES.get(self.snapshot.grade, "●")

    @cached_property
    def totals(self) -> tuple[TotalLine, ...]:
        """The totals that every face of the report tells."""
        return totals_of(self.snapshot)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Of a compilation, the code that its screen has too, for each figure that its parts brought."""
        codes = {one.fact.key: one.code for one in reports.summed(self.snapshot.parts)}
        figures = self.snapshot.reading.figures
        return {fact.key: codes[fact.key] for fact in figures if fact.key in codes}

    @cached_property
    def sections(self) -> tuple[SectionFace, ...]:
        """The sections that say something, numbered."""
        shown = [one for one in map(self._section, self.snapshot.sections) if one is not None]
        return tuple(one._replace(number=number) for number, one in enumerate(shown, start=1))

    def _section(self, section: SectionText) -> SectionFace | None:
        figures = tuple(map(self._figure, self.snapshot.figures_of(section)))
        tables = tuple(one for one in self.snapshot.tables if one.section == section.key and not one.region)
        if not (section.text or figures or tables):
            return None
        return SectionFace(0, section.title, section.text, ORIGINS.get(section.origin, ""), figures, tables)

    def _figure(self, fact: Fact) -> FigureLine:
        source = self.cited(fact.source) or "sumber belum diketahui"
        told = [source, self.time(fact.as_of) if fact.as_of else ""]
        return FigureLine(self.codes.get(fact.key, ""), fact.label, fact.said, ", ".join(filter(None, told)))

    @cached_property
    def other_tables(self) -> tuple[Table, ...]:
        """Tables of the body that belong to no section that is shown."""
        keys = {section.key for section in self.snapshot.sections}
        return tuple(one for one in self.snapshot.tables if not one.region and one.section not in keys)

    @cached_property
    def annexes(self) -> tuple[Table, ...]:
        """Tables of one kabupaten/kota each."""
        return tuple(one for one in self.snapshot.tables if one.region)

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """The desks below that have not reported."""
        return self.snapshot.reading.silent

    @cached_property
    def parts(self) -> tuple[tuple[Part, Mark, bool], ...]:
        """(part, its mark, whether it was verified)."""
        return tuple((part, Mark(part.mark), part.state in reports.ACCEPTED) for part in self.snapshot.parts)

    @cached_property
    def has_unverified_parts(self) -> bool:
        """Whether the compilation holds a report that nobody has verified."""
        return any(part.state not in reports.ACCEPTED for part in reported(self.snapshot))

    @cached_property
    def matrices(self) -> tuple[Matrix, ...]:
        """The figures behind each code that the paper tells, desk by desk, some columns at a time.

        A sum that stands in no section, because nobody has recorded anything of it, has no columns either.
        """
        whole = {fact.key: fact for fact in self.snapshot.reading.figures}
        keys = [key for key in self.codes if not whole[key].is_silent]
        made = []
        for start in range(0, len(keys), KEYS_IN_A_MATRIX):
            some = keys[start : start + KEYS_IN_A_MATRIX]
            rows = []
            for part in self.snapshot.parts:
                told = {fact.key: fact for fact in part.figures}
                cells = tuple(_cell(told.get(key)) for key in some)
                rows.append((part.region_name, cells))
            heads = tuple((self.codes[key], whole[key].label) for key in some)
            made.append(Matrix(heads, tuple(rows), tuple(_cell(whole[key]) for key in some)))
        return tuple(made)

    @cached_property
    def addresses(self) -> dict[str, int]:
        """The addresses that its sources name, numbered as they first occur: they stand at the end, in full."""
        sources = [fact.source for one in self.snapshot.sections for fact in self.snapshot.figures_of(one)]
        sources += [one.source for one in self.snapshot.reading.reference]
        found = dict.fromkeys(link for text in sources for link in links_in(text))
        return {link: number for number, link in enumerate(found, start=1)}

    def cited(self, text: str) -> str:
        """A source with each address as its host and its number among the addresses."""
        for link in links_in(text):
            text = text.replace(link, f"{source_of(link).words} [{self.addresses[link]}]", 1)
        return text

    @cached_property
    def charts(self) -> tuple[ChartFace, ...]:
        """The map and the charts of the figures that were frozen with it."""
        drawn = (chart_face(one, self.snapshot.voting_day) for one in self.snapshot.reading.charts)
        return tuple(one for one in drawn if one is not None)

    @cached_property
    def position_lines(self) -> tuple[str, ...]:
        """The lines above the space for the signature."""
        return position_lines(self.dress)

    @cached_property
    def signed_moves(self) -> tuple[tuple[str, str, str, str], ...]:
        """(what, who, office, when) of each step that the marks tell."""
        shown, marks = self.snapshot, self.marks
        moves = [("Dikirim", shown.sent_by, shown.sent_office, shown.sent_at)]
        if marks.verified_at:
            moves.append(("Diverifikasi", marks.verified_by, marks.verified_office, marks.verified_at))
        if marks.endorsed_at:
            moves.append(("Disahkan", marks.endorsed_by, marks.endorsed_office, marks.endorsed_at))
        return tuple((what, who, office or NONE, self.time(at)) for what, who, office, at in moves)

    @cached_property
    def abbreviations(self) -> tuple[tuple[str, str], ...]:
        """Abbreviations that occur, with their meaning."""
        text = "\n".join(self._texts())
        return tuple(
            (short, meaning)
            for short, meaning in MEANINGS.items()
            if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w])", text)
        )

    def _texts(self) -> Iterator[str]:
        shown = self.snapshot
        yield from (line[0] for line in shown.dress.lines)
        yield from shown.nil_checked
        yield shown.grade_reason
        for section in self.sections:
            yield from (section.title, section.text)
            yield from (part for line in section.figures for part in line)
        yield from (change.text for change in shown.changes)
        yield from (text for one in shown.explained for text in (one.finding, one.reason))
        for row in shown.reading.hindrances:
            yield from (row.what, row.handling, row.owner)
        yield from (text for one in shown.reading.reference for text in (one.label, one.source))
        for table in shown.tables:
            yield from (table.title, table.note, *table.heads)
            yield from (str(cell) for row in table.rows for cell in row)


def _cell(fact: Fact | None) -> str:
    return NONE if fact is None or fact.value is None else angka(fact.value)


def is_number_column(table: Table, column: int) -> bool:
    """Whether every cell of a column is a number or empty, so that it is set to the right."""
    cells = [row[column] for row in table.rows if column < len(row)]
    return bool(cells) and all(type(cell) in (int, type(None)) for cell in cells)


def cell_text(cell: str | int | None) -> str:
    """A cell of a table in words; what is not known is a dash."""
    if cell is None or cell == "":
        return NONE
    return angka(cell) if isinstance(cell, int) else cell
