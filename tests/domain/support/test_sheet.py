"""Grants by a sheet: what goes out comes in again as it is, and a wrong row is named."""

from __future__ import annotations

import pytest

from app.documents.reading import rows_of, unfold
from app.documents.register_sheet import import_kind, sheet_columns, sheet_of
from app.documents.tables import SheetRow
from app.domain import registers, support
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.registers import Filters
from app.domain.support import AGREEMENTS
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.domain.support.given import grant, tranche

IMPORTER = IMPORTERS["register-nphd"]
ROW = {"region": cast.BERAU, "institution": "KPU", "recipient": "KPU Kabupaten Berau", "total": "1.000"}


def lines(*said: dict[str, str]) -> list[SheetRow]:
    keys = [column.key for column in sheet_columns(AGREEMENTS)]
    return [SheetRow(n, {key: one.get(key, "") for key in keys}) for n, one in enumerate(said, start=2)]


def apply(by: Person, *said: dict[str, str]) -> str:
    return IMPORTER.apply(lines(*said), by=by, region=cast.BERAU, progress=lambda done, total: None)


def test_a_sheet_records_and_the_same_sheet_changes_nothing(operator: Person):
    apply(operator, ROW)
    again = IMPORTER.check(lines(ROW), by=operator, region=cast.BERAU)
    assert again.errors == ()
    assert dict(again.facts) == {"Baru": "0", "Berubah": "0", "Tetap": "1"}
    assert (
        next(one.value for one in support.facts((cast.BERAU,)) if one.key == "dukungan.nphd_nilai") == 1_000
    )


def test_what_was_exported_comes_in_again_as_it_is(operator: Person):
    rows = [
        grant(operator, source="SK Bupati", note="Dua tahap"),
        grant(operator, recipient="Polres Berau", institution="", total=None, signed_on=None),
    ]
    book = unfold(sheet_of(AGREEMENTS, rows))
    read, errors = rows_of(book, import_kind(AGREEMENTS), AGREEMENTS.title, sheet_columns(AGREEMENTS))
    assert errors == []
    again = IMPORTER.check(read, by=operator, region=cast.BERAU)
    assert dict(again.facts) == {"Baru": "0", "Berubah": "0", "Tetap": "2"}


def test_the_examples_are_of_the_region_that_is_asked_for(operator: Person):
    examples = {column.key: column.example for column in IMPORTER.columns(operator, cast.PASER)}
    assert (examples["region"], examples["region_name"]) == (cast.PASER, "Kabupaten Paser")
    assert "Berau" not in " ".join(column.meaning for column in IMPORTER.columns(operator, cast.PASER))


def test_wrong_rows_are_named_and_nothing_is_written(operator: Person):
    found = IMPORTER.check(
        lines(
            ROW | {"total": "satu miliar"},
            ROW | {"region": cast.PASER, "recipient": "KPU Paser"},
            ROW | {"institution": "Kementerian", "recipient": "Lain"},
        ),
        by=operator,
        region=cast.BERAU,
    )
    places = [(error.row, error.column) for error in found.errors]
    assert places == [(2, "total"), (3, "region"), (4, "institution")]
    assert registers.listed(AGREEMENTS, operator, Filters()).total == 0


def test_a_total_below_its_tranches_is_refused_at_its_row(operator: Person):
    tranche(operator, grant(operator))
    found = IMPORTER.check(lines(ROW | {"total": "399"}), by=operator, region=cast.BERAU)
    assert [(error.row, error.column) for error in found.errors] == [(2, "total"), (2, "total")]
    assert "Nilai tahap dari semua tahapnya Rp400" in found.errors[0].message
    assert IMPORTER.check(lines(ROW | {"total": "400"}), by=operator, region=cast.BERAU).errors == ()
    with pytest.raises(Invalid):
        apply(operator, ROW | {"total": "399"})
