"""The file of a backup: a compressed tar whose last member lists every other with size and SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

from app.cli.backup import locking
from app.cli.edge import NotDone

FORMAT = 1
MANIFEST = "manifest.json"
HEAD_LOG = "audit-head.log"
DUMPS = {"sqlite": "desk.db", "postgresql": "desk.dump"}
ALLOWED = re.compile(
    r"audit-head\.log|desk\.db|desk\.dump|(evidence|imports|results|segel)/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}"
)
"""Every name that a backup may hold: an archive can never write anywhere else."""
CHUNK = 1024 * 1024
LONGEST_MANIFEST = 512 * CHUNK


@dataclass(frozen=True)
class Kept:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and what it was made from."""

    made_at: str
    application: str
    migration: str
    database: str
    engine: str
    audit_key: str
    """A mark of the trail's key, not the key: whether a key fits is known before anything is restored."""
    audit_head: int
    files: tuple[Kept, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows each table had in that moment; empty in a backup of an earlier application."""

    def to_json(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Read it again. Raises ValueError, TypeError or KeyError for what is none."""
        said = json.loads(content)
        if said.pop("format") != FORMAT:
            raise ValueError("unknown format")
        files = tuple(Kept(**one) for one in said.pop("files"))
        return cls(files=files, **said)


class _Counted(io.RawIOBase):
    """Reads a file while counting and hashing what goes by."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._digest, self.size = source, hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        content = self._source.read(size)
        self._digest.update(content)
        self.size += len(content)
        return content

    @property
    def sha256(self) -> str:
        """Of all that was read."""
        return self._digest.hexdigest()


class Writer:
    """Puts files into a new archive; `close` ends it with its manifest."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w:gz", compresslevel=3)  # noqa: SIM115  (see close)
        self.files: list[Kept] = []

    def add(self, name: str, path: Path) -> None:
        """Add the file at `path` as it is now. Raises FileNotFoundError, and then nothing was added."""
        with path.open("rb") as source:
            self.add_open(name, source)

    def add_open(self, name: str, source: IO[bytes]) -> None:
        """Add what is open at its beginning, up to its end."""
        size = source.seek(0, io.SEEK_END)
        source.seek(0)
        self._add(name, source, size)

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add these bytes."""
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, source: IO[bytes], size: int) -> None:
        counted = _Counted(source)
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        self._tar.addfile(about, counted)
        self.files.append(Kept(name, size, counted.sha256))

    def close(self, manifest: Manifest) -> None:
        """Write the manifest with all that was added and end the archive."""
        self.add_bytes(MANIFEST, replace(manifest, files=tuple(self.files)).to_json())
        self._tar.close()


def damaged(path: Path, why: str) -> NotDone:
    """The sentence about an archive that cannot be trusted."""
    return NotDone(f"Cadangan {path.name} rusak: {why}. Pakai cadangan lain.")


def inspect(
    path: Path, keep: Callable[[str, Iterator[bytes]], None] | None = None, *, key: str = ""
) -> Manifest:
    """Read the whole archive and compare every file with the manifest; raises NotDone for one that is damaged, and for
    a locked one without its `key`.

    `keep` is handed the name and the content of each file as it goes by, before the verdict is known.
    """
    found: dict[str, Kept] = {}
    manifest: Manifest | None = None
    try:
        with _opened(path, key) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or manifest is not None or member.name in found:
                    raise damaged(path, f"isinya tidak dikenal ({member.name[:80]})")
                if member.name == MANIFEST:
                    manifest = Manifest.from_json(content.read(LONGEST_MANIFEST))
                elif ALLOWED.fullmatch(member.name):
                    found[member.name] = _read(member.name, content, keep)
                else:
                    raise damaged(path, f"isinya tidak dikenal ({member.name[:80]})")
    except locking.WrongKey:
        raise NotDone(
            f"Cadangan {path.name} tidak terbuka: DESK_BACKUP_KEY bukan kuncinya, atau berkasnya berubah."
        ) from None
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, TypeError, KeyError) as error:
        raise damaged(path, f"tidak terbaca sampai selesai ({type(error).__name__})") from None
    if manifest is None:
        raise damaged(path, "daftar isinya tidak ada")
    _compare(path, manifest, found)
    return manifest


@contextmanager
def _opened(path: Path, key: str) -> Iterator[tarfile.TarFile]:
    if not locking.is_locked(path):
        with tarfile.open(path, "r:gz") as tar:
            yield tar
        return
    if not key:
        raise NotDone(f"Cadangan {path.name} tersandi. Isi DESK_BACKUP_KEY dengan kuncinya, lalu ulangi.")
    with locking.reading(path, key) as content, tarfile.open(fileobj=content, mode="r|gz") as tar:
        yield tar


def _read(name: str, content: IO[bytes], keep: Callable[[str, Iterator[bytes]], None] | None) -> Kept:
    counted = _Counted(content)
    chunks = iter(lambda: counted.read(CHUNK), b"")
    if keep is not None:
        keep(name, chunks)
    for _ in chunks:  # what nobody keeps is read all the same
        continue
    return Kept(name, counted.size, counted.sha256)


def _compare(path: Path, manifest: Manifest, found: dict[str, Kept]) -> None:
    listed = {one.name: one for one in manifest.files}
    for name in listed.keys() | found.keys():
        if name not in found:
            raise damaged(path, f"{name} tidak ada di dalamnya")
        if found[name] != listed.get(name):
            raise damaged(path, f"{name} tidak sama dengan sidiknya")
