"""The register that the grid fills: how far logistics have come to each kecamatan, kelurahan/desa and TPS (F80)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from app.domain.accounts import Person
from app.domain.errors import Invalid, NotNow
from app.domain.logistics.grid import is_special
from app.domain.logistics.models import LogisticsArrival
from app.domain.logistics.rules import check_arrival
from app.domain.logistics.words import AREA, STANDS, Stand
from app.domain.regions import Level
from app.domain.registers import (
    Column,
    Form,
    RecordRow,
    Register,
    change,
    counting,
    record,
    rows_of,
    stored,
    today_in,
)
from app.statements import Fixed

ARRIVALS = Register(
    key="kedatangan-logistik",
    subject="logistics_arrival",
    action="logistics:arrival",
    model=LogisticsArrival,
    title="Kedatangan logistik",
    one="kedatangan",
    about="Sampai di mana logistik: setiap kecamatan, kelurahan/desa, TPS, dan TPS lokasi khusus.",
    area=AREA,
    levels=frozenset({Level.REGENCY, Level.DISTRICT, Level.VILLAGE}),
    day="arrived_on",
    name="station",
    check=check_arrival,
    once_per=("station",),
    columns=(
        Column(
            "station",
            "TPS",
            most=20,
            in_list=True,
            hint="Nomor atau sebutan TPS; kosongkan untuk kecamatan atau kelurahan/desa itu sendiri.",
        ),
        Column("special", "TPS lokasi khusus", Form.TICK),
        Column(
            "stand",
            "Keadaan logistik",
            Form.CHOICE,
            required=True,
            choices=STANDS,
            in_list=True,
            is_filter=True,
        ),
        Column("due_on", "Sasaran", Form.DAY, may_be_ahead=True, in_list=True),
        Column(
            "arrived_on",
            "Tanggal sampai",
            Form.DAY,
            in_list=True,
            hint="Kosongkan bila belum diketahui.",
        ),
        Column("arrived_at", "Jam sampai", Form.CLOCK),
        Column("returned_on", "Tanggal kotak kembali", Form.DAY),
        Column("voters", "Pemilih dalam DPT", Form.COUNT, unit="pemilih", hint="Dari TPS itu."),
        Column("remote", "Terjauh atau terpencil", Form.TICK, in_list=True),
        Column("note", "Catatan", most=300),
    ),
)

OVERTAKEN = "Baris ini baru saja diubah orang lain. Yang tampak sekarang adalah keadaan terbaru."
_FRESH: dict[str, Any] = {
    "due_on": None,
    "arrived_on": None,
    "arrived_at": "",
    "returned_on": None,
    "voters": None,
    "remote": False,
    "note": "",
}


_COLUMNS, _STORED = stored(LogisticsArrival)
_AT = Fixed(
    select(*_COLUMNS)
    .where(
        counting(LogisticsArrival),
        LogisticsArrival.region_code == bindparam("region"),
        LogisticsArrival.station == bindparam("station"),
    )
    .limit(1)
)


def arrival_of(region: str, station: str) -> RecordRow | None:
    """What is recorded of a place, None where nothing is."""
    row = _AT.first(region=region, station=station)
    return rows_of(ARRIVALS, [_STORED._make(row)])[0] if row is not None else None


def mark(region: str, station: str, stand: Stand, *, by: Person, version: int) -> None:
    """Say how far logistics have come to a place; the day is today, the first time makes its record.

    `version` is that of the row the person saw, 0 for a place of which nothing was recorded. The same click twice
    counts once. Refuses as `registers.record` and `registers.change` do, and (Invalid) a TPS that is none of the
    grid's; NotNow where somebody else was quicker.
    """
    before = arrival_of(region, station)
    if before is None:
        if version:
            raise NotNow(OVERTAKEN)
        place = {"station": station, "special": is_special(region, station)}
        values = {**_FRESH, **place, **_today(stand, region), "stand": stand.value}
        try:
            record(ARRIVALS, region, values, by=by)
        except IntegrityError:  # somebody else recorded it at the same moment
            raise NotNow(OVERTAKEN) from None
        return
    if before.values["stand"] == stand.value:
        return
    if before.version != version:
        raise NotNow(OVERTAKEN)
    values = {**before.values, **_today(stand, region), "stand": stand.value}
    if stand is Stand.ARRIVED and before.values["arrived_on"]:  # it came back by mistake: it had arrived then
        values["arrived_on"] = before.values["arrived_on"]
    change(before, values, by=by, version=version)


def _today(stand: Stand, region: str) -> dict[str, dt.date]:
    """The column of the day that a click says, with today."""
    column = {Stand.TODAY: "due_on", Stand.ARRIVED: "arrived_on", Stand.RETURNED: "returned_on"}.get(stand)
    return {column: today_in(region)} if column else {}


def stand_of(text: str) -> Stand:
    """The state of a form's value. Raises Invalid."""
    try:
        return Stand(text)
    except ValueError:
        raise Invalid("Pilih salah satu keadaan yang ditawarkan, lalu ulangi.") from None
