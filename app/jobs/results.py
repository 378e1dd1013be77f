"""Where finished papers wait to be fetched, and uploaded sheets to be read: by their hash, for thirty days."""

from __future__ import annotations

import time
from collections.abc import Iterable, Set
from pathlib import Path
from typing import IO

from flask import Flask

from app.domain.errors import NotFound
from app.domain.evidence import LocalDirectory

FRESH_SECONDS = 3_600
"""A file this young may belong to a job that is just being finished."""
SHEETS = "imports"
"""The directory of sheets that were uploaded to be imported, and of the lists of their errors."""
SEALED = "segel"
"""The directory of sealed documents: kept for good."""
CLOSED_SHEETS = "imports-tertutup"
"""The same for sheets whose names must not lie about: in no backup, and emptied as soon as may be."""

GONE = {
    "segel": "Berkas bersegel ini tidak ditemukan. Minta admin desk memulihkannya dari cadangan.",
    "results": "Berkas laporan ini sudah tidak disimpan. Minta laporannya sekali lagi di halaman Cetak.",
    SHEETS: "Berkas impor ini sudah tidak disimpan. Unggah lagi berkasnya.",
    CLOSED_SHEETS: "Berkas impor ini sudah tidak disimpan. Unggah lagi berkasnya.",
}


class Results:
    """A directory in DESK_DATA, such as `results` or `imports`; private to the desk's own account."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = LocalDirectory(folder)

    @classmethod
    def of(cls, app: Flask, folder: str = "results") -> Results:
        """The results of an application, or its uploaded sheets (`SHEETS`)."""
        return cls(app.config["SETTINGS"].data_dir / folder)

    @classmethod
    def sheets(cls, app: Flask, *, secret: bool) -> Results:
        """The uploaded sheets of an application: those of importers that are secret lie apart."""
        return cls.of(app, CLOSED_SHEETS if secret else SHEETS)

    def keep(self, content: bytes) -> str:
        """Write the bytes for good and return their key."""
        return self._kept.put(content)

    def open(self, key: str) -> IO[bytes]:
        """The bytes; the caller closes. Raises NotFound when they are gone."""
        try:
            return self._kept.open(key)
        except (NotFound, ValueError):
            raise NotFound(GONE[self._folder.name]) from None

    def read(self, sha256: str) -> bytes | None:
        """What was kept under this hash, whole; None when it is not there."""
        key = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
        try:
            with self._kept.open(key) as file:
                return file.read()
        except (NotFound, ValueError):
            return None

    def discard(self, keys: Iterable[str]) -> None:
        """Delete these files now; the caller has committed that nothing needs them."""
        for key in keys:
            (self._folder / key).unlink(missing_ok=True)

    def sweep(self, needed: Set[str]) -> int:
        """Delete what no job needs any more and what broken runs left behind; returns how many files."""
        if not self._folder.is_dir():
            return 0
        gone = 0
        for path in self._folder.glob("??/??/*"):
            key = path.relative_to(self._folder).as_posix()
            if key not in needed and time.time() - path.stat().st_mtime > FRESH_SECONDS:
                path.unlink(missing_ok=True)
                gone += 1
        return gone
