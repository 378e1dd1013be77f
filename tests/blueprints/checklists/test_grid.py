"""The grid: many entries at once, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import checklists, stages
from app.domain.checklists import Standing
from tests import cast
from tests.blueprints.checklists.test_files import picture

GRID = "/daftar-periksa/kisi?butir=LOG-12&wilayah=64.03"


@pytest.fixture
def operator_at(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


@pytest.fixture
def two(session: Any) -> list[checklists.EntryRow]:
    return [cast.entry_of("LOG-12", cast.SAMBALIUNG), cast.entry_of("LOG-12", cast.TELUK_BAYUR)]


def picked(entries: list[checklists.EntryRow], **more: Any) -> dict[str, Any]:
    return {"pilih": [f"{e.id}:{e.version}" for e in entries], "tindakan": "selesai", **more}


def standings(entries: list[checklists.EntryRow]) -> set[Standing]:
    return {checklists.fresh(entry.id).standing for entry in entries}


def test_one_item_shows_all_its_regions(operator_at: Any):
    page = operator_at.get(GRID).text
    assert page.count('name="pilih"') == 13


def test_an_area_shows_the_items_of_the_region_itself_unless_a_level_is_asked_for(operator_at: Any):
    own = operator_at.get("/daftar-periksa/kisi?bidang=LOG&wilayah=64.03").text
    assert "LOG-14" in own
    assert "Sambaliung" not in own[own.index("<tbody>") :]
    below = operator_at.get("/daftar-periksa/kisi?bidang=LOG&wilayah=64.03&tingkat=kecamatan").text
    assert "Sambaliung" in below[below.index("<tbody>") :]
    assert "LOG-14" not in below[below.index("<tbody>") :]


def test_a_figure_over_the_total_is_kept_with_its_reason(operator_at: Any, session: Any):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    path = "/daftar-periksa/kisi?butir=KTP-11&wilayah=64.03&tenggat=today"
    sent = picked([entry], **{f"angka-{entry.id}": "5", "alasan_angka": "Pelayanan malam hari."})
    assert 'name="alasan_angka"' in operator_at.get(path).text
    assert operator_at.post(path, data=sent).status_code == 303
    assert checklists.fresh(entry.id).measure_reason == "Pelayanan malam hari."


def test_what_is_missing_is_said_and_nothing_else(operator_at: Any, two: list[checklists.EntryRow]):
    nothing_picked = operator_at.post(GRID, data={"tindakan": "selesai"})
    assert "Pilih sedikitnya satu baris." in nothing_picked.text
    too_long = operator_at.post(GRID, data=picked(two, catatan="x" * 4001))
    assert too_long.status_code == 422
    assert "Pilih sedikitnya satu baris." not in too_long.text
    assert "Paling banyak 4000 tanda." in too_long.text


def test_nothing_chosen_says_what_to_choose(operator_at: Any):
    assert "Pilih butir atau bidang" in operator_at.get("/daftar-periksa/kisi").text


def test_it_ticks_all_that_are_picked_with_one_file_for_all(operator_at: Any, two: Any):
    answer = operator_at.post(GRID, data=picked(two, berkas=picture()))
    assert answer.status_code == 303
    assert standings(two) == {Standing.DONE}
    assert {checklists.fresh(e.id).evidence_count for e in two} == {1}
    assert checklists.progress.check(stages.current_election()) == []


def test_it_keeps_the_figures_of_each_line(operator_at: Any, session: Any):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    form = picked([entry], tindakan="catat", **{f"angka-{entry.id}": "1.588"})
    operator_at.post("/daftar-periksa/kisi?bidang=KTP&wilayah=64.03", data=form)
    assert checklists.fresh(entry.id).measure_value == 1588


def test_one_refusal_keeps_none_and_shows_its_line(operator_at: Any, two: Any):
    answer = operator_at.post(GRID, data=picked(two, catatan="Tetap tertulis"))
    assert answer.status_code == 422
    assert "Lampirkan bukti" in answer.text
    assert "Tetap tertulis" in answer.text
    assert standings(two) == {Standing.NOT_STARTED}


def test_a_line_changed_by_somebody_else_is_409_and_none_is_kept(operator_at: Any, two: Any, client: Any):
    cast.signed_in(client, "rekan.berau")
    client.post(f"/daftar-periksa/{two[1].id}/proses", data={"versi": str(two[1].version)})
    cast.signed_in(client, "operator.berau")
    answer = client.post(GRID, data=picked(two, tanpa_bukti="Menyusul"))
    assert answer.status_code == 409
    assert checklists.fresh(two[0].id).standing is Standing.NOT_STARTED


@pytest.mark.parametrize("figure", ["tiga", "-1", "1,5"])
def test_a_bad_figure_is_explained(operator_at: Any, two: Any, figure: str):
    form = picked(two, tanpa_bukti="Menyusul", **{f"angka-{two[0].id}": figure})
    assert operator_at.post(GRID, data=form).status_code == 422
    assert standings(two) == {Standing.NOT_STARTED}


def test_picking_nothing_is_explained(operator_at: Any, two: Any):
    answer = operator_at.post(GRID, data={"tindakan": "selesai"})
    assert answer.status_code == 422
    assert "Pilih sedikitnya satu baris" in answer.text


def test_an_unknown_deed_is_explained(operator_at: Any, two: Any):
    assert operator_at.post(GRID, data=picked(two, tindakan="hapus")).status_code == 422


def test_entries_of_another_region_are_not_found(client: Any, two: Any):
    cast.signed_in(client, "operator.paser")
    answer = client.post("/daftar-periksa/kisi?butir=LOG-12&wilayah=64.01", data=picked(two, tanpa_bukti="x"))
    assert answer.status_code in (404, 409)
    assert standings(two) == {Standing.NOT_STARTED}


def test_the_supervisor_does_not_fill(client: Any, two: Any):
    cast.signed_in(client, "penyelia.berau")
    assert client.get(GRID).status_code == 403
    assert client.post(GRID, data=picked(two)).status_code == 403
