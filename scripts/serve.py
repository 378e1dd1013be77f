"""Starts a desk: brings the database up to date, then runs the production server and the background worker.

    PORT=8000 DESK_DATA=var python scripts/serve.py

The server looks itself whether the desk is ready to be served, since it has loaded the application anyway. Only a desk
that is new or older than the application costs a process of its own, which migrates it and loads the demo.

Both end together: on Ctrl-C or TERM they are asked to finish and waited for, and when one of them dies the
other is ended too and this process says so with exit code 1. In demo mode (DESK_MODE, the default) the demo
is loaded when it is not there yet. Messages are in Indonesian: people of the desk read them.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

HOME = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 15
"""How long a child may take to finish what it is doing before it is killed."""
READY_SECONDS = 60
NOT_PREPARED = 75
"""How a server says that the desk must be prepared first."""
FORKS = os.name == "posix"


def serve_prepared(demo: bool) -> int:
    """Serve the desk from this process by gunicorn (set in gunicorn.conf.py); NOT_PREPARED where it cannot be yet.

    Never returns while it serves.
    """
    gc.disable()  # as gunicorn.conf.py has it: nothing that is being loaded is garbage
    sys.path.insert(0, str(HOME))
    os.environ["FLASK_RUN_FROM_CLI"] = "true"  # wsgi.py shall refuse nothing yet that preparing mends
    from app import starting
    from app.cli import demo as kept
    from app.extensions import db
    from wsgi import app

    with app.app_context():
        ready = starting.tables_are_current(app) and (not demo or kept.is_loaded())
        if ready and demo:
            kept.open_again()
        db.session.remove()
        db.engine.dispose()  # the server's processes are forked from this one and must not share its connection
    if not ready:
        return NOT_PREPARED
    del os.environ["FLASK_RUN_FROM_CLI"]
    starting.refuse_unsafe(app)
    from gunicorn.app.wsgiapp import run as serve

    sys.argv = ["gunicorn", "wsgi:app"]
    serve()
    return 0


def prepare(demo: bool) -> None:
    """Migrate the database and load the demo, both in this short-lived process: Flask is imported once.

    Tables that are as the last migration left them are not migrated: every start but the first would wait for Alembic.
    Who is started twice at once is prepared once: the second one waits for the first.
    """
    sys.path.insert(0, str(HOME))
    os.environ["FLASK_RUN_FROM_CLI"] = "true"  # these are commands: they mend what wsgi.py would refuse
    from app.sqlite import one_at_a_time
    from app.starting import tables_are_current
    from wsgi import app

    with one_at_a_time(app.config["SETTINGS"].data_dir / "prepare.lock"):
        with app.app_context():
            migrated = tables_are_current(app)
        for command in [*([] if migrated else [["db", "upgrade"]]), *([["demo", "load"]] if demo else [])]:
            app.cli.main(args=command, prog_name="flask", standalone_mode=False, obj=script_info(app))


def script_info(app: object) -> object:
    """What Flask's commands expect to be handed: the application that exists already."""
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=lambda: app)


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there; asked first, so that a second start is not told by a stack trace."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def server_command(host: str, port: int, *, forks: bool = FORKS) -> list[str]:
    """gunicorn or, where there is no fork, waitress, which serves a desk that was prepared before."""
    if forks:
        return [sys.executable, __file__, "--serve"]
    # waitress waits for slow lines without a thread, too, but would take only a hundred lines.
    return [
        sys.executable,
        "-m",
        "waitress",
        f"--listen={host}:{port}",
        "--threads=8",
        "--connection-limit=800",
        "wsgi:app",
    ]


class Wish:
    """Something that a signal handler may say: an Event's lock may be held by the very thread that it interrupts."""

    def __init__(self) -> None:
        self._said = False

    def set(self) -> None:
        """Say it."""
        self._said = True

    def is_set(self) -> bool:
        """Whether it was said."""
        return self._said

    def wait(self, seconds: float) -> bool:
        """Wait so long, less where it is said meanwhile; whether it was said."""
        until = time.monotonic() + seconds
        while not self._said and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        return self._said


class Pair:
    """The server and the worker, each in its own process group: Ctrl-C reaches only this process."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = Wish()

    def start(self, name: str, command: list[str]) -> None:
        self.children[name] = subprocess.Popen(command, cwd=HOME, start_new_session=True)

    def dead(self) -> str | None:
        """The name of a child that has ended, if any."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self, *_: int | FrameType | None) -> None:
        """Signal handler: only remembers; the main thread does the work."""
        self.asked_to_stop.set()

    def end(self) -> None:
        """Ask both to finish, wait, and kill what does not."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def host_name() -> str:
    """A name that the server answers to, where DESK_HOSTS limits them."""
    first = os.environ.get("DESK_HOSTS", "").split(",")[0].strip()
    return f"desk{first}" if first.startswith(".") else first


def answers(address: str) -> bool:
    """Whether the server serves its health page."""
    import urllib.error
    import urllib.request  # loaded while the server starts, not before

    asked = urllib.request.Request(f"{address}/sehat")  # noqa: S310  (our own address)
    if host_name():
        asked.add_header("Host", host_name())
    try:
        with urllib.request.urlopen(asked, timeout=2) as reply:  # noqa: S310
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until_ready(pair: Pair, address: str) -> bool:
    """True once the server answers; False when a child died, a stop was asked for, or a minute went by."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not pair.dead() and not pair.asked_to_stop.is_set():
        if answers(address):
            return True
        pair.asked_to_stop.wait(0.1)
    return False


def run(host: str, port: int) -> int:
    """Start both, say where, and stay until one ends or somebody asks; the exit code of the whole.

    NOT_PREPARED when the server says so; nothing is running then.
    """
    began = time.monotonic()
    pair = Pair()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), pair.stop)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  (compared, not bound)
    address = f"http://{shown}:{port}"
    pair.start("server", server_command(host, port))
    try:
        if wait_until_ready(pair, address):  # alone first: nobody waits for a paper yet
            pair.start("pekerja", [sys.executable, "-m", "flask", "--app", "wsgi", "pekerja"])
            seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
            print(
                f"\nDesk Pilkada siap dalam {seconds} detik: {address}  (Ctrl-C untuk berhenti)", flush=True
            )
            while not pair.dead() and not pair.asked_to_stop.wait(0.3):
                continue
        gone = pair.dead()
        if pair.asked_to_stop.is_set():
            print("\nMenghentikan server dan pekerja ...", flush=True)
            return 0
        if gone == "server" and pair.children[gone].returncode == NOT_PREPARED:
            return NOT_PREPARED
        print(f"Berhenti: {gone or 'server'} tidak berjalan lagi.", file=sys.stderr, flush=True)
        return 1
    finally:
        pair.end()


def main() -> int:
    os.chdir(HOME)
    if "--prepare" in sys.argv[1:]:
        prepare(demo=os.environ["DESK_MODE"] == "demo")
        return 0
    if "--serve" in sys.argv[1:]:
        return serve_prepared(demo=os.environ["DESK_MODE"] == "demo")
    for name, usual in (("DESK_BIND", "127.0.0.1"), ("PORT", "8000")):
        os.environ[name] = os.environ.get(name) or usual
    host, port = os.environ["DESK_BIND"], int(os.environ["PORT"])
    os.environ.setdefault("DESK_MODE", "demo")
    os.environ["PYTHONUNBUFFERED"] = "1"
    # Without compiled modules beside the source every start would translate all of them again, half a second each.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not port_is_free(host, port):
        print(
            f"Porta {port} sedang dipakai program lain. Pilih yang lain: PORT=8001 make run", file=sys.stderr
        )
        return 1
    ended = run(host, port) if FORKS else NOT_PREPARED
    if ended != NOT_PREPARED:
        return ended
    prepared = subprocess.run([sys.executable, __file__, "--prepare"], cwd=HOME, check=False)
    return run(host, port) if prepared.returncode == 0 else prepared.returncode


if __name__ == "__main__":
    sys.exit(main())
