"""The library by a sheet: what went out comes in unchanged; what was changed is published; faults are told by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.documents.reading import rows_of, unfold
from app.documents.tables import Checked, SheetRow
from app.domain import checklists
from app.domain.accounts import Person
from app.domain.checklists import Change
from app.domain.errors import NotAllowed, NotNow
from app.jobs.importers.library import LibraryImporter, whole_library
from tests.cast import person
from tests.domain.checklists.library_cast import draft, everywhere, publish, said

IMPORTER = LibraryImporter()


@pytest.fixture(autouse=True)
def the_whole_election(session: Any) -> Any:
    return everywhere()


@pytest.fixture
def sheet(admin: Person) -> list[SheetRow]:
    """The library as it went out, read again as the machine reads it."""
    rows, errors = rows_of(
        unfold(whole_library(admin)), IMPORTER.kind, IMPORTER.title, IMPORTER.columns(admin, "64")
    )
    assert errors == []
    return rows


def changed(rows: list[SheetRow], code: str, /, **cells: str) -> list[SheetRow]:
    """The rows with one changed."""
    return [SheetRow(row.number, row.values | cells) if row.values["code"] == code else row for row in rows]


def added(rows: list[SheetRow], like: str, **cells: str) -> list[SheetRow]:
    """The rows with one more at the end."""
    source = next(row for row in rows if row.values["code"] == like)
    return [*rows, SheetRow(rows[-1].number + 1, source.values | cells)]


@pytest.fixture
def check(admin: Person) -> Callable[[list[SheetRow]], Checked]:
    return lambda rows: IMPORTER.check(rows, by=admin, region="64")


@pytest.fixture
def apply(admin: Person) -> Callable[[list[SheetRow]], str]:
    return lambda rows: IMPORTER.apply(rows, by=admin, region="64", progress=lambda done, total: None)


def told(found: Checked) -> list[tuple[int, str, str]]:
    return [(error.row, error.column, error.message) for error in found.errors]


class TestRoundTrip:
    def test_what_went_out_changes_nothing(self, sheet: Any, check: Any, apply: Any):
        found = check(sheet)
        facts = dict(found.facts)
        assert (found.errors, found.preview) == ((), ())
        assert (facts["Butir baru"], facts["Butir yang berubah"]) == ("0", "0")
        assert facts["Sama dengan pustaka"] == str(len(sheet)) == "11"
        assert apply(sheet) == "Tidak ada yang berubah: isi lembar sama dengan pustaka."
        assert all(version.number == 1 for _, version in checklists.known_items().values())

    @pytest.mark.template("demo")
    @pytest.mark.slow
    def test_neither_does_the_whole_shipped_library(self, sheet: Any, check: Any):
        draft("KTP-11", wording=said("KTP-11", condition="LOG-14 > 1500"))
        publish()
        found = check(changed(sheet, "KTP-11", condition="LOG-14 > 1500"))
        assert found.errors == ()
        assert dict(found.facts)["Sama dengan pustaka"] == "120"

    def test_retired_items_stay_at_home(self, admin: Person):
        draft("KTP-11", Change.RETIRE, reason="ganda")
        publish()
        rows, _ = rows_of(
            unfold(whole_library(admin)), IMPORTER.kind, IMPORTER.title, IMPORTER.columns(admin, "64")
        )
        assert "KTP-11" not in {row.values["code"] for row in rows}


class TestChanging:
    def test_differences_and_effects_are_told_before(self, sheet: Any, check: Any):
        found = check(changed(sheet, "KTP-11", title="Judul baru", levels="Kabupaten/kota; kecamatan"))
        facts = dict(found.facts)
        assert found.preview == (
            ("KTP-11", "Judul", said("KTP-11").title, "Judul baru"),
            ("KTP-11", "Tingkat", "Kabupaten/kota", "Kabupaten/kota; Kecamatan"),
        )
        assert (facts["Butir yang berubah"], facts["Isian baru muncul"]) == ("1", "210")

    def test_all_rows_are_published_together(self, sheet: Any, apply: Any, election: Any):
        rows = changed(sheet, "KTP-11", title="Judul baru")
        rows = added(rows, "LOG-14", code="LOG-16", title="Butir baru", condition="LOG-14 selesai")
        assert apply(rows) == "2 butir diterbitkan, 0 isian baru dibuat."
        assert (said("KTP-11").title, said("LOG-16").condition) == ("Judul baru", "LOG-14 selesai")
        assert checklists.progress.check(election) == []
        assert apply(rows) == "Tidak ada yang berubah: isi lembar sama dengan pustaka."

    def test_days_units_and_choices_are_read_as_people_write_them(self, sheet: Any, apply: Any):
        cells = {
            "due": "-1",
            "stage": "MASA_TENANG",
            "unit": "dishub",
            "recurrence": "sekali",
            "evidence": "foto, ANGKA",
        }
        apply(changed(sheet, "LOG-14", **cells))
        now = said("LOG-14")
        assert (now.due_offset, now.stage, now.evidence) == (-1, "MASA_TENANG", "foto angka")

    def test_what_the_sheet_does_not_name_stays(self, sheet: Any, apply: Any):
        apply([row for row in changed(sheet, "KTP-11", title="Lain") if row.values["code"] == "KTP-11"])
        assert len(checklists.current_versions()) == 11

    def test_where_very_many_entries_follow_drafts_are_kept(self, sheet: Any, apply: Any, monkeypatch: Any):
        monkeypatch.setattr("app.domain.checklists.previewing.MOST_AT_ONCE", 10)
        assert "disimpan sebagai rancangan" in apply(changed(sheet, "KTP-11", title="Lain"))
        assert [one.code for one in checklists.drafts()] == ["KTP-11"]
        assert said("KTP-11").title != "Lain"


class TestFaults:
    @pytest.mark.parametrize(
        "cells, column, words",
        [
            ({"stage": "Entah"}, "stage", "Tahapan ini tidak ada"),
            ({"levels": "RT"}, "levels", "«RT» tidak dikenal"),
            ({"levels": ""}, "levels", "paling sedikit satu"),
            ({"unit": "Dinas Antah"}, "unit", "tidak ada dalam daftar"),
            ({"unit": "Komisi Pemilihan Umum"}, "unit", "hanya sumber data"),
            ({"recurrence": "Kadang"}, "recurrence", "Pengulangan ini tidak ada"),
            ({"due": "besok"}, "due", "Tulis hari"),
            ({"due": "H+3"}, "due", "di luar tahapan"),
            ({"evidence": "Video"}, "evidence", "«Video» tidak dikenal"),
            ({"measure_total": "tps_totl"}, "measure_total", "tidak dikenal"),
            ({"measure_total": "-5"}, "measure_total", "bilangan bulat lebih dari nol"),
            ({"measure_total": "n_keldes * -1"}, "measure_total", "Hitungan itu tidak dapat dipakai"),
            ({"measure_total": "0"}, "measure_total", "bilangan bulat lebih dari nol"),
            ({"condition": "LOG-14"}, "condition", "Tulis seperti"),
            ({"condition": "KTP-99 selesai"}, "condition", "tidak ada"),
            ({"title": "x" * 241}, "title", "Paling banyak 240"),
            ({"code": "KTP"}, "code", "Tulis bidang"),
        ],
    )
    def test_each_stands_at_its_row_and_column(
        self, sheet: Any, check: Any, cells: dict[str, str], column: str, words: str
    ):
        found = check(changed(sheet, "KTP-11", **cells))
        number = next(row.number for row in sheet if row.values["code"] == "KTP-11")
        (error,) = found.errors
        assert (error.row, error.column) == (number, column)
        assert words in error.message

    def test_a_code_twice_is_told_at_both(self, sheet: Any, check: Any):
        found = check(added(sheet, "LOG-14", title="Sekali lagi"))
        assert [column for _, column, _ in told(found)] == ["code", "code"]

    def test_a_circle_over_two_rows_is_named(self, sheet: Any, check: Any):
        rows = changed(sheet, "KTP-11", condition="LOG-14 selesai")
        found = check(changed(rows, "LOG-14", condition="KTP-11 selesai"))
        assert all("berputar" in message for _, _, message in told(found))
        assert len(found.errors) == 2

    def test_an_unchanged_row_is_in_nobodys_way(self, sheet: Any, check: Any, apply: Any):
        draft("KTP-10", Change.RETIRE, reason="ganda")
        publish()
        draft("KTP-11", wording=said("KTP-11", title="Rancangan"))
        assert told(check(sheet)) == []
        rows = changed(sheet, "LOG-14", title="Judul baru")
        assert dict(check(rows).facts)["Butir yang berubah"] == "1"
        assert apply(rows).startswith("1 butir diterbitkan")
        assert checklists.draft_of("KTP-11") is not None

    def test_an_item_with_a_draft_or_retired_is_not_overwritten(self, sheet: Any, check: Any):
        draft("KTP-10", Change.RETIRE, reason="ganda")
        publish()
        draft("KTP-11", wording=said("KTP-11", title="Rancangan"))
        rows = changed(changed(sheet, "KTP-11", title="Lain"), "KTP-10", title="Lain")
        messages = {message for _, _, message in told(check(rows))}
        assert any("KTP-11 sedang dirancang Admin Kaltim" in message for message in messages)
        assert any("KTP-10 sudah dipensiunkan" in message for message in messages)

    def test_a_library_that_changed_since_the_check_is_refused(self, sheet: Any, apply: Any):
        rows = changed(sheet, "KTP-11", condition="LOG-14 selesai")
        draft("LOG-14", Change.RETIRE, reason="ganda")
        publish()
        with pytest.raises(NotNow, match="Pustaka berubah"):
            apply(rows)

    def test_only_who_governs_the_election_may(self, sheet: Any):
        by = person("admin.berau")
        with pytest.raises(NotAllowed):
            IMPORTER.check(sheet, by=by, region="64.03")
        with pytest.raises(NotAllowed):
            IMPORTER.apply(sheet, by=by, region="64.03", progress=lambda done, total: None)


def test_rows_that_need_each_other_are_kept_as_drafts_together(
    sheet: Any, apply: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(checklists, "is_much", lambda *_: True)
    rows = added(
        sheet,
        "KTP-11",
        code="KTP-98",
        title="Butir yang menunggu butir sesudahnya",
        condition="KTP-99 selesai",
    )
    rows = added(rows, "KTP-11", code="KTP-99", title="Butir yang ditunggu")
    assert "2 butir disimpan sebagai rancangan" in apply(rows)
    assert {one.code for one in checklists.drafts()} == {"KTP-98", "KTP-99"}
