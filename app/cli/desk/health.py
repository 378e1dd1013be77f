"""What the doctor looks at in the desk itself: settings, files, keys, tables, trail, counters, evidence, backups."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, text

from app.cli.backup import keys
from app.cli.desk.findings import Finding, attention, broken, ok
from app.domain import audit, checklists, clock, evidence, jobs, stages
from app.domain.backups import last_backup
from app.extensions import db
from app.starting import is_weak, migrations_of, newest_version, open_files, refusals
from app.words import angka
from config import Settings

LINKS_LOOKED_AT = 5_000
"""The newest links; `flask audit verify` reads them all."""
OLDEST_BACKUP = dt.timedelta(days=2)


def _settings(app: Flask) -> Settings:
    found: Settings = app.config["SETTINGS"]
    return found


def start(app: Flask) -> Iterator[Finding]:
    """Whether a production server would start; what keeps it from that in the files is told by `files`."""
    if _settings(app).mode != "production":
        yield attention(
            "Syarat menyala",
            f"DESK_MODE={_settings(app).mode}",
            "Desk yang sungguhan memakai DESK_MODE=production.",
        )
        return
    told_there = set(open_files(_settings(app)))
    reasons = [reason for reason in refusals(app) if reason not in told_there]
    for reason in reasons:
        words, _, mend = reason.partition(". ")
        yield broken("Syarat menyala", words, mend or words)
    if not reasons and not told_there:
        yield ok("Syarat menyala", "terpenuhi")


def proxy(app: Flask) -> Iterator[Finding]:
    """Whether what stands in front of the server and what it believes fit together."""
    settings, bind = _settings(app), os.environ.get("DESK_BIND", "127.0.0.1")
    local = bind in ("127.0.0.1", "::1", "localhost")
    if settings.proxy == "1" and not local:
        yield attention(
            "Proksi",
            f"DESK_PROXY=1 dan DESK_BIND={bind}: siapa pun dapat mengaku beralamat lain",
            "Tetapkan DESK_BIND=127.0.0.1, sehingga hanya proksi yang dapat masuk.",
        )
    elif settings.cookie_secure == "1" and settings.proxy != "1":
        yield attention(
            "Proksi",
            "HTTPS tanpa DESK_PROXY=1: jejak mencatat alamat proksi, bukan alamat orangnya",
            "Tetapkan DESK_PROXY=1 bila server ini di belakang nginx atau Caddy.",
        )
    else:
        yield ok("Proksi", "di belakang proksi" if settings.proxy == "1" else "tanpa proksi")


def files(app: Flask) -> Iterator[Finding]:
    """Modes and owner of what is in the data directory."""
    folder = _settings(app).data_dir
    bare = list(open_files(_settings(app)))
    told = broken if _settings(app).mode == "production" else attention
    for sentence in bare:
        words, _, mend = sentence.partition(". ")
        yield told("Berkas", words, mend)
    owner = os.getuid() if hasattr(os, "getuid") else None
    foreign = [path.name for path in folder.iterdir() if owner is not None and path.stat().st_uid != owner]
    if foreign:
        yield broken(
            "Berkas",
            f"{', '.join(sorted(foreign)[:3])} bukan milik akun yang menjalankan perintah ini",
            f"Jalankan perintah desk selalu sebagai akun layanan; lalu, sebagai root: chown -R desk: {folder}",
        )
    elif not bare:
        yield ok("Berkas", f"{folder} tertutup untuk orang lain")


def key_files(app: Flask) -> Iterator[Finding]:
    """The three keys, and whether they were ever put somewhere else."""
    folder = _settings(app).data_dir
    weak = [name for name, key in keys.in_use(app).items() if is_weak(key)]
    if weak:
        yield attention(
            "Kunci", f"{', '.join(weak)} pendek atau mudah ditebak", "Mulai desk baru dengan kunci acak."
        )
        return
    if not last_backup(folder).get("keys_at"):
        yield attention(
            "Kunci",
            "belum pernah dicadangkan: tanpa audit.key jejak tidak dapat diperiksa",
            "Jalankan sekali: flask cadangan buat DIREKTORI --with-keys, lalu simpan berkas kuncinya di tempat lain.",
        )
    else:
        yield ok("Kunci", f"dicadangkan {last_backup(folder)['keys_at'][:10]}")


def tables(app: Flask) -> Iterator[Finding]:
    """The version of the tables."""
    if not inspect(db.engine).has_table("alembic_version"):
        yield broken("Tabel", "belum ada", "Siapkan desk ini: flask desk init")
        return
    found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    newest = newest_version(migrations_of(app))
    if found == newest:
        yield ok("Tabel", f"versi {found}")
    elif found is not None and found > newest:
        yield broken(
            "Tabel", f"versi {found}, lebih baru daripada aplikasi ({newest})", "Pasang versi aplikasi itu."
        )
    else:
        yield broken("Tabel", f"versi {found}, seharusnya {newest}", "Buat cadangan, lalu: flask db upgrade")


def worker(app: Flask) -> Iterator[Finding]:
    """Whether somebody makes papers."""
    if jobs.worker_alive():
        yield ok("Pekerja", "hidup")
    else:
        yield attention(
            "Pekerja",
            "tidak ada kabar: laporan dan impor menunggu",
            "Jalankan: systemctl start desk-worker (sebagai root).",
        )


def trail(app: Flask) -> Iterator[Finding]:
    """The newest links of the chain and its tail."""
    verdict = audit.verify(LINKS_LOOKED_AT)
    if verdict.first_break is not None:
        yield broken(
            "Jejak",
            f"putus pada nomor {angka(verdict.first_break.seq)}: {verdict.first_break.why}",
            "Jangan ubah apa pun. Salin DESK_DATA, lalu bandingkan dengan cadangan: flask audit verify",
        )
    else:
        yield ok("Jejak", f"{angka(verdict.links)} mata rantai terakhir utuh")


def counters(app: Flask) -> Iterator[Finding]:
    """Counters against entries."""
    drifts = checklists.progress.check(stages.current_election())
    if drifts:
        yield broken("Penghitung", f"{angka(len(drifts))} selisih", "Jalankan: flask progress rebuild")
    else:
        yield ok("Penghitung", "cocok dengan isian")


def proofs(app: Flask) -> Iterator[Finding]:
    """Whether every file of evidence is there."""
    count, gone = evidence.absent()
    if gone:
        yield broken(
            "Bukti",
            f"{angka(len(gone))} berkas tidak ada, misalnya {gone[0][1]}",
            "Ambil kembali berkas bukti dari cadangan, lalu: flask evidence check",
        )
    else:
        yield ok("Bukti", f"{angka(count)} berkas ada")


def backups(app: Flask) -> Iterator[Finding]:
    """When the last backup was made, and whether it is still there."""
    last = last_backup(_settings(app).data_dir)
    make = "Jalankan: flask cadangan buat DIREKTORI, atau nyalakan desk-backup.timer (sebagai root)."
    if not last:
        yield attention("Cadangan", "belum pernah dibuat", make)
        return
    age = clock.real_now() - dt.datetime.fromisoformat(last["at"])
    if age > OLDEST_BACKUP:
        yield attention("Cadangan", f"terakhir {age.days} hari yang lalu", make)
    elif not Path(last["file"]).exists():
        yield attention(
            "Cadangan",
            f"{last['file']} tidak ada lagi di tempatnya",
            "Pastikan ia dipindahkan dengan sengaja.",
        )
    else:
        yield ok("Cadangan", f"{last['file']}, {last['at'][:16].replace('T', ' ')} UTC")
