"""The directory behind the seam: content-addressed, private, never half-written."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from app.domain import evidence
from app.domain.errors import NotFound

CONTENT = b"Berita acara"
KEY = hashlib.sha256(CONTENT).hexdigest()
KEY = f"{KEY[:2]}/{KEY[2:4]}/{KEY}"


def test_what_is_put_comes_back_under_its_hash(kept: evidence.LocalDirectory):
    assert kept.put(CONTENT) == KEY
    with kept.open(KEY) as file:
        assert file.read() == CONTENT
    assert (kept.exists(KEY), kept.size(KEY), list(kept.keys())) == (True, len(CONTENT), [KEY])


def test_the_same_bytes_are_kept_once(kept: evidence.LocalDirectory, tmp_path: Path):
    kept.put(CONTENT)
    before = (tmp_path / "bukti" / KEY).stat().st_mtime_ns
    kept.put(CONTENT)
    assert (tmp_path / "bukti" / KEY).stat().st_mtime_ns == before


def test_a_stump_of_an_earlier_crash_is_made_whole(kept: evidence.LocalDirectory, tmp_path: Path):
    kept.put(CONTENT)
    (tmp_path / "bukti" / KEY).write_bytes(CONTENT[:3])
    kept.put(CONTENT)
    assert kept.size(KEY) == len(CONTENT)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_it(kept: evidence.LocalDirectory, tmp_path: Path):
    kept.put(CONTENT)
    path = tmp_path / "bukti" / KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_write_that_fails_leaves_nothing(
    kept: evidence.LocalDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        kept.put(CONTENT)
    assert not kept.exists(KEY)
    assert [path for path in (tmp_path / "bukti").rglob("*") if path.is_file()] == []


def test_missing_bytes_are_said_in_words(kept: evidence.LocalDirectory):
    for ask in (kept.open, kept.size):
        with pytest.raises(NotFound, match="tidak ditemukan"):
            ask(KEY)
    assert not kept.exists(KEY)
    assert list(kept.keys()) == []


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/etc/passwd", "", "ab/cd/" + "g" * 64, KEY + "\n", KEY + "/.."]
)
def test_a_key_that_is_none_opens_nothing(kept: evidence.LocalDirectory, key: str):
    with pytest.raises(ValueError, match="not a storage key"):
        kept.open(key)


def test_strange_files_in_the_directory_are_not_keys(kept: evidence.LocalDirectory, tmp_path: Path):
    kept.put(CONTENT)
    (tmp_path / "bukti" / KEY).with_name(".tmp-abc").write_bytes(b"x")
    (tmp_path / "bukti" / "README").write_text("x")
    assert list(kept.keys()) == [KEY]
