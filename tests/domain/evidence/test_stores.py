"""What both stores promise alike: the directory, and an S3 server in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain import evidence
from app.domain.errors import NotFound
from app.domain.evidence import LocalDirectory, ObjectStore, Storage, storage
from tests.buckets import PAGE, Place

CONTENT = b"Berita acara"
SHA = hashlib.sha256(CONTENT).hexdigest()
KEY = f"{SHA[:2]}/{SHA[2:4]}/{SHA}"
LARGE = b"0123456789abcdef" * 200_000


class Kind:
    """A store, and ways to do to it what no desk does."""

    def __init__(self, made: Storage, folder: Path, bucket: Place | None) -> None:
        self.made, self.folder, self.bucket = made, folder, bucket

    def overwrite(self, key: str, content: bytes) -> None:
        if self.bucket:
            self.bucket.overwrite(key, content)
        else:
            (self.folder / key).write_bytes(content)

    def lose(self, key: str) -> None:
        if self.bucket:
            self.bucket.lose(key)
        else:
            (self.folder / key).unlink()

    def begin(self, key: str) -> None:
        """Half a file, as a crash leaves it: a temporary file, or a part of an upload that was never completed."""
        if self.bucket is None:
            (self.folder / key).parent.mkdir(parents=True)
            (self.folder / key).with_name(".tmp-0123").write_bytes(CONTENT[:4])
            return
        status, said = self.bucket.ask("POST", f"/desk/evidence/{key}?uploads")
        number = said.decode().partition("<UploadId>")[2].partition("</UploadId>")[0]
        assert (status, bool(number)) == (200, True)
        part = f"/desk/evidence/{key}?partNumber=1&uploadId={number}"
        assert self.bucket.ask("PUT", part, CONTENT[:4])[0] == 200


@pytest.fixture(params=["directory", "object store"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    folder = tmp_path / "bukti"
    if request.param == "directory":
        return Kind(LocalDirectory(folder), folder, None)
    bucket: Place = request.getfixturevalue("bucket")
    return Kind(bucket.store(), folder, bucket)


@pytest.fixture
def kept(kind: Kind) -> Iterator[Storage]:
    """Takes the place of the room's own directory: `attached` writes here."""
    before = storage._setup
    evidence.configure(kind.made, max_bytes=4 * 1024 * 1024)
    yield kind.made
    storage._setup = before


@pytest.mark.parametrize("content", [CONTENT, b"", LARGE], ids=["small", "empty", "large"])
def test_what_is_put_is_read_back(kept: Storage, content: bytes):
    key = kept.put(content)
    assert key == storage.key_of(hashlib.sha256(content).hexdigest())
    with kept.open(key) as file:
        assert file.read() == content
        file.seek(0)
        assert file.read(3) == content[:3]
    assert (kept.exists(key), kept.size(key), list(kept.keys())) == (True, len(content), [key])


def test_twice_is_once(kept: Storage):
    assert kept.put(CONTENT) == kept.put(CONTENT)
    assert list(kept.keys()) == [KEY]


def test_a_stump_is_made_whole(kept: Storage, kind: Kind):
    kept.put(CONTENT)
    kind.overwrite(KEY, CONTENT[:4])
    kept.put(CONTENT)
    with kept.open(KEY) as file:
        assert file.read() == CONTENT


def test_a_missing_key_is_said_in_words(kept: Storage):
    assert not kept.exists(KEY)
    for verb in (kept.open, kept.size):
        with pytest.raises(NotFound, match="tidak ditemukan di penyimpanan"):
            verb(KEY)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "ab/cd/" + "g" * 64, KEY + "\n", KEY + "/.."])
def test_what_is_no_key_opens_nothing(kept: Storage, key: str):
    for verb in (kept.open, kept.size, kept.exists):
        with pytest.raises(ValueError, match="not a storage key"):
            verb(key)


def test_all_keys_are_listed_over_several_pages(kept: Storage):
    put = {kept.put(f"berkas {number}".encode()) for number in range(2 * PAGE + 2)}
    assert sorted(kept.keys()) == sorted(put)


def test_what_is_half_written_is_not_listed(kept: Storage, kind: Kind):
    kind.begin(KEY)
    assert list(kept.keys()) == []
    assert not kept.exists(KEY)


def test_strange_names_are_not_listed(kept: Storage, kind: Kind):
    kept.put(CONTENT)
    kind.overwrite(f"{KEY}.bak", b"x")
    assert list(kept.keys()) == [KEY]


@pytest.mark.template("empty")
def test_the_check_finds_what_was_lost_or_changed(kept: Storage, kind: Kind, attached: Any):
    first, second, third = (
        attached(f"Berita acara nomor {number}\n".encode(), f"ba-{number}.txt") for number in range(3)
    )
    assert evidence.check().is_whole
    keys = [
        evidence.one_use(use.subject_kind, use.subject_id, use.id).file.storage_key
        for use in (first, second, third)
    ]
    kind.lose(keys[0])
    kind.overwrite(keys[1], b"Berita acara nomor 9\n")
    found = evidence.check()
    assert [key for key, _ in found.missing] == [keys[0]]
    assert [key for key, _ in found.altered] == [keys[1]]
    assert found.orphans == ()
    assert evidence.absent() == (3, [(keys[0], "ba-0.txt")])
    assert evidence.kept_bytes() == 3 * len(b"Berita acara nomor 0\n")


def test_all_is_copied_from_one_to_the_other_and_back(bucket: Place, tmp_path: Path):
    here, there = LocalDirectory(tmp_path / "sini"), bucket.store()
    contents = [f"berkas {number}".encode() for number in range(2 * PAGE)]
    keys = sorted(here.put(content) for content in contents)
    (tmp_path / "sini" / keys[3]).write_bytes(b"diubah")
    told: list[tuple[int, int]] = []
    moved = evidence.move(here, there, lambda *done: told.append(done))
    assert moved == (len(keys) - 1, 0, (keys[3],))
    assert told[-1] == (len(keys), len(keys))
    assert sorted(there.keys()) == [key for key in keys if key != keys[3]]
    assert evidence.move(here, there, lambda *_: None) == (0, len(keys) - 1, (keys[3],)), "safe to repeat"
    back = LocalDirectory(tmp_path / "sana")
    assert evidence.move(there, back, lambda *_: None).copied == len(keys) - 1
    assert sorted(back.keys()) == sorted(there.keys())


def test_both_are_stores():
    stores: list[type[Storage]] = [LocalDirectory, ObjectStore]
    assert all(hasattr(store, verb) for store in stores for verb in ("put", "open", "size", "exists", "keys"))
