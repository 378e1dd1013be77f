"""/logistik and /logistik/kebutuhan: who sees them, what they say with nothing recorded, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import logistics
from app.domain.logistics import PROBLEMS_BOOK, STOCK
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import MONDAY, SEGAH, arrived, both_elections, told
from tests.pages import words

BOARD, NEED, GRID = "/logistik", "/logistik/kebutuhan", "/logistik/kisi"


@pytest.mark.parametrize("page", [BOARD, NEED, GRID])
@pytest.mark.parametrize(
    "who, status",
    [
        ("operator.berau", 200),
        ("penyelia.berau", 200),
        ("pimpinan.kaltim", 200),
        ("inspektorat.kaltim", 200),
        ("operator.sambaliung", 200),
        ("admin.berau", 403),
        ("pengamat.kpu-berau", 403),
        ("disdukcapil.berau", 200),
    ],
)
def test_who_sees_the_pages(client: Any, session: Any, page: str, who: str, status: int):
    assert cast.signed_in(client, who).get(page).status_code == status


@pytest.mark.parametrize("page", [BOARD, NEED, GRID])
def test_another_area_of_work_does_not_know_them(client: Any, session: Any, page: str):
    from app.domain.accounts import Role

    since = {"starts_on": MONDAY.replace(day=1), "areas": ("ASN",)}
    cast.add_person("netral.berau", (Role.OPERATOR, cast.BERAU, since))
    db.session.commit()
    assert cast.signed_in(client, "netral.berau").get(page).status_code == 404


@pytest.mark.parametrize("code", ["64.01", "64.99", "x", "64.03.99"])
@pytest.mark.parametrize("page", [BOARD, NEED, GRID])
def test_a_region_out_of_reach_or_of_nowhere_does_not_exist(client: Any, session: Any, page: str, code: str):
    browser = cast.signed_in(client, "operator.berau")
    assert browser.get(page, query_string={"wilayah": code}).status_code == 404


def test_a_board_of_nothing_recorded_says_so(client: Any, session: Any):
    said = words(cast.signed_in(client, "operator.kaltim").get(BOARD))
    assert "Lengkap 0 dari 10 kabupaten/kota · dalam proses 0 · belum 0 · belum dilaporkan 10" in said
    assert "belum dicatat, dari 13" in said
    assert "belum dicatat, dari 475" in said


@pytest.mark.template("demo")
def test_the_demos_board_says_what_the_sources_say(client: Any, session: Any):
    said = words(cast.signed_in(client, "pimpinan.kaltim").get(BOARD))
    assert "Lengkap 1 dari 10 kabupaten/kota · dalam proses 9 · belum 0" in said
    assert "Lengkap sejak 13 Nov 2024" in said
    assert "11 dari 13 hari ini: Sambaliung, Teluk Bayur" in said
    assert "khusus 0 dari 3, hari ini 3" in said
    assert "selesai 26 Nov 2024 11 kecamatan dalam 2 hari" in said
    assert "Tercukupi menurut daerah, 25 Nov 2024" in said


def test_problems_lead_to_their_register(client: Any, session: Any, operator: Any):
    told(PROBLEMS_BOOK, SEGAH, operator, problem="rusak", goods="BILIK", about="Basah.", known_on=MONDAY)
    db.session.commit()
    page = cast.signed_in(client, "operator.berau").get(BOARD).text
    assert "/register/kendala-logistik?wilayah=64.03" in page
    assert "1 kendala" in page


def test_the_board_costs_the_same_whatever_is_recorded(client: Any, session: Any, operator: Any):
    browser = cast.signed_in(client, "operator.kaltim")
    with statements() as before:
        browser.get(BOARD)
    for number in range(1, 14):
        arrived(f"64.03.{number:02d}", operator)
    db.session.commit()
    with statements() as after:
        browser.get(BOARD)
    assert len(after) <= len(before) <= 26


def test_the_need_of_a_kabupaten_stands_beside_its_stock(client: Any, session: Any, operator: Any):
    both_elections()
    told(STOCK, cast.BERAU, operator, goods="KOTAK_SUARA", received=980, good=970, damaged=10, short=0)
    db.session.commit()
    said = words(cast.signed_in(client, "operator.berau").get(NEED))
    assert "Kotak suara buah 976 2 per TPS, 2 per kecamatan 980 970 10 0 – Kurang" in said
    assert "sekitar 203.306 perkiraan" in said
    assert "belum diketahui ditetapkan KPU, isi menurut KPU" in said
    assert said.count("belum diketahui") >= len(logistics.goods()) - 1


def test_a_village_keeps_no_stock_and_says_where_it_is_kept(client: Any, session: Any):
    browser = cast.signed_in(client, "operator.berau")
    page = browser.get(NEED, query_string={"wilayah": "64.03.04.2001"})
    assert "Persediaan dicatat per kecamatan" in page.text


def test_a_kecamatans_desk_is_led_to_its_grid(client: Any, session: Any):
    page = cast.signed_in(client, "operator.sambaliung").get(BOARD)
    assert "Papan ini per kabupaten/kota" in page.text
    assert "/logistik/kisi?wilayah=64.03.03" in page.text


def test_the_shelf_leads_to_them(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/register").text
    for address in (BOARD, NEED, GRID):
        assert f'href="{address}"' in page
