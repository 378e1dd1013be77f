"""What is locked can be opened with the key alone, and a fingerprint says nothing without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain import secrecy

KEY = "kunci-untuk-pengujian-yang-cukup-panjang"
OTHER = "kunci-lain-untuk-pengujian-yang-cukup-panjang"


@pytest.fixture(autouse=True)
def key() -> Iterator[None]:
    """A key of this test's own; the application's comes back afterwards."""
    before = secrecy._key
    secrecy.configure(KEY)
    yield
    secrecy.configure(before)


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "Siti Nurhaliza", "é✓\n" * 500])
def test_what_was_locked_is_unlocked_as_it_was(text: str):
    locked = secrecy.lock(text)
    assert secrecy.unlock(locked) == text
    assert text == "" or text not in locked
    assert locked.isascii()


def test_the_same_text_is_never_locked_the_same():
    assert secrecy.lock("sama") != secrecy.lock("sama")


def test_another_key_opens_nothing():
    locked = secrecy.lock("rahasia")
    secrecy.configure(OTHER)
    with pytest.raises(secrecy.Unreadable):
        secrecy.unlock(locked)


@pytest.mark.parametrize("wrong", ["", "x", "gAAAAA", "é"])
def test_what_was_never_locked_is_unreadable(wrong: str):
    with pytest.raises(secrecy.Unreadable):
        secrecy.unlock(wrong)


def test_a_changed_letter_is_noticed():
    locked = secrecy.lock("rahasia")
    middle = len(locked) // 2
    changed = locked[:middle] + ("A" if locked[middle] != "A" else "B") + locked[middle + 1 :]
    with pytest.raises(secrecy.Unreadable):
        secrecy.unlock(changed)


def test_a_fingerprint_finds_the_same_text_of_the_same_purpose_under_the_same_key():
    here = secrecy.fingerprint("nama", "Siti")
    assert here == secrecy.fingerprint("nama", "Siti")
    assert len(here) == 64
    others = {secrecy.fingerprint("nama", "siti"), secrecy.fingerprint("nik", "Siti")}
    secrecy.configure(OTHER)
    assert here not in others | {secrecy.fingerprint("nama", "Siti")}


def test_nothing_is_locked_before_there_is_a_key():
    secrecy.configure("")
    with pytest.raises(RuntimeError, match="configure"):
        secrecy.lock("rahasia")
