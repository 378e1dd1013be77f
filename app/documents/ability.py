"""What this server can make: a PDF needs native libraries that may be missing, sheets need nothing."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

from app.domain.errors import NotNow

LOOK = Path(__file__).resolve().parents[2] / "scripts" / "native.py"
NEEDED = frozenset({"gobject", "pango", "pangoft2", "harfbuzz", "fontconfig"})
"""Without one of these there is no PDF; without a font or the subsetter it only looks or weighs otherwise."""


@cache
def missing() -> tuple[str, ...]:
    """What a PDF lacks here, by name. Asked of a child once in this process's life: a server loads no such library."""
    try:
        said = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, str(LOOK), "--list"], capture_output=True, text=True, timeout=20, check=False
        )
    except subprocess.TimeoutExpired:
        return ()
    return tuple(line for line in said.stdout.splitlines() if line)


def pdf_is_off() -> bool:
    """Whether this server cannot make PDFs."""
    return not NEEDED.isdisjoint(missing())


def why_no_pdf() -> str:
    """Which libraries are missing, as a sentence for people; empty where PDFs can be made."""
    if not pdf_is_off():
        return ""
    names = ", ".join(name for name in missing() if name in NEEDED)
    return f"PDF tidak dapat dibuat di server ini: pustaka {names} belum terpasang."


def refuse_without_pdf() -> None:
    """Raise NotNow, with what to do instead, where PDFs cannot be made."""
    if pdf_is_off():
        raise NotNow(f"{why_no_pdf()} Pilih Excel atau CSV, atau minta admin server memasangnya.")
