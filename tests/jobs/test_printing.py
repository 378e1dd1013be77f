"""Which press a paper goes to: short ones are laid out at once, long ones in pieces that are kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

import pytest
from flask import Flask
from PIL import Image

from app.documents.binding import Piece
from app.documents.list_snapshot import RegisterList
from app.documents.pdf import render_list_pdf
from app.documents.shrinking import BOX, with_small_images
from app.jobs.press import Stopped
from app.jobs.printing import kept_pieces, printed
from app.jobs.tasks import Task
from tests.documents import reading
from tests.documents.cast import berau
from tests.jobs.stand_ins import PressHere
from tests.jobs.test_long_press import listed

pytestmark = [pytest.mark.one_database, pytest.mark.slow]


@pytest.fixture(autouse=True)
def in_the_worker(app: Flask) -> Iterator[None]:
    """As every job runs."""
    with app.app_context():
        yield


def task(told: list[tuple[int, int]], *, is_over: bool = False) -> Task:
    """A job of which only the press and the progress count."""
    return Task(
        cast("Any", None), PressHere(), lambda *steps: told.append(steps), print, is_over=lambda: is_over
    )


def long_list(*, last: str = "sampai") -> RegisterList:
    """Five hundred rows, a hundred a section."""
    rows = [(f"TPS {number}", "sampai") for number in range(500)]
    return listed([*rows[:-1], ("TPS 499", last)])


@pytest.mark.parametrize("rows", [1, 270])
def test_a_short_list_leaves_no_pieces(rows: int):
    told: list[tuple[int, int]] = []
    made = printed(task(told), "pdf", listed([(f"TPS {number}", "sampai") for number in range(rows)]))
    assert f"TPS {rows - 1}" in reading.text(made)
    assert told[-1][0] == told[-1][1] - 1, "one step is left for keeping it"
    assert not kept_pieces().folder.exists()


def test_a_long_list_says_in_pieces_what_it_says_in_one():
    told: list[tuple[int, int]] = []
    made = printed(task(told), "pdf", long_list())
    pages = reading.pages(made)
    assert pages == reading.pages(render_list_pdf(long_list()))
    assert "TPS 0" in pages[0], "the list begins below its head"
    assert told[-1][0] == told[-1][1] - 1
    before = {path.name for path in kept_pieces().folder.glob("*.pdf")}
    again = printed(task(told), "pdf", long_list(last="kembali"))
    assert "kembali" in reading.text(again)
    assert len({path.name for path in kept_pieces().folder.glob("*.pdf")} - before) == 1


def test_nobody_waits_for_a_long_list_any_more():
    with pytest.raises(Stopped):
        printed(task([], is_over=True), "pdf", long_list())


def test_a_long_checklist_is_still_one_sheet_as_xlsx():
    assert printed(task([]), "xlsx", berau(items=300, evidence=0)).startswith(b"PK")
    assert not kept_pieces().folder.exists()


def test_photos_of_a_piece_are_made_small_and_its_logo_is_not():
    content = io.BytesIO()
    Image.new("RGB", (2400, 1800)).save(content, "PNG")
    large = content.getvalue()
    piece = with_small_images(Piece("", "", (("logo", large), ("photo-1", large), ("photo-2", b"kabar"))))
    images = dict(piece.images)
    assert (images["logo"], images["photo-2"]) == (large, b"kabar")
    with Image.open(io.BytesIO(images["photo-1"])) as small:
        assert (small.width, small.height) == BOX
