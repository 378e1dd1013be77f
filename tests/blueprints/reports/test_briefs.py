"""/pelaporan/sewaktu: a report as of a chosen moment, for whoever asks for one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.domain.reports import Kind, Report
from app.extensions import db
from tests import cast

BRIEF = "/pelaporan/sewaktu"
SAID = {"untuk": "Komisi II DPR RI", "per": "2024-11-20T10:00"}


def count() -> int:
    """How many briefs there are."""
    query = select(func.count()).select_from(Report).where(Report.kind == Kind.BRIEF.value)
    return db.session.scalar(query) or 0


def test_it_is_made_and_waits_to_be_written(client: Any, session: Any) -> None:
    cast.signed_in(client, "operator.kaltim")
    assert 'value="2024-11-25T09:00"' in client.get(BRIEF).text
    answer = client.post(BRIEF, data=SAID)
    assert (answer.status_code, answer.location) == (303, "/pelaporan?wilayah=64&jenis=sewaktu")
    assert "Komisi II DPR RI" in client.get(answer.location).text
    row = db.session.scalar(select(Report))
    assert (row.cut_off_at.isoformat(), row.day.isoformat()) == ("2024-11-20T02:00:00+00:00", "2024-11-20")


def test_the_same_sending_twice_makes_one(client: Any, session: Any) -> None:
    cast.signed_in(client, "operator.kaltim")
    for _ in range(2):
        assert client.post(BRIEF, data={**SAID, "kunci": "k1"}).status_code == 303
    assert count() == 1


def test_what_is_missing_is_explained(client: Any, session: Any) -> None:
    cast.signed_in(client, "operator.kaltim")
    for said in ({"untuk": ""}, {"per": "nanti"}, {"per": "2024-01-01T10:00"}, {"per": "0001-01-01T00:00"}):
        assert client.post(BRIEF, data=SAID | said).status_code == 422
    assert count() == 0


def test_strangers_find_nothing_and_readers_may_not(client: Any, session: Any) -> None:
    assert cast.signed_in(client, "operator.paser").get(f"{BRIEF}?wilayah=64.03").status_code == 404
    cast.signed_in(client, "inspektorat.kaltim")
    assert "Hanya dibaca" in client.get(BRIEF).text
    assert client.post(BRIEF, data=SAID).status_code == 403
    assert cast.signed_in(client, "admin.kaltim").get(BRIEF).status_code == 403
    assert count() == 0
