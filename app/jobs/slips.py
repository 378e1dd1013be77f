"""Passwords that an import made, between applying it and handing them out: a private file that is read once.

They stand in no database and in no result, so no copy of those holds them; see docs/decisions/0015.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from flask import Flask

from app.domain.errors import NotNow
from app.jobs.importing import Slip

KEPT_SECONDS = 24 * 3_600
_KEY = re.compile(r"[0-9a-f]{32}")


class SlipBox:
    """The directory `kata-sandi` in DESK_DATA: files 0600 in a directory 0700."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, app: Flask) -> SlipBox:
        """The box of an application."""
        return cls(app.config["SETTINGS"].data_dir / "kata-sandi")

    def keep(self, slips: Sequence[Slip]) -> str:
        """Write the slips down and return their key."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_hex(16)
        handle = os.open(self._folder / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([asdict(slip) for slip in slips], file)
            file.flush()
            os.fsync(file.fileno())
        return key

    def read(self, key: str) -> list[Slip]:
        """The slips, as long as they are there and young enough. Raises NotNow."""
        place = self._place(key)
        try:
            is_old = time.time() - place.stat().st_mtime > KEPT_SECONDS
            kept = [] if is_old else json.loads(place.read_text(encoding="utf-8"))
        except FileNotFoundError:
            kept = []
        if not kept:
            raise NotNow(
                "Kata sandi impor ini sudah dihapus sesudah 24 jam. "
                "Pasang kata sandi baru untuk orang yang belum menerimanya."
            )
        return [Slip(**one) for one in kept]

    def burn(self, key: str) -> None:
        """Delete the slips."""
        self._place(key).unlink(missing_ok=True)

    def burn_old(self) -> int:
        """Delete what nobody has fetched within 24 hours; returns how many files."""
        gone = 0
        for place in self._folder.glob("*") if self._folder.is_dir() else ():
            if time.time() - place.stat().st_mtime > KEPT_SECONDS:
                place.unlink(missing_ok=True)
                gone += 1
        return gone

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not a key of slips")
        return self._folder / key
