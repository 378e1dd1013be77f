"""Making a backup while people tick: the witness of the trail first, then the database, then the files.

A witness copied later would name links that the copied database does not have yet, and a file of evidence copied
earlier could be missing for a row; evidence is never changed or deleted, so what comes later does no harm.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import tempfile
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from app.cli.backup import archive, database, keys, locking
from app.cli.backup.archive import DUMPS, HEAD_LOG, Manifest, Writer
from app.cli.edge import NotDone, deed, with_store
from app.domain import audit, backups, clock, evidence
from app.extensions import db
from config import Settings

EVIDENCE = "evidence"
"""Read through its seam: it may lie in an object store."""
STORES = ("imports", "results", "segel")
"""Not `kata-sandi`: what was handed out on a slip must be in no copy."""
NAME = re.compile(r"desk-\d{8}-\d{6}\.tar\.gz(\.sandi)?")
SPARE = 100 * 1024 * 1024


@dataclass(frozen=True)
class Made:
    """A finished backup; `keys` is the file of keys beside it where one was asked for."""

    path: Path
    keys: Path | None
    files: int
    bytes: int


def make(app: Flask, folder: Path, *, with_keys: bool = False) -> Made:
    """Write one archive into `folder`, read it back, and note it; raises NotDone and leaves nothing half made."""
    settings: Settings = app.config["SETTINGS"]
    folder = folder.resolve()
    elsewhere = evidence.kept_bytes() if settings.evidence_store else 0
    _refuse_place(settings.data_dir, folder, locks=bool(settings.backup_key), elsewhere=elsewhere)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = clock.real_now()
    ending = locking.SUFFIX if settings.backup_key else ""
    path = folder / f"desk-{now.astimezone():%Y%m%d-%H%M%S}.tar.gz{ending}"
    if path.exists():
        raise NotDone(f"{path} sudah ada. Tunggu sedetik, lalu ulangi.")
    manifest = _begin(app, path, now, with_keys=with_keys)
    with tempfile.TemporaryDirectory(prefix=".desk-", dir=folder) as made_in:
        unfinished = Path(made_in) / "unfinished"
        with with_store():
            _write(app, unfinished, manifest)
        whole = archive.inspect(unfinished, key=settings.backup_key)
        unfinished.chmod(0o600)
        unfinished.replace(path)
    key_file = key_file_of(path) if with_keys else None
    if key_file is not None:
        keys.write_file(key_file, keys.in_use(app))
    backups.note(settings.data_dir, path, now.isoformat(timespec="seconds"), with_keys=with_keys)
    return Made(path, key_file, len(whole.files), path.stat().st_size)


def _begin(app: Flask, path: Path, now: dt.datetime, *, with_keys: bool) -> Manifest:
    """Put the backup on the trail, which it will hold itself, and say what it is of; without files yet."""
    with deed():
        manifest = Manifest(
            made_at=now.astimezone().isoformat(timespec="seconds"),
            application=_version(app),
            migration=str(db.session.scalar(text("SELECT version_num FROM alembic_version"))),
            database=database.kind_of(app),
            engine=database.engine_version(),
            audit_key=keys.mark(app.config["AUDIT_KEY"]),
            audit_head=0,
            files=(),
        )
        audit.record(
            "desk:backup:make", by=None, subject=("backup", path.name), changes={"keys": [None, with_keys]}
        )
    return manifest


def _write(app: Flask, target: Path, manifest: Manifest) -> None:
    """Write the archive: witness, database, files, in this order; locked where there is a key."""
    settings: Settings = app.config["SETTINGS"]
    with target.open("xb") as file:
        locked = locking.LockedWriter(file, settings.backup_key) if settings.backup_key else None
        writer = Writer(file if locked is None else locked)  # type: ignore[arg-type]
        head = _add_witness(writer, settings.data_dir)
        # What is to be locked lies nowhere unlocked on the way but where the database itself does.
        unlocked = target.parent if locked is None else settings.data_dir
        with tempfile.TemporaryDirectory(prefix=".desk-", dir=unlocked) as dumped_in:
            dump = Path(dumped_in) / DUMPS[manifest.database]
            rows = database.dump(app, dump)
            writer.add(dump.name, dump)
        _add_evidence(writer)
        for store in STORES:
            _add_store(writer, settings.data_dir, store)
        writer.close(replace(manifest, audit_head=head, rows=rows))
        if locked is not None:
            locked.finish()
        file.flush()
        os.fsync(file.fileno())


def _refuse_place(data: Path, folder: Path, *, locks: bool, elsewhere: int) -> None:
    if folder == data or data in folder.parents:
        raise NotDone(
            "Cadangan tidak disimpan di dalam DESK_DATA. Pilih direktori lain, sebaiknya di cakram lain."
        )
    above = next(path for path in (folder, *folder.parents) if path.exists())
    sizes = _sizes(data)
    twice = sizes.get(data / DUMPS["sqlite"], 0)  # the database lies there twice
    needed = sum(sizes.values()) + twice + elsewhere + SPARE
    for place in (above, data) if locks else (above,):
        _refuse_full(place, needed)


def _sizes(data: Path) -> dict[Path, int]:
    """Bytes of each file; people go on working, so one may be gone between finding and looking at it."""
    found: dict[Path, int] = {}
    for folder, _, names in os.walk(data):
        for path in (Path(folder, name) for name in names):
            with contextlib.suppress(FileNotFoundError):
                found[path] = path.stat().st_size
    return found


def _refuse_full(place: Path, needed: int) -> None:
    free = shutil.disk_usage(place).free
    if free < needed:
        raise NotDone(
            f"Ruang di {place} tidak cukup: perlu {needed // 2**20} MB, ada {free // 2**20} MB. "
            "Kurangi cadangan lama dengan --keep, atau pilih direktori lain."
        )


def _add_witness(writer: Writer, data: Path) -> int:
    """Add the witness up to its last whole line; returns the last link that it names, 0 where there is none."""
    path = data / HEAD_LOG
    whole = path.read_bytes().rpartition(b"\n")[0] if path.exists() else b""
    writer.add_bytes(HEAD_LOG, whole + b"\n" if whole else b"")
    last = whole.rpartition(b"\n")[2].partition(b" ")[0]
    return int(last) if last.isdigit() else 0


def _add_evidence(writer: Writer) -> None:
    storage = evidence.in_use()
    for key in sorted(storage.keys()):
        with storage.open(key) as source:
            writer.add_open(f"{EVIDENCE}/{key}", source)


def _add_store(writer: Writer, data: Path, store: str) -> None:
    for path in sorted((data / store).glob("??/??/*")):
        name = path.relative_to(data).as_posix()
        if archive.ALLOWED.fullmatch(name):
            try:
                writer.add(name, path)
            except FileNotFoundError:  # a result that was just swept
                continue


def _version(app: Flask) -> str:
    project = tomllib.loads((Path(app.root_path).parent / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups of this folder, with their keys; returns what was deleted."""
    backups = sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), reverse=True)
    old = backups[keep:]
    for path in old:
        path.unlink()
        key_file_of(path).unlink(missing_ok=True)
    return old


def key_file_of(path: Path) -> Path:
    """Where the keys of a backup lie that was made with them."""
    return path.with_name(f"{path.name.partition('.')[0]}.kunci")
