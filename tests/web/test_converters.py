"""Addresses: what they hold, and when what makes them is written."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask, url_for

from app.web import converters


@pytest.fixture
def bare() -> Flask:
    """An application with one route of a number."""
    app = Flask(__name__)
    converters.install(app)
    app.add_url_rule("/butir/<int:number>", "item", lambda number: str(number))
    return app


def test_an_address_is_built_as_flask_builds_it(bare: Flask):
    with bare.test_request_context():
        for _ in range(2):  # the first writes the function, the second uses it
            assert url_for("item", number=7) == "/butir/7"
            assert url_for("item", number=7, halaman=2, cari="a b") == "/butir/7?halaman=2&cari=a+b"
        with pytest.raises(Exception, match="item"):
            url_for("item")


def test_the_function_is_written_once_and_not_before_it_is_needed():
    written: list[Any] = []
    compiled = converters.Rule._compile_builder

    def counted(rule: Any, append_unknown: bool = True) -> Any:
        written.append(rule.rule)
        return compiled(rule, append_unknown)

    with patch.object(converters.Rule, "_compile_builder", counted):
        app = Flask(__name__, static_folder=None)
        converters.install(app)
        app.add_url_rule("/butir/<int:number>", "item", lambda number: str(number))
        assert written == []
        with app.test_request_context():
            assert [url_for("item", number=number) for number in (1, 2)] == ["/butir/1", "/butir/2"]
    assert written == ["/butir/<int:number>"]


def test_a_number_that_no_row_can_have_is_not_found(bare: Flask):
    client = bare.test_client()
    assert client.get(f"/butir/{converters.HIGHEST}").status_code == 200
    assert client.get(f"/butir/{converters.HIGHEST + 1}").status_code == 404
