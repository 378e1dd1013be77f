"""/wilayah: progress by area, stage and part, figures with their sources, places, people; scope first."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from app.domain import checklists, clock
from app.domain.checklists import AsOf, Totals, overview_of, tallies_of_districts
from app.domain.regions import FigureKind
from app.extensions import db
from tests import cast
from tests.counting import statements

MOST_STATEMENTS = 15


def visit(client: Any, who: str, path: str) -> Any:
    """A page as somebody sees it, once what the test has written is there for all."""
    db.session.commit()
    return cast.signed_in(client, who).get(path)


def plain(page: str) -> str:
    """What is read of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_somebody_with_one_region_goes_straight_to_it(client: Any, session: Any):
    answer = visit(client, "operator.berau", "/wilayah")
    assert (answer.status_code, answer.location) == (303, "/wilayah/64.03")


def test_somebody_with_two_regions_chooses(client: Any, session: Any):
    cast.add_person(
        "dua.tempat",
        (cast.Role.OPERATOR, cast.BERAU, {"starts_on": clock.today("Asia/Makassar")}),
        (cast.Role.OPERATOR, cast.PASER, {"starts_on": clock.today("Asia/Makassar")}),
    )
    page = visit(client, "dua.tempat", "/wilayah").text
    assert "/wilayah/64.03" in page
    assert "/wilayah/64.01" in page


@pytest.mark.parametrize(
    "who, code, said",
    [
        ("operator.kaltim", "64", "Kabupaten Berau"),
        ("operator.berau", "64.03", "Sambaliung"),
        ("operator.berau", "64.03.03", "Kampung"),
        ("operator.berau", "64.03.03.2001", "Angka acuan"),
        ("operator.sambaliung", "64.03.03", "Kampung"),
        ("pengamat.kpu-berau", "64.03", "Sambaliung"),
    ],
)
def test_every_level_has_a_page(client: Any, session: Any, who: str, code: str, said: str):
    answer = visit(client, who, f"/wilayah/{code}")
    assert answer.status_code == 200
    assert said in answer.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_region_is_only_read(client: Any, session: Any, method: str):
    cast.signed_in(client, "admin.kaltim")
    assert getattr(client, method)("/wilayah/64.03").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/wilayah/64.01",
        "/wilayah/64",
        "/wilayah/64.01.01",
        "/wilayah/64.01/angka/tps_total",
        "/wilayah/64.03.99",
        "/wilayah/64.0",
        "/wilayah/64.03.",
        "/wilayah/%27",
        "/wilayah/" + "9" * 400,
        "/wilayah/64.03/angka/entah",
    ],
)
def test_what_is_out_of_reach_or_no_region_is_not_found(client: Any, session: Any, path: str):
    answer = visit(client, "operator.berau", path)
    assert answer.status_code == 404
    assert "Paser" not in answer.text


def test_without_an_appointment_there_are_no_regions(client: Any, session: Any):
    assert visit(client, "mantan.berau", "/wilayah/64.03").status_code == 403


def test_only_levels_within_reach_are_links(client: Any, session: Any):
    page = visit(client, "operator.sambaliung", "/wilayah/64.03.03").text
    crumbs = page[page.index('class="crumbs"') : page.index("</nav>", page.index('class="crumbs"'))]
    assert "Kabupaten Berau" in crumbs
    assert 'href="/wilayah' not in crumbs


def test_progress_moves_with_a_deed(client: Any, session: Any, operator: Any, election: Any):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    before = plain(visit(client, "operator.berau", "/wilayah/64.03").text)
    checklists.tick(entry, by=operator, version=entry.version)
    after = plain(visit(client, "operator.berau", "/wilayah/64.03").text)
    assert "0 dari" in before
    assert re.search(r"\b1 dari [\d.]+ isian selesai", after)


def test_the_parts_of_a_region_add_up_to_the_whole(session: Any, operator: Any, election: Any):
    for code in ("KTP-11", "KAM-05"):
        entry = cast.entry_of(code, cast.BERAU, "2024-11-25")
        checklists.tick(
            entry,
            by=operator,
            version=entry.version,
            filling=checklists.Filling(no_evidence_reason="menyusul"),
        )
    as_of = AsOf.of(election, clock.today("Asia/Makassar"))
    berau = overview_of(election, cast.BERAU, as_of)
    below = tallies_of_districts(election, cast.BERAU, as_of)
    assert sum((t.totals for t in below.values()), Totals()) == berau.whole.totals
    assert sum(t.overdue for t in below.values()) == berau.whole.overdue > 0
    assert sum(berau.areas.values(), Totals()) == berau.whole.totals
    assert sum(berau.stages.values(), Totals()) == berau.whole.totals
    assert checklists.progress.by_area(election, cast.BERAU, as_of) == berau.areas
    assert checklists.progress.overdue_count(election, cast.BERAU, as_of) == berau.whole.overdue
    province = overview_of(election, "64", as_of)
    assert province.regions[cast.BERAU] == berau.whole
    assert sum((t.totals for t in province.regions.values()), Totals()) == province.whole.totals
    district = overview_of(election, cast.SAMBALIUNG, as_of)
    assert district.whole == below[cast.SAMBALIUNG]
    assert sum((t.totals for t in district.regions.values()), Totals()) == district.whole.totals


def test_a_province_has_its_map_and_the_table_beside_it(client: Any, session: Any):
    page = visit(client, "operator.kaltim", "/wilayah/64").text
    assert page.count("<path d=") == 10
    assert 'aria-label="Kabupaten Berau: ' in page
    assert plain(page).count("Kabupaten Berau") >= 2


def test_items_of_the_levels_below_are_rolled_up(client: Any, session: Any):
    page = visit(client, "operator.berau", "/wilayah/64.03").text
    assert "0 dari 13 kecamatan" in page
    assert "/daftar-periksa?wilayah=64.03&amp;butir=LOG-12&amp;tingkat=kecamatan" in page


@pytest.mark.template("demo")
def test_the_day_of_berau_names_who_is_missing(client: Any, session: Any):
    page = visit(client, "operator.kaltim", "/wilayah/64.03").text
    assert "11 dari 13 kecamatan" in page
    assert "Sambaliung, Teluk Bayur" in page


def test_a_figure_names_its_source_and_the_unknown_is_no_zero(client: Any, session: Any):
    page = plain(visit(client, "operator.berau", "/wilayah/64.03").text)
    assert re.search(r"TPS 475 TPS Paparan Sekda Berau", page)
    assert re.search(r"Surat suara per jenis Pemilihan belum diketahui lembar", page)


def test_the_history_of_a_figure_keeps_every_version(client: Any, session: Any):
    cast.figure(
        cast.BERAU,
        FigureKind.POLLING_STATIONS,
        Decimal(476),
        by="Sistem",
        source="https://www.kpu.go.id/berau",
    )
    page = visit(client, "operator.berau", "/wilayah/64.03/angka/tps_total").text
    assert page.index(">476 <") < page.index(">475<")
    assert 'href="https://www.kpu.go.id/berau"' in page
    assert "kpu.go.id</a>" in page


def test_a_figure_that_nobody_recorded_is_said_to_be_unknown(client: Any, session: Any):
    page = visit(client, "operator.berau", "/wilayah/64.03.03/angka/dpt_total").text
    assert "Belum diketahui" in page
    assert "tidak dianggap nol" in page


def test_a_source_with_dangerous_words_stays_words(client: Any, session: Any):
    for source in ("javascript:alert(1)", "http://[::1", "<b>tebal</b>"):
        cast.figure(cast.BERAU, FigureKind.VOTERS, 1, by="Sistem", source=source)
    page = visit(client, "operator.berau", "/wilayah/64.03/angka/dpt_total").text
    assert 'href="javascript' not in page
    assert "<b>tebal" not in page


def test_special_polling_stations_say_who_hosts_them(client: Any, session: Any):
    page = plain(visit(client, "operator.berau", "/wilayah/64.03").text)
    assert "Lembaga pemasyarakatan" in page
    assert "TPS lokasi khusus 3" in page


def test_people_are_those_of_today(client: Any, session: Any):
    page = visit(client, "operator.berau", "/wilayah/64.03").text
    people = page[page.index('id="petugas"') :]
    assert "Operator Berau" in people
    assert "Mantan Berau" not in people
    assert "Calon Berau" not in people


def test_a_report_is_offered_only_to_who_may_make_one(client: Any, session: Any):
    assert "/laporan?wilayah=64.03" in visit(client, "operator.berau", "/wilayah/64.03").text
    assert "/laporan?wilayah=64.03" not in visit(client, "admin.kaltim", "/wilayah/64.03").text


def test_a_region_is_found_by_name_within_reach(client: Any, session: Any):
    page = visit(client, "operator.berau", "/wilayah?cari=teluk+bayur").text
    assert "/wilayah/64.03.09" in page
    assert "Berau, Kalimantan Timur" in page
    assert "/wilayah/64.03.09" in client.get("/wilayah?cari=64.03.09").text
    assert "Tidak ada wilayah dengan nama itu" in client.get("/wilayah?cari=batu+sopang").text


@pytest.mark.parametrize("text", ["%", "_", "'", "  ", "<script>", "a" * 5000])
def test_odd_words_break_no_search(client: Any, session: Any, text: str):
    cast.signed_in(client, "operator.berau")
    answer = client.get("/wilayah", query_string={"cari": text})
    assert answer.status_code in (200, 303)
    assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize(
    "who, code",
    [
        ("operator.kaltim", "64"),
        ("operator.kaltim", "64.03"),
        ("operator.kaltim", "64.03.03"),
        ("operator.kaltim", "64.03.03.2001"),
    ],
)
def test_a_page_asks_little_of_the_database(client: Any, session: Any, who: str, code: str):
    visit(client, who, f"/wilayah/{code}")
    with statements() as asked:
        assert client.get(f"/wilayah/{code}").status_code == 200
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
