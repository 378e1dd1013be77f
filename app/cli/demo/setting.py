"""When the demo takes place, on the training clock, and its one password."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets

from flask import current_app

from app.domain import clock
from config import Settings

MOMENT = dt.datetime.fromisoformat("2024-11-25T09:00:00+08:00")


def current() -> Settings:
    """The settings of this process."""
    settings = current_app.config["SETTINGS"]
    assert isinstance(settings, Settings)  # noqa: S101
    return settings


def password(settings: Settings) -> str:
    """DESK_DEMO_PASSWORD, or the one made at random the first time and kept in the data directory (0600)."""
    if settings.demo_password:
        return settings.demo_password
    path = settings.data_dir / "demo-password"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = "-".join(secrets.token_hex(2) for _ in range(3))
        file.write(made)
    return made


def start_clock(settings: Settings, *, anew: bool = False) -> None:
    """Let the training day run from 09.00 in this process and in those
    started later; a running one goes on.
    """
    path = settings.data_dir / "clock.json"
    if settings.clock or (path.exists() and not anew):
        return
    anchor = clock.real_now()
    unfinished = path.with_suffix(".new")
    unfinished.write_text(
        json.dumps({"moment": MOMENT.isoformat(), "anchor": anchor.isoformat()}), encoding="utf-8"
    )
    unfinished.replace(path)
    clock.set_training(MOMENT, anchor=anchor)


def welcome(secret: str) -> str:
    """What a person needs to know to walk in."""
    now = clock.local(clock.now(), "Asia/Makassar")
    lines = [
        f"Demo: Kalimantan Timur, Senin, 25 November 2024 pukul {now:%H.%M} WITA (simulasi).",
        "Akun  <peran>.<tempat>, misalnya operator.berau dan penyelia.berau",
        "  peran   operator, penyelia, pimpinan, inspektorat, admin",
        "  tempat  kaltim, paser, kukar, berau, kubar, kutim, ppu, mahulu, balikpapan, samarinda, bontang",
        "  juga    operator dan penyelia untuk sambaliung dan telukbayur; pengamat.kpu-berau",
        f"Kata sandi semua akun demo: {secret}",
    ]
    if now.hour == 23 and now.minute == 59:
        lines.append("Hari simulasi sudah habis. Kembali ke pukul 09.00: flask demo clock")
    return "\n".join(lines)
