"""Who governs the library, and how its pages are read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cast import signed_in
from tests.domain.checklists.library_cast import everywhere


@pytest.fixture
def governor(client: Any, session: Any) -> Any:
    """Who governs the whole election, at a browser."""
    everywhere()
    session.commit()
    return signed_in(client, "admin.kaltim")


@pytest.fixture
def read(governor: Any) -> Any:
    """What is read of a page, on one line."""

    def plain(path: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", governor.get(path).text))

    return plain
