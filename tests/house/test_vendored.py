"""The files by others are the very bytes that were reviewed, with their licences, and only those."""

from __future__ import annotations

import hashlib

import pytest

from tests.house.tree import ROOT

VENDOR = ROOT / "app" / "static" / "vendor"
REVIEWED = {
    "htmx-4.0.1.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
    "htmx-LICENSE": "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
    "bootstrap-5.3.8.min.css": "8f8173cb2d8f867274aeb0cb15328e60f490c7f272351e51a55f1dabb486e4ff",
    "bootstrap-LICENSE": "4620c84ad5ce8602ff65640ed6b7c8b78ebb9e036584f0ebc1ccc88206a4bb51",
}


@pytest.mark.parametrize("name", REVIEWED)
def test_a_vendored_file_has_the_reviewed_bytes(name: str):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == REVIEWED[name]


def test_nothing_else_is_vendored():
    assert {path.name for path in VENDOR.iterdir()} == {*REVIEWED, "README.md"}


def test_the_readme_names_each_version_and_its_hash():
    told = (VENDOR / "README.md").read_text(encoding="utf-8")
    served = [name for name in REVIEWED if not name.endswith("LICENSE")]
    assert [name for name in served if name not in told or REVIEWED[name] not in told] == []


def test_no_vendored_file_points_to_a_source_map():
    assert [path.name for path in VENDOR.iterdir() if b"sourceMappingURL" in path.read_bytes()] == []
