"""Figures counted from the beginning: they grow from one record of a region to the next, or a reason says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.errors import Invalid
from app.domain.registers.columns import Values
from app.domain.registers.counted import counting
from app.domain.registers.register import Kin, Place, SheetLine
from app.extensions import db
from app.words import angka

AT_ONCE = 500
"""Regions in one statement: databases limit how many values it may hold."""
Said = tuple[int | None, Values]
"""Place in the sheet, None for what stands already; and what was said."""
Series = dict[tuple[Any, ...], Said]
"""Moment -> what was said of it."""


@dataclass(frozen=True)
class Growing:
    """The cumulative columns of a register, which may fall from one moment to the next only with a reason."""

    model: type[Any]
    moment: tuple[str, ...]
    """The columns that order the records of a region, and of which it has one record at a time."""
    labels: Mapping[str, str]
    """Cumulative column -> its words in a sentence."""
    when: Callable[[Values], str]
    """A record's moment in words."""
    reason: str = "fall_reason"
    """The column that says why a figure fell."""

    def fits(self, values: Values, place: Place, kin: Kin) -> None:
        """For `Register.fits`: refuse (Invalid, at the reason) a fall without one. One statement."""
        for _, column, sentence in self._compared([(place.region, values)], but=kin.id):
            raise Invalid(sentence, **{column: sentence})

    def sheet_fits(self, lines: Sequence[SheetLine]) -> Iterable[tuple[int, str, str]]:
        """For `Register.sheet_fits`: the same of the lines of a sheet. One statement for each 500 regions."""
        return self._compared([(line.region, line.values) for line in lines], but=0)

    def _compared(self, lines: Sequence[tuple[str, Values]], *, but: int) -> Iterable[tuple[int, str, str]]:
        """The moments of a sheet are compared with one another and with what stands already; what stands of the same
        moment is what the sheet will change.
        """
        series = self._standing(sorted({region for region, _ in lines}), but)
        for index, (region, values) in enumerate(lines):
            series.setdefault(region, {})[self._moment(values)] = (index, values)
        for said in series.values():
            yield from self._falls([said[moment] for moment in sorted(said)])

    def _falls(self, ordered: Sequence[Said]) -> Iterable[tuple[int, str, str]]:
        """Both of two moments may be new; the later one gives the reason, or, where only the earlier one is, that
        one.
        """
        known: dict[str, Said] = {}
        for index, values in ordered:
            for name in self.labels:
                value = values[name]
                if value is None:
                    continue
                before = known.get(name)
                known[name] = (index, values)
                if before is None or value >= before[1][name] or values[self.reason]:
                    continue
                blamed, said = (index, values) if index is not None else before
                if blamed is not None and not said[self.reason]:
                    yield blamed, self.reason, self._sentence(name, before[1], values)
                    break

    def _sentence(self, name: str, before: Values, after: Values) -> str:
        return (
            f"{self.labels[name]} turun dari {angka(before[name])} ({self.when(before)}) menjadi "
            f"{angka(after[name])} ({self.when(after)}). Betulkan angkanya, atau tuliskan alasannya."
        )

    def _standing(self, codes: Sequence[str], but: int) -> dict[str, Series]:
        names = (*self.moment, *self.labels, self.reason)
        columns = [getattr(self.model, name) for name in names]
        found: dict[str, Series] = {}
        for start in range(0, len(codes), AT_ONCE):
            query = select(self.model.region_code, *columns).where(
                counting(self.model),
                self.model.region_code.in_(codes[start : start + AT_ONCE]),
                self.model.id != but,
            )
            for region, *row in db.session.execute(query):
                values = dict(zip(names, row, strict=True))
                found.setdefault(region, {})[self._moment(values)] = (None, values)
        return found

    def _moment(self, values: Values) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.moment)
