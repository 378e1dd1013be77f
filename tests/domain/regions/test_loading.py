"""Bringing the tree and the figures in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from app import data
from app.domain import regions
from app.domain.errors import Invalid, NotFound
from app.domain.regions import Figure, FigureKind, Level, PollingStation, Region
from tests.cast import BERAU

TODAY = dt.date(2024, 11, 25)


def load(*rows: tuple[str, ...]) -> regions.Loaded:
    """Load rows of (code, name, kind)."""
    made = ({"code": code, "name": name, "kind": kind} for code, name, kind in rows)
    return regions.load_regions(made, source_version="uji", today=TODAY)


def region(session: Any, code: str) -> Region:
    session.expire_all()
    return session.get(Region, code)


@pytest.mark.template("empty")
class TestTree:
    def test_children_may_stand_before_their_parents(self, session):
        loaded = load(("65.01", "Kabupaten Bulungan", "kabupaten"), ("65", "Kalimantan Utara", "provinsi"))
        assert (loaded.added, loaded.changed, loaded.retired, loaded.same) == (2, 0, 0, 0)
        assert region(session, "65.01").parent_code == "65"
        assert region(session, "65.01").level == Level.REGENCY

    def test_the_same_file_again_changes_nothing(self, session):
        rows = [("65", "Kalimantan Utara", "provinsi"), ("65.01", "Kabupaten Bulungan", "kabupaten")]
        load(*rows)
        again = load(*rows)
        assert (again.added, again.changed, again.retired, again.same) == (0, 0, 0, 2)

    def test_a_new_name_is_taken_over_and_a_code_that_is_gone_is_retired(self, session):
        load(("65", "Kaltara", "provinsi"), ("65.01", "Bulungan", "kabupaten"), ("65.02", "B", "kabupaten"))
        loaded = load(("65", "Kalimantan Utara", "provinsi"), ("65.01", "Bulungan", "kabupaten"))
        assert (loaded.changed, loaded.retired, loaded.same) == (1, 1, 1)
        assert region(session, "65").name == "Kalimantan Utara"
        assert region(session, "65.02").retired_on == TODAY
        assert [row.code for row in regions.children_of("65")] == ["65.01"]

    def test_a_retired_code_may_come_back(self, session):
        rows = [("65", "Kaltara", "provinsi"), ("65.01", "Bulungan", "kabupaten")]
        load(*rows)
        load(rows[0])
        assert load(*rows).changed == 1
        assert region(session, "65.01").retired_on is None

    def test_a_file_of_one_province_leaves_the_others_alone(self, session):
        load(("64", "Kaltim", "provinsi"), ("64.01", "Paser", "kabupaten"))
        assert load(("65", "Kaltara", "provinsi")).retired == 0
        assert region(session, "64.01").retired_on is None

    @pytest.mark.parametrize(
        "rows, sentence",
        [
            ([("6", "X", "")], "Baris 2"),
            ([("65", "Kaltara", ""), ("65", "Kaltara", "")], "dua kali"),
            ([("65", "", "")], "tidak bernama"),
            ([("65.01", "Bulungan", "")], "induk 65 tidak ada"),
        ],
    )
    def test_it_refuses_a_bad_row_by_its_number(self, session, rows: list[Any], sentence: str):
        with pytest.raises(Invalid, match=sentence):
            load(*rows)

    def test_a_file_of_one_kabupaten_needs_its_province_only(self, session):
        load(("65", "Kaltara", "provinsi"))
        assert load(("65.01", "Bulungan", "kabupaten")).added == 1


class TestKaltim:
    def test_the_shipped_tree_has_every_region_of_kaltim(self, session):
        assert regions.count_by_level("64") == {
            Level.REGENCY: 10,
            Level.DISTRICT: 105,
            Level.VILLAGE: 1_038,
        }

    @pytest.mark.parametrize("code", ["64.03", "64.07", "64.11"])
    def test_berau_kubar_and_mahulu_say_kampung(self, session, code: str):
        assert regions.village_term(code) == "kampung"

    def test_elsewhere_they_say_desa(self, session):
        assert regions.village_term("64.01") == "desa"
        kampung = regions.regions_under(["64.03.11"], Level.VILLAGE)[0]
        assert kampung.title.startswith("Kampung ")
        assert regions.find("64.03.11").title == "Kecamatan Maratua"
        assert regions.find(BERAU).title == "Kabupaten Berau"

    def test_an_unknown_region_is_not_found(self, session):
        with pytest.raises(NotFound, match="99"):
            regions.find("99")

    def test_the_path_leads_from_the_province_down(self, session):
        names = [row.name for row in regions.path_of("64.03.11")]
        assert names == ["Kalimantan Timur", "Kabupaten Berau", "Maratua"]

    def test_berau_has_three_special_tps_with_their_hosts(self, session):
        found = regions.polling_stations(BERAU, special_only=True)
        assert sorted(station.host_kind for station in found) == ["lapas", "perusahaan", "perusahaan"]
        assert {station.voters for station in found} == {None}, "no source says how many vote where"


class TestFigures:
    def test_the_ten_add_up_to_the_province(self, session):
        for kind, total in (
            (FigureKind.POLLING_STATIONS, 6_274),
            (FigureKind.VOTERS, 2_821_202),
            (FigureKind.SPECIAL_POLLING_STATIONS, 30),
            (FigureKind.SPECIAL_VOTERS, 9_395),
        ):
            codes = [row.code for row in regions.children_of("64")]
            found = regions.current_figures([*codes, "64"])
            assert sum(found[code, kind].value for code in codes) == total == found["64", kind].value

    def test_unknown_is_a_value_and_not_zero(self, session):
        found = regions.current_figures([BERAU, "64.07"])
        assert found[BERAU, FigureKind.VOTERS_MALE].value is None
        assert found["64.07", FigureKind.VOTERS_MALE].value == 67_365
        assert found["64.07", FigureKind.SPECIAL_POLLING_STATIONS].value == 0

    def test_every_figure_names_its_source(self, session):
        assert session.scalar(select(func.count()).where(Figure.source == "")) == 0

    def test_the_latest_version_holds_and_the_older_ones_stay(self, session):
        for value in (476, 477):
            row = {"code": BERAU, "kind": "tps_total", "value": str(value), "source": "Surat KPU"}
            assert regions.load_figures([row], by="Operator") == 1
        assert regions.current_figures([BERAU])[BERAU, FigureKind.POLLING_STATIONS].value == 477
        history = regions.figure_history(BERAU, FigureKind.POLLING_STATIONS)
        assert [figure.value for figure in history] == [477, 476, 475]

    def test_the_same_file_again_records_nothing(self, session):
        assert regions.load_figures(data.rows("kaltim_angka.csv"), by="Sistem") == 0
        before = session.scalar(select(func.count()).select_from(PollingStation))
        assert regions.load_polling_stations(data.rows("kaltim_tps_khusus.csv")) == 0
        assert session.scalar(select(func.count()).select_from(PollingStation)) == before

    @pytest.mark.parametrize(
        "change", [{"kind": "banyaknya"}, {"value": "banyak"}, {"value": "-1"}, {"source": ""}]
    )
    def test_it_refuses_a_bad_row_by_its_number(self, session, change: dict[str, str]):
        row = {"code": BERAU, "kind": "tps_total", "value": "475", "source": "KPU"} | change
        with pytest.raises(Invalid, match="Baris 2"):
            regions.load_figures([row], by="Sistem")

    def test_it_refuses_a_negative_figure_and_one_without_source(self, session):
        with pytest.raises(Invalid, match="negatif"):
            regions.figure_values(BERAU, FigureKind.VOTERS, Decimal(-1), by="x", source="KPU")
        with pytest.raises(Invalid, match="sumber"):
            regions.figure_values(BERAU, FigureKind.VOTERS, 1, by="x", source=" ")
