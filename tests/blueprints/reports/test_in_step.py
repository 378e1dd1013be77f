"""Deeds on the calendar take the rows of reports along, in the same transaction."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import func, select

from app.domain import stages
from app.domain.reports import Kind, Report
from app.extensions import db
from tests import cast

MOVE = {
    "tahapan": "REKAPITULASI",
    "wilayah": cast.BERAU,
    "mulai": "2024-11-28",
    "sampai": "2024-12-20",
    "alasan": "Cuaca buruk",
    "dokumen": "",
    "berlaku": "0",
    "lihat": "1",
}


def hidden(page: str) -> dict[str, str]:
    """The fields of the last form of a page."""
    form = page[page.rindex('<form class="mt-3" method="post"') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))


def last_day(region: str) -> dt.date:
    """The last day for which a desk owes a daily report."""
    query = select(func.max(Report.day)).where(Report.region_code == region, Report.kind == Kind.DAILY.value)
    day = db.session.scalar(query)
    assert day is not None
    return day


def test_a_stage_moved_in_one_region_and_moved_back(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "admin.berau")
    page = client.get("/tahapan/jadwal-khusus/baru", query_string=MOVE).text
    assert client.post("/tahapan/jadwal-khusus/baru", data=hidden(page)).status_code == 303
    assert last_day(cast.BERAU) == dt.date(2024, 12, 20)
    assert last_day(cast.PASER) == dt.date(2024, 12, 16)
    move = stages.moves_of(stages.current_election())[0]
    form = client.get(f"/tahapan/jadwal-khusus/{move.id}/cabut").text
    said = {"alasan": "Batal", "versi": re.findall(r'name="versi" value="(\d+)"', form)[0]}
    assert client.post(f"/tahapan/jadwal-khusus/{move.id}/cabut", data=said).status_code == 303
    assert last_day(cast.BERAU) == dt.date(2024, 12, 16)


def test_another_voting_day(client: Any, rows: None, session: Any, election: Any) -> None:
    stages.add_race(stages.find_election(election.id), "gub", "64")
    session.commit()
    cast.signed_in(client, "admin.kaltim")
    path = f"/pemilihan/{election.id}/hari"
    page = client.get(path, query_string={"hari": "2024-12-04", "alasan": "Penundaan", "lihat": "1"}).text
    assert client.post(path, data=hidden(page)).status_code == 303
    assert last_day(cast.BERAU) == dt.date(2024, 12, 23)
