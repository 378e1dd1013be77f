"""Many records at once, as a sheet brings them: what each line will do, and doing it with few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from app.domain import audit, stages
from app.domain.accounts import Permission, Person
from app.domain.audit import Deed
from app.domain.errors import Invalid, NotNow
from app.domain.regions import RegionRow, found, kabkota_of
from app.domain.registers.columns import Values
from app.domain.registers.commands import change
from app.domain.registers.counted import counting
from app.domain.registers.kinship import PARENT, parents_named
from app.domain.registers.queries import RecordRow, rows_of, today_in
from app.domain.registers.reach import mandate, may
from app.domain.registers.register import Kin, Place, Register, SheetLine
from app.domain.registers.writing import RECORD, checked, fresh, next_number, write_values
from app.extensions import db
from app.words import kapital

NEW, CHANGED, SAME = "baru", "berubah", "tetap"
AT_ONCE = 500
"""Regions in one statement: databases limit how many values it may hold."""


@dataclass(frozen=True)
class Line:
    """One line of a sheet: its number, the region it names, and what it says."""

    row: int
    region: str
    values: Mapping[str, Any]
    parent: str = ""
    """The number of the record that it belongs to, as it was written."""


class Planned(NamedTuple):
    """What a line will do: add a record, change the one that is there, or nothing."""

    row: int
    place: RegionRow
    values: Values
    before: RecordRow | None
    what: str
    parents: Mapping[str, int | None]

    @property
    def sheet_line(self) -> SheetLine:
        """As a room compares it."""
        number = self.before.id if self.before and self.what is CHANGED else 0
        return SheetLine(self.place.code, self.values, Kin(number, self.parents))


class Wrong(NamedTuple):
    """What is wrong in a line, at a column of the register, at "region", or ("") in all of it."""

    row: int
    column: str
    message: str


def plan(
    register: Register, lines: Sequence[Line], *, by: Person, within: str
) -> tuple[list[Planned], list[Wrong]]:
    """What each line will do, in their order; or everything that is wrong. Reads only.

    A line whose region, parent and `same_by` or `once_per` columns stand already changes that record; in a register
    without such columns, a line that is there word for word changes nothing. Lines may name regions in `within` only.
    """
    places = _places(lines)
    wrong: list[Wrong] = []
    said: list[tuple[Line, RegionRow, Values]] = []
    for line in lines:
        place = places.get(line.region)
        fault = _fault(register, place, line.region, by, within)
        if fault or place is None:
            wrong.append(Wrong(line.row, "region", fault))
            continue
        try:
            said.append(
                (line, place, checked(register, line.values, Place(place.code, today_in(place.code))))
            )
        except Invalid as refusal:
            wrong += [Wrong(line.row, name, sentence) for name, sentence in _told(refusal)]
    families = _families(register, said, by, wrong)
    there = _there(register, [place.code for _, place, _ in said])
    first: dict[tuple[Any, ...], int] = {}
    planned: list[Planned] = []
    for (line, place, values), parents in zip(said, families, strict=True):
        if parents is None:
            continue
        key = _key(register, place.code, values, parents)
        if key in first:
            wrong.append(
                Wrong(line.row, "", f"Isi baris ini sama dengan baris {first[key]}. Hapus salah satunya.")
            )
            continue
        first[key] = line.row
        before = there.get(key)
        what = NEW if before is None else SAME if dict(before.values) == dict(values) else CHANGED
        if what is CHANGED and before is not None and before.has_ended:
            wrong.append(Wrong(line.row, "", f"{kapital(register.one)} {before.number} sudah selesai."))
        planned.append(Planned(line.row, place, values, before, what, parents))
    if not wrong:
        faults = register.sheet_fits([one.sheet_line for one in planned])
        wrong += [Wrong(planned[index].row, column, sentence) for index, column, sentence in faults]
    return ([], sorted(wrong, key=lambda one: one.row)) if wrong else (planned, [])


def apply(
    register: Register, planned: Sequence[Planned], *, by: Person, progress: Callable[[int, int], None]
) -> Counter[str]:
    """Do what was planned in the open transaction; returns how many lines did what. Refuses as `change` does.

    Whether the records fit beside one another is asked when all of them are written: a sheet that makes room in one
    line for another one is judged as it leaves them.
    """
    written: list[tuple[Planned, int]] = []
    for one in planned:
        if one.what is CHANGED and one.before is not None:
            change(one.before, one.values, by=by, version=one.before.version, is_alone=False)
            written.append((one, one.before.id))
    new = [one for one in planned if one.what is NEW]
    numbers = _numbers(register, new)
    codes = {one.place.code for one in new}
    _refuse_meanwhile(register, new, codes)
    offices = {code: mandate(by, register, Permission.REGISTER_RECORD, code) for code in codes}
    election_id = stages.current_election().id
    deeds: list[Deed] = []
    for start in range(0, len(new), AT_ONCE):
        progress(start, len(new))
        rows, part = [], new[start : start + AT_ONCE]
        for one in part:
            series = kabkota_of(one.place.code), today_in(one.place.code).year
            row = fresh(register, one.place.code, next(numbers[series]), by, election_id)
            for column, parent in one.parents.items():
                setattr(row, column, parent)
            rows.append((row, write_values(register, row, one.values)))
            db.session.add(row)
        db.session.flush()
        if register.belongs_to:
            written += [(one, row.id) for one, (row, _) in zip(part, rows, strict=True)]
        for row, changes in rows:
            action, subject = f"{register.action}:{RECORD}", (register.subject, row.id)
            deeds.append(Deed(action, subject, row.region_code, changes, offices[row.region_code].text))
            db.session.expunge(row)
    for one, number in written:
        place = Place(one.place.code, today_in(one.place.code))
        register.fits(one.values, place, Kin(number, one.parents))
    audit.record_many(deeds, by=by)
    return Counter(one.what for one in planned)


def _families(
    register: Register, said: Sequence[tuple[Line, RegionRow, Values]], by: Person, wrong: list[Wrong]
) -> list[dict[str, int | None] | None]:
    """The foreign keys of each line; None, and a fault more, where it names no record that it may belong to."""
    if not register.belongs_to:
        return [dict.fromkeys(register.parents) for _ in said]
    named = parents_named(register, [(place.code, line.parent) for line, place, _ in said], by=by)
    families: list[dict[str, int | None] | None] = []
    for (line, _, _), (number, fault) in zip(said, named, strict=True):
        if number is None:
            wrong.append(Wrong(line.row, PARENT, fault))
            families.append(None)
        else:
            families.append({**dict.fromkeys(register.parents), register.belongs_to: number})
    return families


def _refuse_meanwhile(register: Register, new: Sequence[Planned], codes: Iterable[str]) -> None:
    """Raise NotNow where somebody recorded one of them since it was planned; the numbers keep others out from here."""
    there = _there(register, list(codes)) if register.once_per or register.same_by else {}
    if any(_key(register, one.place.code, one.values, one.parents) in there for one in new):
        raise NotNow(
            "Sementara itu ada yang mencatat salah satu baris ini. Periksa lagi lembarnya, lalu terapkan."
        )


def _numbers(register: Register, new: Sequence[Planned]) -> dict[tuple[str, int], Iterator[int]]:
    """The numbers that each place and year takes, reserved at once."""
    wanted = Counter((kabkota_of(one.place.code), today_in(one.place.code).year) for one in new)
    taken = {}
    for (home, year), count in sorted(wanted.items()):
        last = next_number(register.subject, home, year, count)
        taken[home, year] = iter(range(last - count + 1, last + 1))
    return taken


def _places(lines: Sequence[Line]) -> dict[str, RegionRow]:
    codes = sorted({line.region for line in lines if line.region})
    places: dict[str, RegionRow] = {}
    for start in range(0, len(codes), AT_ONCE):
        places |= found(codes[start : start + AT_ONCE])
    return places


def _fault(register: Register, place: RegionRow | None, code: str, by: Person, within: str) -> str:
    if place is None:
        return f"Kode «{code[:20]}» tidak ada dalam daftar wilayah." if code else "Isi kode wilayahnya."
    if place.level not in register.levels:
        levels = ", ".join(level.label.lower() for level in type(place.level) if level in register.levels)
        return f"{place.title} bukan tempat catatan ini. Isi kode {levels}."
    if not may(by, register, Permission.REGISTER_RECORD, place.code):
        return f"{place.title} di luar penugasan Anda."
    if place.code != within and not place.code.startswith(f"{within}."):
        return f"{place.title} di luar wilayah yang Anda pilih untuk impor ini."
    return ""


def _told(refusal: Invalid) -> list[tuple[str, str]]:
    return list(refusal.fields.items()) or [("", refusal.message)]


def _key(
    register: Register, region: str, values: Values, parents: Mapping[str, int | None]
) -> tuple[Any, ...]:
    names = register.same_by or register.once_per or tuple(column.name for column in register.columns)
    parent = parents[register.belongs_to] if register.belongs_to else None
    return (region, parent, *(values[name] for name in names))


def _there(register: Register, codes: Sequence[str]) -> dict[tuple[Any, ...], RecordRow]:
    """The records that count in these regions, by their keys."""
    model, wanted = register.model, sorted(set(codes))
    there: dict[tuple[Any, ...], RecordRow] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = select(model).where(counting(model), model.region_code.in_(wanted[start : start + AT_ONCE]))
        rows = rows_of(register, list(db.session.scalars(query)))
        there |= {_key(register, row.region_code, row.values, row.parents): row for row in rows}
    return there
