"""How a program that `long_press.py` starts takes its orders: pickles from our own parent, answered one by one.

Light: nothing here loads a printer, a database, or the web.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import ceiling

NICENESS = 15
AUTOGROUP = Path("/proc/self/autogroup")
TRIES = 5


def obey(answered: Callable[[Any], bytes]) -> None:
    """Orders until the pipe closes, each answered with a line of JSON and the bytes; without a network."""
    ceiling.shut_network()
    let_others_go_first()
    speech = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand in the answer
    gc.collect()
    gc.freeze()
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by our own parent)
        except EOFError:
            return
        content = answered(order)
        speech.write(json.dumps({"size": len(content)}).encode() + b"\n" + content)
        speech.flush()


def let_others_go_first() -> None:
    """Work only when nobody else of this machine would: Linux knows how, other systems have a low priority.

    A low priority alone finishes its turn of some milliseconds before a click is served. And it holds only among the
    processes of one session: Linux shares its time among sessions first, and this program has one of its own.
    """
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    if hasattr(os, "SCHED_IDLE"):
        with contextlib.suppress(OSError):  # a system that allows no change
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    for _ in range(TRIES):
        try:
            AUTOGROUP.write_text("19")
        except BlockingIOError:  # one such wish in a tenth of a second, whoever has it
            time.sleep(0.11)
        except OSError:  # no such groups here, or services are groups (CPUWeight in deploy)
            return
        else:
            return
