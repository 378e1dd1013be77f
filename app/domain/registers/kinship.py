"""The record that a line of a sheet belongs to, named by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.domain.accounts import Person
from app.domain.regions import kabkota_of, province_of
from app.domain.registers.counted import counting
from app.domain.registers.reach import visible
from app.domain.registers.register import Register
from app.extensions import db
from app.words import kapital

PARENT = "parent"
"""The column of a sheet that names it: "3/2024", or with its region's code where another one has the same number."""
_NUMBER = re.compile(r"(?:(\d{2}(?:\.\d{2}){0,2}(?:\.\d{4})?)\s+)?(\d{1,6})\s*/\s*(\d{4})")
AT_ONCE = 500

Found = tuple[int | None, str]
"""The parent's id, or None and what is wrong."""


def parents_named(register: Register, said: Sequence[tuple[str, str]], *, by: Person) -> list[Found]:
    """Of each (region, number as it was written): the record of the person's reach that is meant.

    A number counts in the region's own kabupaten/kota and in its province; with a code in front, in that one's. What
    was withdrawn is not there. One statement for each 500 numbers.
    """
    parent = register.parents[register.belongs_to]
    asked = [_NUMBER.fullmatch(text.strip()) for _, text in said]
    numbers = sorted({(int(one[2]), int(one[3])) for one in asked if one})
    there = _numbered(parent, numbers, by)
    found: list[Found] = []
    for (region, text), one in zip(said, asked, strict=True):
        if one is None:
            found.append((None, _unread(parent, text)))
            continue
        homes = {kabkota_of(one[1])} if one[1] else {kabkota_of(region), province_of(region)}
        fitting = [
            row for row in there.get((int(one[2]), int(one[3])), []) if kabkota_of(row.region_code) in homes
        ]
        found.append(_chosen(parent, f"{one[2]}/{one[3]}", fitting))
    return found


def _unread(parent: Register, text: str) -> str:
    if not text.strip():
        return f"Isi nomor {parent.one}-nya, misalnya 1/2024."
    return f"Tulis nomor {parent.one} seperti 1/2024, atau dengan kode wilayahnya: 64 1/2024."


def _chosen(parent: Register, number: str, fitting: Sequence[Any]) -> Found:
    if not fitting:
        return (
            None,
            f"{kapital(parent.one)} {number} tidak ada di sini. Lihat nomornya di {parent.title}.",
        )
    if len(fitting) > 1:
        homes = sorted(kabkota_of(row.region_code) for row in fitting)
        return None, (
            f"Nomor {number} ada di {' dan '.join(homes)}. Tulis kode wilayahnya di depan, misalnya "
            f"{homes[0]} {number}."
        )
    return int(fitting[0].id), ""


def _numbered(
    parent: Register, numbers: Sequence[tuple[int, int]], by: Person
) -> dict[tuple[int, int], list[Any]]:
    """(number, year) -> the records that count and that the person may read."""
    model = parent.model
    there: dict[tuple[int, int], list[Any]] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = {number for number, _ in numbers[start : start + AT_ONCE]}
        query = select(model.id, model.number, model.year, model.region_code).where(
            counting(model), visible(parent, by), model.number.in_(some)
        )
        for row in db.session.execute(query):
            there.setdefault((row.number, row.year), []).append(row)
    return there


def numbers_of(register: Register, ids: Iterable[int | None]) -> Mapping[int | None, str]:
    """Id of a parent -> its number with its region's code, as `parents_named` reads it."""
    model, wanted = register.parents[register.belongs_to].model, sorted({one for one in ids if one})
    told: dict[int | None, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = select(model.id, model.number, model.year, model.region_code).where(
            model.id.in_(wanted[start : start + AT_ONCE])
        )
        told |= {
            row.id: f"{kabkota_of(row.region_code)} {row.number}/{row.year}"
            for row in db.session.execute(query)
        }
    return told
