#!/bin/sh
# Reads the source with every tool and says at the end which ones were not content: one run shows all there is to mend.
set -u
cd "$(dirname "$0")/.."
failed=

step() {
    name=$1
    shift
    printf '%s\n' "-- $name"
    "$@" || failed="$failed $name;"
}

no_address_in_locks() { ! grep -n '://' requirements.lock requirements-dev.lock; }

templates() {
    if ! [ -d app/templates ]; then return 0; fi
    djlint app/templates --lint --quiet
}

step "format (ruff)" ruff format --check --quiet .
step "lint (ruff)" ruff check --quiet .
step "templates (djlint)" templates
step "types (mypy)" mypy
step "floors and rooms (import-linter)" lint-imports --no-cache
step "locks name no address" no_address_in_locks
if [ -n "$failed" ]; then
    printf '\nNot content:%s\n' "$failed" >&2
    exit 1
fi
printf '\nEvery check is content.\n'
