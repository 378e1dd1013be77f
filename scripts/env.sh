#!/bin/sh
# Builds or completes the virtual environment in .venv from a hash-pinned lock.
#   scripts/env.sh requirements.lock       what the application needs
#   scripts/env.sh requirements-dev.lock   the same and what its tests and checks need
# There is one environment: the second lock holds all of the first (a test says so), so "make test" after
# "make run" only adds to it. PYTHON=... names the interpreter to use.
set -eu
lock=$1
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            command -v "$name"
            return 0
        fi
    done
    echo "Python 3.11 or newer is needed and none was found; set PYTHON=/path/to/python3" >&2
    return 1
}

if ! [ -x .venv/bin/python ] || ! new_enough .venv/bin/python; then
    python=$(find_python)
    # Debian keeps ensurepip in a package of its own.
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv
        else
            echo "This Python cannot make environments. On Debian: apt-get install python3-venv" >&2
            exit 1
        fi
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

echo "Installing $lock"
PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --require-hashes --requirement "$lock"
