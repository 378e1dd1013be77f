"""The locks: exact, hashed, the same on every machine, and silent about where packages come from."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.tree import ROOT, lines_with

LOCKS = ("requirements.lock", "requirements-dev.lock")


def entries(lock: str) -> dict[str, str]:
    """Package to `version ; marker` of each entry of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\\\n]*?) *\\?$", text, re.MULTILINE))


def declared() -> tuple[list[str], list[str]]:
    """What pyproject.toml asks for: (runtime, development)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["dependencies"], project["dependency-groups"]["dev"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_contains_no_address(lock: str):
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_has_a_hash(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    bare = [
        block.split("==")[0] for block in re.split(r"\n(?=[a-z0-9])", text) if "--hash=sha256:" not in block
    ]
    assert bare == []
    assert len(entries(lock)) > 30


def test_the_development_lock_holds_all_of_the_runtime_lock():
    runtime, development = entries("requirements.lock"), entries("requirements-dev.lock")
    for name, pin in runtime.items():  # a package of one platform only may be everywhere for the tests
        assert development.get(name) in (pin, pin.split(" ;")[0]), name


def test_the_locks_follow_the_project_file():
    runtime, development = declared()
    wanted = [re.sub(r"\[.*?\]", "", line.split(";")[0]).strip() for line in runtime]
    locked = entries("requirements.lock")
    assert [pin for pin in wanted if not _is_locked(pin, locked)] == []
    assert [pin for pin in development if not _is_locked(pin, entries("requirements-dev.lock"))] == []


def test_everything_is_pinned_to_one_version():
    runtime, development = declared()
    assert [
        line for line in runtime + development if not re.match(r"^[a-z0-9-]+(\[[a-z]+\])?==[\w.]+", line)
    ] == []


def test_no_file_names_a_package_registry_or_another_index():
    # Each word with a class of one letter in it, so that not even this file names what no file may name.
    words = (
        r"(index[-]url|extra[-]index|find[-]links|registry[.]npmj[s]|pyp[i][.]org|python[h]osted|/simpl[e]\b)"
    )
    assert lines_with(words) == []


def _is_locked(pin: str, locked: dict[str, str]) -> bool:
    name, version = pin.split("==")
    return locked.get(name, "").split(";")[0].strip() == version
