"""Arrivals by a sheet: thousands of TPS at once, each wrong row named, and what went out comes in unchanged."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents import reading
from app.documents.register_sheet import sheet_of
from app.documents.tables import SheetRow
from app.domain import logistics, registers
from app.domain.accounts import Person
from app.domain.logistics import ARRIVALS
from app.domain.regions import Level, regions_under
from app.domain.registers import Filters
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import MONDAY, SEGAH, VILLAGE, arrived

IMPORTER = IMPORTERS["register-kedatangan-logistik"]
BERAU = cast.BERAU


def sheet(*said: dict[str, str]) -> list[SheetRow]:
    keys = ["region", "place", *(column.name for column in ARRIVALS.columns)]
    return [SheetRow(n, {key: row.get(key, "") for key in keys}) for n, row in enumerate(said, start=2)]


def tps(number: int, **said: str) -> dict[str, str]:
    return {"region": VILLAGE, "station": str(number), "stand": "Sudah sampai", "voters": "400", **said}


def apply(by: Person, *said: dict[str, str]) -> str:
    return str(IMPORTER.apply(sheet(*said), by=by, region=BERAU, progress=lambda done, total: None))


def test_what_went_out_comes_in_again_and_changes_nothing(operator: Person):
    arrived(SEGAH, operator, arrived_at="05.30", remote=True, note="Lewat sungai.")
    arrived(VILLAGE, operator, "1", voters=412)
    arrived(VILLAGE, operator, "2", arrived_on=None)
    arrived(BERAU, operator, "Khusus lapas", special=True, stand="hari_ini", due_on=MONDAY)
    rows = registers.listed(ARRIVALS, operator, Filters()).rows
    columns = IMPORTER.columns(operator, BERAU)
    back, errors = reading.rows_of(
        reading.unfold(sheet_of(ARRIVALS, rows)), IMPORTER.kind, IMPORTER.title, columns
    )
    assert errors == []
    assert IMPORTER.check(back, by=operator, region=BERAU).facts == (
        ("Baru", "0"),
        ("Berubah", "0"),
        ("Tetap", "4"),
    )


def test_a_sheet_changes_what_stands_and_adds_the_rest(operator: Person):
    arrived(VILLAGE, operator, "1", stand="belum")
    assert apply(operator, tps(1), tps(2)) == "1 catatan baru, 1 berubah, 0 tetap."
    assert logistics.counts_of(VILLAGE) == {"sampai": 2}


@pytest.mark.parametrize(
    "wrong, column",
    [
        ({"stand": "terbang"}, "stand"),
        ({"station": ""}, "voters"),
        ({"region": SEGAH}, "station"),
        ({"region": "64.03"}, "station"),
        ({"region": "64.01.01.2001"}, "region"),
        ({"station": "001"}, ""),
        ({"voters": "-1"}, "voters"),
        ({"arrived_on": "30/11/2024"}, "arrived_on"),
        (
            {"stand": "Kotak sudah kembali", "arrived_on": "25/11/2024", "returned_on": "24/11/2024"},
            "returned_on",
        ),
    ],
)
def test_each_wrong_row_is_named_and_nothing_is_written(operator: Person, wrong: dict[str, str], column: str):
    found = IMPORTER.check(sheet(tps(1), tps(2, **wrong)), by=operator, region=BERAU)
    assert [(error.row, error.column) for error in found.errors] == [(3, column)]
    assert logistics.counts_of(VILLAGE) == {}


def test_every_tps_of_the_province_takes_few_statements(session: Any):
    by = cast.person("operator.kaltim")
    villages = [village.code for village in regions_under(["64"], Level.VILLAGE)]
    rows = sheet(*(tps(number, region=code) for code in villages for number in (1, 2)))
    with statements() as dry:
        assert IMPORTER.check(rows, by=by, region="64").errors == ()
    with statements() as done:
        IMPORTER.apply(rows, by=by, region="64", progress=lambda done, total: None)
    inserts = [one for one in done if one.startswith("INSERT INTO logistics_arrival ")]
    assert len(dry) <= 30
    assert len(done) - len(inserts) <= 80
    assert {one.key: one.value for one in logistics.facts(["64"])}["logistik.tps_lengkap"] == len(rows)
