"""A page of the list is the same whether the counters say where it lies or everything is counted and sorted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import checklists, stages
from app.domain.checklists import AsOf, Filling, Filters, listing
from app.extensions import db
from tests import cast

TODAY = dt.date(2024, 11, 25)
FILTERS = (
    Filters(region="64.03"),
    Filters(region="64.03", area="LOG"),
    Filters(region="64.03", stage="MASA_TENANG"),
    Filters(region="64.03", standing="terbuka"),
    Filters(region="64.03", standing="menunggu"),
    Filters(region="64.03", standing="selesai", area="KTP"),
    Filters(region="64.03", area="LOG", standing="terverifikasi"),
)


@pytest.fixture
def some_work(session: Any, operator: Any) -> None:
    for code, period in (("KTP-11", "2024-11-25"), ("KTP-11", "2024-11-24")):
        entry = cast.entry_of(code, cast.BERAU, period)
        checklists.tick(entry, by=operator, version=entry.version, filling=Filling(measure_value=3))
    db.session.commit()


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("per_page", [1, 7, 60])
def test_all_its_pages_are_the_same(
    some_work: None, operator: Any, monkeypatch: pytest.MonkeyPatch, filters: Filters, per_page: int
):
    election = stages.current_election()
    as_of = AsOf(TODAY, election.in_use_from)

    def pages() -> tuple[list[list[int]], int]:
        first = checklists.list_page(operator, election, filters, as_of, per_page=per_page)
        numbers = sorted({1, 2, first.pages // 2 or 1, first.pages - 1 or 1, first.pages})
        found = [
            checklists.list_page(operator, election, filters, as_of, page=n, per_page=per_page)
            for n in numbers
        ]
        return [[row.id for row in page.rows] for page in found], first.total

    by_counters = pages()
    monkeypatch.setattr(listing, "_counted", lambda *_: None)
    assert by_counters == pages()
    assert by_counters[1] > 0 or filters.standing == "terverifikasi"


def test_a_list_without_any_entry_is_one_empty_page(session: Any, operator: Any):
    election = stages.current_election()
    as_of = AsOf(TODAY, election.in_use_from)
    nothing = Filters(region="64.03", stage="TIDAK_ADA")
    page = checklists.list_page(operator, election, nothing, as_of, page=9)
    assert (page.rows, page.total, page.page, page.pages) == ([], 0, 1, 1)


def test_a_page_behind_the_last_is_the_last(session: Any, operator: Any):
    election = stages.current_election()
    as_of = AsOf(TODAY, election.in_use_from)
    whole = checklists.list_page(operator, election, Filters(region="64.03"), as_of, page=10**6)
    assert whole.page == whole.pages
    assert whole.rows
