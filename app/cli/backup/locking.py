"""A backup locked with a key: pieces of one mebibyte, each sealed with AES-256-GCM, the last one marked as the last.

The key is DESK_BACKUP_KEY and lies in no backup and in no data directory: who finds the file has nothing. Pieces are
numbered, so that none can be left out, doubled or moved, and an end that was cut off is noticed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"desk-pilkada cadangan 1\n"
SUFFIX = ".sandi"
SALT = 16
PIECE = 1024 * 1024
TAG = 16
COUNT = 2**32


class WrongKey(ValueError):
    """The key is another one, or the file is not as it was written."""


class LockedWriter(io.RawIOBase):
    """Takes what an archive writes and hands it on locked; `finish` writes the last piece and must be called once."""

    def __init__(self, target: IO[bytes], key: str) -> None:
        self._target, self._waiting, self._number = target, bytearray(), 0
        salt = os.urandom(SALT)
        self._lock = _locksmith(key, salt)
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._waiting += content
        while len(self._waiting) > PIECE:  # one piece stays, since the last must be known as the last
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(content)

    def finish(self) -> None:
        """Write what is left as the last piece."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._lock.encrypt(_nonce(self._number, is_last), piece, MAGIC))
        self._number += 1


class LockedReader(io.RawIOBase):
    """Reads a locked file as if it were not. Raises WrongKey at the first piece that does not open."""

    def __init__(self, source: IO[bytes], key: str) -> None:
        head = source.read(len(MAGIC) + SALT)
        if not head.startswith(MAGIC) or len(head) != len(MAGIC) + SALT:
            raise WrongKey("not a locked backup")
        self._pieces = _opened(source, _locksmith(key, head[len(MAGIC) :]))
        self._ready = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._ready) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._ready += piece
        taken = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(taken) :]
        return taken


def is_locked(path: Path) -> bool:
    """Whether the file begins as a locked backup does."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


@contextmanager
def reading(path: Path, key: str) -> Iterator[IO[bytes]]:
    """What a locked backup holds. Raises WrongKey."""
    with path.open("rb") as file:
        yield LockedReader(file, key)  # type: ignore[misc]


def _opened(source: IO[bytes], lock: AESGCM) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag

    sealed, number = source.read(PIECE + TAG), 0
    while True:
        following = source.read(PIECE + TAG)
        try:
            yield lock.decrypt(_nonce(number, not following), sealed, MAGIC)
        except InvalidTag:
            raise WrongKey("another key, or damaged") from None
        if not following:
            return
        sealed, number = following, number + 1


def _nonce(number: int, is_last: bool) -> bytes:
    """Twelve bytes that no other piece of this file has; the key is of this file alone."""
    if number >= COUNT:
        raise ValueError("too large")
    return bytes(7) + number.to_bytes(4, "big") + bytes([is_last])


def _locksmith(key: str, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), 32, salt, b"desk: cadangan").derive(key.encode()))
