"""Figures by a sheet: errors row by row, old and new side by side, and nothing twice."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from app.documents.tables import Checked, SheetRow
from app.domain import audit, figures, regions
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.regions import Figure, FigureKind
from app.extensions import db
from app.jobs.importers.figures import FiguresImporter
from tests import cast

IMPORTER = FiguresImporter()
TPS = FigureKind.POLLING_STATIONS
ROW = {"code": cast.BERAU, "kind": "TPS", "value": "476", "source": "SK KPU Berau"}


def sheet(*said: dict[str, str]) -> list[SheetRow]:
    keys = [column.key for column in IMPORTER.columns(cast.person("admin.kaltim"), "64")]
    return [SheetRow(n, {key: row.get(key, "") for key in keys}) for n, row in enumerate(said, start=2)]


@pytest.fixture
def check(admin: Person) -> Callable[..., Checked]:
    def checked(*said: dict[str, str], by: Person = admin, region: str = "64") -> Checked:
        return IMPORTER.check(sheet(*said), by=by, region=region)

    return checked


@pytest.fixture
def apply(admin: Person) -> Callable[..., str]:
    def applied(*said: dict[str, str], by: Person = admin, region: str = "64") -> str:
        return IMPORTER.apply(sheet(*said), by=by, region=region, progress=lambda done, total: None)

    return applied


def value(code: str = cast.BERAU, kind: FigureKind = TPS) -> Decimal | None:
    return regions.current_figures([code])[code, kind].value


def count() -> int:
    return int(db.session.scalar(db.select(db.func.count()).select_from(Figure)) or 0)


class TestChecking:
    def test_old_and_new_stand_side_by_side_and_nothing_is_written(self, check: Any, session: Any):
        before = count()
        found = check(
            ROW, ROW | {"code": cast.PASER, "value": "485"}, ROW | {"kind": "Penduduk", "value": "0"}
        )
        assert found.errors == ()
        assert found.preview[0] == (
            "2",
            "Kabupaten Berau",
            "TPS",
            "475",
            "476",
            "berubah, berbeda dengan 475",
        )
        assert found.preview[1][3:] == ("485", "485", "berubah")
        assert found.preview[2][4:] == ("0", "berubah, berbeda dengan 299.005")
        facts = dict(found.facts)
        assert (facts["Angka yang dicatat"], facts["Sumber menyebut angka berbeda"]) == ("3", "2")
        assert int(facts["Isian terbuka yang jumlah seluruhnya berubah"]) > 0
        assert count() == before

    @pytest.mark.parametrize(
        "wrong, column, sentence",
        [
            ({"code": ""}, "code", "Isi kode"),
            ({"code": "64.99"}, "code", "tidak ada dalam daftar"),
            ({"code": "65.01"}, "code", "tidak ada dalam daftar"),
            ({"place": "Kabupaten Paser"}, "place", "milik Kabupaten Berau"),
            ({"kind": "Banyaknya"}, "kind", "dari daftar"),
            ({"value": ""}, "value", "Kosong tidak dianggap nol"),
            ({"value": "banyak"}, "value", "bukan angka"),
            ({"value": "-1"}, "value", "negatif"),
            ({"value": "4.5"}, "value", "bukan angka"),
            ({"value": "45,67"}, "value", "bilangan bulat"),
            ({"kind": "Luas (km²)", "value": "716.531"}, "value", "dua hal"),
            ({"source": ""}, "source", "Tuliskan sumbernya"),
            ({"dated_on": "kemarin"}, "dated_on", "Tanggal tidak dikenal"),
            ({"dated_on": "2025-01-01"}, "dated_on", "belum tiba"),
            ({"note": "x" * 301}, "note", "300"),
        ],
    )
    def test_what_is_wrong_is_told_by_row_and_column(
        self, check: Any, wrong: dict[str, str], column: str, sentence: str
    ):
        found = check(ROW | {"kind": "Penduduk", "value": "1"}, ROW | wrong)
        assert [(error.row, error.column) for error in found.errors] == [(3, column)]
        assert sentence in found.errors[0].message

    def test_all_errors_of_all_rows_are_told_at_once(self, check: Any):
        found = check({}, ROW, ROW | {"code": "x", "value": "y"})
        assert [(error.row, error.column) for error in found.errors] == [
            (2, "code"),
            (2, "kind"),
            (2, "source"),
            (4, "code"),
            (4, "value"),
        ]

    def test_regions_out_of_reach_are_refused(self, check: Any, session: Any):
        ours = cast.person("admin.berau")
        found = check(ROW, ROW | {"code": cast.PASER}, by=ours, region=cast.BERAU)
        assert [(error.row, error.column) for error in found.errors] == [(3, "code")]
        assert "di luar penugasan" in found.errors[0].message
        other = check(ROW | {"code": cast.PASER}, region=cast.BERAU)
        assert "di luar wilayah yang Anda pilih" in other.errors[0].message

    def test_one_source_with_two_values_is_refused_and_two_sources_are_not(self, check: Any):
        twice = check(ROW, ROW | {"value": "477", "source": "sk kpu berau"})
        assert [(error.row, error.column) for error in twice.errors] == [(3, "value")]
        assert "baris 2" in twice.errors[0].message
        again = check(ROW, ROW)
        assert "Mengulang baris 2" in again.errors[0].message
        both = check(ROW, ROW | {"value": "480", "source": "Polres"})
        assert both.errors == ()
        assert dict(both.facts)["Sumber menyebut angka berbeda"] == "1"

    @pytest.mark.parametrize(
        "said, meant",
        [
            ("1.588", "1588"),
            ("1 588", "1588"),
            ("1588", "1588"),
            ("belum diketahui", None),
            ("Belum Diketahui", None),
        ],
    )
    def test_values_are_read_as_people_write_them(self, apply: Any, said: str, meant: str | None):
        apply(ROW | {"value": said})
        assert value() == (None if meant is None else Decimal(meant))

    @pytest.mark.parametrize(
        "said, meant", [("20999.28", "20999.28"), ("20.999,28", "20999.28"), ("79.5", "79.5")]
    )
    def test_a_cells_decimal_number_is_read_too(self, apply: Any, said: str, meant: str):
        apply(ROW | {"kind": "Luas (km²)", "value": said})
        assert value(kind=FigureKind.AREA_KM2) == Decimal(meant)


class TestApplying:
    def test_every_figure_has_a_link_of_its_own_on_the_trail(self, apply: Any, admin: Person, session: Any):
        said = apply(
            ROW | {"document": "SK 12", "dated_on": "25/11/2024", "note": "pleno"},
            ROW | {"code": cast.PASER, "place": "Paser", "value": "486"},
        )
        assert said == "2 angka dicatat."
        made = regions.current_figures([cast.BERAU])[cast.BERAU, TPS]
        assert (made.document, str(made.dated_on), made.note) == ("SK 12", "2024-11-25", "pleno")
        links = session.scalars(
            db.select(audit.AuditEntry).where(audit.AuditEntry.action == "region:figure:record")
        ).all()
        assert [(link.region_code, link.actor_name) for link in links] == [
            (cast.BERAU, admin.name),
            (cast.PASER, admin.name),
        ]
        assert links[0].subject_id == str(made.id)

    def test_the_same_sheet_again_records_nothing(self, apply: Any, check: Any):
        apply(ROW)
        before = count()
        assert apply(ROW) == "0 angka dicatat, 1 sudah sama."
        assert count() == before
        assert check(ROW).preview[0][5] == "tetap"

    def test_a_source_beside_the_chosen_one_is_kept_and_not_used(self, apply: Any, check: Any, admin: Person):
        made = figures.record(figures.Statement(cast.BERAU, TPS, Decimal(480), "Polres"), by=admin)
        figures.choose(made.id, by=admin, reason="resmi")
        assert check(ROW).preview[0][3:] == ("480", "480", "tercatat di samping sumber yang dipilih")
        apply(ROW)
        assert value() == 480

    def test_an_older_document_is_kept_and_not_used(self, apply: Any, check: Any):
        older = ROW | {"dated_on": "20/09/2024"}
        found = check(older)
        assert found.preview[0][3:] == ("475", "475", "tercatat di samping, sebab dokumennya lebih lama")
        assert dict(found.facts)["Dokumennya lebih lama daripada yang berlaku"] == "1 dicatat, belum dipakai"
        assert dict(found.facts)["Isian terbuka yang jumlah seluruhnya berubah"] == "0"
        assert apply(older) == "1 angka dicatat."
        assert value() == 475
        assert apply(older) == "0 angka dicatat, 1 sudah sama."

    def test_of_two_rows_of_a_sheet_the_newer_document_counts_in_any_order(self, apply: Any):
        newer = ROW | {"code": cast.PASER, "place": "Paser", "dated_on": "24/11/2024", "value": "500"}
        older = newer | {"source": "Polres", "dated_on": "20/09/2024", "value": "400"}
        apply(newer, older)
        assert regions.current_figures([cast.PASER])[cast.PASER, TPS].value == 500

    def test_a_row_that_went_wrong_meanwhile_stops_all(self, apply: Any, session: Any):
        before = count()
        with pytest.raises(Invalid, match="Baris 3"):
            apply(ROW, ROW | {"code": "64.99"})
        assert count() == before

    def test_who_may_not_record_there_is_refused(self, apply: Any, session: Any):
        with pytest.raises(Invalid, match="di luar penugasan"):
            apply(ROW, by=cast.person("admin.paser"))


def test_a_thousand_villages_are_checked_and_recorded_in_seconds(apply: Any, check: Any, session: Any):
    codes = [row.code for row in regions.regions_under(["64"], regions.Level.VILLAGE)]
    rows = [ROW | {"code": code, "value": str(number)} for number, code in enumerate(codes)]
    began = time.perf_counter()
    assert check(*rows).errors == ()
    assert apply(*rows) == f"{len(codes)} angka dicatat."
    assert len(codes) > 1_000
    assert time.perf_counter() - began < 10


def test_the_page_of_figures_leads_to_the_import(client: Any, session: Any):
    page = cast.signed_in(client, "admin.berau").get("/angka-acuan").text
    assert re.search(r'href="/impor/angka"', page)
    assert client.get("/impor/angka").status_code == 200
    assert client.get("/impor/angka/templat").status_code == 200
