#!/bin/sh
# Runs the named passes of the suite (sqlite, postgresql, browser), each in random order on JOBS processes.
# What a pass needs is installed where this may be done (root, apt-get), else the pass is left out with a loud word;
# with CI=true a pass left out is a failure. Every pass runs even after one failed, so one run shows everything.
set -u
cd "$(dirname "$0")/.."
PY=.venv/bin/python
jobs=${JOBS:-2}
failed=
left_out=
# What is compiled once serves every process of all passes, and the servers and commands that tests start.
unset PYTHONDONTWRITEBYTECODE

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# have WORD PACKAGES...: whether scripts/have.py finds it, after an attempt to install it
have() {
    word=$1
    shift
    "$PY" scripts/have.py "$word" && return 0
    may_install || return 1
    echo "Installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    "$PY" scripts/have.py "$word"
}

leave_out() {
    left_out="$left_out $1;"
    printf '\n*** NOT RUN: %s ***\n' "$1" >&2
}

pass() {
    name=$1
    shift
    printf '\n== %s ==\n' "$name"
    "$PY" -m pytest -q -n "$jobs" --dist worksteal "$@" || failed="$failed $name;"
}

"$PY" scripts/native.py --install || leave_out "tests of PDFs (native libraries missing)"
# pdftoppm turns a page into a picture where a test looks at paper.
have pdftoppm poppler-utils || leave_out "tests that look at PDF pages (pdftoppm missing)"
# The servers of deploy/: their tests are skipped where one is missing and may not be installed.
for server in nginx caddy; do
    have "$server" "$server" || ! may_install || leave_out "tests behind $server (it could not be installed)"
done

for wanted in "$@"; do
    case $wanted in
        sqlite) pass "SQLite" -m "not browser" --database=sqlite ;;
        postgresql)
            if have postgresql postgresql; then
                pass "PostgreSQL" -m "not browser" --database=postgresql
            else
                leave_out "the suite on PostgreSQL 15 or newer (not found; on Debian: apt-get install postgresql)"
            fi ;;
        browser)
            if have chromium chromium; then
                pass "Chromium" tests/browser --database=sqlite
            else
                leave_out "the browser tests (no Chromium; on Debian: apt-get install chromium)"
            fi ;;
        *) echo "unknown pass: $wanted" >&2; exit 2 ;;
    esac
done

[ -z "$left_out" ] || printf '\n*** NOT RUN:%s ***\n' "$left_out" >&2
[ -z "$failed" ] || { printf '\nFailed:%s\n' "$failed" >&2; exit 1; }
if [ -n "$left_out" ] && [ "${CI:-}" = true ]; then exit 1; fi
