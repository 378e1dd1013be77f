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
_WORDS = """
admin administrator asdfgh balikpapan bawaslu berau bismillah bontang bulungan bupati camat desk
deskpilkada garuda gubernur indonesia inspektorat jakarta kabupaten kalimantan kaltara kaltim kata
kecamatan kesbangpol kpu kutai mahakam merdeka nkri nunukan operator pancasila paser password pemda
pemilihan pemilu penajam pengamat penyelia pilgub pilkada pimpinan polri provinsi qwerty qwertyuiop
rahasia samarinda sandi sayang selamat serentak tarakan timur user utara welcome zxcvbn
"""
EVERYBODYS = frozenset(_WORDS.split())
"""Words that somebody who knows this desk would try first; a password of nothing but these, digits and signs is one."""
LEAST_OF_ONES_OWN = 4
"""Letters that a password has beside those words."""
IN_ORDER = "01234567890123456789"
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
    """Refuse (Invalid) a password that is too short, all one kind of repetition, holds the account's name, or is made
    of words that everybody here would try, and of digits.
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
    if has_nothing_of_its_own(password):
        raise Invalid(
            "Kata sandi mudah ditebak.",
            password="Tambahkan kata yang tidak berhubungan dengan desk ini.",  # noqa: S106
        )


def has_nothing_of_its_own(password: str) -> bool:
    """Whether it is digits in their order, or words of EVERYBODYS with hardly any other letter beside them."""
    if password.isdecimal():
        return password in IN_ORDER or password in IN_ORDER[::-1]
    letters = "".join(sign for sign in password.lower() if sign.isalpha())
    rest = letters
    for word in sorted(EVERYBODYS, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != letters and len(rest) < LEAST_OF_ONES_OWN


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
