"""What an address may hold: a number no row can have is no address, so it is not found instead of a fault.

And when addresses are made ready: the server starts without what only a page that names one needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, Rule

HIGHEST = 2**31 - 1
"""The highest number that a PostgreSQL integer key holds; SQLite would take more and both refuse far more."""


class RowNumber(IntegerConverter):
    """`<int:...>` of every route."""

    def __init__(
        self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None
    ) -> None:
        super().__init__(map, fixed_digits, min, HIGHEST if max is None else max)


class PatientRule(Rule):
    """A rule whose addresses are made by a function that is written when the first one is asked for.

    Werkzeug writes and compiles two functions a rule; for all routes that is a fifteenth of a server's start, and most
    pages name a handful of them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        write = super()._compile_builder

        def first(rule: Rule, **values: Any) -> tuple[str, str]:
            build: Callable[..., tuple[str, str]] = write(append_unknown).__get__(rule)
            setattr(rule, "_build_unknown" if append_unknown else "_build", build)
            return build(**values)

        return first


def install(app: Flask) -> None:
    """Use both for all routes; called before any is added."""
    app.url_map.converters["int"] = RowNumber
    app.url_rule_class = PatientRule
