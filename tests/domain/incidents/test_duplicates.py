"""Two records of one incident: the repeat counts nowhere, and no circle can close."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from app.domain import incidents, registers
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.registers import RecordRow
from app.extensions import db
from tests import cast
from tests.domain.incidents.cases import incident


def fresh(row: RecordRow, by: Person) -> RecordRow:
    return registers.find(incidents.INCIDENTS, row.id, by)


def point(row: RecordRow, other: RecordRow, by: Person) -> RecordRow:
    incidents.mark_duplicate(row, other.id, by=by, version=row.version)
    return fresh(row, by)


def words(row: RecordRow, by: Person) -> list[tuple[str, str]]:
    return [(note.words, note.number) for note in incidents.INCIDENTS.notes(row.id, by)]


def test_the_repeat_counts_nowhere_and_both_say_so(operator: Person):
    first, second = incident(operator), incident(operator)
    second = point(second, first, operator)
    assert second.is_withdrawn
    assert second.withdrawn_reason == f"Ulangan dari kejadian {first.number}"
    assert [row.id for row in registers.records_in(incidents.INCIDENTS, [cast.BERAU])] == [first.id]
    counted = {fact.key: fact.value for fact in incidents.facts([cast.BERAU])}
    assert counted["keamanan.kejadian_terbuka"] == 1
    assert words(second, operator) == [("Ini ulangan dan tidak dihitung. Yang dihitung:", first.number)]
    assert words(first, operator) == [
        ("Kejadian yang sama juga tercatat, tidak dihitung, sebagai", second.number)
    ]


def test_it_refuses_a_circle_and_itself(operator: Person):
    first, second = incident(operator), incident(operator)
    second = point(second, first, operator)
    for other, sentence in ((second, "sendiri tidak dihitung"), (first, "dirinya sendiri")):
        with pytest.raises(Invalid) as told:
            incidents.mark_duplicate(first, other.id, by=operator, version=first.version)
        assert sentence in told.value.fields["original"]
    assert not fresh(first, operator).is_withdrawn


def test_it_refuses_another_regions_record(operator: Person, stranger: Person):
    here, there = incident(operator), incident(stranger, cast.PASER)
    with pytest.raises(NotFound):
        incidents.mark_duplicate(here, there.id, by=operator, version=here.version)
    province = cast.person("operator.kaltim")
    with pytest.raises(Invalid) as told:
        incidents.mark_duplicate(here, there.id, by=province, version=here.version)
    assert "wilayah yang sama" in told.value.fields["original"]


def test_the_provinces_record_may_be_the_one(operator: Person):
    province = cast.person("operator.kaltim")
    theirs, ours = incident(province, "64"), incident(operator)
    incidents.mark_duplicate(ours, theirs.id, by=province, version=ours.version)
    assert fresh(ours, operator).is_withdrawn
    assert words(ours, operator) == []  # Berau does not read the province's records
    assert words(ours, province) == [("Ini ulangan dan tidak dihitung. Yang dihitung:", theirs.number)]


def test_restored_it_counts_again_and_nothing_is_said(operator: Person):
    first, second = incident(operator), incident(operator)
    second = point(second, first, operator)
    registers.restore(second, by=operator, version=second.version)
    assert words(second, operator) == [] == words(first, operator)
    first = point(first, second, operator)
    assert first.is_withdrawn


def test_it_comes_too_late_for_who_saw_an_older_version(operator: Person):
    first, second = incident(operator), incident(operator)
    point(second, first, operator)
    with pytest.raises(NotNow):
        incidents.mark_duplicate(second, first.id, by=operator, version=second.version)


def test_only_what_may_be_the_same_is_offered(operator: Person, stranger: Person):
    near = incident(operator, cast.SAMBALIUNG)
    row, gone = incident(operator), incident(operator)
    incident(stranger, cast.PASER)
    point(gone, row, operator)
    assert [one.id for one in incidents.candidates(row, operator)] == [near.id]


def test_two_who_point_them_at_each_other_at_once_leave_one(app: Any, operator: Person):
    first, second = incident(operator), incident(operator)
    db.session.commit()
    refused: list[BaseException] = []
    gate = threading.Barrier(2)

    def run(row: RecordRow, other: RecordRow) -> None:
        with app.app_context():
            try:
                gate.wait()
                incidents.mark_duplicate(row, other.id, by=operator, version=row.version)
                db.session.commit()
            except BaseException as error:
                refused.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert [type(error) for error in refused] == [Invalid]
    assert sum(fresh(row, operator).is_withdrawn for row in (first, second)) == 1
