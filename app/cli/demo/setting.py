"""Where and when the demo takes place: Kaltim's regions, the 2024
election, the training clock, the one password.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets

from flask import current_app

from app import data
from app.cli.checklists import expect, load_library
from app.cli.regions import KALTIM, SOURCE_VERSION, load_tree, shipped
from app.domain import clock, regions, stages
from config import Settings

MOMENT = dt.datetime.fromisoformat("2024-11-25T09:00:00+08:00")
CODE = "pilkada-2024"
VOTING_DAY = dt.date(2024, 11, 27)
IN_USE_FROM = dt.date(2024, 11, 24)
"""The demo's desks began to record here on the first quiet day; what
was due before is asked for but not late.
"""


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


def prepare() -> stages.Election:
    """Kaltim's tree, figures and special TPS, the library, and the election with all expected entries."""
    load_tree(shipped(KALTIM), SOURCE_VERSION)
    regions.load_polling_stations(data.rows("kaltim_tps_khusus.csv"))
    figures_known_on(dt.date(2024, 11, 1))
    load_library()
    election = stages.create_election(CODE, "Pemilihan Serentak 2024", VOTING_DAY, in_use_from=IN_USE_FROM)
    stages.load_stages(election, data.rows("app_stages.csv"))
    stages.load_steps(election, data.rows("tahapan_pilkada_2024.csv"))
    stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None)
    desks = [regions.find(KALTIM), *regions.regions_under([KALTIM], regions.Level.REGENCY)]
    stages.load_races(election, ((desk.code, desk.kind) for desk in desks))
    expect((KALTIM,))
    return election


def figures_known_on(day: dt.date) -> None:
    """Record the shipped figures whose source is not younger than `day`: no desk quotes tomorrow's paper."""
    known = (row for row in data.rows("kaltim_angka.csv") if row["dated_on"] <= day.isoformat())
    regions.load_figures(known, by="Sistem")


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
