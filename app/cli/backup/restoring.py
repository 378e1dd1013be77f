"""Bringing a desk back: only into an empty place, only from an archive that is whole, all of it or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import text, update

from app.cli.backup import archive, database, keys
from app.cli.backup.archive import DUMPS, HEAD_LOG, Manifest
from app.cli.backup.making import EVIDENCE, STORES
from app.cli.edge import NotDone, deed, with_store
from app.domain import audit, clock, evidence
from app.domain.accounts import LoginSession
from app.extensions import db
from app.starting import migrations_of, newest_version
from config import Settings

HARMLESS = {*keys.FILES, "desk.db.door", "desk.db.turn", "desk.db.upgrade", "prepare.lock"}
"""What a command makes in an empty data directory by itself."""


def newest(app: Flask) -> str:
    """The version of the tables that this application works with."""
    return newest_version(migrations_of(app))


def restore(app: Flask, file: Path, *, key_file: Path | None, without_keys: bool) -> Manifest:
    """Restore the whole desk and end every session of people; raises NotDone, and then all is empty as before."""
    settings: Settings = app.config["SETTINGS"]
    _refuse_used(settings.data_dir)
    if not database.is_empty(app):
        raise NotDone("Basis data tujuan sudah berisi tabel. Pulihkan hanya ke basis data yang kosong.")
    db.session.remove()
    db.engine.dispose()
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.data_dir) as unpacked_in:
        folder = Path(unpacked_in)
        manifest = archive.inspect(
            file, keep=lambda name, content: _unpack(folder, name, content), key=settings.backup_key
        )
        _refuse_other(app, manifest)
        found = _fitting_keys(app, manifest, key_file, without_keys=without_keys)
        if settings.evidence_store:
            _bring_evidence(folder / EVIDENCE)
        database.load(app, folder / DUMPS[manifest.database])
        for name in (HEAD_LOG, EVIDENCE, *STORES):
            if (folder / name).exists():
                shutil.rmtree(settings.data_dir / name, ignore_errors=True)
                (folder / name).replace(settings.data_dir / name)
        keys.place(
            settings.data_dir, {name: key for name, key in found.items() if not _given(settings)[name]}
        )
    audit.configure(found["audit.key"], settings.data_dir / HEAD_LOG)
    _compare(manifest, settings.data_dir)
    _begin_anew(manifest, file, is_current=manifest.migration == newest(app))
    return manifest


def _bring_evidence(folder: Path) -> None:
    """Put every file into the object store and read it back; then none is left in the folder.

    The store need not be empty: what has the same hash is the same file, and nothing else is touched there. It comes
    before the database, so that a store that does not answer leaves only files that no row needs.
    """
    storage = evidence.in_use()
    with with_store():
        for path in sorted(folder.glob("??/??/*")):
            key = storage.put(path.read_bytes())
            with storage.open(key) as kept:
                same = evidence.digest_of(kept)[0] == path.name
            if not same:
                raise NotDone(
                    f"Penyimpanan bukti memuat berkas lain dengan nama {key}. Hapus atau betulkan di sana, lalu ulangi."
                )
    shutil.rmtree(folder, ignore_errors=True)


def _refuse_used(data: Path) -> None:
    used = [path.name for path in sorted(data.iterdir()) if path.name not in HARMLESS and not _is_bare(path)]
    if used:
        raise NotDone(
            f"{data} sudah berisi {', '.join(used[:3])}. Pulihkan hanya ke DESK_DATA yang kosong, supaya tidak ada "
            "yang tertimpa."
        )


def _is_bare(path: Path) -> bool:
    return path.is_dir() and not any(inner.is_file() for inner in path.rglob("*"))


def _refuse_other(app: Flask, manifest: Manifest) -> None:
    here = database.kind_of(app)
    if manifest.database != here and here == "sqlite":
        raise NotDone(f"Cadangan ini dari {manifest.database}, tetapi DESK_DATABASE_URL menunjuk {here}.")
    if manifest.migration > newest(app):
        raise NotDone(
            f"Cadangan ini dari aplikasi yang lebih baru (tabel versi {manifest.migration}). Pasang versi itu dahulu."
        )
    if manifest.database != here and manifest.migration != newest(app):
        raise NotDone(
            f"Tabel cadangan ini versi {manifest.migration}, lebih lama daripada aplikasi. Pulihkan dahulu ke SQLite, "
            "jalankan flask db upgrade, buat cadangan baru, lalu pindahkan yang baru itu."
        )


def _fitting_keys(app: Flask, manifest: Manifest, file: Path | None, *, without_keys: bool) -> dict[str, str]:
    """The keys for this desk: from the file, or those in use where they fit."""
    found = keys.in_use(app) if file is None else keys.read_file(file)
    if keys.mark(found["audit.key"]) != manifest.audit_key and not without_keys:
        raise NotDone(
            "Kunci jejak tidak cocok dengan cadangan ini. Sebutkan berkas kuncinya dengan --keys; bila kuncinya "
            "benar-benar hilang, --without-keys memulihkan datanya, tetapi jejak lama tidak dapat diperiksa lagi."
        )
    given = _given(app.config["SETTINGS"])
    different = [keys.ENVIRONMENT[name] for name, key in given.items() if key and key != found[name]]
    if different:
        raise NotDone(f"{', '.join(different)} berbeda dari kunci cadangan. Kosongkan atau samakan dahulu.")
    return found


def _compare(manifest: Manifest, data: Path) -> None:
    """Raise NotDone when a table has other rows than in the backup, or the trail another end than its witness says."""
    rows = database.counted(db.session.connection())
    other = [name for name, count in manifest.rows.items() if rows.get(name) != count]
    seq, _, witnessed = (data / HEAD_LOG).read_text("ascii").strip().rpartition("\n")[2].partition(" ")
    stands = db.session.scalar(text("SELECT hash FROM audit_entry WHERE seq = :seq"), {"seq": int(seq or 0)})
    db.session.rollback()
    if other or (seq and stands != witnessed):
        raise NotDone(
            f"Yang dipulihkan tidak sama dengan cadangannya ({', '.join(other) or 'jejak'}). Jangan dipakai; "
            "kosongkan tujuannya dan pakai cadangan lain."
        )


def _unpack(folder: Path, name: str, content: Iterator[bytes]) -> None:
    path = folder / name
    for above in reversed(path.relative_to(folder).parents):
        (folder / above).mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        for chunk in content:
            target.write(chunk)


def _given(settings: Settings) -> dict[str, str]:
    """The keys that come from the environment, empty where the data directory keeps them."""
    return {
        "secret.key": settings.secret_key,
        "audit.key": settings.audit_key,
        "field.key": settings.field_key,
    }


def _begin_anew(manifest: Manifest, file: Path, *, is_current: bool) -> None:
    """End every session, since one that was ended after the backup would live again, and put it on the trail."""
    with deed():
        db.session.execute(
            update(LoginSession).where(LoginSession.ended_at.is_(None)).values(ended_at=clock.real_now())
        )
        if is_current:
            audit.record(
                "desk:backup:restore",
                by=None,
                subject=("backup", file.name),
                changes={"made_at": [None, manifest.made_at]},
            )
