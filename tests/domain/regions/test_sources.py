"""What each source says: one statement is in force, contradictions stand until somebody chooses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.domain import clock, regions
from app.domain.regions import Figure, FigureChoice, FigureKind, Said
from app.extensions import db
from tests import cast

BERAU = cast.BERAU
TPS = FigureKind.POLLING_STATIONS


def says(source: str, value: int | None, code: str = BERAU) -> Figure:
    return recorded(code, TPS, None if value is None else Decimal(value), source)


def recorded(code: str, kind: FigureKind, value: Decimal | None, source: str) -> Figure:
    row = Figure(**regions.figure_values(code, kind, value, by="x", source=source))
    db.session.add(row)
    db.session.flush()
    return row


def choose(session: Any, figure: Figure) -> None:
    newest = session.query(Figure.id).order_by(Figure.id.desc()).first()[0]
    session.add(
        FigureChoice(
            region_code=figure.region_code,
            kind=figure.kind,
            figure_id=figure.id,
            seen_id=newest,
            reason="resmi",
            chosen_at=clock.now(),
            chosen_by="Admin",
        )
    )
    session.flush()


def told(code: str = BERAU) -> Said:
    return regions.said_of([code])[code, TPS]


def in_force(code: str = BERAU) -> Decimal | None:
    return regions.current_figures([code])[code, TPS].value


def test_one_source_contradicts_nobody(session: Any):
    assert len(told().statements) == 1
    assert not told().differs
    assert not told().is_open


def test_a_source_that_corrects_itself_contradicts_nobody(session: Any):
    says("KPU", 475)
    says("KPU", 476)
    assert [s.value for s in told().statements] == [476, 475]
    says("Paparan Sekda Berau, 25 November 2024", 476)
    assert not told().differs


def test_another_value_of_another_source_stands_beside_it(session: Any):
    says("KPU", 476)
    assert told().is_open
    assert {s.value for s in told().statements} == {475, 476}
    assert in_force() == told().in_force.value == 476, "the newest, while nobody chose"


@pytest.mark.parametrize("value", [None, 475])
def test_the_unknown_and_the_same_contradict_nobody(session: Any, value: int | None):
    says("KPU", value)
    assert not told().is_open
    assert in_force() == value


def test_the_chosen_source_holds_and_may_correct_itself(session: Any):
    ours = says("KPU", 476)
    says("Polres", 480)
    choose(session, ours)
    assert in_force() == told().in_force.value == 476
    assert told().differs
    assert not told().is_open
    says("KPU", 477)
    assert in_force() == told().in_force.value == 477
    assert not told().is_open


def test_who_speaks_after_the_choice_opens_the_question_again(session: Any):
    ours = says("KPU", 476)
    choose(session, ours)
    says("Polres", 480)
    assert in_force() == 476, "the choice still holds"
    assert told().is_open
    choose(session, ours)
    assert not told().is_open


def test_the_last_choice_is_the_one_that_holds(session: Any):
    first, second = says("KPU", 476), says("Polres", 480)
    choose(session, first)
    choose(session, second)
    assert in_force() == told().in_force.value == 480
    assert len(regions.choices_of(BERAU, TPS)) == 2


def test_a_choice_concerns_its_own_region_and_figure(session: Any):
    ours = says("KPU", 476)
    says("KPU", 486, code=cast.PASER)
    choose(session, ours)
    says("Polres", 490, code=cast.PASER)
    assert in_force(cast.PASER) == 490
    other = recorded(BERAU, FigureKind.VOTERS, Decimal(5), "Polres")
    assert regions.current_figures([BERAU])[BERAU, FigureKind.VOTERS].id == other.id


def test_every_version_and_choice_raises_the_number_of_a_figure(session: Any):
    before = regions.figure_version(BERAU, TPS)
    ours = says("KPU", 476)
    choose(session, ours)
    assert regions.figure_version(BERAU, TPS) == before + 2
    assert regions.figure_version(cast.PASER, TPS) == 1


def test_a_file_that_is_loaded_again_does_not_repeat_a_source_that_was_not_chosen(session: Any):
    choose(session, says("KPU", 476))
    row = {"code": BERAU, "kind": TPS.value, "value": "480", "source": "Polres"}
    assert regions.load_figures([row], by="Sistem") == 1
    assert regions.load_figures([row], by="Sistem") == 0
    assert in_force() == 476
