"""Incidents and security by a sheet: what went out comes in again unchanged, and a wrong row is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.documents import reading
from app.documents.register_sheet import sheet_of
from app.documents.tables import SheetRow
from app.domain import registers
from app.domain.accounts import Person
from app.domain.incidents import INCIDENTS, SITUATIONS
from app.domain.registers import Filters, Register
from app.domain.security import PERSONNEL, VULNERABILITIES
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.domain.incidents.cases import incident, situation
from tests.domain.security.cases import people, published

ROW = {
    "region": cast.BERAU,
    "category": "Politik uang",
    "severity": "Berat",
    "happened_on": "24/11/2024",
    "actor": "Tim pasangan calon",
    "pair_number": "2",
    "source": "Bawaslu",
    "what": "Pembagian uang.",
    "is_restricted": "ya",
}


def again(register: Register, by: Person, within: str = cast.BERAU) -> tuple[str, str]:
    importer = IMPORTERS[f"register-{register.key}"]
    rows = registers.listed(register, by, Filters()).rows
    back, errors = reading.rows_of(
        reading.unfold(sheet_of(register, rows)), importer.kind, importer.title, importer.columns(by, within)
    )
    assert errors == []
    return importer.check(back, by=by, region=within).facts[2]


def test_what_went_out_comes_in_again_and_changes_nothing(operator: Person):
    incident(operator, cast.SAMBALIUNG, happened_at="", victims=None)
    situation(operator)
    people(operator)
    for register in (INCIDENTS, SITUATIONS, PERSONNEL):
        assert again(register, operator) == ("Tetap", "1")
    province = cast.person("operator.kaltim")
    published(province, score=Decimal("77.04"))
    published(province, cast.BERAU, score=None, level="sedang")
    assert again(VULNERABILITIES, province, "64") == ("Tetap", "2")


@pytest.mark.parametrize(
    "wrong, column, sentence",
    [
        ({"actor": "Warga"}, "pair_number", "hanya untuk pasangan calon"),
        ({"severity": "gawat"}, "severity", "Pilih salah satu"),
        ({"happened_on": "26/11/2024"}, "happened_on", "belum tiba"),
        ({"region": cast.PASER}, "region", "di luar penugasan"),
        ({"is_restricted": "mungkin"}, "is_restricted", "Isi ya atau tidak"),
    ],
)
def test_a_wrong_row_is_named_with_its_column(
    operator: Person, wrong: dict[str, str], column: str, sentence: str
):
    importer = IMPORTERS["register-insiden"]
    keys = [one.key for one in importer.columns(operator, cast.BERAU)]
    rows = [
        SheetRow(number, {key: said.get(key, "") for key in keys})
        for number, said in enumerate((ROW, {**ROW, "what": "Lain.", **wrong}), start=2)
    ]
    (error,) = importer.check(rows, by=operator, region=cast.BERAU).errors
    assert (error.row, error.column) == (3, column)
    assert sentence in error.message


def test_a_day_measured_again_changes_the_record_that_is_there(operator: Person):
    row = people(operator)
    importer = IMPORTERS["register-personel-pengamanan"]
    said = {
        "region": cast.BERAU,
        "dated_on": "25/11/2024",
        "institution": "Semua lembaga, tidak dirinci",
        "station_class": "Semua TPS, tidak dirinci",
        "people": "1.600",
    }
    keys = [one.key for one in importer.columns(operator, cast.BERAU)]
    lines = [SheetRow(2, {key: said.get(key, "") for key in keys})]
    importer.apply(lines, by=operator, region=cast.BERAU, progress=lambda done, whole: None)
    assert registers.find(PERSONNEL, row.id, operator).values["people"] == 1600
