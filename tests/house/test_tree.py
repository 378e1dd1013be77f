"""What may not be in the tree: somebody's machine, somebody's secret, somebody's data, unfinished work."""

from __future__ import annotations

from tests.house.tree import lines_with, tracked

SELF = "tests/house/test_tree.py"


def others(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith(SELF)]


def test_no_file_names_a_path_of_somebodys_machine():
    assert others(lines_with(r"(?<![\w.])/(work|root|home|Users|farm)/[A-Za-z0-9_.-]+")) == []


def test_no_secret_is_in_the_tree():
    keys = r"(BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30}|xox[bp]-[0-9])"
    assert others(lines_with(keys)) == []
    assert [path for path in tracked() if path.endswith((".key", ".pem", ".p12", ".env"))] == []


def test_no_data_of_a_running_desk_is_in_the_tree():
    kept = [
        path for path in tracked() if path.startswith("var/") or path.endswith((".db", ".db-wal", ".log"))
    ]
    assert kept == []


def test_nothing_in_the_application_is_marked_as_unfinished():
    unfinished = r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError)\b"
    assert [line for line in lines_with(unfinished) if line.startswith("app/")] == []
