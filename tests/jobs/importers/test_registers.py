"""Registers by a sheet: rows named, nothing twice, what went out comes in again unchanged."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents import reading
from app.documents.register_sheet import sheet_of
from app.documents.tables import Checked, SheetRow
from app.domain import audit, registers
from app.domain.accounts import Person
from app.domain.circulars import ACKNOWLEDGEMENTS, CIRCULARS
from app.domain.errors import Invalid
from app.domain.registers import Filters
from app.extensions import db
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.counting import statements
from tests.domain.registers.letters import received, written

LETTERS = IMPORTERS["register-edaran-netralitas"]
RECEIPTS = IMPORTERS["register-tanda-terima-edaran"]
ROW = {
    "region": cast.BERAU,
    "kind": "Surat edaran",
    "letter_number": "800/1",
    "dated_on": "2024-09-10",
    "about": "Larangan",
    "recipients": "Semua",
    "recipient_count": "1.040",
}


def sheet(importer: Any, *said: dict[str, str]) -> list[SheetRow]:
    keys = [column.key for column in importer.columns(cast.person("operator.berau"), cast.BERAU)]
    return [SheetRow(n, {key: row.get(key, "") for key in keys}) for n, row in enumerate(said, start=2)]


def check(*said: dict[str, str], by: Person, region: str = cast.BERAU) -> Checked:
    return LETTERS.check(sheet(LETTERS, *said), by=by, region=region)


def apply(*said: dict[str, str], by: Person) -> str:
    rows = sheet(LETTERS, *said)
    return str(LETTERS.apply(rows, by=by, region=cast.BERAU, progress=lambda done, total: None))


def test_new_changed_and_same_are_told_before_anything_is_written(operator: Person):
    apply(ROW, ROW | {"letter_number": "800/2"}, by=operator)
    found = check(
        ROW, ROW | {"letter_number": "800/2", "about": "Lain"}, ROW | {"letter_number": "800/3"}, by=operator
    )
    assert found.errors == ()
    assert found.facts == (("Baru", "1"), ("Berubah", "1"), ("Tetap", "1"))
    assert [line[-1] for line in found.preview] == ["tetap", "berubah", "baru"]
    assert registers.listed(CIRCULARS, operator, Filters()).total == 2


def test_applied_they_are_numbered_and_each_is_on_the_trail(operator: Person):
    assert apply(ROW, ROW | {"letter_number": "800/2"}, by=operator) == "2 catatan baru, 0 berubah, 0 tetap."
    rows = registers.listed(CIRCULARS, operator, Filters()).rows
    assert sorted(row.number for row in rows) == ["1/2024", "2/2024"]
    assert rows[0].values["recipient_count"] == 1_040
    assert all(len(audit.history_of("circular", row.id)) == 1 for row in rows)
    assert written(operator, letter_number="800/3").number == "3/2024"
    assert [hit.row.number for hit in registers.search([CIRCULARS], operator, "larangan")]


@pytest.mark.parametrize(
    "wrong, column, sentence",
    [
        ({"region": "64.99"}, "region", "tidak ada dalam daftar wilayah"),
        ({"region": cast.PASER}, "region", "di luar penugasan Anda"),
        ({"region": cast.SAMBALIUNG}, "region", "bukan tempat catatan ini"),
        ({"region_name": "Kabupaten Paser"}, "region_name", "adalah Kabupaten Berau"),
        ({"kind": "Surat cinta"}, "kind", "Pilih salah satu"),
        ({"dated_on": "besok"}, "dated_on", "Tanggal tidak dikenal"),
        ({"dated_on": "2030-01-01"}, "dated_on", "belum tiba"),
        ({"recipient_count": "1,5"}, "recipient_count", "bilangan bulat"),
        ({"recipient_count": "-4"}, "recipient_count", "kurang dari nol"),
        ({"recipient_count": "9" * 400}, "recipient_count", "bilangan bulat"),
        ({"about": "NIK 6403010101010001"}, "about", "NIK"),
        ({"about": ""}, "about", "Wajib diisi."),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_column(
    operator: Person, wrong: dict[str, str], column: str, sentence: str
):
    (error,) = check(ROW, ROW | {"letter_number": "800/2"} | wrong, by=operator).errors
    assert (error.row, error.column) == (3, column)
    assert sentence in error.message
    with pytest.raises(Invalid, match="Baris 3"):
        apply(ROW, ROW | {"letter_number": "800/2"} | wrong, by=operator)
    db.session.rollback()
    assert registers.listed(CIRCULARS, operator, Filters()).total == 0


def test_the_same_twice_in_one_sheet_is_refused(operator: Person):
    (error,) = check(ROW, ROW | {"about": "Lain"}, by=operator).errors
    assert "sama dengan baris 2" in error.message


def test_what_went_out_comes_in_again_and_changes_nothing(operator: Person):
    letter = written(operator)
    received(operator, letter)
    for register, importer in ((CIRCULARS, LETTERS), (ACKNOWLEDGEMENTS, RECEIPTS)):
        rows = registers.listed(register, operator, Filters()).rows
        columns = importer.columns(operator, cast.BERAU)
        unfolded = reading.unfold(sheet_of(register, rows))
        back, errors = reading.rows_of(unfolded, importer.kind, importer.title, columns)
        assert errors == []
        assert importer.check(back, by=operator, region=cast.BERAU).facts[2] == ("Tetap", "1")


def test_many_rows_ask_few_statements(operator: Person):
    few = [ROW | {"letter_number": f"800/{n}"} for n in range(5)]
    many = [ROW | {"letter_number": f"801/{n}"} for n in range(200)]
    with statements() as asked_few:
        apply(*few, by=operator)
    with statements() as asked_many:
        apply(*many, by=operator)
    assert len(others(asked_many)) <= len(others(asked_few)) + 5


def others(asked: list[str]) -> list[str]:
    """Without the one insert a row that SQLite wants."""
    return [one for one in asked if not one.startswith("INSERT INTO circular ")]
