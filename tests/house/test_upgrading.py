"""A desk of any earlier version is brought to the newest with its data as it was: rows, trail, documents."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.domain import audit, checklists, registers, reports
from app.domain.checklists import Filling
from app.domain.circulars import CIRCULARS
from app.extensions import db
from tests import cast
from tests.domain.neutrality.cases import recorded
from tests.domain.registers.letters import SAID
from tests.domain.reports.sent import owed, put

VERSIONS = [
    script.revision
    for script in ScriptDirectory(str(Path(__file__).parents[2] / "migrations")).walk_revisions()
]
"""The newest first."""
Columns = dict[str, list[str]]


@pytest.fixture
def worked(session: Any) -> None:
    """A desk with a tick, a letter, a case and a sealed report."""
    operator, entry = cast.person("operator.berau"), cast.entry_of("LOG-14", cast.BERAU)
    checklists.tick(
        entry, by=operator, version=entry.version, filling=Filling(no_evidence_reason="Menyusul.")
    )
    registers.record(CIRCULARS, cast.BERAU, SAID, by=operator)
    recorded()
    row = put(owed())
    reports.seal(row, 1, reports.frozen(row).marks, by=operator)
    session.commit()


def columns() -> Columns:
    """The tables of this version with their columns."""
    found = inspect(db.engine)
    return {
        table: sorted(column["name"] for column in found.get_columns(table))
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def rows(of: Columns) -> dict[str, tuple[int, int]]:
    """How many rows, and a sum over what these columns hold that no order changes."""
    quote = db.engine.dialect.identifier_preparer.quote
    told = {}
    with db.engine.connect() as connection:
        for table, names in of.items():
            asked = f"SELECT {', '.join(map(quote, names))} FROM {quote(table)}"  # noqa: S608  (names of our tables)
            sums = [hash(tuple(row)) for row in connection.execute(text(asked))]
            told[table] = len(sums), sum(sums)
    return told


def test_data_of_every_earlier_version_come_through(app: Flask, session: Any, worked: None):
    """Each step from the last down to the first: taken back, what is there then is there again one step later; and
    from the first version all steps at once.
    """
    session.remove()
    filled = 0
    for newer, version in pairwise(VERSIONS):
        downgrade(revision=version)
        filled += unchanged_by(version, newer)
    downgrade(revision=VERSIONS[-1])
    filled += unchanged_by(VERSIONS[-1], VERSIONS[0])
    assert filled > 10 * len(VERSIONS), "these were no empty tables"


def unchanged_by(version: str, newer: str) -> int:
    """Upgrade and find every row as it was; how many tables had any."""
    there = columns()
    before = rows(there)
    upgrade(revision=newer)
    after = rows(there)
    assert {table for table in before if after[table] != before[table]} == set(), version
    return sum(count > 0 for count, _ in before.values())


def test_a_desk_of_the_version_before_keeps_its_trail_and_its_documents(
    app: Flask, session: Any, worked: None
):
    number = session.scalar(text("SELECT id FROM report"))
    shown, links = reports.seals_of(number)[0], audit.verify().links
    session.remove()
    downgrade(revision=VERSIONS[1])
    upgrade()
    assert audit.verify() == audit.verify()._replace(links=links, first_break=None)
    assert reports.seals_of(number)[0] == shown
    assert reports.frozen(reports.find(number, cast.person("operator.berau"))).is_intact
