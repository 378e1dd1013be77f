"""A Monday's pack as PDF: upright for paper, 16:9 for the screen of the meeting room; a function of the pack alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from app.documents.blocks import Block, in_sections
from app.documents.markup import Sheet, asset
from app.documents.pack_order import PackPaper
from app.documents.pdf import print_sheet
from app.documents.snapshot import HeadLine, Letterhead
from app.domain import clock
from app.domain.reports import Pack

Progress = Callable[[int, int], None]


def render_pack_pdf(order: PackPaper, on_progress: Progress | None = None) -> bytes:
    """The pack as a tagged PDF/A-3a; the same pack and layout, the same bytes. Progress and refusals as all paper."""
    pack, dress = order.pack, order.pack.dress
    on_screen = order.layout == "layar"
    sheet = Sheet(
        template="paper/monday_pack.html",
        context={
            "pack": pack,
            "on_screen": on_screen,
            "zone": clock.abbreviation(pack.zone),
            "letterhead": Letterhead(
                tuple(HeadLine(*line) for line in dress.lines), dress.address, order.logo
            ),
        },
        paper="LAYAR" if on_screen else dress.paper,
        sections=in_sections(partial(pack_blocks, pack)),
        images={"logo": order.logo} if order.logo else {},
        made_at=clock.local(pack.made_at, pack.zone),
        is_wide=on_screen,
        style=asset("pack.css") + (asset("pack_screen.css") if on_screen else ""),
    )
    return print_sheet(sheet, on_progress)


def pack_blocks(pack: Pack, limit: int) -> Iterator[Block]:
    """Agenda, board, obstacles, follow-ups, then a page for each region; all of it is far below `limit`."""
    yield Block("pack_front.html", rows=len(pack.agenda))
    yield Block("pack_board.html", rows=len(pack.regions), opens="Papan seluruh wilayah")
    yield Block("pack_obstacles.html", rows=2 * len(pack.obstacles), opens="Kendala utama")
    yield Block("pack_tasks.html", rows=len(pack.tasks), opens="Tindak lanjut rapat sebelumnya")
    for region in pack.regions:
        yield Block("pack_region.html", rows=12, content=region, opens=region.region_name)
