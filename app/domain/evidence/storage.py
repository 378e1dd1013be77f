"""Where the bytes live: one small seam. A directory by default; `object_store.py` has the same five verbs."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from app.domain.errors import NotFound

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")
UNFINISHED = ".tmp-"


class StoreAway(OSError):
    """The store of evidence does not answer, or refuses this desk. `strerror` says why, in Indonesian and without a
    secret: for the log, the terminal and the doctor. Whoever uses the desk is told by app/web/obstacles.py.
    """

    def __init__(self, why: str, number: int = errno.EHOSTUNREACH) -> None:
        super().__init__(number, why)


class Storage(Protocol):
    """Content-addressed bytes. A key is `ab/cd/<sha256 of the content>`; what is stored is never changed.

    Every verb raises OSError where the store cannot be used: the disk's own, or StoreAway.
    """

    def put(self, content: bytes) -> str:
        """Keep the bytes for good before returning their key; the same bytes again are kept once."""

    def open(self, key: str) -> IO[bytes]:
        """The bytes for reading; the caller closes. Raises NotFound."""

    def size(self, key: str) -> int:
        """Bytes under the key. Raises NotFound."""

    def exists(self, key: str) -> bool:
        """Whether there is anything under the key."""

    def keys(self) -> Iterator[str]:
        """All keys, in no order."""


class LocalDirectory:
    """A private directory: files 0600 in directories 0700, written beside their place, renamed when whole."""

    def __init__(self, path: Path) -> None:
        self._root = path

    def put(self, content: bytes) -> str:
        """See Storage. A file that is there already is trusted only when its size is right."""
        key = key_of(hashlib.sha256(content).hexdigest())
        place = self._place(key)
        if place.is_file() and place.stat().st_size == len(content):
            return key
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.parent / f"{UNFINISHED}{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        for directory in (place.parent, place.parent.parent, self._root):
            _sync(directory)
        return key

    def open(self, key: str) -> IO[bytes]:
        """See Storage."""
        try:
            return self._place(key).open("rb")
        except FileNotFoundError:
            raise missing() from None

    def size(self, key: str) -> int:
        """See Storage."""
        try:
            return self._place(key).stat().st_size
        except FileNotFoundError:
            raise missing() from None

    def exists(self, key: str) -> bool:
        """See Storage."""
        return self._place(key).is_file()

    def keys(self) -> Iterator[str]:
        """See Storage; half-written files are not keys."""
        for path in self._root.glob("??/??/*"):
            key = path.relative_to(self._root).as_posix()
            if KEY.fullmatch(key):
                yield key

    def _place(self, key: str) -> Path:
        return self._root / checked_key(key)


def checked_key(key: str) -> str:
    """The key itself; ValueError for what is none, so that nobody opens another place by a name."""
    if not KEY.fullmatch(key):
        raise ValueError("not a storage key")
    return key


def key_of(sha256: str) -> str:
    """The key of content with that hash."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def missing() -> NotFound:
    """The refusal when a row names bytes that are gone."""
    return NotFound(
        "Berkas bukti ini tidak ditemukan di penyimpanan. Minta admin desk menjalankan pemeriksaan bukti."
    )


def _sync(directory: Path) -> None:
    """Make the new name survive a power cut; systems that cannot sync a directory do it by themselves."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Setup(NamedTuple):
    """What `configure()` was told."""

    storage: Storage
    max_bytes: int
    scan: Callable[[Path], None] | None


_setup: Setup | None = None


def configure(storage: Storage, *, max_bytes: int, scan: Callable[[Path], None] | None = None) -> None:
    """Set where evidence lives and the largest upload in bytes.

    `scan` is the malware scanner (F37): it gets the path of a temporary copy of each upload and raises
    Invalid to refuse it; when it fails in any other way the upload is refused too, since nobody has looked.
    """
    global _setup
    _setup = Setup(storage, max_bytes, scan)


def setup() -> Setup:
    """The configuration in use; RuntimeError before `configure()`."""
    if _setup is None:
        raise RuntimeError("evidence.configure() has not been called")
    return _setup


def in_use() -> Storage:
    """The storage that `configure()` was told."""
    return setup().storage
