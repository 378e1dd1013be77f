"""What a look at the desk finds: in order, worth attention, or broken, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import Refusal
from app.extensions import db


class State(StrEnum):
    """How it stands."""

    OK = "ok"
    ATTENTION = "perhatian"
    BROKEN = "rusak"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: what was looked at, how it stands, and what to do where it is not in order."""

    name: str
    state: State
    words: str
    mend: str = ""


def ok(name: str, words: str) -> Finding:
    """It is in order."""
    return Finding(name, State.OK, words)


def attention(name: str, words: str, mend: str) -> Finding:
    """It works, but somebody should do something."""
    return Finding(name, State.ATTENTION, words, mend)


def broken(name: str, words: str, mend: str) -> Finding:
    """It does not work or is not safe."""
    return Finding(name, State.BROKEN, words, mend)


Look = Callable[[Flask], Iterable[Finding]]


def look_at(app: Flask, looks: Iterable[tuple[str, Look]]) -> list[Finding]:
    """Everything that is found; a look that cannot be taken is a finding itself and stops no other."""
    found: list[Finding] = []
    for name, look in looks:
        try:
            found += look(app)
        except (SQLAlchemyError, OSError, Refusal) as error:
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            found.append(
                broken(name, f"tidak dapat diperiksa: {reason}", "Perbaiki yang rusak di atasnya dahulu.")
            )
        finally:
            db.session.rollback()
    return found
