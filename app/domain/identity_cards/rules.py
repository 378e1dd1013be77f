"""What a record of this room may not say: sums that differ, figures that fall without a reason, a birthday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from sqlalchemy import select

from app.domain import stages
from app.domain.errors import Invalid
from app.domain.identity_cards.models import Enrolment
from app.domain.identity_cards.words import AT_NIGHT, HELD, ON_DAYS_OFF
from app.domain.registers import Kin, Place, SheetLine, Values, counting
from app.domain.stages import is_working_day
from app.extensions import db
from app.words import angka, tanggal_pendek

CUMULATIVE = ("enrolled", "printed", "turning_enrolled", "on_the_day_enrolled")
"""What only grows unless somebody counted wrongly or people moved away."""
FALLS = {
    "enrolled": "Sudah rekam",
    "printed": "Sudah dicetak",
    "turning_enrolled": "Pemilih pemula yang sudah rekam",
    "on_the_day_enrolled": "Genap 17 pada hari pemungutan yang sudah rekam",
}
BIRTHDAY = re.compile(
    r"\b(?:lahir|ttl|kelahiran)\b[^.;\n]{0,40}\b(?:\d{1,2}[-/. ]\s*(?:\d{1,2}|[a-z]{3,9})[-/. ]\s*)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
CHILDREN = "Jangan menulis tanggal lahir siapa pun. Cukup banyaknya orang."
AT_ONCE = 500
"""Regions in one statement: databases limit how many values it may hold."""


def check_enrolment(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) sums that do not add up, a record without any figure, and birthdays in its texts."""
    _no_birthday(values, "source", "fall_reason", "note")
    for kind, words in (("", ""), ("_male", " laki-laki"), ("_female", " perempuan")):
        whole, done, left = (values[f"{name}{kind}"] for name in ("obliged", "enrolled", "unenrolled"))
        if None not in (whole, done, left) and done + left != whole:
            sentence = (
                f"Sudah rekam{words} {angka(done)} + belum rekam{words} {angka(left)} tidak sama dengan wajib KTP-el"
                f"{words} {angka(whole)}. Periksa ketiganya."
            )
            raise Invalid(sentence, **{f"unenrolled{kind}": sentence})
    figures = [value for value in values.values() if isinstance(value, int) and not isinstance(value, bool)]
    if not figures:
        sentence = "Isi paling sedikit satu angka. Yang belum diketahui dibiarkan kosong."
        raise Invalid(sentence, obliged=sentence)
    return values


def check_certificate(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) birthdays in its texts."""
    _no_birthday(values, "source", "note")
    return values


def check_service(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) results of what was not held, hours that end before they begin, days that are none off."""
    _no_birthday(values, "place", "result", "obstacle_note", "source")
    day = values["served_on"]
    if values["progress"] == HELD:
        if day is not None and day > place.today:
            _refuse("progress", "Tanggalnya belum tiba. Pilih direncanakan, atau betulkan tanggalnya.")
    else:
        for name in ("served", "served_male", "served_female", "served_enrolled", "served_printed"):
            if values[name]:
                _refuse(name, "Hasil diisi sesudah terlaksana. Kosongkan, atau ubah pelaksanaannya.")
    if values["obstacle_people"] and not values["obstacle"]:
        _refuse("obstacle", "Pilih kendalanya.")
    _check_hours(values, place)
    return values


def _check_hours(values: Mapping[str, Any], place: Place) -> None:
    begins, ends, day = values["begins_at"], values["ends_at"], values["served_on"]
    if ends and not begins:
        _refuse("begins_at", "Isi jam mulainya juga.")
    # A night's service may end after midnight.
    if begins and ends and ends <= begins and values["hours"] != AT_NIGHT:
        _refuse("ends_at", "Jam selesai tidak sesudah jam mulai. Periksa keduanya.")
    if values["hours"] == ON_DAYS_OFF and day is not None:
        free = stages.free_days(place.region, day, day)
        if is_working_day(day, free):
            _refuse("hours", f"{tanggal_pendek(day)} hari kerja. Periksa tanggal atau waktu layanannya.")


def _no_birthday(values: Mapping[str, Any], *names: str) -> None:
    for name in names:
        if BIRTHDAY.search(values[name]):
            _refuse(name, CHILDREN)


def _refuse(name: str, sentence: str) -> NoReturn:
    raise Invalid(sentence, **{name: sentence})


def enrolment_fits(values: Values, place: Place, kin: Kin) -> None:
    """Refuse (Invalid) cumulative figures that fall from one day to the next without a reason."""
    for _, column, sentence in _compared([(place.region, values)], but=kin.id):
        _refuse(column, sentence)


def enrolments_fit(lines: Sequence[SheetLine]) -> Iterable[tuple[int, str, str]]:
    """The same of the lines of a sheet, each fault with its line."""
    return _compared([(line.region, line.values) for line in lines], but=0)


def _compared(lines: Sequence[tuple[str, Values]], *, but: int) -> Iterable[tuple[int, str, str]]:
    """The lines beside one another and beside what stands. One statement for each 500 regions.

    The days of a sheet are compared with one another and with what stands already; what stands of the same day is
    what the sheet will change.
    """
    series = _standing(sorted({region for region, _ in lines}), but)
    for index, (region, values) in enumerate(lines):
        series.setdefault(region, {})[values["counted_on"]] = (index, values)
    for days in series.values():
        yield from _falls([days[day] for day in sorted(days)])


def _falls(ordered: Sequence[tuple[int | None, Values]]) -> Iterable[tuple[int, str, str]]:
    """Both of two days may be new; the later one gives the reason, or, where only the earlier one is, that one."""
    known: dict[str, tuple[int | None, Values]] = {}
    for index, values in ordered:
        for name in CUMULATIVE:
            value = values[name]
            if value is None:
                continue
            before = known.get(name)
            known[name] = (index, values)
            if before is None or value >= before[1][name] or values["fall_reason"]:
                continue
            blamed, said = (index, values) if index is not None else before
            if blamed is not None and not said["fall_reason"]:
                yield blamed, "fall_reason", _fall_words(name, before[1], values)
                break


def _fall_words(name: str, before: Values, after: Values) -> str:
    return (
        f"{FALLS[name]} turun dari {angka(before[name])} ({tanggal_pendek(before['counted_on'])}) menjadi "
        f"{angka(after[name])} ({tanggal_pendek(after['counted_on'])}). Betulkan angkanya, atau tuliskan alasannya."
    )


def _standing(codes: Sequence[str], but: int) -> dict[str, dict[dt.date, tuple[int | None, Values]]]:
    names = ("counted_on", *CUMULATIVE, "fall_reason")
    columns = [getattr(Enrolment, name) for name in names]
    found: dict[str, dict[dt.date, tuple[int | None, Values]]] = {}
    for start in range(0, len(codes), AT_ONCE):
        query = select(Enrolment.region_code, *columns).where(
            counting(Enrolment),
            Enrolment.region_code.in_(codes[start : start + AT_ONCE]),
            Enrolment.id != but,
        )
        for region, *row in db.session.execute(query):
            values = dict(zip(names, row, strict=True))
            found.setdefault(region, {})[values["counted_on"]] = (None, values)
    return found
