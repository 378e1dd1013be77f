"""What a room tells a report or the situation room: one figure with where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from app.words import UNKNOWN, angka


class Fact(NamedTuple):
    """One figure of a region. `value` None is not known; `whole` makes it "n of whole".

    `words` are for figures that are no number ("rawan tinggi"). `as_of` is the latest moment that it rests on.
    """

    key: str
    """Names the figure for ever: "logistik.kecamatan_lengkap"."""
    area: str
    label: str
    value: int | Decimal | None
    unit: str = ""
    whole: int | Decimal | None = None
    words: str = ""
    source: str = ""
    as_of: dt.datetime | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nobody has recorded anything that it could tell: not known, or none of nothing."""
        return not self.words and (self.value is None or not (self.value or self.whole))

    @property
    def said(self) -> str:
        """The figure in words: "11 dari 13 kecamatan", "3 kasus: 1 PNS, 1 PPPK"; or that it is not known."""
        if self.value is None:
            return self.words or UNKNOWN
        share = "" if self.whole is None else f" dari {angka(self.whole)}"
        number = f"{angka(self.value)}{share} {self.unit}".rstrip()
        return f"{number}: {self.words}" if self.words else number


DESK = "Register desk"
"""The source of what desks recorded themselves."""


def known_sum(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def cited(sources: Sequence[str]) -> str:
    """The source of a figure that rests on several records: theirs where it is one, else how many there are."""
    return sources[0] if len(sources) == 1 else f"{DESK}, {len(sources)} sumber" if sources else DESK
