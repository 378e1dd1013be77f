"""Voting days that are mostly a mistyped year: taken only when they are said to be meant."""

from __future__ import annotations

import datetime as dt

from app.words import tanggal

FARTHEST_YEARS = 10


def voting_day_doubt(
    day: dt.date, today: dt.date, *, last_day: dt.date | None = None, after: dt.date | None = None
) -> str:
    """Why a voting day is an unusual one, as a sentence; empty where it is a usual one.

    Unusual is a day more than ten years ahead, one that is past (where `last_day`, the end of the last stage, is
    given: one whose whole election is over), and one that is not after `after`, the voting day of an earlier election.
    """
    if last_day is None and day < today:
        return f"Hari pemungutan {tanggal(day)} sudah lewat."
    if last_day is not None and last_day < today:
        return f"Pemilihan dengan hari pemungutan {tanggal(day)} sudah selesai sebelum hari ini."
    if (day.year - FARTHEST_YEARS, day.month, day.day) > (today.year, today.month, today.day):
        return f"Hari pemungutan {tanggal(day)} lebih dari {FARTHEST_YEARS} tahun lagi."
    if after is not None and day <= after:
        return f"Hari pemungutan {tanggal(day)} tidak sesudah yang disalin, {tanggal(after)}."
    return ""
