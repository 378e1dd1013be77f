"""The worker's side of the printing child: starts it ahead of need, hands it one order, listens, and ends it."""

from __future__ import annotations

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 600.0
LISTEN_SECONDS = 0.2
"""How often the press looks whether it should stop, while the child has nothing to say."""
Progress = Callable[[int, int], None]


class PrintingFailed(Exception):
    """The child ended without a document; trying again may help."""


class TookTooLong(Exception):
    """The child did not finish in time; trying again would take as long."""


class Stopped(Exception):
    """Nobody wants the document any more."""


class Press:
    """Prints documents one at a time, each in a process of its own.

    The next process is started ahead (`warm`), so that its second of loading is over when an order comes.
    """

    def __init__(
        self, patience: float = PATIENCE_SECONDS, program: tuple[str, ...] = ("-m", "app.jobs.render")
    ):
        self.patience, self.program = patience, program
        self._child: Child | None = None

    def warm(self) -> None:
        """Have a child ready; one that died while it waited is replaced."""
        if self._child is not None and self._child.is_dead():
            self.close()
        if self._child is None:
            self._child = Child(self.program)

    def render(self, form: str, document: Any, progress: Progress, is_over: Callable[[], bool]) -> bytes:
        """The document in the form pdf, xlsx or csv; `document` is a snapshot that can be pickled.

        Raises PrintingFailed, TookTooLong, and Stopped within 0.2 s after `is_over()` says so.
        """
        self.warm()
        child, self._child = self._child, None
        assert child is not None  # noqa: S101  (just made)
        try:
            child.give(form, document)
            return self._listen(child, progress, is_over)
        finally:
            child.end()

    def _listen(self, child: Child, progress: Progress, is_over: Callable[[], bool]) -> bytes:
        deadline = time.monotonic() + self.patience
        while True:
            if is_over():
                raise Stopped
            if time.monotonic() > deadline:
                raise TookTooLong
            said = child.said(LISTEN_SECONDS)
            if isinstance(said, bytes):
                return said
            if said is END:
                raise PrintingFailed(f"the printing child ended with code {child.code()}")
            if isinstance(said, dict) and "done" in said:
                progress(said["done"], said["total"])

    def close(self) -> None:
        """End the waiting child."""
        if self._child is not None:
            self._child.end()
            self._child = None


END = object()
"""What a child says last."""


class Child:
    """One process and the thread that listens to it. It may take one order after the other."""

    def __init__(self, program: tuple[str, ...]) -> None:
        # Nothing of the application's settings (keys, addresses) goes along: the child knows only the snapshot.
        bare = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=HOME,
            env=bare,
            start_new_session=True,  # Ctrl-C is for the worker, which ends its child itself
        )
        self._said: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._ear = threading.Thread(target=self._hear, daemon=True)
        self._ear.start()
        self._hand: threading.Thread | None = None
        self.ordered_at = 0.0

    def is_dead(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def code(self) -> int:
        """The exit code of a process that is ending; negative for a signal."""
        try:
            return self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return 0

    def give(self, form: str, document: Any) -> None:
        """Ask for a document in a form."""
        self.order((form, document))

    def order(self, order: Any) -> None:
        """Send the order in a thread: a child that never reads must not hold the worker up."""
        if self._hand is not None:
            self._hand.join()
        self.ordered_at = time.monotonic()
        self._hand = threading.Thread(target=self._write, args=(order,), daemon=True)
        self._hand.start()

    def said(self, wait: float) -> Any:
        """The next message: a dict, the document's bytes, END, or None when nothing came in time."""
        try:
            return self._said.get(timeout=wait)
        except queue.Empty:
            return None

    def end(self) -> None:
        """Kill the process if it still runs, and leave nothing open."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._ear.join()
        if self._hand is not None:
            self._hand.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # the rest of an order that nobody read

    def _write(self, order: Any) -> None:
        assert self._process.stdin is not None  # noqa: S101  (asked for as a pipe)
        try:
            # Piece by piece: two dozen photos must not be held once more as one string of bytes.
            pickle.dump(order, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError:
            return  # it died; the listening thread has heard so

    def _hear(self) -> None:
        assert self._process.stdout is not None  # noqa: S101  (asked for as a pipe)
        for line in self._process.stdout:
            words = json.loads(line)
            if "size" in words:
                content = self._process.stdout.read(words["size"])
                if len(content) != words["size"]:
                    break
                self._said.put(content)
                continue  # a compositor goes on to its next order
            self._said.put(words)
        self._said.put(END)
