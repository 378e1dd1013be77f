"""The cast: the people and places that tests speak of, and the fillings of the database that they start from.

A filling is a function that writes rows inside an application context. It runs once per test process; every
test then starts from a copy, so a rich one costs no more than an empty one. `@pytest.mark.template("empty")`
chooses another than the usual one for a test, a class or (as `pytestmark`) a module.
"""

from __future__ import annotations

from collections.abc import Callable

FILLINGS: dict[str, Callable[[], None]] = {}
"""Name to filling; "empty" (migrated, no rows of our own) is always there."""

USUAL = "empty"
"""Which one a test gets that does not choose."""
