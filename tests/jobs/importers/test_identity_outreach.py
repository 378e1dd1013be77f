"""The e-KTP drive and participation by a sheet: what went out comes in again unchanged, and wrong rows are named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.documents import reading
from app.documents.register_sheet import sheet_of
from app.documents.tables import SheetRow
from app.domain import registers
from app.domain.accounts import Person
from app.domain.identity_cards import ENROLMENTS
from app.domain.outreach import EVENTS, TURNOUT
from app.domain.registers import Filters, Register
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.domain.identity_cards.enrolments import counted
from tests.domain.outreach.gatherings import gathered, stated

BLANK = {"region": cast.BERAU, "source": "Disdukcapil"}


def sheet(register: Register, *said: dict[str, str]) -> list[SheetRow]:
    importer = IMPORTERS[f"register-{register.key}"]
    keys = [column.key for column in importer.columns(cast.person("operator.berau"), cast.BERAU)]
    return [SheetRow(n, {key: row.get(key, "") for key in keys}) for n, row in enumerate(said, start=2)]


def came_back(register: Register, by: Person) -> dict[str, str]:
    importer = IMPORTERS[f"register-{register.key}"]
    unfolded = reading.unfold(sheet_of(register, registers.listed(register, by, Filters()).rows))
    rows, errors = reading.rows_of(unfolded, importer.kind, importer.title, importer.columns(by, cast.BERAU))
    assert errors == []
    found = importer.check(rows, by=by, region=cast.BERAU)
    assert found.errors == ()
    return dict(found.facts)


def test_what_was_downloaded_comes_in_again_unchanged(operator: Person):
    counted(operator, 20, obliged=1_588, enrolled=900, turning=60)
    counted(operator, 21, enrolled=890, fall_reason="Data ganda dihapus.")
    gathered(operator, for_women=True, material="Tata cara memilih")
    stated(operator, percent=Decimal("79.55"))
    assert came_back(ENROLMENTS, operator)["Tetap"] == "2"
    assert came_back(EVENTS, operator)["Tetap"] == "1"
    assert came_back(TURNOUT, operator)["Tetap"] == "1"


def test_a_day_that_stands_is_changed_and_not_added(operator: Person):
    counted(operator, 20, enrolled=900, source="Disdukcapil")
    importer: Any = IMPORTERS["register-perekaman-ktp-el"]
    rows = sheet(ENROLMENTS, BLANK | {"counted_on": "2024-11-20", "enrolled": "950"})
    done = importer.apply(rows, by=operator, region=cast.BERAU, progress=lambda done, total: None)
    assert done == "0 catatan baru, 1 berubah, 0 tetap."
    assert [row.values["enrolled"] for row in registers.records_in(ENROLMENTS, [cast.BERAU])] == [950]


def test_wrong_rows_are_named_with_their_column(operator: Person):
    rows = sheet(
        ENROLMENTS,
        BLANK | {"counted_on": "2024-11-19", "obliged": "100", "enrolled": "60", "unenrolled": "50"},
        BLANK | {"counted_on": "2024-11-20", "enrolled": "seratus"},
        BLANK | {"counted_on": "2024-11-21", "turning": "3", "note": "lahir 1/2/2007"},
        BLANK | {"counted_on": "2024-11-22", "region": "64.03.09.2001", "enrolled": "1"},
        BLANK | {"counted_on": "2024-11-23", "region": cast.PASER, "enrolled": "1"},
    )
    found = IMPORTERS["register-perekaman-ktp-el"].check(rows, by=operator, region=cast.BERAU)
    assert [(error.row, error.column) for error in found.errors] == [
        (2, "unenrolled"),
        (3, "enrolled"),
        (4, "note"),
        (5, "region"),
        (6, "region"),
    ]


def test_a_fall_within_the_sheet_is_told_at_its_row(operator: Person):
    rows = sheet(
        ENROLMENTS,
        BLANK | {"counted_on": "2024-11-19", "enrolled": "90"},
        BLANK | {"counted_on": "2024-11-20", "enrolled": "80"},
    )
    found = IMPORTERS["register-perekaman-ktp-el"].check(rows, by=operator, region=cast.BERAU)
    assert [(error.row, error.column) for error in found.errors] == [(3, "fall_reason")]
