"""A record beside the others: what it belongs to, what a room asks of it there, and steps that want a proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest

from app.domain import evidence, registers
from app.domain.accounts import Person
from app.domain.circulars import ACKNOWLEDGEMENTS, CIRCULARS
from app.domain.errors import Invalid
from app.domain.registers import RECORD, Flow, Kin, Place, StepSaid
from app.domain.workflow import Step
from tests import cast

LETTER = {
    "kind": "surat_edaran",
    "letter_number": "800/1",
    "dated_on": dt.date(2024, 9, 10),
    "about": "Netralitas",
    "signed_by": "",
    "recipients": "Semua perangkat daerah",
    "recipient_count": None,
}
RECEIVED = {"unit": "Dinas Kesehatan", "received_on": dt.date(2024, 9, 12), "people": 25, "note": ""}


def at_most_thirty(values: Any, place: Place, kin: Kin) -> None:
    others = registers.records_in(ACKNOWLEDGEMENTS, [place.region])
    people = sum(
        row.values["people"] or 0 for row in others if row.parents == kin.parents and row.id != kin.id
    )
    if people + values["people"] > 30:
        raise Invalid("Lebih dari 30 orang.", people="Lebih dari 30 orang.")


BOUND = replace(ACKNOWLEDGEMENTS, belongs_to="circular_id", fits=at_most_thirty)


class TestBelonging:
    def test_a_record_that_must_belong_is_refused_alone(self, operator: Person):
        with pytest.raises(Invalid, match="Buka edaran-nya"):
            registers.record(BOUND, cast.BERAU, RECEIVED, by=operator)
        assert registers.listed(BOUND, operator, registers.Filters()).total == 0

    def test_what_the_room_asks_counts_the_others_and_not_itself(self, operator: Person):
        letter = registers.record(CIRCULARS, cast.BERAU, LETTER, by=operator)
        first = registers.record(BOUND, cast.BERAU, RECEIVED, by=operator, parents={"circular_id": letter})
        with pytest.raises(Invalid) as told:
            registers.record(
                BOUND, cast.BERAU, RECEIVED | {"people": 6}, by=operator, parents={"circular_id": letter}
            )
        assert "people" in told.value.fields
        row = registers.find(BOUND, first, operator)
        assert registers.change(row, RECEIVED | {"people": 30}, by=operator, version=row.version)

    def test_it_is_asked_again_of_a_record_that_comes_back(self, operator: Person):
        letter = registers.record(CIRCULARS, cast.BERAU, LETTER, by=operator)
        of = {"circular_id": letter}
        first = registers.record(BOUND, cast.BERAU, RECEIVED, by=operator, parents=of)
        row = registers.find(BOUND, first, operator)
        registers.withdraw(row, by=operator, reason="Salah unit.", version=row.version)
        registers.record(BOUND, cast.BERAU, RECEIVED | {"unit": "Kampung A"}, by=operator, parents=of)
        row = registers.find(BOUND, first, operator)
        with pytest.raises(Invalid):
            registers.restore(row, by=operator, version=row.version)


class Stand(StrEnum):
    OPEN = "terbuka"
    DONE = "selesai"


class Verb(StrEnum):
    FINISH = "finish"


FLOW = Flow(
    table={Verb.FINISH: Step("Selesai", frozenset({Stand.OPEN}), Stand.DONE, RECORD)},
    start=Stand.OPEN,
    words={Stand.OPEN: "terbuka", Stand.DONE: "selesai"},
    ended=frozenset({Stand.DONE}),
    by_proof=frozenset({Verb.FINISH}),
)
STEPPED = replace(CIRCULARS, flow=FLOW)


class TestProof:
    def test_a_step_that_wants_a_proof_is_refused_without_file_or_note(self, operator: Person):
        row = registers.find(STEPPED, registers.record(STEPPED, cast.BERAU, LETTER, by=operator), operator)
        with pytest.raises(Invalid) as told:
            registers.step(row, Verb.FINISH, StepSaid(), by=operator, version=row.version)
        assert "note" in told.value.fields

    @pytest.mark.parametrize("with_file", [False, True])
    def test_a_note_or_a_file_is_enough(self, operator: Person, with_file: bool):
        row = registers.find(STEPPED, registers.record(STEPPED, cast.BERAU, LETTER, by=operator), operator)
        if with_file:
            registers.attach(row, evidence.inspect(b"Sudah dikirim.\n", "bukti.txt"), by=operator)
        said = StepSaid(note="" if with_file else "Sudah dikirim.")
        assert registers.step(row, Verb.FINISH, said, by=operator, version=row.version) == "selesai"
