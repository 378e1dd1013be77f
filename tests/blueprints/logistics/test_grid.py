"""/logistik/kisi: one change is one click, answered with the line and the counters; small, and of few statements."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from typing import Any

import pytest

from app.domain import logistics, regions, registers
from app.domain.logistics import ARRIVALS, SUPPORT, LogisticsArrival
from app.domain.regions import FigureKind, Level
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import MONDAY, SEGAH, VILLAGE, arrived, known, told

BERAU, SAMBALIUNG = cast.BERAU, cast.SAMBALIUNG
GRID, MARK = "/logistik/kisi", "/logistik/kisi/tandai"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
KUKAR = "64.02"


@pytest.fixture
def clerk(client: Any, session: Any) -> Any:
    """Who fills Berau's grid, at a browser."""
    return cast.signed_in(client, "operator.berau")


def said(
    place: str, stand: str, *, version: int = 0, station: str = "", shown: str = BERAU
) -> dict[str, str]:
    return {"wilayah": shown, "tingkat": "", "tandai": f"{place}:{version}:{stand}:{station}"}


def stored(place: str, station: str = "") -> Any:
    db.session.rollback()
    return logistics.arrival_of(place, station)


def many_stations(code: str, count: int) -> None:
    """Reference figures that make so many TPS in the villages of a region."""
    villages = regions.regions_under([code], Level.VILLAGE)
    each, left = divmod(count, len(villages))
    for number, village in enumerate(villages):
        known(village.code, FigureKind.POLLING_STATIONS, each + (number < left))
    db.session.commit()


def test_a_kabupaten_shows_its_kecamatan_and_the_special_tps_at_the_end(clerk: Any):
    page = clerk.get(GRID).text
    names = re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)', page)
    assert len(names) == 13 + 3
    assert names[0] == "Kecamatan Kelay"
    assert [name for name in names if name.startswith("Khusus")] == names[13:]
    assert "dari 13 kecamatan dan 3 TPS lokasi khusus" in page


def test_one_click_is_answered_with_its_line_and_the_counters(clerk: Any):
    answer = clerk.post(MARK, data=said(SAMBALIUNG, "sampai"), headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.count("<tr") == 1
    assert f'<tr id="t-{SAMBALIUNG}" hx-swap-oob="outerHTML">' in answer.text
    assert "Sudah sampai 1 ·" in answer.text
    assert "<html" not in answer.text
    row = stored(SAMBALIUNG)
    assert (row.values["stand"], row.values["arrived_on"].isoformat()) == ("sampai", "2024-11-25")


def test_without_javascript_it_goes_back_to_the_line(clerk: Any):
    answer = clerk.post(MARK, data=said(SAMBALIUNG, "hari_ini"))
    assert answer.status_code == 303
    assert answer.location.endswith(f"{GRID}?wilayah={BERAU}#t-{SAMBALIUNG}")
    assert stored(SAMBALIUNG).values["stand"] == "hari_ini"


def test_the_line_that_comes_back_is_the_one_of_the_page(clerk: Any):
    answer = clerk.post(MARK, data=said(SAMBALIUNG, "sampai"), headers=HTMX)
    [line] = re.findall(r"<tr id=.*?</tr>", answer.text, re.S)
    assert line.replace(' hx-swap-oob="outerHTML"', "") in clerk.get(GRID).text


def test_it_goes_through_all_states_and_back(clerk: Any):
    for version, stand in enumerate(("hari_ini", "sampai", "kembali", "belum")):
        answer = clerk.post(MARK, data=said(SAMBALIUNG, stand, version=version), headers=HTMX)
        assert answer.status_code == 200
        assert f'aria-pressed="true">{logistics_words(stand)}' in answer.text
    assert stored(SAMBALIUNG).values["arrived_on"] is None


def logistics_words(stand: str) -> str:
    return {"belum": "Belum", "hari_ini": "Hari ini", "sampai": "Sampai", "kembali": "Kembali"}[stand]


def test_the_same_click_twice_counts_once(clerk: Any):
    for _ in range(2):
        assert clerk.post(MARK, data=said(SAMBALIUNG, "sampai"), headers=HTMX).status_code == 200
    assert stored(SAMBALIUNG).version == 1


def test_who_was_overtaken_sees_the_line_as_it_is_now(clerk: Any):
    clerk.post(MARK, data=said(SAMBALIUNG, "sampai"))
    clerk.post(MARK, data=said(SAMBALIUNG, "kembali", version=1))
    answer = clerk.post(MARK, data=said(SAMBALIUNG, "hari_ini", version=1), headers=HTMX)
    assert answer.status_code == 409
    assert "baru saja diubah orang lain" in answer.text
    assert "Kotak sudah kembali" in answer.text
    assert clerk.post(MARK, data=said(SAMBALIUNG, "hari_ini", version=1)).status_code == 409
    assert stored(SAMBALIUNG).values["stand"] == "kembali"


def test_a_first_click_on_what_somebody_else_just_recorded_is_too_late(clerk: Any):
    clerk.post(MARK, data=said(SAMBALIUNG, "sampai"))
    assert clerk.post(MARK, data=said(SAMBALIUNG, "hari_ini"), headers=HTMX).status_code == 409
    withdrawn = said(cast.MARATUA, "sampai", version=3)
    assert clerk.post(MARK, data=withdrawn, headers=HTMX).status_code == 409


def test_it_refuses_a_get(clerk: Any):
    assert clerk.get(MARK).status_code == 405


@pytest.mark.parametrize("place, shown", [("64.01.01", BERAU), (SAMBALIUNG, "64.01"), ("64.03.99", BERAU)])
def test_it_hides_other_regions(clerk: Any, place: str, shown: str):
    assert clerk.post(MARK, data=said(place, "sampai", shown=shown), headers=HTMX).status_code == 404
    assert stored(place) is None


def test_a_page_of_another_region_does_not_exist(clerk: Any):
    for page in (GRID, "/logistik", "/logistik/kebutuhan"):
        assert clerk.get(page, query_string={"wilayah": "64.01"}).status_code == 404


@pytest.mark.parametrize("who", ["penyelia.berau", "pimpinan.berau", "admin.berau"])
def test_it_refuses_the_wrong_role(client: Any, session: Any, who: str):
    browser = cast.signed_in(client, who)
    assert browser.post(MARK, data=said(SAMBALIUNG, "sampai"), headers=HTMX).status_code == 403
    assert stored(SAMBALIUNG) is None


def test_who_only_reads_sees_no_buttons(client: Any, session: Any):
    page = cast.signed_in(client, "penyelia.berau").get(GRID).text
    assert "Belum sampai" in page
    assert "tandai" not in page


def test_who_records_one_kecamatan_is_refused_in_another(client: Any, session: Any):
    browser = cast.signed_in(client, "operator.sambaliung")
    own = said(SAMBALIUNG, "sampai", shown=SAMBALIUNG)
    assert browser.post(MARK, data=own, headers=HTMX).status_code == 200
    assert browser.post(MARK, data=said(SEGAH, "sampai", shown=SAMBALIUNG), headers=HTMX).status_code == 404


@pytest.mark.parametrize(
    "data, sentence",
    [
        (said(SAMBALIUNG, "terbang"), "Pilih salah satu keadaan"),
        (said(VILLAGE, "sampai", station="3"), "TPS itu tidak ada"),
        (said(VILLAGE, "sampai", station="03"), "TPS itu tidak ada"),
        (said(SEGAH, "sampai", station="Khusus karangan"), "TPS itu tidak ada"),
        (said(BERAU, "sampai"), "Pilih kecamatan"),
    ],
)
def test_it_explains_what_cannot_be(clerk: Any, data: dict[str, str], sentence: str):
    known(VILLAGE, FigureKind.POLLING_STATIONS, 2)
    db.session.commit()
    answer = clerk.post(MARK, data=data, headers=HTMX)
    assert answer.status_code == 422
    assert sentence in answer.text
    plain = clerk.post(MARK, data=data)
    assert (plain.status_code, sentence in plain.text) == (422, True)
    assert db.session.scalar(db.select(db.func.count()).select_from(LogisticsArrival)) == 0


@pytest.mark.parametrize("text", ["", "64.03.03", "64.03.03:x:sampai:", "64.03.03:0:sampai", ":0:sampai:"])
def test_a_broken_click_finds_no_line(clerk: Any, text: str):
    assert clerk.post(MARK, data={"wilayah": BERAU, "tandai": text}, headers=HTMX).status_code in (404, 422)


def test_a_village_shows_its_tps_by_number_those_recorded_and_special_ones(clerk: Any, operator: Any):
    known(VILLAGE, FigureKind.POLLING_STATIONS, 11)
    arrived(VILLAGE, operator, "12", stand="kembali")
    arrived(VILLAGE, operator, "Khusus klinik", special=True)
    db.session.commit()
    page = clerk.get(GRID, query_string={"wilayah": VILLAGE}).text
    names = re.findall(r'<th scope="row">([^<]+)', page)
    assert names == [*(f"TPS {number}" for number in range(1, 13)), "Khusus klinik"]
    assert "dari 12 TPS dan 1 TPS lokasi khusus" in page


def test_a_tps_and_a_special_one_are_marked_like_any_other(clerk: Any):
    known(VILLAGE, FigureKind.POLLING_STATIONS, 2)
    db.session.commit()
    assert clerk.post(MARK, data=said(VILLAGE, "sampai", station="2"), headers=HTMX).status_code == 200
    lapas = said(BERAU, "hari_ini", station="Khusus lapas")
    assert 'id="t-64.03-Khusus-lapas"' in clerk.post(MARK, data=lapas, headers=HTMX).text
    assert stored(BERAU, "Khusus lapas").values["special"] is True
    assert stored(VILLAGE, "2").values["special"] is False


def test_a_village_of_unknown_tps_says_how_they_get_here(clerk: Any):
    page = clerk.get(GRID, query_string={"wilayah": VILLAGE})
    assert page.status_code == 200
    assert "angka acuan TPS" in page.text


def test_remote_places_are_flagged_with_the_support_given(clerk: Any, operator: Any):
    row = arrived(SEGAH, operator, stand="belum", remote=True)
    told(SUPPORT, SEGAH, operator, support="perahu", receiver="KPU", places="Long Laai", about="Longboat.")
    db.session.commit()
    page = clerk.get(GRID).text
    assert "Terjauh atau terpencil" in page
    assert "Dukungan: Speedboat, longboat, atau kapal" in page
    click = clerk.post(MARK, data=said(SEGAH, "sampai", version=row.version), headers=HTMX).text
    assert "Terjauh atau terpencil" in click
    assert "Dukungan: Speedboat, longboat, atau kapal" in click


def test_a_province_leads_to_its_kabupaten(client: Any, session: Any):
    page = cast.signed_in(client, "operator.kaltim").get(GRID).text
    assert page.count("/logistik/kisi?wilayah=64.") == 10


def test_the_page_of_1447_tps_is_small_and_of_few_statements(client: Any, session: Any):
    many_stations(KUKAR, 1447)
    browser = cast.signed_in(client, "operator.kukar")
    with statements() as asked:
        page = browser.get(GRID, query_string={"tingkat": "tps"})
    assert page.text.count('id="sampai-') == 1447
    assert len(gzip.compress(page.data)) < 150_000
    assert len(asked) <= 16


def test_a_click_among_1447_tps_takes_few_statements(client: Any, session: Any):
    many_stations(KUKAR, 1447)
    village = next(one.code for one in regions.regions_under([KUKAR], Level.VILLAGE))
    browser = cast.signed_in(client, "operator.kukar")
    data = said(village, "sampai", station="1", shown=KUKAR) | {"tingkat": "tps"}
    other = said(village, "sampai", station="2", shown=KUKAR)
    assert browser.post(MARK, data=other, headers=HTMX).status_code == 200  # the series of numbers has begun
    with statements() as first:
        assert browser.post(MARK, data=data, headers=HTMX).status_code == 200
    with statements() as again:
        data = said(village, "kembali", version=1, station="1", shown=KUKAR) | {"tingkat": "tps"}
        answer = browser.post(MARK, data=data, headers=HTMX)
    assert "Sudah sampai 2 · dikirim hari ini 0 · kotak kembali 1" in answer.text
    queue = db.engine.dialect.name == "postgresql"  # the trail's lock, which SQLite's one writer needs not
    assert len(again) <= 10 + queue
    assert len(first) <= 12 + queue
    assert len(answer.data) < 4_000


def test_more_tps_than_a_page_takes_are_cut_with_a_word_and_a_way_on(client: Any, session: Any):
    many_stations(KUKAR, 2_500)
    page = cast.signed_in(client, "operator.kukar").get(GRID, query_string={"tingkat": "tps"}).text
    assert "Terlalu banyak TPS" in page
    assert "wilayah=64.02.01&amp;tingkat=tps" in page


def test_a_withdrawn_record_lets_its_place_be_marked_anew(clerk: Any, operator: Any):
    row = arrived(SAMBALIUNG, operator)
    registers.withdraw(row, by=operator, reason="Salah catat wilayah.", version=row.version)
    db.session.commit()
    assert clerk.post(MARK, data=said(SAMBALIUNG, "hari_ini"), headers=HTMX).status_code == 200
    assert registers.records_in(ARRIVALS, [BERAU])[0].values["stand"] == "hari_ini"


def test_a_wrong_kembali_taken_back_keeps_the_day_it_arrived(clerk: Any, operator: Any):
    row = arrived(SAMBALIUNG, operator, arrived_on=MONDAY - dt.timedelta(days=2))
    db.session.commit()
    clerk.post(MARK, data=said(SAMBALIUNG, "kembali", version=row.version))
    clerk.post(MARK, data=said(SAMBALIUNG, "sampai", version=row.version + 1))
    values = stored(SAMBALIUNG).values
    assert (str(values["arrived_on"]), values["returned_on"]) == ("2024-11-23", None)


def test_a_click_that_says_more_than_a_button_does_is_refused_and_changes_nothing(clerk: Any):
    data = {"wilayah": BERAU, "tingkat": "", "tandai": f"{BERAU}.01:0:sampai:{'x' * 80}"}
    answer = clerk.post(MARK, data=data, headers=HTMX)
    assert answer.status_code == 422
    assert "Kiriman ini tidak utuh" in answer.text
    assert db.session.scalar(db.select(db.func.count()).select_from(LogisticsArrival)) == 0
