"""Numbers and names that people typed into a text, beside what the figures say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from app.domain.reports.snapshot import Reading
from app.words import angka

_TOTAL = r"(?:jumlah(?:nya)?|total(?:nya)?|berjumlah|seluruh(?:nya)?|semua|dari|tersebar di)"
_NUMBER = r"(?<![\d.,/-])(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,9})(?![\d.,]*\d)"
REFERENCES: tuple[tuple[str, str], ...] = (
    (r"TPS(?!\s+(?:lokasi\s+)?khusus)", "TPS"),
    (r"TPS\s+(?:lokasi\s+)?khusus", "TPS lokasi khusus"),
    (r"kecamatan", "Kecamatan"),
    (r"kelurahan(?!\s*(?:/|dan|atau)\s*(?:desa|kampung))", "Kelurahan"),
    (r"(?:desa|kampung)", "Desa/kampung"),
    (r"pemilih", "Pemilih dalam DPT"),
)
"""(what follows a number, the reference figure that it names)."""
FIGURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"(?:orang\s+)?person(?:el|il)", "keamanan.personel", ("keamanan.personel",)),
    (
        r"(?:dugaan\s+)?(?:kasus|pelanggaran)\s+netralitas",
        "netralitas.kasus",
        ("netralitas.kasus", "netralitas.berjalan", "netralitas.diam"),
    ),
)
"""(what follows a number, the figure that it names, beginnings of keys whose numbers may be meant as well)."""
LEFT: tuple[tuple[str, str], ...] = (
    ("kecamatan", "logistik.kecamatan_lengkap"),
    ("TPS", "logistik.tps_lengkap"),
)
"""(what is left over, the figure that counts what is done)."""
SMALL = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
"""Numbers that people write in words."""
NEAR = Decimal("0.05")
"""A number so near to the reference figure means it, also where no word says so."""
_HONORIFIC = re.compile(
    r"\b(?:Sdr|Sdri|Saudara|Saudari|Bpk|a\.\s?n|atas nama|bernama|inisial)\b\.?\s*:?\s+"
    r"(?P<name>[A-Z][a-z'’.]+(?:\s+[A-Z][a-z'’.]*)*|[A-Z]{2,4}\b)"
)
_ADDRESSED = re.compile(
    r"\b(?:Bapak|Ibu|Pak|Bu|H\.|Hj\.|Drs\.|Dra\.|dr\.|Dr\.|Ir\.)\s+(?P<name>[A-Z][a-z'’]+(?:\s+[A-Z][a-z'’]+)*)"
)
_TITLED = re.compile(
    r"\b(?P<name>[A-Z][a-z'’]+(?:\s+[A-Z][a-z'’]+){0,3}),\s+(?:S\.\w+|M\.\w+|SH|SE|MM|MSi|M\.\s?Si|SIP|S\.\s?IP)\b"
)
_OFFICES = re.compile(
    r"^(?:Bupati|Wali|Gubernur|Wakil|Sekretaris|Sekda|Kepala|Ketua|Camat|Lurah|Kapol\w+|Dandim|Komandan|Anggota|Asisten|"
    r"Staf|Pj|Plt|Plh|Penjabat|Kota|Kabupaten|Kecamatan|Kampung|Desa|Presiden|Menteri)\b"
)


class Typed(NamedTuple):
    """A number in a text that is unlike what is known; `known` says both the figure and its value."""

    key: str
    words: str
    known: str


def figures_in(text: str, reading: Reading) -> list[Typed]:
    """The numbers of a text that name a figure and differ from it. A part of a whole is not taken for the whole."""
    return [*_references(text, reading), *_facts(text, reading)]


def leftovers_in(text: str, reading: Reading) -> list[Typed]:
    """What a text says to be left, where it does not make the whole with what is done: 11 and 3 of 13."""
    found = []
    for unit, key in LEFT:
        fact = reading.figure(key)
        if fact is None or fact.value is None or fact.whole is None:
            continue
        number = rf"(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,9}}|{'|'.join(SMALL)})"
        pattern = rf"\b(?:sisa(?:nya)?|tersisa|tinggal)\s+(?:ada\s+|hanya\s+)?{number}\s+{unit}\b"
        for one in re.finditer(pattern, text, re.IGNORECASE):
            left = _value(one["number"].lower())
            if fact.value + left != fact.whole:
                told = f"{fact.label} {fact.said}: bersama sisanya {angka(fact.value + left)}"
                found.append(Typed(key, _quoted(one), told))
    return found


def names_in(text: str) -> list[str]:
    """What looks like somebody's name: after "Sdr." or "atas nama", with a title before or behind it."""
    found = []
    for pattern in (_HONORIFIC, _ADDRESSED, _TITLED):
        found += [one["name"] for one in pattern.finditer(text) if not _OFFICES.match(one["name"])]
    return list(dict.fromkeys(found))


def _references(text: str, reading: Reading) -> list[Typed]:
    known = {one.label: one.value for one in reading.reference if one.value is not None}
    found = []
    for words, label in REFERENCES:
        value = known.get(label)
        if value is None:
            continue
        for one in _numbers(text, words):
            number = _value(one["number"])
            near = value >= 100 and abs(Decimal(number) - value) <= Decimal(value) * NEAR
            if number != value and (near or one["total"]) and not _is_known(number, words, reading):
                told = f"angka acuan {label} {angka(value)}"
                found.append(Typed(f"acuan.{label}", _quoted(one), told))
    return found


def _is_known(number: int, words: str, reading: Reading) -> bool:
    """Whether a figure in the same unit has just this value: "11 kecamatan" of 13."""
    unit = re.compile(words, re.IGNORECASE)
    return any(number in (fact.value, fact.whole) and unit.match(fact.unit) for fact in reading.figures)


def _facts(text: str, reading: Reading) -> list[Typed]:
    found = []
    for words, key, alike in FIGURES:
        fact = reading.figure(key)
        if fact is None or fact.value is None:
            continue
        meant = {one.value for one in reading.figures if one.key.startswith(alike)}
        for one in _numbers(text, words):
            if _value(one["number"]) not in meant:
                found.append(Typed(key, _quoted(one), f"{fact.label} {fact.said}"))
    return found


def _numbers(text: str, words: str) -> list[re.Match[str]]:
    pattern = rf"(?P<total>\b{_TOTAL}\s+)?{_NUMBER}\s+(?:{words})\b"
    return list(re.finditer(pattern, text, re.IGNORECASE))


def _value(text: str) -> int:
    return SMALL.index(text) if text in SMALL else int(text.replace(".", ""))


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found.group().split())
