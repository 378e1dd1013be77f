"""The printing child may crash, hang or lie; whoever asked it hears so, and nothing of it stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import pytest

from app.documents.snapshot import ChecklistReport
from app.jobs import render
from app.jobs.press import HOME, Press, PrintingFailed, Stopped, TookTooLong
from tests.documents.cast import berau
from tests.jobs.stand_ins import CRASHES, CUT_OFF, HANGS, NEVER_READS, PRINTS, press

pytestmark = pytest.mark.one_database


def never() -> bool:
    return False


def quiet(done: int, total: int) -> None:
    """Nobody listens."""


@pytest.fixture
def small() -> ChecklistReport:
    return berau(items=6, evidence=1)


def test_it_hands_over_the_document_and_tells_progress(small: ChecklistReport):
    told: list[tuple[int, int]] = []
    content = press(PRINTS).render("pdf", small, lambda done, total: told.append((done, total)), never)
    assert (content, told) == (b"kabar", [(1, 1)])


@pytest.mark.parametrize("program", [CRASHES, CUT_OFF, "raise SystemExit(3)"])
def test_a_child_that_breaks_off_is_a_failure_that_can_be_tried_again(program: str, small: ChecklistReport):
    with pytest.raises(PrintingFailed):
        press(program).render("pdf", small, quiet, never)


@pytest.mark.parametrize("program", [HANGS, NEVER_READS])
def test_a_child_that_hangs_is_ended_when_patience_is_over(program: str):
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        press(program, patience=0.3).render("pdf", berau(items=400), quiet, never)
    assert time.monotonic() - began < 10


def test_it_stops_soon_when_nobody_waits_any_more(small: ChecklistReport):
    asked: list[bool] = []
    with pytest.raises(Stopped):
        press(HANGS).render("pdf", small, quiet, lambda: len(asked) > 1 or asked.append(True) is not None)


def test_a_waiting_child_that_died_is_replaced(small: ChecklistReport):
    machine = press(PRINTS)
    machine.warm()
    first = machine._child
    assert first is not None
    first._process.kill()
    first._process.wait()
    machine.warm()
    assert machine._child is not first
    assert machine.render("pdf", small, quiet, never) == b"kabar"
    machine.close()


def test_closing_ends_the_waiting_child():
    machine = press(HANGS)
    machine.warm()
    child = machine._child
    assert child is not None
    machine.close()
    assert child.is_dead()


def test_no_setting_of_the_desk_reaches_the_child(small: ChecklistReport, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DESK_SECRET_KEY", "rahasia")
    tells = (
        "import json, os; told = str([name for name in os.environ if name.startswith('DESK_')]); "
        "print(json.dumps({'size': len(told)}) + chr(10) + told, end='', flush=True)"
    )
    assert press(tells).render("pdf", small, quiet, never) == b"[]"


@pytest.mark.slow
def test_the_real_child_prints_a_real_pdf(small: ChecklistReport):
    told: list[tuple[int, int]] = []
    content = Press().render("pdf", small, lambda done, total: told.append((done, total)), never)
    assert content.startswith(b"%PDF-")
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_real_child_ends_when_its_parent_is_gone(small: ChecklistReport):
    """The pipe closes as it would after kill -9 of the worker."""
    command = [sys.executable, "-m", "app.jobs.render"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOME) as child:
        assert child.stdout is not None
        assert b"ready" in child.stdout.readline()
        child.communicate(timeout=20)
        assert child.returncode == 0


def test_an_unknown_form_is_a_fault(small: ChecklistReport):
    with pytest.raises(KeyError):
        render.rendered("exe", small, quiet)


def test_the_three_forms_are_drawn_from_the_same_snapshot(small: ChecklistReport):
    starts: dict[str, Any] = {
        form: render.rendered(form, small, quiet)[:4] for form in ("pdf", "xlsx", "csv")
    }
    assert starts == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04", "csv": b"\xef\xbb\xbfK"}


@pytest.mark.slow
def test_without_pango_it_still_makes_sheets(small: ChecklistReport, tmp_path: Any, monkeypatch: Any):
    broken = "raise OSError(\"cannot load library 'libpango-1.0-0'\")"
    (tmp_path / "weasyprint.py").write_text(broken)
    monkeypatch.setenv(
        "PYTHONPATH", str(tmp_path)
    )  # found before the real one, as a child of this server would
    real = Press(60.0)
    assert real.render("xlsx", small, quiet, never).startswith(b"PK")
    assert real.render("csv", small, quiet, never).startswith(b"\xef\xbb\xbf")
    with pytest.raises(PrintingFailed):
        real.render("pdf", small, quiet, never)
