"""Says whether this machine can make PDFs: the native libraries and fonts that WeasyPrint needs.

    python scripts/native.py             looks; exit code 1 and the one install line when something is missing
    python scripts/native.py --install   the same, and runs that line where it may (root, with apt-get)
    python scripts/native.py --list      what is missing, one name a line, and nothing else

Only the standard library is used, so that it also runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

APT_PACKAGES = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fontconfig",
    "fonts-liberation2",
    "fonts-noto-core",
)
APT_LINE = f"apt-get install {' '.join(APT_PACKAGES)}"
LIBRARIES = {
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    # Without it fonts are embedded whole and PDFs take twice the time.
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
}
FONTS = ("Liberation Sans", "Noto Sans")
WINDOWS = "C:\\msys64\\mingw64\\bin"
"""Where MSYS2 puts them; WEASYPRINT_DLL_DIRECTORIES names another place, as WeasyPrint reads it."""


def look_where_weasyprint_looks() -> None:
    """On Windows libraries are found only in directories that the process names."""
    if hasattr(os, "add_dll_directory"):
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS).split(os.pathsep):
            if os.path.isdir(folder):
                os.add_dll_directory(folder)


def loads(names: tuple[str, ...]) -> bool:
    """Whether the dynamic linker finds a library under one of its names."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def fonts() -> str:
    """The families that fontconfig knows, one a line; empty without its command line tool."""
    if not shutil.which("fc-list"):
        return ""
    return subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False).stdout


def missing() -> list[str]:
    """What is not there, by name; empty when PDFs can be made."""
    look_where_weasyprint_looks()
    families = fonts()
    absent = [name for name, files in LIBRARIES.items() if not loads(files)]
    return absent + [f"font {font}" for font in FONTS if font not in families]


def may_install() -> bool:
    """Whether this process is root on a Debian-like machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Run the install line; the caller looks again afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *APT_PACKAGES]
    subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    absent = missing()
    if "--list" in arguments:
        print(*absent, sep="\n")
        return 0
    if absent and "--install" in arguments and may_install():
        print(f"Memasang pustaka PDF yang belum ada ({', '.join(absent)}) ...", flush=True)
        install()
        absent = missing()
    if absent:
        print(f"PDF belum dapat dibuat, belum ada: {', '.join(absent)}", file=sys.stderr)
        print(f"Pasang dengan:  {APT_LINE}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
