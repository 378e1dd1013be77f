"""How the attack on a running desk judges: what was not tried never counts as held, and a refusal may write little."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stress.__main__ import asked_for
from tests.stress.hostile.judging import beyond
from tests.stress.plan import SQLITE, Length, Way, at_least, exit_status, not_run, nothing, summed_up, told
from tests.stress.scanners.attackers import is_open

pytestmark = pytest.mark.one_database

WAY = Way(Length.QUICK, SQLITE, Path(), 1)
HELD = nothing("power", WAY, "writes lost", [])
MISSED = at_least("power", WAY, "cuts", 1, 2, "cuts")
NOT_RUN = not_run("power", SQLITE, "writes lost", "no FUSE here")
TOLD = told("load", WAY, "median", "12 ms")


def test_what_was_not_run_is_counted_by_itself_and_never_as_held():
    assert summed_up([HELD, HELD, MISSED, TOLD, NOT_RUN]) == "3 promises, 1 missed, 1 NOT RUN"
    assert summed_up([HELD, HELD, TOLD]) == "2 promises, 0 missed"
    assert [row.verdict for row in (HELD, MISSED, NOT_RUN, TOLD)] == ["ok", "MISSED", "NOT RUN", "told"]


def test_the_length_is_asked_for_by_name_and_never_twice():
    assert asked_for({}) is asked_for({"QUICK": "0", "LONG": ""}) is Length.USUAL
    assert asked_for({"QUICK": "1"}) is Length.QUICK
    assert asked_for({"LONG": "1"}) is Length.LONG
    with pytest.raises(SystemExit):
        asked_for({"QUICK": "1", "LONG": "1"})


@pytest.mark.parametrize("must_run", [False, True])
def test_a_missed_promise_and_a_run_that_judged_nothing_end_with_1(must_run: bool):
    assert exit_status([HELD, TOLD], must_run=must_run) == 0
    for rows in ([HELD, MISSED], [], [TOLD], [NOT_RUN]):
        assert exit_status(rows, must_run=must_run) == 1


def test_what_was_not_run_ends_with_1_where_all_must_run():
    assert exit_status([HELD, NOT_RUN], must_run=False) == 0
    assert exit_status([HELD, NOT_RUN], must_run=True) == 1


def test_a_refusal_may_write_what_counts_tries_and_nothing_else():
    tried = ["login_attempt", "audit_entry", "the head of the trail"]
    for path in (b"/masuk", b"/masuk/kode?x=1", b"/akun/sandi", b"/akun/dua-langkah/matikan"):
        assert beyond(path, tried) == []
        assert beyond(path, [*tried, "account"]) == ["account"]
    assert beyond(b"/cek/x%0Ay?kode=1", ["seal_check"]) == []
    assert beyond(b"/cek", tried) == tried
    for path in (b"/", b"/cekx", b"/akun/dua-langkah/pastikan", b"/orang?x=/masuk"):
        assert beyond(path, ["login_attempt", "seal_check"]) == ["login_attempt", "seal_check"]


def test_sqlmap_has_judged_when_it_said_so():
    assert is_open("sqlmap identified the following injection point(s) with a total of 40 HTTP(s) requests")
    assert not is_open("[CRITICAL] all tested parameters do not appear to be injectable.")
    with pytest.raises(RuntimeError, match="did not come to its end"):
        is_open("[INFO] testing connection to the target URL")
