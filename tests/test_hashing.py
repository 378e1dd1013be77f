"""Of remembered comparisons: they answer as the hasher does, and what is remembered is asked once."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from tests.hashing import Remembering

PLAIN = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
KEPT = PLAIN.hash("sandi-yang-benar")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that the hasher itself was asked about."""
    asked: list[str] = []
    compare = PasswordHasher.verify

    def verify(self: PasswordHasher, stored: str, password: str) -> bool:
        asked.append(password)
        return compare(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    return asked


def test_the_right_password_is_right_and_asked_once(asked: list[str]):
    hasher = Remembering(PLAIN)
    assert hasher.verify(KEPT, "sandi-yang-benar")
    assert hasher.verify(KEPT, "sandi-yang-benar")
    assert asked == ["sandi-yang-benar"]


@pytest.mark.parametrize(
    "stored, refusal",
    [(KEPT, VerifyMismatchError), ("bukan hash", InvalidHashError)],
    ids=["wrong", "no hash"],
)
def test_what_is_refused_is_refused_every_time(asked: list[str], stored: str, refusal: type[Exception]):
    hasher = Remembering(PLAIN)
    for _ in range(2):
        with pytest.raises(refusal):
            hasher.verify(stored, "sandi-yang-salah")
    assert asked == ["sandi-yang-salah"]


def test_another_hash_of_the_same_password_is_asked_anew(asked: list[str]):
    hasher = Remembering(PLAIN)
    assert hasher.hash("sandi-yang-benar") != KEPT
    hasher.verify(KEPT, "sandi-yang-benar")
    hasher.verify(hasher.hash("sandi-yang-benar"), "sandi-yang-benar")
    assert len(asked) == 2


def test_a_test_process_compares_with_it(app: object):
    from app.domain.accounts import passwords

    assert isinstance(passwords.HASHER, Remembering)
