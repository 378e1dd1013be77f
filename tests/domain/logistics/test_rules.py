"""What logistics refuse: arriving before leaving, parts unlike the whole, a TPS where none can be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import logistics, registers
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.logistics import (
    ARRIVALS,
    MOVEMENTS,
    PROBLEMS_BOOK,
    READINESS_BOOK,
    STOCK,
    Problem,
    ProblemVerb,
)
from app.domain.registers import StepSaid
from tests import cast
from tests.domain.logistics.sayings import MONDAY, SEGAH, VILLAGE, arrived, told

BERAU = cast.BERAU
SUNDAY = MONDAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    "register, said, at",
    [
        (STOCK, {"goods": "TINTA", "received": 10, "good": 8, "damaged": 3}, "received"),
        (STOCK, {"goods": "TINTA", "received": 10, "damaged": 11}, "received"),
        (STOCK, {"goods": "TINTA", "damaged": 2, "short": 1, "replaced": 4}, "replaced"),
        (STOCK, {"goods": "TINTA", "received": -1}, "received"),
        (STOCK, {"goods": "SEPATU"}, "goods"),
        (MOVEMENTS, {"left_on": MONDAY, "arrived_on": SUNDAY}, "arrived_on"),
        (
            MOVEMENTS,
            {"left_on": MONDAY, "left_at": "08.00", "arrived_on": MONDAY, "arrived_at": "07.59"},
            "arrived_at",
        ),
        (MOVEMENTS, {"arrived_on": MONDAY, "left_at": "08.00"}, "left_on"),
        (MOVEMENTS, {}, "left_on"),
        (MOVEMENTS, {"left_on": MONDAY + dt.timedelta(days=1)}, "left_on"),
        (MOVEMENTS, {"left_on": MONDAY, "left_at": "25.00"}, "left_at"),
        (READINESS_BOOK, {"readiness": "lengkap", "told_on": MONDAY}, "complete_on"),
        (READINESS_BOOK, {"readiness": "proses", "complete_on": SUNDAY, "told_on": MONDAY}, "complete_on"),
        (ARRIVALS, {"stand": "sampai"}, "station"),
        (ARRIVALS, {"stand": "sampai", "station": "1"}, "station"),
        (
            ARRIVALS,
            {
                "stand": "kembali",
                "station": "L",
                "special": True,
                "arrived_on": MONDAY,
                "returned_on": SUNDAY,
            },
            "returned_on",
        ),
        (ARRIVALS, {"stand": "terbang", "station": "L", "special": True}, "stand"),
    ],
)
def test_it_refuses_at_the_column(session: Any, operator: Any, register: Any, said: dict[str, Any], at: str):
    extra = {"leg": "gudang_kecamatan", "cargo": "Kotak suara"} if register is MOVEMENTS else {}
    with pytest.raises(Invalid) as refusal:
        told(register, BERAU, operator, **extra, **said)
    assert list(refusal.value.fields) == [at]


def test_it_takes_a_night_on_the_river(session: Any, operator: Any):
    row = told(
        MOVEMENTS,
        SEGAH,
        operator,
        leg="gudang_kecamatan",
        cargo="Kotak suara",
        left_on=SUNDAY,
        left_at="22.00",
        arrived_on=MONDAY,
        arrived_at="05.30",
        transport="longboat",
    )
    assert row.values["arrived_at"] == "05.30"


def test_a_kecamatan_has_no_voters_of_its_own_and_no_ordinary_tps(session: Any, operator: Any):
    with pytest.raises(Invalid, match="Pemilih dicatat per TPS"):
        arrived(SEGAH, operator, voters=10)
    with pytest.raises(Invalid, match="TPS berada di kelurahan/desa"):
        arrived(SEGAH, operator, "1")
    assert arrived(SEGAH, operator, "Khusus perusahaan", special=True).values["special"]


def test_a_tps_has_one_number_however_it_is_written(session: Any, operator: Any):
    assert arrived(VILLAGE, operator, "007").values["station"] == "7"
    with pytest.raises(Invalid, match="sudah ada"):
        arrived(VILLAGE, operator, "7")


def test_what_waits_has_no_day_of_arrival(session: Any, operator: Any):
    row = arrived(SEGAH, operator)
    assert row.values["arrived_on"] == MONDAY
    registers.change(row, {**row.values, "stand": "belum"}, by=operator, version=row.version)
    again = registers.find(ARRIVALS, row.id, operator)
    assert (again.values["arrived_on"], again.values["stand"]) == (None, "belum")


def test_one_record_a_kind_and_region(session: Any, operator: Any):
    told(STOCK, BERAU, operator, goods="TINTA", received=950, good=950, damaged=0)
    with pytest.raises(Invalid) as refusal:
        told(STOCK, BERAU, operator, goods="TINTA", received=1)
    assert "goods" in refusal.value.fields


def step(row: Any, verb: ProblemVerb, by: Any, note: str = "Selesai sesuai berita acara.") -> Any:
    fresh = registers.find(PROBLEMS_BOOK, row.id, by)
    receiver = "KPU" if verb is ProblemVerb.FORWARD else ""
    registers.step(fresh, verb, StepSaid(note=note, receiver=receiver), by=by, version=fresh.version)
    return registers.find(PROBLEMS_BOOK, row.id, by)


def problem(by: Any) -> Any:
    return told(
        PROBLEMS_BOOK,
        BERAU,
        by,
        problem="kurang",
        goods="SURAT_SUARA_GUB",
        about="Kurang satu dus.",
        missing_count=2000,
        known_on=MONDAY,
    )


@pytest.mark.parametrize("state", list(Problem))
@pytest.mark.parametrize("verb", list(ProblemVerb))
def test_the_steps_of_a_problem_start_where_the_table_says(
    session: Any, operator: Any, supervisor: Any, verb: ProblemVerb, state: Problem
):
    from app.extensions import db

    row, line = problem(operator), logistics.PROBLEM_FLOW.table[verb]
    db.session.get(logistics.LogisticsProblem, row.id).state = state.value
    db.session.flush()
    by = operator if line.permission == registers.RECORD else supervisor
    if state in line.sources:
        assert step(row, verb, by).state == line.target
    else:
        with pytest.raises(NotNow):
            step(row, verb, by)


def test_who_solved_a_problem_does_not_close_it(session: Any, operator: Any, supervisor: Any):
    row = step(problem(operator), ProblemVerb.SOLVE, operator)
    with pytest.raises(NotAllowed):
        step(row, ProblemVerb.CLOSE, operator)
    assert step(row, ProblemVerb.CLOSE, supervisor).has_ended


def test_whoever_recorded_and_supervises_is_refused_by_four_eyes(session: Any):
    from app.domain.accounts import Role

    since = {"starts_on": dt.date(2024, 11, 1)}
    both = cast.add_person("dua.berau", (Role.OPERATOR, BERAU, since), (Role.SUPERVISOR, BERAU, since))
    row = step(problem(both), ProblemVerb.SOLVE, both)
    with pytest.raises(NotAllowed, match="orang lain"):
        step(row, ProblemVerb.CLOSE, both)


def test_a_problem_that_nobody_touches_is_late_after_a_working_day(
    session: Any, operator: Any, monkeypatch: Any
):
    row = problem(operator)
    assert row.silence.over <= 0
    from app.domain import clock

    clock.set_frozen(dt.datetime.fromisoformat("2024-11-29T09:00:00+08:00"))
    assert registers.find(PROBLEMS_BOOK, row.id, operator).silence.over > 0


def test_it_refuses_another_region(session: Any, stranger: Any):
    with pytest.raises(NotAllowed):
        arrived(SEGAH, stranger)
