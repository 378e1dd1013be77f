"""/pelaporan/papan: marks by sign and word, percents, who is silent, and whom the page is for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import reports
from tests import cast, counting
from tests.blueprints.reports.conftest import MONDAY, at, report_of, sent

BOARD = "/pelaporan/papan"


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_province_sees_who_reported_and_who_did_not(client: Any, rows: None, session: Any) -> None:
    at("16:30")
    sent(cast.BERAU, MONDAY, "15:30")
    sent(cast.PASER, MONDAY, "16:10")
    page = plain(cast.signed_in(client, "penyelia.kaltim").get(BOARD).text)
    assert "Papan pelaporan Provinsi Kalimantan Timur" in page
    assert "2 dari 20 laporan masuk" in page
    assert "10,0 % lengkap, 5,0 % tepat waktu" in page
    assert "Belum melapor 18" in page
    for words in ("Tepat waktu", "Terlambat", "Nihil", "Belum waktunya", "Dikembalikan"):
        assert words in page


def test_it_goes_back_and_forth_and_to_the_mondays(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "penyelia.kaltim")
    sent(cast.BERAU, MONDAY, "08:30")
    page = client.get(BOARD, query_string={"jenis": "senin", "rentang": "112"}).text
    assert "Laporan Mingguan Desk Pilkada" in page
    assert "16 Senin" in page
    earlier = re.search(r'href="([^"]+)">Sebelumnya', client.get(BOARD).text)
    assert earlier
    older = client.get(earlier.group(1).replace("&amp;", "&"))
    assert "Sesudahnya" in older.text
    assert client.get(BOARD, query_string={"jenis": "akhir"}).status_code == 200


def test_a_kabupaten_sees_itself_where_no_kecamatan_owes(client: Any, rows: None) -> None:
    page = plain(cast.signed_in(client, "operator.berau").get(BOARD).text)
    assert "Papan pelaporan Kabupaten Berau" in page
    assert "Kabupaten Paser" not in page


def test_an_empty_board_says_what_will_be_here(client: Any, session: Any) -> None:
    assert "Belum ada laporan yang wajib dibuat" in cast.signed_in(client, "operator.berau").get(BOARD).text


def test_other_regions_do_not_exist_and_an_admin_reads_none(client: Any, rows: None) -> None:
    assert cast.signed_in(client, "operator.berau").get(f"{BOARD}?wilayah=64.01").status_code == 404
    assert cast.signed_in(client, "admin.kaltim").get(BOARD).status_code == 403


@pytest.mark.parametrize(
    "odd", ["?jenis=x&rentang=9&sampai=kemarin", "?sampai=0001-01-01", "?sampai=9999-12-31"]
)
def test_odd_addresses_get_the_usual_board(client: Any, rows: None, odd: str) -> None:
    assert cast.signed_in(client, "operator.berau").get(BOARD + odd).status_code == 200


def test_its_statements_do_not_grow_with_the_days(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "penyelia.kaltim")
    at("23:00", 26)
    counts = []
    client.get(BOARD)
    for days in ("14", "84"):
        with counting.statements() as asked:
            assert client.get(BOARD, query_string={"rentang": days}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_the_last_chase_stands_beside_the_silent(client: Any, rows: None, session: Any) -> None:
    at("16:30")
    row = reports.find(report_of().id, cast.person("penyelia.kaltim"))
    by = cast.person("penyelia.kaltim")
    reports.chase(row, "telepon", whom="Operator", answer="Listrik padam", by=by)
    session.commit()
    page = cast.signed_in(client, "penyelia.kaltim").get(BOARD).text
    assert "Listrik padam" in page
    assert f"/pelaporan/{row.id}/penagihan" in page
