"""How the production server runs; gunicorn reads this file by itself from the project's directory."""

from __future__ import annotations

import ctypes
import gc
import os
from pathlib import Path

bind = f"{os.environ.get('DESK_BIND') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
# gunicorn's threads, with a main loop that waits for slow lines in their stead (decision 0029).
worker_class = "patience.worker.PatientWorker"
# Lines at once in each worker, slow and kept ones too. Most systems allow a process 1,024 open files.
worker_connections = 800
workers = int(os.environ.get("DESK_WORKERS", "2"))
# None of them waits for a line, and each keeps a connection of its own: eight were no quicker and weighed 0.7 MiB more.
threads = 6
# The application is imported once and shared by both workers: less memory, ready sooner.
preload_app = True
# A recycled worker gives back what a rare large page took; the jitter keeps the two from going together.
max_requests = 20_000
max_requests_jitter = 2_000
graceful_timeout = 10
# Since 25.1 gunicorn would make a socket in the home directory; a service account may have none.
control_socket_disable = True
# The heartbeat file must never wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
loglevel = os.environ.get("DESK_LOG_LEVEL", "warning")
# The server's own lines in the desk's form: an address with what somebody searched for is not among them.
_OUT = {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "app.web.logs.Line"}},
    "handlers": {"out": _OUT},
    "root": {"level": "WARNING", "handlers": ["out"]},
    "loggers": {
        "gunicorn.error": {"level": loglevel.upper(), "handlers": ["out"], "propagate": False},
        "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": False},
    },
}
# What is loaded now lives as long as the process. Python's collector need not look through it again and again (a
# tenth of a click), and the workers go on sharing its memory.
gc.set_threshold(10_000, 10, 10)
# Nothing that is being loaded is garbage: looking for it costs a tenth of the start.
gc.disable()


def when_ready(server: object) -> None:
    """Called once, when the application is loaded and before the workers are made."""
    _share_memory_among_threads()
    gc.collect()
    gc.freeze()
    gc.enable()


def _share_memory_among_threads() -> None:
    """Keep a worker from holding on to memory: twenty megabytes less after the first sign-ins.

    Threads take from two heaps instead of one each (M_ARENA_MAX), and what is large, such as the memory that hashing a
    password needs, goes back to the system at once (a fixed M_MMAP_THRESHOLD). Only the GNU C library has these.
    """
    try:
        library = ctypes.CDLL(None)
        library.mallopt(-8, 2)
        library.mallopt(-3, 1024 * 1024)
    except (OSError, AttributeError, TypeError):
        return
