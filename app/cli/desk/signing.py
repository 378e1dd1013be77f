"""What the doctor looks at in the office's certificate for digital signatures: whether it opens, for whom, how long."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from app.cli.desk.findings import Finding, attention, broken, ok
from app.documents.certificate import read_held
from app.domain import clock
from app.domain.errors import Invalid
from app.words import angka, tanggal_panjang
from config import Settings

NAME = "Sertifikat"
SOON = dt.timedelta(days=30)
RENEW = "Buat atau minta sertifikat baru, ganti berkasnya, lalu mulai ulang pekerja."


def certificate(app: Flask) -> Iterator[Finding]:
    """The PKCS#12 file and the file with its passphrase: readable, closed to others, valid today and for a while."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.sign_file:
        if settings.sign_passphrase_file:
            mend = "Tetapkan DESK_SIGN_FILE, atau kosongkan DESK_SIGN_PASSPHRASE_FILE."
            yield attention(NAME, "ada kata sandi tanpa berkas sertifikat", mend)
        else:
            yield ok(NAME, "tidak dipakai: PDF laporan hanya disegel")
        return
    yield from _open_to_others(settings)
    try:
        found = read_held(settings.sign_file, settings.sign_passphrase_file).certificate
    except Invalid as refusal:
        yield broken(NAME, refusal.message, "Periksa DESK_SIGN_FILE dan DESK_SIGN_PASSPHRASE_FILE.")
        return
    left = found.until - clock.real_now()
    if left < dt.timedelta():
        yield broken(NAME, f"{found.name} kedaluwarsa sejak {tanggal_panjang(found.until)}", RENEW)
    elif found.since > clock.real_now():
        yield broken(NAME, f"{found.name} baru berlaku {tanggal_panjang(found.since)}", RENEW)
    elif left < SOON:
        yield attention(NAME, f"{found.name} kedaluwarsa {angka(left.days)} hari lagi", RENEW)
    else:
        words = f"{found.name}, sidik {found.fingerprint}, berlaku sampai {tanggal_panjang(found.until)}"
        yield ok(NAME, words)


def _open_to_others(settings: Settings) -> Iterator[Finding]:
    """Files have no such modes on Windows; one that is not there is told when it is opened."""
    paths = [Path(name) for name in (settings.sign_file, settings.sign_passphrase_file) if name]
    if os.name != "posix":
        return
    bare = [str(path) for path in paths if path.is_file() and path.stat().st_mode & 0o077]
    if bare:
        yield broken(NAME, "terbaca oleh orang lain", f"Jalankan: chmod 600 {' '.join(bare)}")
