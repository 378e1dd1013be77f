"""How SQLite finds what a page asks for: by the desk's own regions, never by walking through the whole country's rows.

Without statistics the plan depends on the statement alone: a desk of one province shows what a country would wait for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.domain import all_facts, polling
from app.extensions import db
from tests.cast import signed_in

pytestmark = pytest.mark.one_database

PAGES = (
    "/",
    "/daftar-periksa",
    "/daftar-periksa?tampil=terlambat",
    "/daftar-periksa/kisi?butir=LOG-12",
    "/verifikasi",
    "/wilayah/{region}",
    "/situasi",
    "/situasi?ukuran=LOG",
    "/situasi/layar",
    "/pelaporan",
    "/pelaporan/papan",
    "/register/insiden",
    "/register/kedatangan-logistik",
    "/logistik",
    "/netralitas",
    "/pemungutan",
    "/tahapan",
    "/jejak",
)
SMALL = {"race", "unit", "appointment", "stage_override", "report_rhythm"}
"""Tables that people set up and that no day's work makes longer: walking through them costs nothing."""


@contextmanager
def asked(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with what it was given."""
    seen: list[tuple[str, Any]] = []

    def note_down(_engine: Any, _cursor: Any, text: str, given: Any, *_: Any) -> None:
        if text.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append((text, given))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note_down)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note_down)


def walks(app: Flask, text: str, given: Any) -> list[str]:
    """The tables of the country that the statement walks through, whole or by the election alone."""
    with app.app_context():
        grows = {
            table.name
            for table in db.metadata.tables.values()
            if "region_code" in table.columns and table.name not in SMALL
        }
        held: Any = db.session.connection().connection.dbapi_connection
        steps = [row[3] for row in held.execute(f"EXPLAIN QUERY PLAN {text}", given)]
    if "LIMIT" in text and " WHERE " not in text.replace("\n", " "):
        return []  # the newest of all: it stops there
    names = {alias: name for name, alias in re.findall(r"(\w+) AS (\w+)", text)}
    found = []
    for step in steps:
        said = re.match(r"(SCAN|SEARCH) (\w+)", step)
        if not said or names.get(said[2], said[2]) not in grows:
            continue
        if said[1] == "SCAN" or step.endswith("(election_id=?)"):
            found.append(step)
    return found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who, region", [("penyelia.berau", "64.03"), ("operator.kaltim", "64")])
def test_a_page_walks_through_no_table_of_the_country(
    app: Flask, client: FlaskClient, who: str, region: str, path: str
) -> None:
    visitor = signed_in(client, who)
    all_facts.forget()
    with asked(app) as seen:
        status = visitor.get(path.format(region=region)).status_code
    assert status in (200, 403), status
    found = [(step, text) for text, given in seen for step in walks(app, text, given)]
    assert not found


def test_voting_days_newest_hours_walk_through_no_table_of_the_country(app: Flask, session: Any) -> None:
    """They are asked for on voting day only, and so by no page on the day of the tests."""
    with asked(app) as seen:
        polling.newest(["64.03"])
        polling.newest(["64.03", "64.01"])
    assert len(seen) == 2
    assert not [(step, text) for text, given in seen for step in walks(app, text, given)]
