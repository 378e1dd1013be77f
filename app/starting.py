"""Whether a real desk may serve: what a production server refuses to start with, each with the way to mend it.

Asked by wsgi.py when a server loads it, never by the commands, which do the mending. It costs one small statement
and a few looks at file modes.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from app import sqlite
from app.extensions import db
from config import Settings

EXIT_CODE = 78
"""EX_CONFIG: systemd is told not to start it again, since waiting would mend nothing."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SHORTEST_KEY = 32
FEWEST_SIGNS = 10
VERSION = text("SELECT version_num FROM alembic_version")
STATE = text("SELECT version_num, EXISTS (SELECT 1 FROM account WHERE is_demo) FROM alembic_version")


@cache
def newest_version(folder: Path) -> str:
    """The number that the last migration's file begins with; asked of Alembic it would cost ten megabytes."""
    return max(path.name[:4] for path in folder.glob("[0-9]*_*.py"))


def migrations_of(app: Flask) -> Path:
    """Where the migrations of this application lie."""
    return Path(app.root_path).parent / "migrations" / "versions"


def tables_are_current(app: Flask) -> bool:
    """Whether the tables are those of the newest migration; False also where there are none or no database answers.

    Asked in an application context. Alembic would answer the same, with a quarter of a second for loading it.
    """
    try:
        found = db.session.scalar(VERSION)
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return bool(found == newest_version(migrations_of(app)))


def library_of(app: Flask) -> str:
    """Which SQLite a desk works with, and whether it is one that keeps what it confirmed; empty on PostgreSQL."""
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return ""
    version, module = sqlite.version(), sqlite.brought_by()
    if sqlite.is_mended(version):
        return f"Basis data: SQLite {version} dari {module}."
    return (
        f"PERHATIAN: SQLite {version} dari {module} memuat kesalahan WAL yang kadang menghilangkan tulisan terakhir. "
        "Pasang lagi lingkungan (sh scripts/env.sh requirements.lock), atau pakai PostgreSQL."
    )


def refuse_unsafe(app: Flask) -> None:
    """Say which SQLite is used, and end this process (exit code 78) with sentences when a production desk must not
    serve as it is.
    """
    if said := library_of(app):
        sys.stderr.write(f"{said}\n")
    settings: Settings = app.config["SETTINGS"]
    if settings.mode != "production":
        return
    found = list(refusals(app))
    if not found:
        return
    lines = ["Desk tidak dijalankan:", *(f"  - {sentence}" for sentence in found)]
    lines.append("Pemeriksaan lengkap: flask desk doctor")
    sys.stderr.write("\n".join(lines) + "\n")
    raise SystemExit(EXIT_CODE)


def refusals(app: Flask) -> Iterator[str]:
    """Every reason, as a sentence that says how to mend it."""
    settings: Settings = app.config["SETTINGS"]
    yield from _settings(app, settings)
    yield from open_files(settings)
    yield from _database(app)


def _settings(app: Flask, settings: Settings) -> Iterator[str]:
    if app.debug:
        yield "Mode debug menyala: siapa pun dapat menjalankan kode lewat halaman galat. Hapus FLASK_DEBUG."
    if is_weak(app.config["SECRET_KEY"]):
        yield (
            f"DESK_SECRET_KEY terlalu pendek atau mudah ditebak. Kosongkan supaya dibuat sendiri, atau isi dengan "
            f"sedikitnya {SHORTEST_KEY} tanda acak."
        )
    if not app.config["TRUSTED_HOSTS"]:
        yield "DESK_HOSTS kosong. Isi dengan nama host desk ini, misalnya DESK_HOSTS=desk.kaltara.internal."
    if settings.cookie_secure != "1" and settings.plain_http != "1":
        yield (
            "DESK_COOKIE_SECURE bukan 1: sesi masuk terbaca di jaringan. Sajikan lewat HTTPS dan tetapkan "
            "DESK_COOKIE_SECURE=1; bila sengaja tanpa HTTPS di jaringan tertutup, tetapkan DESK_PLAIN_HTTP=1."
        )
    if settings.store_is_overheard and settings.plain_http != "1":
        yield (
            "DESK_STORE_ENDPOINT tanpa HTTPS: berkas bukti terbaca di jaringan. Pakai alamat https:// (sertifikat "
            "kantor disebut di DESK_STORE_CA_FILE); bila sengaja di jaringan tertutup, tetapkan DESK_PLAIN_HTTP=1."
        )
    if settings.clock or (settings.data_dir / "clock.json").exists():
        yield "Jamnya jam simulasi. Hapus DESK_CLOCK, dan pakai DESK_DATA yang bukan bekas demo."


def is_weak(key: str) -> bool:
    """Whether somebody could guess this key: too short, or of too few different signs."""
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS


def open_files(settings: Settings) -> Iterator[str]:
    """What of the data directory others on this machine may open, and whether they may read the object store's secret;
    nothing where files have no such modes.
    """
    if os.name != "posix":
        return
    folder = settings.data_dir
    if _is_open(folder):
        yield f"Direktori data terbuka untuk orang lain. Jalankan: chmod 700 {folder}"
    secret = [Path(settings.store_secret_file)] if settings.evidence_store else []
    bare = [path for path in [*_private(folder), *secret] if _is_open(path)]
    if bare:
        yield f"Terbaca oleh orang lain. Jalankan: chmod 600 {' '.join(map(str, bare))}"


def _private(folder: Path) -> Iterable[Path]:
    return sorted([*folder.glob("*.key"), *folder.glob("desk.db*"), *folder.glob("audit-head.log")])


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS)


def _database(app: Flask) -> Iterator[str]:
    with app.app_context():
        try:
            row = db.session.execute(STATE).one_or_none()
        except (OperationalError, ProgrammingError) as error:
            yield _unusable(error)
            return
        finally:
            db.session.remove()
            db.engine.dispose()  # the workers are forked from this process and must not share its connection
    if row is None or row[0] < newest_version(migrations_of(app)):
        yield "Tabel basis data lebih lama daripada aplikasi. Buat cadangan, lalu jalankan: flask db upgrade"
    elif row[0] > newest_version(migrations_of(app)):
        yield "Tabel basis data lebih baru daripada aplikasi. Pasang versi aplikasi yang terakhir dipakai."
    if row is not None and row[1]:
        yield (
            "Basis data ini berisi akun demo yang kata sandinya dibagikan. Pilih DESK_DATA (dan DESK_DATABASE_URL) "
            "yang kosong, lalu jalankan: flask desk init"
        )


def _unusable(error: OperationalError | ProgrammingError) -> str:
    reason = str(error.orig).strip().splitlines()[0]
    if "no such table" in reason or "does not exist" in reason:
        return "Basis data belum disiapkan. Jalankan: flask desk init"
    return f"Basis data tidak dapat dihubungi ({reason}). Periksa DESK_DATABASE_URL dan apakah servernya berjalan."
