"""The desks under measurement: Kaltim's demo and the whole country, on SQLite and on PostgreSQL; never var/.

Each is built by the desk's own commands, each step timed, and kept under BENCH_CACHE (default: a directory of the
system's temporary one) until the application's tables or its shipped data change: the country takes minutes.
A measurement that writes works on a copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.postgres import KeptCluster

HOME = Path(__file__).resolve().parent.parent
PASSWORD = "sandi-untuk-pengukuran"  # noqa: S105  (of desks that live in a temporary directory)
SOURCES = ("migrations/versions", "app/data", "app/cli/demo", "bench/filling.py")
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Place:
    """A desk: how large, on which database, and where its data lies."""

    size: str
    """kaltim or nasional."""
    database: str
    data: Path
    url: str
    steps: dict[str, float]
    """Seconds that each step of building took."""

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work on this desk."""
        return {
            "DESK_DATA": str(self.data),
            "DESK_DATABASE_URL": self.url,
            "DESK_DEMO_PASSWORD": PASSWORD,
            "DESK_MODE": "demo",
        }


def cache() -> Path:
    """Where desks are kept between runs."""
    named = os.environ.get("BENCH_CACHE")
    path = Path(named) if named else Path(tempfile.gettempdir()) / "desk-bench"
    path.mkdir(parents=True, exist_ok=True)
    return path


def fingerprint() -> str:
    """Of everything that a kept desk was made from."""
    digest = hashlib.sha256()
    for source in SOURCES:
        root = HOME / source
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.suffix in (".py", ".csv", ".gz"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def flask(environment: dict[str, str], *command: str) -> str:
    """Run one of the desk's commands; its output. RuntimeError with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=HOME,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"flask {' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


def place(size: str, cluster: KeptCluster | None) -> Place:
    """The desk of that size on SQLite (no cluster) or on the cluster; built if it is not kept from before."""
    database = "sqlite" if cluster is None else "postgresql"
    data = cache() / f"{fingerprint()}-{size}-{database}"
    url = "" if cluster is None else cluster.address(f"desk_{fingerprint()}_{size}")
    kept = data / "steps.json"
    if kept.exists() and (cluster is None or cluster.has(f"desk_{fingerprint()}_{size}")):
        return Place(size, database, data, url, json.loads(kept.read_text()))
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if cluster is not None:
        cluster.make(f"desk_{fingerprint()}_{size}")
    built = Place(size, database, data, url, {})
    build(built)
    kept.write_text(json.dumps(built.steps))
    return built


def build(wanted: Place) -> None:
    """The desk's own commands, then some weeks of work in the entries (bench/filling.py)."""
    steps = [("migrate", ["db", "upgrade"]), ("load the demo", ["demo", "load"])]
    if wanted.size == "nasional":
        steps += [
            ("load 91,599 regions", ["wilayah", "load", "--all"]),
            ("expect every entry", ["checklists", "expect"]),
            ("put TPS, work and reports in", ["demo", "national"]),
        ]
    for name, command in steps:
        began = time.monotonic()
        flask(wanted.environment, *command)
        wanted.steps[name] = round(time.monotonic() - began, 2)
        print(f"  built {wanted.size} on {wanted.database}: {name} {wanted.steps[name]} s", flush=True)
    subprocess.run(
        [sys.executable, "-m", "bench.filling"],
        cwd=HOME,
        env={**os.environ, **wanted.environment},
        check=True,
    )
    began = time.monotonic()
    flask(wanted.environment, "progress", "rebuild")
    wanted.steps["rebuild the counters"] = round(time.monotonic() - began, 2)


@contextmanager
def copy_of(kept: Place) -> Iterator[Place]:
    """A desk to write in: a copy of a kept one on SQLite, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as home:
        data = Path(home) / "data"
        shutil.copytree(kept.data, data)
        yield Place(kept.size, kept.database, data, "", kept.steps)
