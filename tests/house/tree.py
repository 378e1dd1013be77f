"""What the tests of this directory read: the files that belong to the project."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THIRD_PARTY = ("app/static/vendor/",)
BINARY = (
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".pdf",
    ".xlsx",
    ".ttf",
    ".otf",
    ".woff2",
    ".gz",
    ".zip",
    ".ico",
    ".db",
)


@cache
def tracked() -> tuple[str, ...]:
    """Every file that git tracks, as a path from the root, with what is about to be added."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(sorted(path for path in said.stdout.split("\0") if path and (ROOT / path).is_file()))


def texts() -> list[tuple[str, str]]:
    """(path, content) of every tracked text file of our own."""
    ours = [path for path in tracked() if not path.startswith(THIRD_PARTY) and not path.endswith(BINARY)]
    return [(path, (ROOT / path).read_text(encoding="utf-8")) for path in ours]


def lines_with(pattern: str) -> list[str]:
    """`path:line: text` for each line of our own text that matches the regular expression."""
    import re

    wanted = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, content in texts()
        for number, line in enumerate(content.splitlines(), 1)
        if wanted.search(line)
    ]
