"""Texts that whoever has only the database must not be able to read: locked with a key that lies outside it.

The key is DESK_FIELD_KEY or the file field.key of the data directory. Without it nothing that was locked can be
opened again, so it belongs to every backup, kept apart from that of the database.
"""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_key = ""


class Unreadable(Exception):
    """The text was locked with another key, or it has been damaged since."""


def configure(key: str) -> None:
    """Lock and unlock with this key from now on: any text of at least 32 characters."""
    global _key
    _key = key


def lock(text: str) -> str:
    """The text as the database may keep it: never twice the same, about 1.4 times as long plus 100 characters."""
    return _locksmith(_key).encrypt(text.encode()).decode("ascii")


def unlock(locked: str) -> str:
    """The text behind `lock()`. Raises Unreadable."""
    from cryptography.fernet import InvalidToken

    try:
        return _locksmith(_key).decrypt(locked.encode()).decode()
    except InvalidToken:
        raise Unreadable("locked with another key, or damaged") from None


def fingerprint(purpose: str, text: str) -> str:
    """64 hexadecimal characters, the same for the same text, to look one up by; without the key it says nothing.

    `purpose` keeps the same text of two places apart.
    """
    return hmac.digest(_derived(_key, purpose), text.encode(), "sha256").hex()


def key_for(purpose: str) -> bytes:
    """32 bytes for one purpose, always the same while the key is: the seed of a key pair that needs no file."""
    return _derived(_key, purpose)


@lru_cache(maxsize=2)
def _locksmith(key: str) -> Fernet:
    """Loads the library (0.03 s) at the first need: neither a start of a server nor a click waits for it."""
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(_derived(key, "lock")))


def _derived(key: str, purpose: str) -> bytes:
    """A key for one purpose, so that no two purposes share one."""
    if not key:
        raise RuntimeError("secrecy.configure() has not been called")
    return hmac.digest(key.encode(), f"desk:{purpose}".encode(), "sha256")
