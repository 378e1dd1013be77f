"""What the doctor looks at on the machine: Python, databases, libraries, fonts, disk, clock, time zones, port."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask
from sqlalchemy import text

from app.cli.backup import database
from app.cli.desk.findings import Finding, attention, broken, ok
from app.documents import ability
from app.domain import clock
from app.extensions import db
from app.sqlite import brought_by, is_mended
from config import Settings

GIGABYTE = 1024**3
LITTLE, LEAST = 2 * GIGABYTE, GIGABYTE // 5
OLDEST_POSTGRESQL = 15
MOST_DRIFT = dt.timedelta(seconds=30)


def python(app: Flask) -> Iterator[Finding]:
    """The interpreter."""
    yield ok("Python", platform.python_version())


def engine(app: Flask) -> Iterator[Finding]:
    """The database's own program, its version, and what backups need of it."""
    version = database.engine_version()
    if database.kind_of(app) == "sqlite":
        if not is_mended(version):
            yield attention(
                "SQLite",
                f"{version}: memuat kesalahan WAL yang kadang menghilangkan tulisan terakhir",
                "Pasang lagi lingkungan (sh scripts/env.sh requirements.lock); di mesin tanpa paketnya pakai "
                "PostgreSQL.",
            )
        else:
            yield ok("SQLite", f"{version} dari {brought_by()}")
        return
    major = int(version.split(".")[0].split()[0])
    if major < OLDEST_POSTGRESQL:
        yield broken("PostgreSQL", version, f"Pasang PostgreSQL {OLDEST_POSTGRESQL} atau lebih baru.")
    else:
        yield ok("PostgreSQL", version)
    yield _dump_program(major)


def _dump_program(server: int) -> Finding:
    program = database.program("pg_dump")
    if program is None:
        return broken(
            "pg_dump", "tidak ada, cadangan tidak dapat dibuat", "Pasang: apt-get install postgresql-client"
        )
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = next((int(word.split(".")[0]) for word in said.split() if word[:1].isdigit()), 0)
    if major < server:
        return broken(
            "pg_dump",
            f"versi {major}, lebih lama daripada server",
            f"Pasang: apt-get install postgresql-client-{server}",
        )
    return ok("pg_dump", str(major))


def printing(app: Flask) -> Iterator[Finding]:
    """Libraries and fonts for PDFs."""
    lacking = ability.missing()
    if ability.pdf_is_off():
        yield attention(
            "PDF",
            ability.why_no_pdf(),
            "Pasang pustakanya (daftarnya: python scripts/native.py), lalu mulai ulang server dan pekerja. "
            "Tanpa itu laporan tetap ada sebagai Excel dan CSV.",
        )
    else:
        yield ok("PDF", "pustakanya lengkap")
    rest = [name for name in lacking if name not in ability.NEEDED]
    if rest:
        yield attention(
            "Huruf",
            f"belum ada: {', '.join(rest)}",
            "Pasang: apt-get install fonts-liberation2 fonts-noto-core",
        )
    elif not ability.pdf_is_off():
        yield ok("Huruf", "Liberation Sans dan Noto Sans")


def disk(app: Flask) -> Iterator[Finding]:
    """Room for evidence."""
    folder = app.config["SETTINGS"].data_dir
    free = shutil.disk_usage(folder).free
    words = f"{free / GIGABYTE:.1f} GB kosong di {folder}".replace(".", ",", 1)
    if free < LEAST:
        yield broken(
            "Ruang simpan", words, "Unggahan akan ditolak. Kosongkan atau besarkan cakramnya sekarang."
        )
    elif free < LITTLE:
        yield attention("Ruang simpan", words, "Kosongkan atau besarkan cakramnya minggu ini.")
    else:
        yield ok("Ruang simpan", words)


def zones(app: Flask) -> Iterator[Finding]:
    """The three zones of the country."""
    try:
        for name in clock.ABBREVIATIONS:
            ZoneInfo(name)
    except ZoneInfoNotFoundError:
        yield broken("Zona waktu", "datanya tidak ada", "Pasang: apt-get install tzdata")
    else:
        yield ok("Zona waktu", ", ".join(clock.ABBREVIATIONS.values()))


def time(app: Flask) -> Iterator[Finding]:
    """The clock against the database server's and against what was recorded last."""
    now = clock.real_now()
    last = db.session.scalar(text("SELECT at FROM audit_entry ORDER BY seq DESC LIMIT 1"))
    told = now if db.engine.dialect.name == "sqlite" else db.session.scalar(text("SELECT clock_timestamp()"))
    mend = "Nyalakan penyelarasan jam: timedatectl set-ntp true"
    if told is not None and abs(told - now) > MOST_DRIFT:
        yield broken("Jam", f"berbeda {abs(told - now).seconds} detik dari server basis data", mend)
    elif last and not clock.is_simulated() and dt.datetime.fromisoformat(last) > now + MOST_DRIFT:
        yield broken("Jam", f"mundur: catatan jejak terakhir bertanggal {last[:16]}", mend)
    else:
        yield ok("Jam", f"{now:%Y-%m-%d %H.%M} UTC")


def port(app: Flask) -> Iterator[Finding]:
    """Who listens where the server should."""
    settings: Settings = app.config["SETTINGS"]
    host, number = os.environ.get("DESK_BIND") or "127.0.0.1", int(os.environ.get("PORT") or "8000")
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104  (compared, not bound)
    try:
        socket.create_connection((shown, number), timeout=2).close()
    except OSError:
        yield attention(
            "Server",
            f"tidak ada yang mendengarkan di porta {number}",
            "Jalankan: systemctl start desk-web (sebagai root).",
        )
        return
    if _is_a_desk(f"http://{shown}:{number}/sehat", settings):
        yield ok("Server", f"menjawab di porta {number}")
    else:
        yield broken(
            "Server",
            f"porta {number} dipakai program lain",
            "Pilih porta lain dengan PORT, atau hentikan ia.",
        )


def _is_a_desk(address: str, settings: Settings) -> bool:
    asked = urllib.request.Request(address)  # noqa: S310  (our own address)
    first = settings.hosts.split(",")[0].strip()
    if first:
        asked.add_header("Host", f"desk{first}" if first.startswith(".") else first)
    try:
        with urllib.request.urlopen(asked, timeout=3) as reply:  # noqa: S310
            return b"sehat" in reply.read(200)
    except (urllib.error.URLError, OSError):
        return False
