"""A jail for what attacks a desk: the machine's files cannot be written, no name is resolved; the network is the
machine's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 600


def found(program: str) -> str | None:
    """The path of a scanner: in the directory that STRESS_SCANNERS names, else on PATH."""
    own = os.environ.get("STRESS_SCANNERS", "")
    return shutil.which(program, path=f"{own}:{os.environ.get('PATH', '')}" if own else None)


class Jail:
    """Runs a program in bubblewrap with a home of its own; where there is no bubblewrap nothing is run."""

    def __init__(self, home: Path) -> None:
        self.bubblewrap = shutil.which("bwrap")
        self._home = home

    def room(self) -> Path:
        """A directory that one program may write: `/tmp` to those inside."""
        return Path(tempfile.mkdtemp(prefix="jail-", dir=self._home))

    def run(self, inside: Path, program: str, *words: str, seconds: float = SECONDS) -> str:
        """What it said. RuntimeError with the end of that when its time is over: it is killed, and has judged nothing.

        The network is the machine's, because the desk listens on its loopback; no name but those of /etc/hosts is
        resolved in here, and every scanner is given this one address.
        """
        assert self.bubblewrap is not None
        packages = str(Path(program).parent.parent)
        walls = [
            *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--bind", str(inside), "/tmp"),
            *("--ro-bind", packages, packages, "--ro-bind", "/dev/null", "/etc/resolv.conf"),
            *("--unshare-pid", "--unshare-ipc", "--die-with-parent", "--new-session", "--chdir", "/tmp"),
            *("--clearenv", "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8"),
            *("--setenv", "PATH", os.environ.get("PATH", "")),
        ]
        try:
            done = subprocess.run(
                [self.bubblewrap, *walls, program, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as over:
            said = over.stdout or b""
            text = said.decode(errors="replace") if isinstance(said, bytes) else said
            name = Path(program).name
            raise RuntimeError(f"{name} was not done after {seconds:g} s: {text[-200:]}") from None
        return done.stdout + done.stderr
