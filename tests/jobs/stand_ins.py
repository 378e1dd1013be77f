"""Children that a test can steer instead of the printing one, and a press without any child."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from app.jobs.press import Press
from app.jobs.render import rendered

# What a test sends to these fits into the pipe, so none of them needs to take it out.
PRINTS = 'print(\'{"done": 1, "total": 1}\\n{"size": 5}\\nkabar\', end="", flush=True)'
CRASHES = "import os; os.kill(os.getpid(), 9)"
CUT_OFF = 'print(\'{"size": 9}\\nkabar\', end="", flush=True)'
HANGS = "import sys; sys.stdin.buffer.read()"
NEVER_READS = "import signal; signal.pause()"


def press(program: str, patience: float = 30.0) -> Press:
    """A press whose child is this Python program."""
    return Press(patience, ("-c", program))


class PressHere(Press):
    """Prints in the test's own process: no second of loading a child."""

    def warm(self) -> None:
        """There is nothing to start."""

    def render(self, form: str, document: Any, progress: Callable[[int, int], None], is_over: Any) -> bytes:
        """The real documents."""
        assert "app.documents.snapshot" in sys.modules
        return rendered(form, document, progress)


class PressThat(PressHere):
    """Does what the test says instead of printing."""

    def __init__(self, act: Callable[..., bytes]) -> None:
        super().__init__()
        self.act = act
        self.printed = 0

    def render(self, form: str, document: Any, progress: Callable[[int, int], None], is_over: Any) -> bytes:
        """Act, and count."""
        self.printed += 1
        return self.act(progress, is_over)
