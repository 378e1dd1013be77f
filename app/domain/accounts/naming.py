"""Account names made from people's names."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import select

from app.domain.accounts.models import Account
from app.extensions import db

LONGEST = 40


def suggest_username(name: str) -> str:
    """A free account name: "Dr. H. Budi Santoso, S.E." gives "budi.santoso", or "budi.santoso2" where that is taken."""
    return free_username(base_of(name))


def free_username(base: str) -> str:
    """This account name, or the first with a number behind it that nobody has."""
    taken = set(
        db.session.scalars(select(Account.username).where(Account.username.startswith(base, autoescape=True)))
    )
    if base not in taken:
        return base
    return next(free for number in range(2, len(taken) + 3) if (free := f"{base}{number}") not in taken)


def base_of(name: str) -> str:
    """First and last name in plain letters, without titles; "orang" for a name that has no letter of ours."""
    bare = unicodedata.normalize("NFKD", name.split(",")[0]).encode("ascii", "ignore").decode().lower()
    words = [word for word in bare.split() if not word.endswith(".")]
    letters = [part for word in words or bare.split() if (part := re.sub(r"[^a-z0-9]", "", word))]
    ends = letters if len(letters) < 2 else [letters[0], letters[-1]]
    made = ".".join(ends)[:LONGEST].strip(".")
    return made if len(made) >= 3 else f"orang.{made}".strip(".")
