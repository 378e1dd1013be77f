"""Whether a program that the tests use is on this machine: exit code 0 or 1.

python scripts/have.py postgresql|chromium|nginx|caddy|NAME
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_POSTGRESQL = 15
SERVERS = ("nginx", "caddy")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def postgresql_programs() -> Path | None:
    """The directory of the newest PostgreSQL server (15 or newer) with initdb and postgres, or None."""
    found: list[tuple[int, Path]] = []
    on_path = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    for directory in [*([Path(on_path).resolve().parent] if on_path else []), *debian]:
        if (directory / "postgres").exists() and (directory / "initdb").exists():
            found.append((postgresql_version(directory), directory))
    fitting = [entry for entry in found if entry[0] >= OLDEST_POSTGRESQL]
    return max(fitting)[1] if fitting else None


def postgresql_version(directory: Path) -> int:
    """The major version of the server in that directory."""
    said = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)", said.stdout)
    return int(number.group(1)) if number else 0


def chromium() -> str | None:
    """The browser's path: DESK_CHROMIUM where set, else the first one on PATH."""
    named = os.environ.get("DESK_CHROMIUM")
    return named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def server(name: str) -> str | None:
    """The path of nginx or Caddy, also where only root's PATH would find it."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def main(name: str) -> bool:
    if name == "postgresql":
        return postgresql_programs() is not None
    if name == "chromium":
        return chromium() is not None
    if name in SERVERS:
        return server(name) is not None
    return shutil.which(name) is not None


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1]) else 1)
