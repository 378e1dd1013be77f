"""Registers whose records belong to another, by a sheet: the line names it by its number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.documents import reading
from app.domain import registers
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.meetings import ATTENDANCES, MEETINGS
from app.domain.registers import Filters, Line
from app.domain.support import AGREEMENTS, TRANCHES
from app.extensions import db
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.domain.support.given import GRANT, grant, made, tranche
from tests.jobs.importers.test_registers import sheet

PARTS = IMPORTERS["register-tahap-nphd"]
ROW = {"region": cast.BERAU, "parent": "1/2024", "ordinal": "1", "amount": "400", "due_on": "2024-02-01"}
CAME = IMPORTERS["register-kehadiran-rapat"]
SEAT = {"region": cast.BERAU, "institution": "KPU", "presence": "Hadir", "people": "3"}


def check(*said: dict[str, str], by: Person, importer: Any = PARTS, region: str = cast.BERAU) -> Any:
    return importer.check(sheet(importer, *said), by=by, region=region)


def apply(*said: dict[str, str], by: Person, importer: Any = PARTS, region: str = cast.BERAU) -> str:
    rows = sheet(importer, *said)
    return str(importer.apply(rows, by=by, region=region, progress=lambda done, total: None))


def met(by: Person, region: str) -> registers.RecordRow:
    values = {column.name: None for column in MEETINGS.columns} | {
        "kind": "khusus",
        "name": "Rakor",
        "held_on": dt.date(2024, 11, 20),
    }
    return registers.find(MEETINGS, registers.record(MEETINGS, region, values, by=by), by)


def test_a_line_belongs_to_the_record_of_its_number(operator: Person):
    of = grant(operator)
    assert apply(ROW, ROW | {"ordinal": "2", "amount": "600"}, by=operator).startswith("2 catatan baru")
    rows = registers.listed(TRANCHES, operator, Filters()).rows
    assert {row.parents["agreement_id"] for row in rows} == {of.id}


def test_the_same_one_again_is_corrected_not_doubled(operator: Person):
    tranche(operator, grant(operator), ordinal=1, amount=400, transferred=None, transferred_on=None)
    found = check(ROW | {"transferred": "400"}, ROW | {"ordinal": "2", "amount": "600"}, by=operator)
    assert (found.errors, found.facts[:2]) == ((), (("Baru", "1"), ("Berubah", "1")))


@pytest.mark.parametrize(
    "said, column, sentence",
    [
        ({"parent": ""}, "parent", "Isi nomor NPHD-nya, misalnya 1/2024."),
        ({"parent": "satu"}, "parent", "Tulis nomor NPHD seperti 1/2024"),
        ({"parent": "9/2024"}, "parent", "9/2024 tidak ada di sini."),
        ({"parent": "64.01 1/2024"}, "parent", "1/2024 tidak ada di sini."),
        ({"amount": "1.001"}, "amount", "paling banyak Rp1.000."),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_column(
    operator: Person, said: dict[str, str], column: str, sentence: str
):
    grant(operator)
    errors = check(ROW | said, by=operator).errors
    assert [(one.row, one.column) for one in errors] == [(2, column)]
    assert sentence in errors[0].message
    assert not registers.listed(TRANCHES, operator, Filters()).total


def test_lines_that_add_up_to_more_than_the_agreement_are_refused_together(operator: Person):
    grant(operator)
    errors = check(ROW, ROW | {"ordinal": "2", "amount": "601"}, by=operator).errors
    assert [(one.row, one.column) for one in errors] == [(3, "amount")]


@pytest.mark.parametrize("lowered, raised", [("1", "2"), ("2", "1")])
def test_a_line_may_make_room_for_another_one_above_or_below_it(operator: Person, lowered: str, raised: str):
    of = grant(operator)
    for ordinal in (1, 2):
        tranche(operator, of, ordinal=ordinal, amount=500, transferred=None, transferred_on=None)
    rows = [ROW | {"ordinal": lowered, "amount": "100"}, ROW | {"ordinal": raised, "amount": "900"}]
    rows.sort(key=lambda row: row["ordinal"])
    assert check(*rows, by=operator).errors == ()
    assert apply(*rows, by=operator).startswith("0 catatan baru, 2 berubah")
    amounts = {row.values["ordinal"]: row.values["amount"] for row in _tranches(operator)}
    assert amounts == {int(lowered): 100, int(raised): 900}


def test_a_line_may_make_room_for_a_new_one(operator: Person):
    tranche(operator, grant(operator), amount=1_000, transferred=None, transferred_on=None)
    rows = (ROW | {"ordinal": "2", "amount": "600"}, ROW)
    assert apply(*rows, by=operator).startswith("1 catatan baru, 1 berubah")


@pytest.mark.parametrize("amounts", [("100", "901"), ("901", "100")])
def test_room_that_is_not_enough_is_told_and_nothing_is_written(operator: Person, amounts: tuple[str, str]):
    of = grant(operator)
    for ordinal in (1, 2):
        tranche(operator, of, ordinal=ordinal, amount=500, transferred=None, transferred_on=None)
    rows = [ROW | {"ordinal": str(n), "amount": amount} for n, amount in enumerate(amounts, start=1)]
    (error,) = check(*rows, by=operator).errors
    assert (error.row, error.column) == (3, "amount")
    assert "Semua tahap menjadi Rp1.001" in error.message
    with pytest.raises(Invalid, match=r"Baris 3: Semua tahap menjadi Rp1\.001"):
        apply(*rows, by=operator)
    assert {row.values["amount"] for row in _tranches(operator)} == {500}


def test_what_somebody_recorded_since_it_was_planned_counts(operator: Person):
    of = grant(operator)
    row = tranche(operator, of, amount=500, transferred=None, transferred_on=None)
    lines = [Line(2, cast.BERAU, dict(row.values) | {"amount": 900}, "1/2024")]
    planned, wrong = registers.plan(TRANCHES, lines, by=operator, within=cast.BERAU)
    assert wrong == []
    tranche(operator, of, ordinal=2, amount=200, transferred=None, transferred_on=None)
    with pytest.raises(Invalid, match="paling banyak Rp800"):
        registers.apply(TRANCHES, planned, by=operator, progress=lambda done, total: None)


def _tranches(by: Person) -> list[registers.RecordRow]:
    db.session.expire_all()
    return registers.listed(TRANCHES, by, Filters()).rows


def test_a_withdrawn_one_is_not_there(operator: Person):
    of = grant(operator)
    registers.withdraw(of, by=operator, reason="salah catat", version=of.version)
    assert "tidak ada di sini" in check(ROW, by=operator).errors[0].message


def test_another_regions_is_not_there(operator: Person):
    made(AGREEMENTS, cast.person("operator.paser"), GRANT, cast.PASER)
    assert "tidak ada di sini" in check(ROW, by=operator).errors[0].message
    assert (
        "tidak ada di sini" in check(ROW | {"parent": f"{cast.PASER} 1/2024"}, by=operator).errors[0].message
    )


def test_a_number_of_two_series_wants_the_regions_code(session: Any):
    above = cast.person("operator.kaltim")
    of_province = met(above, "64")
    met(cast.person("operator.berau"), cast.BERAU)
    errors = check(SEAT | {"parent": "1/2024"}, by=above, importer=CAME, region="64").errors
    assert "Tulis kode wilayahnya di depan, misalnya 64 1/2024." in errors[0].message
    assert apply(SEAT | {"parent": "64 1/2024"}, by=above, importer=CAME, region="64").startswith(
        "1 catatan baru"
    )
    assert registers.listed(ATTENDANCES, above, Filters()).rows[0].parents["meeting_id"] == of_province.id


def test_what_goes_out_comes_in_again_unchanged(client: Any, operator: Person):
    tranche(operator, grant(operator))
    db.session.commit()
    rows = registers.listed(TRANCHES, operator, Filters()).rows
    numbers = registers.numbers_of(TRANCHES, [row.parents["agreement_id"] for row in rows])
    assert list(numbers.values()) == ["64.03 1/2024"]
    visitor = cast.signed_in(client, "operator.berau")
    answer = visitor.post("/register/tahap-nphd/unduh", data={"format": "xlsx"})
    assert answer.status_code == 200
    page = visitor.get("/register/tahap-nphd").text
    assert "/impor/register-tahap-nphd" in page
    assert "/register/tahap-nphd/baru" not in page
    columns = PARTS.columns(operator, cast.BERAU)
    read, errors = reading.rows_of(reading.unfold(answer.data), PARTS.kind, PARTS.title, columns)
    assert not errors
    found = PARTS.check(read, by=operator, region=cast.BERAU)
    assert (found.errors, found.facts[2]) == ((), ("Tetap", "1"))
