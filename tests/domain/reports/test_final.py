"""The tables of a final report: everything that the desk knows, counted, and nobody's name but the desk's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import clock, reports, stages
from app.domain.checklists import AREAS
from app.domain.outreach import TURNOUT
from app.domain.registers import Fact
from app.domain.reports import Hindrance, Table
from app.domain.reports.final import final_tables
from app.domain.reports.voting import VOTING, _Place, _table
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import arrived, told
from tests.domain.polling.hours import VOTING_DAY, it_is, stood

DAY = dt.date(2024, 11, 25)
PROBLEM = Hindrance("Kabupaten Berau", "Jalan putus ke Segah", "Lewat sungai", "ditangani", "BPBD", DAY)

pytestmark = pytest.mark.template("demo")


@pytest.fixture
def tables(session: Any) -> dict[str, Table]:
    """Those of the province, as its operator reads them."""
    person = cast.person("operator.kaltim")
    found = final_tables(person, stages.current_election(), "64", DAY, (PROBLEM,))
    return {table.key: table for table in found}


def line(table: Table, first: str) -> dict[str, Any]:
    """One row by its heads."""
    row = next(row for row in table.rows if row[0] == first)
    return dict(zip(table.heads, row, strict=True))


def test_every_row_has_a_cell_for_each_head(tables: dict[str, Table]):
    assert all(len(row) == len(table.heads) for table in tables.values() for row in table.rows)


def test_the_regions_figures_are_those_in_force_and_the_unknown_stays_unknown(tables: dict[str, Table]):
    berau = line(tables["wilayah"], "Kabupaten Berau")
    assert (berau["Kecamatan"], berau["TPS"]) == (13, 475)
    assert line(tables["wilayah"], "Provinsi Kalimantan Timur (seluruhnya)")["TPS"] == 6274


def test_the_areas_add_up_to_the_whole(tables: dict[str, Table]):
    *areas, whole = tables["capaian"].rows
    assert [row[0] for row in areas] == [name for name in AREAS.values() if name in {row[0] for row in areas}]
    assert sum(row[1] for row in areas) == whole[1]
    assert sum(row[2] for row in areas) == whole[2]


def test_every_item_of_the_library_stands_in_one_area(tables: dict[str, Table]):
    codes = [row[0] for area in AREAS for row in tables[f"butir_{area.lower()}"].rows]
    assert {code[:3] for code in codes} == set(AREAS)


def test_cases_are_counted_by_region_and_kind(tables: dict[str, Table]):
    assert "3 kasus" in str(line(tables["kasus"], "Kabupaten Berau"))


def test_a_problem_says_where_what_and_who(tables: dict[str, Table]):
    assert line(tables["masalah"], "Jalan putus ke Segah")["Penanggung jawab"] == "BPBD"


def test_each_region_has_its_annex(tables: dict[str, Table]):
    annexes = [table for table in tables.values() if table.section == "lampiran" and table.region]
    assert "Kabupaten Berau" in {table.region for table in annexes}


def test_no_name_of_a_case_gets_in(session: Any, tables: dict[str, Table]):

    told = {
        str(cell) for table in tables.values() if table.key != "susunan" for row in table.rows for cell in row
    }
    people = {cast.person(name).name for name in ("operator.berau", "penyelia.berau", "operator.kaltim")}
    assert not people & told


def test_reports_are_counted_by_how_they_came_and_a_returned_one_had_come(session: Any):
    province = cast.person("penyelia.kaltim")
    clock.set_frozen(clock.at(DAY, dt.time(11, 30), "Asia/Makassar"))
    election = stages.current_election()
    found = reports.of_region(province, election.id, "64.09", dt.date(2024, 11, 18), dt.date(2024, 11, 18))
    row = next(one for one in found if one.kind is reports.Kind.WEEKLY)
    assert row.mark(clock.now()) is reports.Mark.LATE
    reports.reopen(row, by=province, version=row.version, reason="Angka logistik berubah.")
    made = final_tables(cast.person("operator.kaltim"), election, "64", DAY, ())
    told = next(table for table in made if table.key == "pelaporan")
    came = {
        place: line(told, place)["Senin: terlambat"]
        for place in ("Kabupaten Penajam Paser Utara", "Kabupaten Berau")
    }
    assert came == {"Kabupaten Penajam Paser Utara": 1, "Kabupaten Berau": 0}
    assert line(told, "Kota Bontang")["Senin: nihil"] == 1


def test_voting_day_is_told_by_the_register_and_by_the_checklist_where_it_is_silent(session: Any):
    after = DAY + dt.timedelta(days=3)
    clock.set_frozen(clock.at(after, dt.time(9), "Asia/Makassar"))
    operator = cast.person("operator.berau")
    arrived("64.03.11.2001", operator, station="001", stand="kembali")
    said = {
        "kind": "hasil",
        "race": "semua",
        "of_election": "",
        "percent": 71,
        "stated_on": after,
        "source": "KPU",
    }
    told(TURNOUT, cast.BERAU, operator, **said)
    made = final_tables(cast.person("operator.kaltim"), stages.current_election(), "64", after, ())
    opened, counted = (next(one for one in made if one.key == key) for key in ("pemungutan", "rekapitulasi"))
    assert "71" in line(opened, "Kabupaten Berau")["Pemilih yang hadir"]
    returned = "TPS yang kotaknya sudah kembali"
    assert line(counted, "Kabupaten Berau")[returned] == "1", (
        "from the register: without the checklist's mark"
    )
    assert str(line(counted, "Kabupaten Paser")[returned]).endswith("wilayah*")
    assert opened.rows[-1][0] == counted.rows[-1][0] == "Provinsi Kalimantan Timur (seluruhnya)"
    assert "Belum ada register" not in opened.note, "a register holds each figure of voting day"
    assert "Register jalannya pemungutan suara belum berisi angka TPS yang dibuka: 10 wilayah" in opened.note
    assert "Register partisipasi belum berisi angka Pemilih yang hadir: 9 wilayah" in opened.note


def test_voting_day_is_told_hour_by_hour_of_each_region_and_of_the_whole(session: Any):
    it_is(22)
    berau, paser = cast.person("operator.berau"), cast.person("operator.paser")
    stood(berau, "07.10", opened=440, late=0)
    stood(berau, "09.00", opened=470, late=30, cause="Hujan deras")
    stood(paser, "08.45", cast.PASER, opened=300)
    stood(berau, "21.00", opened=475, late=35, cause="Hujan deras", closed=475, counted=400, voters=90_000)
    made = final_tables(cast.person("operator.kaltim"), stages.current_election(), "64", VOTING_DAY, ())
    found = {table.key: table for table in made}
    hourly = [row for row in found["pemungutan_jam"].rows if row[0] == "Kabupaten Berau"]
    assert [row[1:] for row in hourly] == [
        ("27 Nov 2024 pukul 08.00", 475, 440, None, None, None),
        ("27 Nov 2024 pukul 09.00", 475, 470, None, None, None),
        ("27 Nov 2024 pukul 21.00", 475, 475, 475, 400, 90_000),
    ]
    whole = [row[1:4] for row in found["pemungutan_jam"].rows if "seluruhnya" in str(row[0])]
    assert whole == [
        ("27 Nov 2024 pukul 08.00", 6274, 440),
        ("27 Nov 2024 pukul 09.00", 6274, 770),
        ("27 Nov 2024 pukul 21.00", 6274, 775),
    ]
    row = line(found["pemungutan"], "Kabupaten Berau")
    assert (row["TPS yang dibuka"], row["TPS yang dibuka tepat waktu"]) == (
        "475 dari 475",
        "440 dari 475",
    )
    assert row["TPS yang selesai menghitung"] == "400 dari 475"


def test_what_neither_a_register_nor_a_checklist_tells_makes_no_table():
    silent = [_Place("Kabupaten Berau", {}, {}), _Place("Provinsi (seluruhnya)", {}, {})]
    assert _table("pemungutan", "(e)", VOTING, silent).rows == ()


def test_a_note_names_the_silent_regions_while_they_are_few():
    fact = Fact("logistik.tps_lengkap", "LOG", "TPS", 3, "TPS")
    places = [_Place("Berau", {fact.key: fact}, {}), _Place("Paser", {}, {}), _Place("seluruhnya", {}, {})]
    made = _table("pemungutan", "(e)", VOTING, places)
    assert (
        "Register kedatangan logistik belum berisi angka TPS yang sudah menerima logistik: Paser."
        in made.note
    )
    assert made.rows[0][1] == "3"


def test_it_asks_a_few_statements_for_each_region_below(session: Any):
    person = cast.person("operator.kaltim")
    with statements() as asked:
        final_tables(person, stages.current_election(), "64", DAY, ())
    assert len(asked) <= 520, "ten regions, each with all its rooms, and four recapitulations"
