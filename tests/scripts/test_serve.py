"""The starter of a desk keeps server and worker together: both run, or neither."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scripts import serve
from tests.office import ROOT, Browser, Processes, clean_environment

WAITS = [sys.executable, "-c", "import signal; signal.pause()"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def pair():
    started = serve.Pair()
    yield started
    started.end()


@pytest.fixture(autouse=True)
def our_own_signals():
    """run() answers signals; afterwards they are pytest's again."""
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.getsignal(name) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


def test_it_ends_both_when_it_is_asked_to(pair: serve.Pair):
    pair.start("server", WAITS)
    pair.start("pekerja", WAITS)
    pair.end()
    assert [child.poll() for child in pair.children.values()] == [-signal.SIGTERM, -signal.SIGTERM]


def test_it_notices_which_one_died(pair: serve.Pair):
    pair.start("server", WAITS)
    pair.start("pekerja", ENDS)
    pair.children["pekerja"].wait()
    assert pair.dead() == "pekerja"


def test_it_ends_the_server_when_the_worker_dies(port: int, monkeypatch: pytest.MonkeyPatch, capfd):
    children: list[subprocess.Popen[bytes]] = []
    start = serve.Pair.start

    def start_stand_ins(pair: serve.Pair, name: str, _command: list[str]) -> None:
        start(pair, name, WAITS if name == "server" else ENDS)
        children.append(pair.children[name])

    monkeypatch.setattr(serve.Pair, "start", start_stand_ins)
    monkeypatch.setattr(serve, "answers", lambda _: True)  # the worker is started once the server answers
    assert serve.run("127.0.0.1", port) == 1
    assert [child.poll() for child in children] == [-signal.SIGTERM, 3]
    assert "pekerja tidak berjalan lagi" in capfd.readouterr().err


def test_it_tells_a_desk_that_must_be_prepared_from_one_that_failed(port: int, monkeypatch, capfd):
    code = f"raise SystemExit({serve.NOT_PREPARED})"
    monkeypatch.setattr(serve, "server_command", lambda *_: [sys.executable, "-c", code])
    assert serve.run("127.0.0.1", port) == serve.NOT_PREPARED
    monkeypatch.setattr(serve, "server_command", lambda *_: ENDS)
    assert serve.run("127.0.0.1", port) == 1
    assert capfd.readouterr().err.strip() == "Berhenti: server tidak berjalan lagi."


@pytest.mark.skipif(not serve.FORKS, reason="gunicorn forks")
def test_a_server_of_a_new_desk_asks_to_be_prepared(tmp_path: Path, port: int):
    desk = clean_environment() | {"DESK_MODE": "demo", "DESK_DATA": str(tmp_path), "PORT": str(port)}
    served = subprocess.run([sys.executable, "scripts/serve.py", "--serve"], cwd=ROOT, env=desk, check=False)
    assert served.returncode == serve.NOT_PREPARED
    assert serve.port_is_free("127.0.0.1", port)


def test_it_says_where_the_desk_is_and_stops_without_a_complaint(port: int, monkeypatch, capfd):
    monkeypatch.setattr(serve.Pair, "start", lambda pair, name, _: pair.children.update({name: _waiting()}))
    monkeypatch.setattr(serve, "answers", lambda _: True)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
    assert serve.run("127.0.0.1", port) == 0
    assert f"http://127.0.0.1:{port}" in capfd.readouterr().out


def test_it_refuses_a_port_that_somebody_uses(port: int):
    assert serve.port_is_free("127.0.0.1", port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert not serve.port_is_free("127.0.0.1", port)


def _waiting() -> subprocess.Popen[bytes]:
    return subprocess.Popen(WAITS, start_new_session=True)


@pytest.mark.parametrize(
    "hosts, name",
    [
        ("", ""),
        ("desk.internal, lain.internal", "desk.internal"),
        (".kaltara.internal", "desk.kaltara.internal"),
    ],
)
def test_it_asks_for_health_by_a_name_that_is_served(hosts: str, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DESK_HOSTS", hosts)
    assert serve.host_name() == name


NO_PANGO = """
import ctypes

class CDLL(ctypes.CDLL):
    def __init__(self, name, *rest, **more):
        if "pango" in str(name) or "gobject" in str(name):
            raise OSError(f"{name}: not on this machine")
        super().__init__(name, *rest, **more)

ctypes.CDLL = CDLL
"""
"""Read by every Python of a desk when it starts: as if MSYS2's libraries had not been installed."""


@pytest.mark.slow
def test_a_trial_on_windows_runs_by_waitress_and_says_that_it_makes_no_pdf(tmp_path: Path, port: int):
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO)
    trial = clean_environment() | {
        "PYTHONPATH": str(tmp_path),
        "DESK_MODE": "demo",
        "DESK_DATA": str(tmp_path / "var"),
        "DESK_DEMO_PASSWORD": "jembatan-kayan-2029",
    }
    subprocess.run([sys.executable, "scripts/serve.py", "--prepare"], cwd=ROOT, env=trial, check=True)
    command = serve.server_command("127.0.0.1", port, forks=False)
    assert "waitress" in command
    with Processes() as desk:
        desk.start(command, trial)
        desk.wait_for(port)
        visitor = Browser(port, host="127.0.0.1")
        assert "sehat" in visitor.get("/sehat")
        assert "Masuk" in visitor.get("/masuk")
        visitor.sign_in("operator.berau", "jembatan-kayan-2029")
        page = visitor.get("/laporan")
        assert "PDF tidak dapat dibuat di server ini: pustaka" in page
        assert "Excel" in page
