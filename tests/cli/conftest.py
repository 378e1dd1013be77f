"""The command line of the application under test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask


@pytest.fixture
def flask(app: Flask) -> Callable[..., Result]:
    """`flask("audit", "verify")`: the result of that command, its output as people see it."""

    def run(*words: str) -> Result:
        result = app.test_cli_runner().invoke(args=list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
