"""Long documents: sections laid out apart, kept by what they say, joined with page numbers that hold for the whole."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from app.documents.binding import Piece
from app.documents.blocks import Block, report_blocks
from app.documents.list_snapshot import ListColumn, RegisterList
from app.documents.markup import Heading, Sheet, section_piece
from app.documents.snapshot import AuditHead, HeadLine, Letterhead
from app.jobs.long_press import Kept, LongPress
from app.jobs.press import PrintingFailed, Stopped, TookTooLong
from tests.documents import cast, reading

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

MADE = dt.datetime(2024, 12, 10, 3, 0, tzinfo=dt.UTC)
CRASHES = ("-c", "raise SystemExit(3)")
HANGS = ("-c", "import time; time.sleep(60)")


def listed(rows: Sequence[tuple[str, str]]) -> RegisterList:
    """A plain list on paper."""
    return RegisterList(
        title="Lampiran TPS",
        region_name="Kabupaten Berau",
        region_code="64.03",
        places="Kabupaten Berau",
        election_name="Pilkada Serentak 2024",
        desk_name="Desk Pilkada Kabupaten Berau",
        letterhead=Letterhead((HeadLine("PEMERINTAH KABUPATEN BERAU"),)),
        filters=(),
        columns=(ListColumn("TPS", 40), ListColumn("Keadaan", 60)),
        rows=tuple(rows),
        sums=(),
        audit_head=AuditHead(1, "a" * 64),
        made_by="Rina",
        made_at=MADE,
        zone="WITA",
    )


def sheet(parts: int = 3, changed: int | None = None) -> Sheet:
    """A document of several sections; `changed` says something else in one of them."""
    head: tuple[Block, ...] = (Block("_list_head.html"),)
    sections = [head]
    for part in range(parts):
        said = "kembali" if part == changed else "sampai"
        rows = tuple((f"TPS {part}-{number}", said) for number in range(4))
        sections.append((Block("_list_rows.html", len(rows), rows),))
    return Sheet(
        template="paper/register_list.html",
        context={"listed": listed(())},
        paper="F4",
        sections=sections,
        images={},
        made_at=MADE,
    )


def quiet(done: int, total: int) -> None:
    """Nobody listens."""


def never() -> bool:
    return False


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "cetak")


def test_sections_are_joined_with_tags_and_page_numbers_of_the_whole(kept: Kept):
    told: list[tuple[int, int]] = []
    made = LongPress(kept).render(sheet(), lambda done, total: told.append((done, total)), never)
    pages = reading.pages(made)
    assert [f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, start=1)]
    assert "TPS 2-3" in reading.text(made)
    assert told[-1] == (6, 6)
    with pikepdf.Pdf.open(kept_file(kept, made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 4


def test_the_same_document_is_the_same_bytes_and_lays_nothing_out_again(kept: Kept):
    first = LongPress(kept).render(sheet(), quiet, never)
    before = {path.name: path.stat().st_ino for path in kept.folder.glob("*.pdf")}
    assert LongPress(kept).render(sheet(), quiet, never) == first
    assert {path.name: path.stat().st_ino for path in kept.folder.glob("*.pdf")} == before


def test_only_a_section_that_says_something_else_is_laid_out_again(kept: Kept):
    LongPress(kept).render(sheet(), quiet, never)
    before = set(kept.folder.glob("*.pdf"))
    made = LongPress(kept).render(sheet(changed=1), quiet, never)
    assert len(set(kept.folder.glob("*.pdf")) - before) == 1
    assert "kembali" in reading.text(made)


def test_a_table_of_contents_says_on_which_page_of_the_whole_a_heading_stands(kept: Kept):
    report = cast.berau(items=60, evidence=0)
    seen: list[Heading] = []

    def contents(found: Sequence[Heading]) -> tuple[Block, ...]:
        seen[:] = found
        return (Block("_no_areas.html"),)

    document = Sheet(
        template="paper/checklist_report.html",
        context={"report": report},
        paper="F4",
        sections=[(block,) for block in report_blocks(report, 30)],
        images={},
        made_at=MADE,
        contents=contents,
    )
    pages = reading.pages(LongPress(kept).render(document, quiet, never))
    chapters = [one for one in seen if one.title[:3] in ("A. ", "B. ", "C. ")]
    assert [one.title[0] for one in chapters] == ["A", "B", "C"]
    for one in chapters:
        assert one.title.split(". ")[1].upper() in pages[one.page - 1].upper()


def test_a_child_that_breaks_off_is_a_failure_that_can_be_tried_again(kept: Kept):
    with pytest.raises(PrintingFailed):
        LongPress(kept, program=CRASHES).render(sheet(), quiet, never)


def test_a_child_that_hangs_is_ended_when_patience_is_over(kept: Kept):
    with pytest.raises(TookTooLong):
        LongPress(kept, program=HANGS, patience=0.2).render(sheet(), quiet, never)


def test_it_stops_when_nobody_waits_any_more(kept: Kept):
    with pytest.raises(Stopped):
        LongPress(kept, program=HANGS).render(sheet(), quiet, lambda: True)


def test_a_full_directory_loses_what_was_not_used_for_longest(tmp_path: Path):
    kept = Kept(tmp_path, most=25)
    for number, key in enumerate(("a", "b", "c")):
        path = kept.put(key, b"x" * 10)
        moment = time.time() - 100 + number
        os.utime(path, (moment, moment))
    kept.tidy()
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["b", "c"]


def test_what_was_not_used_for_a_month_goes(tmp_path: Path):
    kept = Kept(tmp_path)
    for key, days in (("old", 31), ("young", 29)):
        moment = time.time() - days * 86_400
        os.utime(kept.put(key, b"x"), (moment, moment))
    kept.tidy()
    assert [path.stem for path in tmp_path.iterdir()] == ["young"]


def test_a_piece_is_named_by_all_that_it_depends_on():
    piece = section_piece(sheet(), sheet().sections[1])
    others = [
        piece._replace(html=piece.html + " "),
        piece._replace(style=piece.style + " "),
        piece._replace(images=(("logo", b"x"),)),
        piece._replace(is_tagged=False),
    ]
    assert len({piece.key, *(other.key for other in others)}) == 5
    assert Piece(*piece).key == piece.key


def kept_file(kept: Kept, content: bytes) -> Path:
    """The document as a file."""
    path = kept.folder.parent / "dokumen.pdf"
    path.write_bytes(content)
    return path
