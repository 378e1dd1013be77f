"""Comparing a password with its hash is slow on purpose, and thousands of tests compare the same two: the desk's own
hasher answers once in each process, and the answer is remembered. Hashing is never remembered: its salt is new.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error


class Remembering:
    """As that hasher, of which each password is compared with each hash once."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._refusal = cache(self._asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hasher, name)

    def verify(self, stored: str, password: str) -> bool:
        """True, or the refusal of the hasher."""
        refusal = self._refusal(stored, password)
        if refusal is not None:
            raise refusal.with_traceback(None)
        return True

    def _asked(self, stored: str, password: str) -> Exception | None:
        try:
            self._hasher.verify(stored, password)
        except (Argon2Error, ValueError) as refusal:  # InvalidHashError is a ValueError
            return refusal
        return None
