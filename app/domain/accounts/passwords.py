"""Passwords: how they are hashed, compared, and which are refused."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import Invalid

# 19 MiB, 2 passes, 1 lane: OWASP's lower setting, 0.05 s on a small office server.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
SHORTEST_PASSWORD = 10
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$jeARNV0T0kmqCg68Z6a2yw$394ZcutX1/qzaiZjNqLx8cmaBzeMP9qs4QDuche0hlY"
"""What a name that does not exist is compared with, so that it takes as long; of a password that nobody kept."""
UNMISTAKABLE = "bcdfghjkmnpqrstvwxyz23456789"
"""What a temporary password is made of: no look-alikes (0 o, 1 l i), and no vowels, so that no word comes out."""


def hash_password(password: str) -> str:
    """What the database keeps of a password."""
    return HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether the password is the one behind this stored hash. Takes 0.05 s."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def check_password(password: str, username: str) -> None:
    """Refuse (Invalid) a password that is too short, all one kind of
    repetition, or holds the account's name.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("Kata sandi terlalu pendek.", password=f"Sedikitnya {SHORTEST_PASSWORD} tanda.")
    if len(password) > 200:
        raise Invalid("Kata sandi terlalu panjang.", password="Paling banyak 200 tanda.")  # noqa: S106
    if username.lower() in password.lower() or len(set(password)) < 4:
        raise Invalid(
            "Kata sandi mudah ditebak.",
            password="Jangan memuat nama akun atau tanda yang berulang.",  # noqa: S106
        )


def temporary_password(username: str) -> str:
    """A random one to hand out on paper, "k7mp-w4tx-9hrd": 57 bits, easy to read and to type, never a weak one."""
    while True:
        signs = "".join(secrets.choice(UNMISTAKABLE) for _ in range(12))
        password = f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
        try:
            check_password(password, username)
        except Invalid:
            continue
        return password
