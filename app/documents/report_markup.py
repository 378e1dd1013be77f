"""What every paper of a report is made of, whatever its length: its shell, its tables, the data that travels with it.

Light: nothing here loads the printer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.documents.binding import Attached
from app.documents.blocks import Block
from app.documents.markup import Heading, Sheet, asset
from app.documents.report_face import Face, cell_text, is_number_column
from app.documents.report_order import ReportPaper
from app.documents.report_proof import MARKS_NAME, PROOF_NAME, SNAPSHOT_NAME, marks_text
from app.documents.snapshot import HeadLine, Letterhead
from app.domain.reports import Table, snapshot_text

NARROWEST, WIDEST = 7.0, 48.0
"""Letters that a column is made for at least, and at most."""
LETTERS = 95.0
"""That stand beside one another on an upright page."""
FIGURE_EDGE = 4.0
"""Letters of white beside the longest number of a column, so that none breaks in two."""
COLUMN_WIDTHS = "".join(f"col.w{percent} {{ width: {percent}% }}" for percent in range(101))
MOST_COLUMNS = 7
"""Columns that a page is wide enough for; a wider table goes on below, its first column repeated."""


def sheet_of(
    order: ReportPaper,
    template: str,
    sections: Sequence[tuple[Block, ...]],
    contents: Callable[[Sequence[Heading]], tuple[Block, ...]] | None = None,
    style: str = "",
) -> Sheet:
    """A version on its way to the printer; a picture that is missing from its images is left out of the head."""
    snapshot, marks = order.snapshot, order.marks
    pictures = {
        f"photo-{number}": order.images[photo.sha256]
        for number, photo in enumerate(snapshot.photos)
        if photo.sha256 in order.images
    }
    logo = order.images.get(snapshot.dress.logo_sha256)
    if logo:
        pictures["logo"] = logo
    face = Face(snapshot, marks)
    return Sheet(
        template=template,
        context={
            "face": face,
            "letterhead": Letterhead(
                tuple(HeadLine(*line) for line in snapshot.dress.lines), snapshot.dress.address, logo
            ),
            "square": _square(marks.address),
            "pictures": pictures.keys(),
        },
        paper=snapshot.dress.paper,
        sections=sections,
        images=pictures,
        made_at=face.local(snapshot.sent_at),
        style=asset("report.css") + COLUMN_WIDTHS + style,
        contents=contents,
    )


def attached_to(order: ReportPaper) -> list[Attached]:
    """The data that travels with the paper: snapshot, marks, and what the desk has signed about them."""
    attached = [
        Attached(SNAPSHOT_NAME, snapshot_text(order.snapshot).encode(), "Isi laporan, dapat dibaca program"),
        Attached(MARKS_NAME, marks_text(order.marks).encode(), "Tanda verifikasi dan pengesahan"),
    ]
    if order.proof:
        attached.append(Attached(PROOF_NAME, order.proof, "Pernyataan segel aplikasi"))
    return attached


def table_blocks(table: Table, limit: int) -> Iterator[Block]:
    """A table in pieces of at most `limit` rows; one that is too wide in several, each with the first column."""
    for part in _narrowed(table):
        numbers = tuple(is_number_column(part, column) for column in range(len(part.heads)))
        widths = widths_of(part)
        for start in range(0, max(len(part.rows), 1), limit):
            rows = tuple(tuple(map(cell_text, row)) for row in part.rows[start : start + limit])
            content = {"table": part, "rows": rows, "numbers": numbers, "widths": widths}
            yield Block("report_table.html", max(len(rows), 1), content, continued=start > 0)


def widths_of(table: Table) -> tuple[int, ...]:
    """What percent of the page each column gets: by how much it has to say, so that long texts are not squeezed.

    Where all want more than there is, each keeps room for its longest word, and what is left is shared out.
    """
    least, wanted = [], []
    for column, head in enumerate(table.heads):
        cells = [cell_text(row[column]) for row in table.rows] or [""]
        lengths = list(map(len, cells))
        white = FIGURE_EDGE if is_number_column(table, column) else 1
        longest_word = max(len(word) for said in (head, *cells) for word in (said.split() or [""]))
        narrow = min(WIDEST, max(NARROWEST, longest_word + white))
        least.append(narrow)
        wanted.append(max(narrow, min(WIDEST, 0.7 * sum(lengths) / len(lengths) + 0.3 * max(lengths))))
    share = 1.0
    if sum(wanted) > LETTERS > sum(least):
        share = (LETTERS - sum(least)) / (sum(wanted) - sum(least))
    weights = [few + share * (many - few) for few, many in zip(least, wanted, strict=True)]
    percents = [int(100 * weight / sum(weights)) for weight in weights]
    percents[0] += 100 - sum(percents)
    return tuple(percents)


def _narrowed(table: Table) -> Iterator[Table]:
    if len(table.heads) <= MOST_COLUMNS:
        yield table
        return
    starts = range(1, len(table.heads), MOST_COLUMNS - 1)
    for number, start in enumerate(starts, start=1):
        chosen = slice(start, start + MOST_COLUMNS - 1)
        yield table._replace(
            title=f"{table.title}, bagian {number} dari {len(starts)}",
            heads=(table.heads[0], *table.heads[chosen]),
            rows=tuple((row[0], *row[chosen]) for row in table.rows),
            note=table.note if number == len(starts) else "",
        )


def cut(template: str, opens: str, rows: tuple[Any, ...], limit: int) -> Iterator[Block]:
    """Rows in blocks of at most `limit`; the first one opens the chapter. No rows are one empty block."""
    for start in range(0, max(len(rows), 1), limit):
        part = rows[start : start + limit]
        yield Block(template, max(len(part), 1), part, opens="" if start else opens, continued=start > 0)


def _square(address: str) -> str:
    """The square code of an address as SVG with its words inside; empty for none."""
    if not address:
        return ""
    import segno
    from markupsafe import Markup

    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=0, dark="#14172a", unit="mm", scale=0.42, title=f"Kode segel: {address}")
    return Markup(drawn)  # noqa: S704  (segno escapes the title)
