"""What keeps the start of a server short (docs/bench.md)."""

from __future__ import annotations

from tests.house.tree import texts


def test_modules_of_tables_state_their_types_at_once():
    """SQLAlchemy would translate each of them from text: a tenth of a server's start."""
    tables = [
        (path, content)
        for path, content in texts()
        if path.startswith("app/") and "= mapped_column(" in content
    ]
    assert len(tables) >= 10
    assert [path for path, content in tables if "\nfrom __future__ import annotations" in content] == []
