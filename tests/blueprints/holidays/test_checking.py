"""/libur/periksa: what a change of the list moves is shown before it is saved."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from app.domain import stages
from app.domain.neutrality import Verb
from app.extensions import db
from tests import cast
from tests.blueprints.holidays.test_holidays import NATAL, OF_BERAU, days
from tests.blueprints.stages.test_stages import plain
from tests.counting import statements
from tests.domain.neutrality.cases import do, recorded

TUESDAY = NATAL | {"tanggal": "2024-11-26"}
MOVES = "Batas waktu 1 dari 1 kasus netralitas yang sedang berjalan menjadi lebih lambat"
SOONER = MOVES.replace("lambat", "cepat")


@pytest.fixture(autouse=True)
def a_running_clock_in_an_election_of_the_province(session: Any) -> None:
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    do(recorded(), Verb.STUDY)
    db.session.commit()


def hidden(page: str) -> dict[str, str]:
    """What the page of the question would send."""
    form = page[page.index("<h1") :]
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    }


def holiday_path(client: Any, said: dict[str, str], who: str = "admin.kaltim") -> str:
    cast.signed_in(client, who).post("/libur", data=said)
    return f"/libur/{stages.holidays_in(2024, cast.BERAU)[0].id}"


def test_a_day_more_is_looked_at_and_then_added(client: Any, session: Any):
    page = cast.signed_in(client, "admin.kaltim").post("/libur/periksa", data=TUESDAY)
    assert page.status_code == 200
    assert "Belum ada yang disimpan" in page.text
    assert MOVES in plain(page.text)
    assert "Tenggat isian daftar periksa tidak ikut bergeser" in page.text
    assert days() == []
    assert client.post("/libur", data=hidden(page.text)).status_code == 303
    assert days() == ["Hari Raya Natal"]


def test_one_goes_back_with_what_was_typed(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    page = client.post("/libur/periksa", data=TUESDAY | {"ubah": "1", "nama": "Libur <b>"})
    assert page.status_code == 200
    assert 'value="Libur &lt;b&gt;"' in page.text
    assert re.search(r'<details class="more" open><summary>Satu hari', page.text)
    page = client.post("/libur/tempel/periksa", data={"baris": "2024-12-25; a; b", "ubah": "1"})
    assert "2024-12-25; a; b</textarea>" in page.text


def test_a_day_that_moves_nothing_says_so(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    assert "Tidak ada batas waktu yang bergeser" in client.post("/libur/periksa", data=NATAL).text
    cast.signed_in(client, "admin.kaltim")
    of_paser = OF_BERAU | {"di": cast.PASER}
    assert (
        "Tidak ada kasus netralitas yang batas waktunya" in client.post("/libur/periksa", data=of_paser).text
    )


@pytest.mark.parametrize(
    "other, said", [({"nama": ""}, "Tuliskan namanya"), ({"jenis": "daerah"}, "memerlukan")]
)
def test_what_cannot_be_is_explained_before_it_is_looked_at(
    client: Any, session: Any, other: dict[str, str], said: str
):
    answer = cast.signed_in(client, "admin.kaltim").post("/libur/periksa", data=TUESDAY | other)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_day_that_is_there_is_told_before_it_is_looked_at(client: Any, session: Any):
    path = holiday_path(client, TUESDAY)
    assert "sudah ada dalam daftar" in client.post("/libur/periksa", data=TUESDAY).text
    assert client.post(f"{path}/periksa", data=TUESDAY | {"versi": "1"}).status_code == 200


def test_another_day_is_looked_at_and_then_saved(client: Any, session: Any):
    path = holiday_path(client, TUESDAY)
    page = client.post(f"{path}/periksa", data=NATAL | {"versi": "1"})
    assert "Sebelumnya Selasa, 26 November 2024" in plain(page.text)
    assert SOONER in page.text
    assert client.post(f"{path}/periksa", data=NATAL | {"versi": "1", "ubah": "1"}).status_code == 200
    assert client.post(path, data=hidden(page.text)).status_code == 303
    assert stages.holidays_in(2024, "64")[0].day.day == 25


def test_the_page_of_a_day_says_what_taking_it_off_moves(client: Any, session: Any):
    page = client.get(holiday_path(client, TUESDAY))
    assert SOONER in page.text
    assert "kasus netralitas" not in cast.signed_in(client, "admin.berau").get(page.request.path).text


def test_many_days_are_looked_at_and_then_added(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim").post("/libur", data=NATAL)
    lines = {"baris": "2024-12-25; Natal; SKB\n2024-11-26; Libur; SKB"}
    page = client.post("/libur/tempel/periksa", data=lines)
    assert MOVES in plain(page.text)
    assert "1 hari sudah ada dalam daftar" in page.text
    assert days() == ["Hari Raya Natal"]
    assert client.post("/libur/tempel", data=hidden(page.text)).status_code == 303
    assert len(days()) == 2
    wrong = client.post("/libur/tempel/periksa", data={"baris": "lupa"})
    assert (wrong.status_code, "1 baris perlu diperbaiki" in wrong.text) == (422, True)
    assert client.post("/libur/tempel/periksa", data={"baris": " "}).status_code == 422


def test_the_shipped_days_say_what_they_move(client: Any, session: Any):
    page = cast.signed_in(client, "admin.kaltim").get("/libur")
    assert MOVES in plain(page.text)
    client.post("/libur/muat")
    assert "kasus netralitas" not in client.get("/libur").text


def test_an_admin_of_a_kabupaten_looks_at_its_own_days_only(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim").post("/libur", data=NATAL)
    path = f"/libur/{stages.holidays_in(2024, '64')[0].id}"
    cast.signed_in(client, "admin.berau")
    assert client.post("/libur/periksa", data=OF_BERAU).status_code == 200
    assert client.post("/libur/periksa", data=TUESDAY).status_code == 422
    assert client.post(f"{path}/periksa", data=OF_BERAU | {"versi": "1"}).status_code == 403
    assert client.post("/libur/tempel/periksa", data={"baris": "2024-12-25; a; b"}).status_code == 403


@pytest.mark.parametrize("path", ["/libur/periksa", "/libur/1/periksa", "/libur/tempel/periksa"])
def test_others_do_not_look_and_a_get_is_refused(client: Any, session: Any, path: str):
    assert cast.signed_in(client, "operator.berau").post(path, data=NATAL).status_code == 403
    assert cast.signed_in(client, "admin.kaltim").get(path).status_code == 405


def test_a_day_that_was_taken_off_is_not_found(client: Any, session: Any):
    path = holiday_path(client, TUESDAY)
    client.post(f"{path}/hapus", data={"versi": "1"})
    assert client.post(f"{path}/periksa", data=TUESDAY | {"versi": "1"}).status_code == 404


def test_looking_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim").post("/libur/muat")
    with statements() as asked:
        client.post("/libur/periksa", data=TUESDAY)
    assert len(asked) <= 20, "\n".join(asked)
