"""What a room gives so that its rows can come in by a sheet; the machine that runs it is `imports.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.documents.tables import Checked, SheetColumn, SheetRow
from app.domain.accounts import Permission, Person


@dataclass(frozen=True)
class Slip:
    """What a person is handed to sign in for the first time; `office` says what they are appointed to."""

    name: str
    username: str
    password: str
    office: str


@dataclass(frozen=True)
class Done:
    """What applying did, in a sentence, and the passwords that have to be handed out."""

    sentence: str
    slips: tuple[Slip, ...] = ()


class Importer(Protocol):
    """One kind of import: its columns, a check that only reads, and the deed itself.

    Both run in the worker as the person who asked, with the rights in force at that moment. `region` is the code
    that the person asked for and holds `permission` in.
    """

    kind: str
    """A word of the address: /impor/<kind>."""
    title: str
    """What is brought in, as a heading says it: "Orang"."""
    permission: Permission
    governs: bool
    """Whether it changes what the whole election shares, so that only who governs all of it may."""
    is_secret: bool
    """Whether its sheets hold names that lie locked elsewhere: such a file is in no backup and is deleted as soon as
    nobody works on it, after a day at the latest.
    """
    back: str
    """The endpoint of the page it belongs to."""

    @property
    def back_values(self) -> Mapping[str, Any]:
        """What that page's address wants besides."""
        ...

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """The template's columns in their order. Reads only."""
        ...

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """All errors of all rows, or what will happen. Reads only; raises the domain's refusals."""
        ...

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> str | Done:
        """Do it for all rows in the open transaction and return one sentence about what was done.

        Commits nothing: the machine does, once. Any refusal leaves everything as it was. `progress` may be called
        at any time; it raises when nobody waits for the result any more.
        """
        ...
