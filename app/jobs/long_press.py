"""Prints long documents: their sections laid out apart by two child processes, kept by what they say, then joined.

A section that says what it said before is not laid out again, whichever version of which report it stands in.
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app.documents.binding import Archive, Joining, Piece
from app.documents.blocks import Block
from app.documents.markup import Heading, Sheet, frame_pieces, section_piece
from app.jobs.press import END, Child, PrintingFailed, Progress, Stopped, TookTooLong

HANDS = 2
"""Children at a time: an office's server has two cores, and memory for as many."""
PATIENCE_SECONDS = 300.0
"""For one piece."""
LISTEN_SECONDS = 0.02
KEPT_BYTES = 400_000_000
KEPT_SECONDS = 30 * 86_400
"""As long as the results that were made of them."""
COMPOSITOR, BINDER = ("-m", "app.jobs.compositor"), ("-m", "app.jobs.binder")
FULL_CONTENTS = 3
"""How often a table of contents is made anew because it has other pages than was thought."""


class Kept:
    """A directory of finished pieces by their keys; what was not used for longest goes when it is full."""

    def __init__(self, folder: Path, most: int = KEPT_BYTES) -> None:
        self.folder, self.most = folder, most

    def path(self, key: str) -> Path:
        """Where the piece of that key is, or would be."""
        return self.folder / f"{key}.pdf"

    def has(self, key: str) -> bool:
        """Whether it is there; it counts as used now."""
        try:
            os.utime(self.path(key))
        except OSError:
            return False
        return True

    def put(self, key: str, content: bytes) -> Path:
        """Keep a piece; nobody ever sees half of one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path(key)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(content)
        half.replace(path)
        return path

    def tidy(self) -> None:
        """Delete what was not used for a month, and the oldest pieces beyond the most that is kept."""
        if not self.folder.is_dir():
            return
        forgotten = time.time() - KEPT_SECONDS
        found = sorted(
            ((path.stat(), path) for path in self.folder.iterdir()),
            key=lambda one: one[0].st_mtime,
            reverse=True,
        )
        room = self.most
        for stat, path in found:
            room -= stat.st_size
            if room < 0 or stat.st_mtime < forgotten:
                path.unlink(missing_ok=True)


class LongPress:
    """Prints one document at a time. Raises as `Press` does."""

    def __init__(
        self,
        kept: Kept,
        *,
        hands: int = HANDS,
        patience: float = PATIENCE_SECONDS,
        program: tuple[str, ...] = COMPOSITOR,
    ) -> None:
        self.kept, self.hands, self.patience, self.program = kept, hands, patience, program

    def render(
        self,
        sheet: Sheet,
        progress: Progress,
        is_over: Callable[[], bool],
        archive: Archive | None = None,
    ) -> bytes:
        """The document as one PDF with bookmarks, tags and page numbers; `progress` counts its sections."""
        pool = _Pool(self.program, self.patience, is_over)
        steps = len(sheet.sections) + 2
        try:
            pieces = [
                section_piece(sheet, section, is_first=number == 0)
                for number, section in enumerate(sheet.sections)
            ]
            self._compose(pool, pieces, lambda done: progress(done, steps))
            paths = [self.kept.path(piece.key) for piece in pieces]
            pages = [pool.headings(path) for path in paths]
            if sheet.contents is not None:
                found = self._contents(pool, sheet, sheet.contents, pages)
                paths.insert(1, found)
                pages.insert(1, pool.headings(found))
            progress(steps - 1, steps)
            frames = frame_pieces(sheet, sum(count for count, _ in pages))
            self._compose(pool, frames, lambda done: None)
            chapters = frozenset(block.opens for section in sheet.sections for block in section)
            stamped = tuple(self.kept.path(frame.key) for frame in frames)
        finally:
            pool.close()
        joined = self._joined(Joining(tuple(paths), stamped, chapters, archive), is_over)
        self.kept.tidy()
        progress(steps, steps)
        return joined

    def _joined(self, order: Joining, is_over: Callable[[], bool]) -> bytes:
        """By a child of its own: one that has laid out much has no room left for the whole."""
        pool = _Pool(BINDER, self.patience, is_over)
        try:
            return pool.ask(order)
        finally:
            pool.close()

    def _compose(self, pool: _Pool, pieces: Sequence[Piece], told: Callable[[int], None]) -> None:
        """Lay out what is not there yet."""
        missing = {piece.key: piece for piece in pieces if not self.kept.has(piece.key)}
        done = len(pieces) - len(missing)
        told(done)
        for key, content in pool.each(missing.items(), self.hands):
            self.kept.put(key, content)
            done += 1
            told(done)

    def _contents(
        self,
        pool: _Pool,
        sheet: Sheet,
        made: Callable[[Sequence[Heading]], tuple[Block, ...]],
        pages: Sequence[tuple[int, list[tuple[str, int]]]],
    ) -> Path:
        """The table of contents, made again until it has as many pages as it says."""
        takes = 1
        for _ in range(FULL_CONTENTS):
            piece = section_piece(sheet, made(_placed(pages, takes)))
            self._compose(pool, [piece], lambda done: None)
            path = self.kept.path(piece.key)
            count = pool.headings(path)[0]
            if count == takes:
                break
            takes = count
        return path


def _placed(pages: Sequence[tuple[int, list[tuple[str, int]]]], contents: int) -> list[Heading]:
    """Every heading with its page, when the table of contents takes so many pages after the first section."""
    found: list[Heading] = []
    before = 0
    for number, (count, marks) in enumerate(pages):
        found += [Heading(title, before + page + 1) for title, page in marks]
        before += count + (contents if number == 0 else 0)
    return found


class _Pool:
    """A few children that take one order after the other."""

    def __init__(self, program: tuple[str, ...], patience: float, is_over: Callable[[], bool]) -> None:
        self.program, self.patience, self.is_over = program, patience, is_over
        self._idle: list[Child] = []
        self._all: list[Child] = []

    def each(self, orders: Iterable[tuple[str, Piece]], hands: int) -> Iterable[tuple[str, bytes]]:
        """The orders' PDFs by their keys, as they come; `hands` at a time."""
        waiting = deque(orders)
        busy: dict[Child, str] = {}
        while waiting or busy:
            while waiting and len(busy) < hands:
                key, order = waiting.popleft()
                child = self._take()
                child.order(order)
                busy[child] = key
            for child, key in list(busy.items()):
                content = self._heard(child)
                if content is not None:
                    del busy[child]
                    self._idle.append(child)
                    yield key, content

    def ask(self, order: Joining | Path) -> bytes:
        """What one child makes of an order."""
        child = self._take()
        child.order(order)
        while True:
            content = self._heard(child)
            if content is not None:
                self._idle.append(child)
                return content

    def headings(self, path: Path) -> tuple[int, list[tuple[str, int]]]:
        """How many pages a file has, and its headings with their pages from 0; kept beside it."""
        beside = path.with_suffix(".json")
        if beside.exists():
            said = beside.read_bytes()
        else:
            said = self.ask(path)
            beside.write_bytes(said)
        count, marks = json.loads(said)
        return count, [(title, page) for title, page in marks]

    def close(self) -> None:
        """End every child."""
        for child in self._all:
            child.end()

    def _take(self) -> Child:
        if self._idle:
            return self._idle.pop()
        child = Child(self.program)
        self._all.append(child)
        return child

    def _heard(self, child: Child) -> bytes | None:
        """The child's answer if it came within a moment. Raises what `Press.render` raises."""
        if self.is_over():
            raise Stopped
        if time.monotonic() - child.ordered_at > self.patience:
            raise TookTooLong
        said = child.said(LISTEN_SECONDS)
        if said is END:
            raise PrintingFailed(f"a compositor ended with code {child.code()}")
        return said if isinstance(said, bytes) else None
