"""The codes of a second factor: six digits of a moment (RFC 6238), and words on paper for a lost phone.

Told by the computer's clock, as phones tell them, whatever training day the desk plays.
"""

from __future__ import annotations

import hmac
import re
import secrets

from app.domain import clock, secrecy

ISSUER = "Desk Pilkada"
STEP = 30
"""Seconds for which a code is shown."""
DRIFT = 1
"""Steps by which a phone's clock may be ahead or behind."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of recovery codes: none that is mistaken for another on paper. Ten of them are 49 bits."""


def bare(code: str) -> str:
    """A code without the blanks and dashes of its groups, in small letters."""
    return re.sub(r"[\s-]", "", code).lower()


def is_of_phone(said: str) -> bool:
    """Whether a bare code has the shape of a phone's: six digits. Recovery codes are longer."""
    return re.fullmatch(r"[0-9]{6}", said) is not None


def new_secret() -> str:
    """A secret to be shared with an authenticator: 32 letters, 160 bits."""
    import pyotp

    return pyotp.random_base32()


def address_of(secret: str, username: str) -> str:
    """The otpauth:// address that an authenticator reads from the square code."""
    import pyotp

    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, said: str) -> int | None:
    """The time step whose code this is, now or within the drift; None for every other text."""
    if not is_of_phone(said):
        return None
    import pyotp

    codes = pyotp.TOTP(secret, interval=STEP)
    now = int(clock.real_now().timestamp()) // STEP
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(codes.generate_otp(step), said):
            found = step
    return found


def draw_recovery_codes() -> list[str]:
    """Ten different bare recovery codes."""
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add("".join(secrets.choice(LETTERS) for _ in range(10)))
    return sorted(codes)


def in_groups(code: str) -> str:
    """A bare recovery code as it is printed: "k7mzq-4hdwe"."""
    return f"{code[:5]}-{code[5:]}"


def fingerprint(account_id: int, said: str) -> str:
    """What the database keeps of a bare recovery code."""
    return secrecy.fingerprint("recovery code", f"{account_id}:{said}")
