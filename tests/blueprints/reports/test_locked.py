"""/pelaporan/irama/terkunci: whoever arranges reports opens a lock, without reading the report."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import reports
from tests import cast
from tests.blueprints.reports.conftest import at, report_of

LIST = "/pelaporan/irama/terkunci"
SAID = {"sampai": "2024-11-26T18:00", "alasan": "Listrik padam"}


@pytest.fixture
def path(rows: None) -> str:
    """Berau's daily report of Monday, an hour after its lock."""
    at("13:00", 26)
    return f"{LIST}/{report_of().id}"


def test_what_locked_is_listed_and_opened(client: Any, path: str) -> None:
    cast.signed_in(client, "admin.berau")
    assert "Kabupaten Berau: Laporan harian Senin, 25 November 2024" in client.get(LIST).text
    assert client.get(path).status_code == 200
    assert client.post(path, data=SAID).status_code == 303
    assert len(reports.exceptions_of([report_of().id])) == 1
    assert "sampai 26 Nov 2024 pukul 18.00 WITA" in client.get(LIST).text
    assert client.post(path, data=SAID).status_code == 409


def test_an_empty_list_says_so(client: Any, session: Any) -> None:
    assert "Tidak ada laporan terkunci" in cast.signed_in(client, "admin.berau").get(LIST).text


def test_days_before_the_desk_was_in_use_are_not_listed(client: Any, path: str) -> None:
    assert "23 November" not in cast.signed_in(client, "admin.berau").get(LIST).text


def test_a_missing_reason_and_a_past_end_are_explained(client: Any, path: str) -> None:
    cast.signed_in(client, "admin.berau")
    for said in ({"alasan": " "}, {"sampai": "2024-11-26T12:00"}):
        assert client.post(path, data=SAID | said).status_code == 422
    assert not reports.exceptions_of([report_of().id])


def test_it_is_for_those_who_arrange_there(client: Any, path: str) -> None:
    cast.add_person("admin.paser2", (cast.Role.ADMIN, cast.PASER, {"starts_on": report_of().day}))
    cast.db.session.commit()
    cast.signed_in(client, "admin.paser2")
    assert client.get(path).status_code == 404
    assert client.post(path, data=SAID).status_code == 404
    cast.signed_in(client, "operator.berau")
    assert client.get(LIST).status_code == 403
    assert client.post(path, data=SAID).status_code == 403
