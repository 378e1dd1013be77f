"""What a record of this room may not say: sums that differ, figures that fall without a reason, a birthday."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from app.domain import stages
from app.domain.errors import Invalid
from app.domain.identity_cards.models import Enrolment
from app.domain.identity_cards.words import AT_NIGHT, HELD, ON_DAYS_OFF
from app.domain.registers import Growing, Place, Values
from app.domain.stages import is_working_day
from app.words import angka, tanggal_pendek

GROWING = Growing(
    Enrolment,
    moment=("counted_on",),
    labels={
        "enrolled": "Sudah rekam",
        "printed": "Sudah dicetak",
        "turning_enrolled": "Pemilih pemula yang sudah rekam",
        "on_the_day_enrolled": "Genap 17 pada hari pemungutan yang sudah rekam",
    },
    when=lambda said: tanggal_pendek(said["counted_on"]),
)
"""What only grows unless somebody counted wrongly or people moved away."""
BIRTHDAY = re.compile(
    r"\b(?:lahir|ttl|kelahiran)\b[^.;\n]{0,40}\b(?:\d{1,2}[-/. ]\s*(?:\d{1,2}|[a-z]{3,9})[-/. ]\s*)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
CHILDREN = "Jangan menulis tanggal lahir siapa pun. Cukup banyaknya orang."


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
