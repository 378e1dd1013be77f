"""Lists of entries: what they count and what they show is the same thing, whichever way it is counted."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.domain import checklists
from app.domain.accounts import Person
from app.domain.checklists import AsOf, Entry, Filters
from app.domain.stages import Election
from app.extensions import db
from tests.cast import BERAU, SAMBALIUNG, entry_of


@pytest.fixture
def as_of(election: Election) -> AsOf:
    return AsOf.of(election, election.voting_day)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"region": BERAU},
        {"region": BERAU, "area": "LOG"},
        {"region": BERAU, "stage": "MASA_TENANG"},
        {"region": BERAU, "area": "LOG", "stage": "MASA_TENANG"},
        {"region": BERAU, "standing": "terbuka"},
        {"region": BERAU, "standing": "selesai", "area": "KTP"},
        {"region": BERAU, "level": "kecamatan"},
        {"region": BERAU, "due": "today"},
        {"region": SAMBALIUNG},
        {"region": "64"},
    ],
    ids=str,
)
def test_a_list_counts_the_entries_that_it_shows(
    operator: Person, election: Election, as_of: AsOf, filters: dict[str, Any]
) -> None:
    entry = entry_of("KTP-11", BERAU, "2024-11-24")
    checklists.tick(entry, by=operator, version=entry.version)
    page = checklists.list_page(operator, election, Filters(**filters), as_of, per_page=10_000)
    assert page.total == len(page.rows)
    assert page.total == len({row.id for row in page.rows})
    assert all(row.region_code.startswith(BERAU) for row in page.rows)


def test_a_list_is_in_the_order_of_due_dates_and_of_the_library(
    operator: Person, election: Election, as_of: AsOf
) -> None:
    page = checklists.list_page(operator, election, Filters(region=BERAU), as_of, page=2, per_page=30)
    sort = dict(db.session.execute(select(checklists.Item.id, checklists.Item.sort)).all())
    keys = [(row.due_on, sort[row.item_id], row.region_code, row.period, row.id) for row in page.rows]
    assert len(keys) == 30
    assert keys == sorted(keys)


def test_the_queue_shows_the_oldest_and_counts_all(
    election: Election, operator: Person, supervisor: Person
) -> None:
    for period in ("2024-11-24", "2024-11-25", "2024-11-26"):
        entry = entry_of("KTP-11", BERAU, period)
        checklists.tick(entry, by=operator, version=entry.version)
    db.session.flush()
    shown, total = checklists.waiting_for(supervisor, election, limit=2)
    waiting = select(Entry.id).where(Entry.standing == "selesai", Entry.region_code.startswith(BERAU))
    assert total == len(db.session.scalars(waiting).all()) == 3
    assert [row.period for row in shown] == ["2024-11-24", "2024-11-25"]
