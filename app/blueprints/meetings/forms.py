"""The attendance sheet of a meeting: a presence and a number of people for each region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from app.domain.meetings import PRESENCES, Line, Said
from app.web.forms import DeedForm, small_number
from app.words import plain


class AttendanceForm(DeedForm):
    """The sending itself; its rows are read by `rows_of`."""


@dataclass(frozen=True)
class SheetRow:
    """One region as the sheet shows it: what is recorded, or what was typed, and what is wrong with it."""

    code: str
    title: str
    presence: str
    people: str
    version: int
    error: str = ""


def rows_of(lines: Sequence[Line]) -> list[SheetRow]:
    """The sheet as it stands."""
    return [
        SheetRow(
            line.region.code,
            line.region.title,
            line.row.values["presence"] if line.row else "",
            "" if line.row is None or line.row.values["people"] is None else str(line.row.values["people"]),
            line.row.version if line.row else 0,
        )
        for line in lines
    ]


def typed_rows(lines: Sequence[Line]) -> tuple[list[SheetRow], dict[str, Said]]:
    """The sheet as it was sent, its slips named, and what it says of each region without one."""
    rows, said = [], {}
    for line in lines:
        code = line.region.code
        presence = request.form.get(f"hadir-{code}", "")
        people = plain(request.form.get(f"orang-{code}", "")).strip()[:12]
        version = small_number(request.form.get(f"versi-{code}", "0")) or 0
        counted = _counted(people)
        error = ""
        if presence and presence not in PRESENCES:
            error, presence = f"{line.region.title}: pilih dari daftar.", ""
        elif people and counted is None:
            error = f"{line.region.title}: isi banyak orang dengan bilangan bulat."
        rows.append(SheetRow(code, line.region.title, presence, people, version, error))
        if not error:
            said[code] = Said(presence, counted, version)
    return rows, said


def _counted(text: str) -> int | None:
    """A number of people as it is typed, 12 or 1.588; None for anything else."""
    grouped = re.fullmatch(r"\d{1,3}(\.\d{3})*", text, re.ASCII)
    return small_number(text.replace(".", "") if grouped else text)
