"""Recapitulations (e) and (f) of a final report (domain.md 4c): voting day and the counting after it.

A register that holds a fact tells it. What no register holds is what kecamatan and desa counted in their checklists;
the note of each table says which is which, and for whom a register is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain import checklists, polling
from app.domain.checklists import Gathered, Scope
from app.domain.regions import RegionRow
from app.domain.registers import Fact
from app.domain.reports.recaps import RECAPS, Seen, Told, called
from app.domain.reports.snapshot import Table
from app.words import NONE, angka

BY_CHECKLIST = "*"
"""Marks what was counted from the checklists; the note below the table says so."""
MOST_NAMED = 5
"""Silent regions that a note names; more are counted."""


class Column(NamedTuple):
    """What a column tells: the figure of a register, an item of the checklists, or the item where the register is
    silent.
    """

    head: str
    register: str = ""
    """The register's name in a sentence; empty where none holds the fact."""
    fact: str = ""
    item: str = ""


ARRIVALS, TURNOUT, POLLING = "kedatangan logistik", "partisipasi", "jalannya pemungutan suara"
VOTING = (
    Column("TPS yang sudah menerima logistik", ARRIVALS, "logistik.tps_lengkap"),
    Column("TPS yang dibuka", POLLING, "pemungutan.tps_dibuka"),
    Column("TPS yang dibuka tepat waktu", POLLING, "pemungutan.tps_tepat", "PTH-09"),
    Column("TPS yang selesai memungut", POLLING, "pemungutan.tps_memungut"),
    Column("TPS yang selesai menghitung", POLLING, "pemungutan.tps_menghitung", "PTH-10"),
    Column("Pemilih yang hadir", TURNOUT, "partisipasi.hasil", "SOS-13"),
)
SO_FAR = "Setiap angka dihitung sejak pagi; yang tidak disebut wilayah itu tidak diketahui."
HOURLY = ("opened", "closed", "counted", "voters")
COUNTING = (
    Column("TPS yang kotaknya sudah kembali", ARRIVALS, "logistik.tps_kembali", "LOG-19"),
    Column("Kecamatan yang rekapitulasinya selesai", item="PTH-12"),
    Column("Kabupaten/kota yang menetapkan hasil", item="PTH-13"),
)


class _Place(NamedTuple):
    """What is known of one region."""

    name: str
    facts: Mapping[str, Fact]
    items: Mapping[str, Gathered]


def voting_of(seen: Seen, told: Told, own: Sequence[Fact]) -> list[Table]:
    """(e), (e) hour by hour, and (f), the region itself last. `told` and `own` are the figures of the regions below and
    of the region.
    """
    places = [_place(seen, place, told[place.code]) for place in seen.places]
    places.append(_place(seen, seen.region, own))
    return [
        _table("pemungutan", "(e) TPS dibuka dan selesai, dan pemilih yang hadir", VOTING, places),
        _hourly(seen),
        _table("rekapitulasi", "(f) Rekapitulasi yang selesai", COUNTING, places),
    ]


def _hourly(seen: Seen) -> Table:
    """Region x hour in which something new was told of it, each hour with all that had happened by its end. Two
    statements.
    """
    places = (*seen.places, seen.region)
    said = polling.counts([seen.region.code])
    stations = polling.stations_of([place.code for place in places])
    rows = [
        (called(place, seen), moment.words, standing.stations, *(standing[measure] for measure in HOURLY))
        for place in places
        for moment, standing in polling.hours_of(said, place.code, stations.get(place.code))
    ]
    heads = ("Wilayah", "Sampai", "TPS", "Dibuka", "Selesai memungut", "Selesai menghitung", "Pemilih datang")
    title = "(e) TPS dibuka, selesai memungut, dan selesai menghitung dari jam ke jam"
    return Table("pemungutan_jam", RECAPS, title, heads, tuple(rows), SO_FAR if rows else "")


def _place(seen: Seen, place: RegionRow, facts: Sequence[Fact]) -> _Place:
    gathered = checklists.gathered_in(seen.person, seen.election, Scope(place.code), seen.as_of)
    return _Place(
        called(place, seen),
        {fact.key: fact for fact in facts if not fact.is_silent},
        {one.code: one for one in gathered},
    )


def _table(key: str, title: str, columns: Sequence[Column], places: Sequence[_Place]) -> Table:
    """Without rows where neither a register nor a checklist asks for any of it."""
    rows = [(place.name, *(_cell(column, place) for column in columns)) for place in places]
    is_empty = all(cell == NONE for _, *cells in rows for cell in cells)
    heads = ("Wilayah", *(column.head for column in columns))
    note = " ".join(_note(columns, places))
    return Table(key, RECAPS, title, heads, () if is_empty else tuple(rows), note)


def _cell(column: Column, place: _Place) -> str:
    fact, item = place.facts.get(column.fact), place.items.get(column.item)
    if fact is not None:
        unit = "" if column.head.startswith(fact.unit) else fact.unit
        return fact._replace(unit=unit).said
    if item is None:
        return NONE
    return f"{_measured(item)}{BY_CHECKLIST}" if column.register else _measured(item)


def _measured(item: Gathered) -> str:
    if item.value is None:
        return f"{angka(item.regions_done)} dari {angka(item.regions_total)} wilayah"
    return angka(item.value) if item.value_of is None else f"{angka(item.value)} dari {angka(item.value_of)}"


def _note(columns: Sequence[Column], places: Sequence[_Place]) -> Iterator[str]:
    counted = [column for column in columns if not column.register]
    if counted:
        heads = "; ".join(f"{column.head} ({column.item})" for column in counted)
        yield f"Belum ada register untuk: {heads}; angkanya dihitung dari daftar periksa."
    for column in columns:
        if not column.register:
            continue
        silent = [place.name for place in places[:-1] if column.fact not in place.facts]
        if silent:
            instead = (
                f"; yang bertanda {BY_CHECKLIST} dihitung dari butir {column.item} daftar periksa"
                if column.item
                else ""
            )
            yield f"Register {column.register} belum berisi angka {column.head}: {_named(silent)}{instead}."


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{angka(len(names))} wilayah"
