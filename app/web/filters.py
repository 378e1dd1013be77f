"""Words and figures in templates: Indonesian dates and numbers, asset addresses, keys."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app import words
from app.domain import clock


def waktu(moment: dt.datetime | None, zone: str = "Asia/Makassar") -> str:
    """25 Nov 2024 pukul 09.00 WITA."""
    if moment is None:
        return words.UNKNOWN
    local = clock.local(moment, zone)
    return f"{words.tanggal_pendek(local)} pukul {local:%H.%M} {clock.abbreviation(zone)}"


def pukul(moment: dt.datetime, zone: str = "Asia/Makassar") -> str:
    """09.00 WITA."""
    return f"{clock.local(moment, zone):%H.%M} {clock.abbreviation(zone)}"


def di_jam(moment: dt.datetime, zone: str) -> str:
    """2024-11-25T09:00, as a field of date and time has it."""
    return f"{clock.local(moment, zone):%Y-%m-%dT%H:%M}"


def hari_lagi(day: dt.date, today: dt.date) -> str:
    """A deadline in words, seen from today: hari ini, besok, 3 hari lagi, kemarin, 4 hari lalu."""
    days = (day - today).days
    near = {0: "hari ini", 1: "besok", -1: "kemarin"}
    return near.get(days) or (f"{days} hari lagi" if days > 0 else f"{-days} hari lalu")


def deed_words(link: Any) -> str:
    """A deed of the trail in words; its vocabulary is every room's, so it is loaded with the first page of deeds."""
    from app.web import deeds

    return deeds.deed_words(link)


def change_words(*told: Any) -> Any:
    """What a deed changed, field by field (app/web/deeds.py)."""
    from app.web import deeds

    return deeds.change_words(*told)


def words_of_changes(*told: Any) -> Any:
    """The same of changes that no link of the trail holds yet (app/web/deeds.py)."""
    from app.web import deeds

    return deeds.words_of_changes(*told)


def csrf_field() -> Markup:
    """The hidden field that every form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def new_key() -> str:
    """A fresh sending key."""
    return secrets.token_urlsafe(9)


class Assets:
    """Addresses of static files with a digest of their content, so that browsers may keep them for a year."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}

    def url(self, name: str) -> str:
        """`/static/name?v=digest`."""
        if name not in self._known:
            digest = hashlib.sha256((self._folder / name).read_bytes()).hexdigest()[:10]
            self._known[name] = url_for("static", filename=name, v=digest)
        return self._known[name]


def install(app: Flask) -> None:
    """Make the filters and globals known to the templates."""
    assets = Assets(Path(app.static_folder or ""))
    named: dict[str, Any] = {
        "tanggal": words.tanggal,
        "tanggal_panjang": words.tanggal_panjang,
        "tanggal_pendek": words.tanggal_pendek,
        "pukul": pukul,
        "waktu": waktu,
        "angka": words.angka,
        "kapital": words.kapital,
        "persen": words.persen,
        "ukuran": words.ukuran,
        "di_jam": di_jam,
        "hari_lagi": hari_lagi,
        "moment": dt.datetime.fromisoformat,
        "deed_words": deed_words,
        "change_words": change_words,
        "words_of_changes": words_of_changes,
    }
    app.jinja_env.filters.update(named)
    app.jinja_env.globals.update(static_url=assets.url, csrf_field=csrf_field, new_key=new_key)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
