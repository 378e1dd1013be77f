"""/tahapan: which stage runs in the person's region today, what was moved there, and the official steps."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from app.blueprints.stages.routes import span
from app.blueprints.stages.timeline import timeline
from app.domain import clock, stages
from app.domain.stages import Window
from app.extensions import db
from tests import cast
from tests.counting import statements

DAY = dt.date(2024, 11, 25)


def plain(page: str) -> str:
    """What is read of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def move(election: Any, code: str = "64.11", reason: str = "Putusan MK 224: pemungutan ulang.") -> None:
    """A court's revote in a region."""
    stages.override_stage(
        election,
        "MASA_TENANG",
        code,
        starts_on=dt.date(2024, 11, 25),
        ends_on=dt.date(2024, 11, 28),
        reason=reason,
        by=None,
    )
    db.session.commit()


def test_it_says_what_runs_today_and_how_far_voting_day_is(client: Any, session: Any):
    page = plain(cast.signed_in(client, "operator.berau").get("/tahapan").text)
    assert "H-2, Senin, 25 November 2024 (2 hari lagi)" in page
    assert "Rabu, 27 November 2024" in page
    assert "Masa Tenang 24 Nov 2024 26 Nov 2024 H-3 sampai H-1 Berjalan" in page
    assert page.count("Berjalan") == 1


@pytest.mark.parametrize(
    "who", ["penyelia.kaltim", "admin.kaltim", "pengamat.kpu-berau", "operator.sambaliung"]
)
def test_everybody_with_an_appointment_may_look(client: Any, session: Any, who: str):
    assert cast.signed_in(client, who).get("/tahapan").status_code == 200


def test_stages_are_only_read(client: Any, session: Any):
    assert cast.signed_in(client, "admin.kaltim").post("/tahapan").status_code == 405


@pytest.mark.parametrize("code", ["64.01", "64", "99", "x", "64.03.'"])
def test_a_region_out_of_reach_is_not_found(client: Any, session: Any, code: str):
    assert cast.signed_in(client, "operator.berau").get(f"/tahapan?wilayah={code}").status_code == 404


def test_without_an_appointment_it_is_refused(client: Any, session: Any):
    assert cast.signed_in(client, "calon.berau").get("/tahapan").status_code == 403


def test_a_moved_stage_says_why_and_what_it_was(client: Any, session: Any, election: Any):
    move(election, cast.BERAU)
    page = plain(cast.signed_in(client, "operator.berau").get("/tahapan").text)
    assert "Diubah di wilayah ini: Putusan MK 224: pemungutan ulang." in page
    assert "Semula 24 Nov 2024 sampai 26 Nov 2024" in page


def test_a_move_elsewhere_changes_nothing_here_but_the_province_sees_it(
    client: Any, session: Any, election: Any
):
    move(election)
    assert "Putusan MK" not in cast.signed_in(client, "operator.berau").get("/tahapan").text
    page = plain(cast.signed_in(client, "operator.kaltim").get("/tahapan").text)
    assert "Jadwal khusus di bawah Provinsi Kalimantan Timur 1" in page
    assert "Kabupaten Mahakam Ulu Masa Tenang 25 Nov 2024 28 Nov 2024 Putusan MK 224" in page
    assert "Diubah di wilayah ini" in client.get("/tahapan?wilayah=64.11").text


@pytest.mark.template("demo")
def test_the_official_steps_name_their_ground_and_source(client: Any, session: Any):
    text = cast.signed_in(client, "operator.berau").get("/tahapan").text
    page = plain(text)
    assert "Pelaksanaan kampanye 25 Sep 2024 sampai 23 Nov 2024 PKPU" in page
    assert 'rel="noreferrer"' in text
    assert re.search(r"\bPPK\b(?! \(kecamatan\))", page) is None
    assert "Bupati dan Wakil Bupati: Berau" in page
    assert "Paser" not in page


def test_a_page_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "operator.kaltim").get("/tahapan")
    with statements() as asked:
        client.get("/tahapan")
    assert len(asked) <= 14, "\n".join(asked)


@pytest.mark.parametrize(
    "first, last, words",
    [
        (DAY, DAY, "25 Nov 2024"),
        (DAY, dt.date(2024, 11, 27), "25 Nov 2024 sampai 27 Nov 2024"),
        (None, DAY, "sampai 25 Nov 2024"),
        (DAY, None, "mulai 25 Nov 2024"),
        (None, None, "tanggal belum ditetapkan"),
    ],
)
def test_days_are_told_as_a_span(first: dt.date | None, last: dt.date | None, words: str):
    assert span(first, last) == words


def test_the_picture_keeps_every_bar_inside_and_visible():
    windows = [
        Window("A", "Panjang", dt.date(2024, 1, 26), dt.date(2024, 11, 23)),
        Window("B", "Sehari", dt.date(2025, 2, 20), dt.date(2025, 2, 20)),
    ]
    picture = timeline(windows, today=DAY)
    assert picture is not None
    assert all(bar.width >= 0.8 and bar.start + bar.width <= 100.01 for bar in picture.bars)
    assert picture.today is not None
    assert [mark.words for mark in picture.months if mark.words] == [
        "Apr 2024",
        "Jul 2024",
        "Okt 2024",
        "Jan 2025",
    ]


def test_today_outside_of_the_stages_is_not_drawn():
    picture = timeline([Window("A", "A", DAY, DAY)], today=dt.date(2025, 1, 1))
    assert picture is not None
    assert picture.today is None
    assert timeline([], today=DAY) is None


@pytest.mark.template("empty")
def test_without_an_election_it_says_who_prepares_one(client: Any, session: Any):
    from app.domain import regions
    from app.domain.accounts import Role

    regions.load_regions(
        [{"code": "64", "name": "Kalimantan Timur", "kind": "provinsi"}],
        source_version="uji",
        today=clock.today("Asia/Makassar"),
    )
    cast.add_person("sendiri.kaltim", (Role.ADMIN, "64", {"starts_on": DAY}))
    db.session.commit()
    answer = cast.signed_in(client, "sendiri.kaltim").get("/tahapan")
    assert answer.status_code == 404
    assert "Belum ada pemilihan yang disiapkan" in answer.text
