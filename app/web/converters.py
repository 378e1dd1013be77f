"""What an address may hold: a number no row can have is no address, so it is not found instead of a fault."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

HIGHEST = 2**31 - 1
"""The highest number that a PostgreSQL integer key holds; SQLite would take more and both refuse far more."""


class RowNumber(IntegerConverter):
    """`<int:...>` of every route."""

    def __init__(
        self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None
    ) -> None:
        super().__init__(map, fixed_digits, min, HIGHEST if max is None else max)


def install(app: Flask) -> None:
    """Use it for all routes; called before any is added."""
    app.url_map.converters["int"] = RowNumber
