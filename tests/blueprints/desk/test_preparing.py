"""The front page of an admin: what the desk still lacks."""

from __future__ import annotations

import html
import re
from typing import Any

from sqlalchemy import update

from app.blueprints.desk.preparing import MENDED_AT
from app.domain import stages
from app.domain.accounts import Appointment
from app.domain.stages import Election
from tests import cast


def test_an_admin_is_told_what_the_desk_still_lacks_and_others_are_not(client: Any, session: Any):
    session.execute(update(Appointment).values(signs=False))
    session.commit()
    page = cast.signed_in(client, "admin.kaltim").get("/").text
    part = page[page.index('id="part-missing"') : page.index("</section>", page.index('id="part-missing"'))]
    assert "Belum ada penanda tangan laporan" in part
    assert 'href="/orang"' in part
    assert "part-missing" not in cast.signed_in(client, "penyelia.kaltim").get("/").text


def test_without_an_election_an_admin_is_led_there(client: Any, session: Any):
    session.execute(update(Election).values(is_current=False))
    session.commit()
    page = cast.signed_in(client, "admin.kaltim").get("/").text
    assert "Desk belum siap dipakai" in page
    assert 'href="/pemilihan"' in page


def test_who_never_came_is_listed_behind_the_step(client: Any, session: Any):
    page = cast.signed_in(client, "admin.berau").get("/").text
    number, address = re.search(r'<a href="([^"]+)">(\d+) orang belum pernah masuk', page).group(2, 1)
    assert address == "/orang?keadaan=belum-masuk&amp;wilayah=64.03"
    assert f"{number} orang" in client.get(html.unescape(address)).text


def test_missing_days_off_lead_to_the_elections_year(client: Any, session: Any):
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    session.commit()
    assert 'href="/libur?tahun=2024"' in cast.signed_in(client, "admin.kaltim").get("/").text


def test_every_step_leads_to_a_page_that_is_there(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    assert {path: client.get(path).status_code for path in set(MENDED_AT.values())} == dict.fromkeys(
        MENDED_AT.values(), 200
    )
