#!/bin/sh
# Resolves pyproject.toml for every platform and Python from 3.11 on, with hashes and without any address: which
# registry a machine uses is that machine's business.
set -eu
cd "$(dirname "$0")/.."
compile() {
    output=$1
    shift
    .venv/bin/uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes \
        --no-header --quiet --output-file "$output"
    if grep -n '://' "$output"; then
        echo "$output names an address (above); it must not" >&2
        exit 1
    fi
}
compile requirements.lock
# The second lock follows the first, so that .venv never holds two versions of one package in turn.
compile requirements-dev.lock --group dev --constraint requirements.lock
