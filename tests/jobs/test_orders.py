"""Programs that take orders: what they must not take from others, and what they answer."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from app.jobs.press import HOME, Child, Press

pytestmark = pytest.mark.one_database
GROUP = Path("/proc/self/autogroup")
LINUX = pytest.mark.skipif(not (GROUP.exists() and GROUP.read_text()), reason="Linux that shares by session")
ECHO = "from app.jobs.orders import obey; obey(lambda order: repr(order).encode())"
TOLD = """
import os
from pathlib import Path
from app.jobs.orders import let_others_go_first
let_others_go_first()
print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) == os.SCHED_IDLE,
      Path("/proc/self/autogroup").read_text().split()[-1])
"""


def python(program: str, given: bytes = b"") -> bytes:
    """What a program says that has a session of its own, as the worker's children have."""
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, input=given, cwd=HOME, capture_output=True, check=True, start_new_session=True
    ).stdout


def test_orders_are_answered_one_by_one_until_there_are_no_more():
    assert python(ECHO, pickle.dumps("kabar") + pickle.dumps(7)) == b'{"size": 7}\n\'kabar\'{"size": 1}\n7'


@LINUX
def test_who_takes_orders_lets_others_go_first_in_its_session_and_beyond():
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert python(TOLD).decode().split() == [str(min(19, own + 15)), "True", "19"]


@LINUX
def test_the_child_that_prints_one_document_lets_others_go_first_too():
    child = Child(Press().program)
    try:
        assert child.said(60) == {"ready": True}
        pid = child._process.pid
        assert os.sched_getscheduler(pid) == os.SCHED_IDLE
        assert Path(f"/proc/{pid}/autogroup").read_text().split()[-1] == "19"
    finally:
        child.end()
