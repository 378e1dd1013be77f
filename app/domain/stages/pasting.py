"""Days off as they are pasted: one a line, each wrong line told by its number."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from app.domain.errors import Invalid
from app.domain.stages.holidays import Day, HolidayKind, check_day


class Pasted(NamedTuple):
    """What was read of pasted lines: the days, and what is wrong as (number of the line, sentence)."""

    days: tuple[Day, ...]
    problems: tuple[tuple[int, str], ...]


MOST_LINES = 200


def read_lines(text: str) -> Pasted:
    """Read lines like "2024-12-25; Hari Raya Natal; SKB 855/2023"; a fourth part "cuti bersama" says the kind.

    Without it a name that begins with "Cuti bersama" is one. Dates may also be 25/12/2024. Empty lines do not count.
    """
    days: list[Day] = []
    problems: list[tuple[int, str]] = []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        return Pasted((), ((MOST_LINES + 1, f"Paling banyak {MOST_LINES} baris sekali tempel."),))
    for number, line in lines:
        try:
            said = _read_line(line)
            if said.day in {one.day for one in days}:
                raise Invalid("Tanggal ini sudah ada pada baris di atasnya.")
            days.append(said)
        except Invalid as refusal:
            problems.append((number, " ".join([refusal.message, *refusal.fields.values()])))
    return Pasted(tuple(days), tuple(problems))


def _read_line(line: str) -> Day:
    parts = [part.strip() for part in line.split(";")]
    if not 3 <= len(parts) <= 4:
        raise Invalid("Tulis tanggal; nama; sumber, dipisahkan titik koma.")
    day = _read_day(parts[0])
    kind = (parts[3] if len(parts) == 4 else "").lower().replace(" ", "_")
    if kind not in ("", HolidayKind.NATIONAL, HolidayKind.SHARED_LEAVE):
        raise Invalid("Bagian keempat hanya nasional atau cuti bersama.")
    if not kind and parts[1].lower().startswith("cuti bersama"):
        kind = HolidayKind.SHARED_LEAVE
    said = Day(day, parts[1], HolidayKind(kind or HolidayKind.NATIONAL), parts[2])
    check_day(said)
    return said


def _read_day(text: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            continue
    raise Invalid(f"«{text[:20]}» bukan tanggal. Contoh: 2024-12-25.")
