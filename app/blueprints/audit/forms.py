"""What an auditor narrows the trail down to, read from the address; nothing odd breaks the page."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from app.domain import clock
from app.domain.audit import Filters
from app.web import deeds, reach
from app.web.forms import parse_day
from app.words import plain


class Asked(NamedTuple):
    """The address as it was typed, the filters it means, and what was wrong with it."""

    typed: dict[str, str]
    filters: Filters
    problems: list[tuple[str, str]]
    """(field id, sentence)."""

    @property
    def in_words(self) -> str:
        """What was asked for, as the trail keeps it: "wilayah 64.03, dari 2024-11-01"."""
        return ", ".join(f"{name} {text}" for name, text in self.typed.items() if text)


def asked(args: MultiDict[str, str], roots: tuple[str, ...], zone: str) -> Asked:
    """Read the filters; a date that is none is a problem and no filter, a region out of reach is NotFound."""
    names = ("wilayah", "tindakan", "orang", "dari", "sampai", "jenis", "nomor")
    typed = {name: plain(args.get(name, "")).strip()[:80] for name in names}
    problems: list[tuple[str, str]] = []
    if typed["wilayah"]:
        reach.within_roots(roots, typed["wilayah"])
    since = _day(typed, "dari", problems)
    until = _day(typed, "sampai", problems)
    if since and until and until < since:
        problems.append(("sampai", "Tanggal akhir mendahului tanggal awal; tidak ada yang dapat ditemukan."))
    group = next((group for group in deeds.GROUPS if group.key == typed["tindakan"]), None)
    if typed["tindakan"] and group is None:
        problems.append(
            ("filter-tindakan", "Tindakan itu tidak dikenal, jadi tidak dipakai sebagai saringan.")
        )
        typed["tindakan"] = ""
    filters = Filters(
        region=typed["wilayah"] or None,
        actions=group.prefixes if group else (),
        actor=typed["orang"],
        since=clock.at(since, dt.time(), zone) if since else None,
        until=clock.end_of_day(until, zone) if until else None,
        subject_kind=typed["jenis"],
        subject_id=typed["nomor"],
    )
    return Asked(typed, filters, problems)


def _day(typed: dict[str, str], name: str, problems: list[tuple[str, str]]) -> dt.date | None:
    """The day of a field; accepts 2024-11-25 and 25/11/2024."""
    text = typed[name]
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        parts = text.replace("-", "/").split("/")
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            day = parse_day(f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}")
    if day is None or not dt.date(2000, 1, 1) <= day <= dt.date(2100, 1, 1):
        problems.append(
            (name, f"«{text}» bukan tanggal. Contoh: 25/11/2024. Saringan tanggal ini tidak dipakai.")
        )
        return None
    return day
