"""The tables are what the models say, along one line of migrations, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.extensions import Instant, db
from tests.tables import every_table

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@pytest.mark.one_database
def test_there_is_one_line_of_migrations():
    script = ScriptDirectory(str(MIGRATIONS))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_the_migrated_tables_are_those_of_the_models(session: Any, database: str):
    def same_type(_ctx: Any, _column: Any, _metadata: Any, _found: Any, declared: Any) -> bool | None:
        return False if isinstance(declared, Instant) else None

    context = MigrationContext.configure(
        session.connection(), opts={"compare_type": same_type, "target_metadata": db.metadata}
    )
    assert len(every_table()) >= 70
    differences = [str(found) for found in compare_metadata(context, db.metadata)]
    assert differences == []


def test_the_migrations_can_be_taken_back(session: Any, app: Any, desk: Any):
    from flask_migrate import downgrade, upgrade

    session.remove()
    downgrade(revision="base")
    tables = db.inspect(db.engine).get_table_names()
    assert tables in ([], ["alembic_version"])
    upgrade()
    assert "checklist_entry" in db.inspect(db.engine).get_table_names()
