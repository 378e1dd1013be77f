"""Bringing people in by a sheet in a real browser: what is wrong, what will come, and the slips that are shown once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.jobs.importers.people_rows import columns
from app.jobs.worker import Worker
from tests import cast
from tests.documents.sheets import filled
from tests.jobs.stand_ins import PressHere

SITI = {"name": "Siti Aminah", "role": "Operator", "region": cast.BERAU}


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app, press=PressHere(), keeps_warm=False)


def bring(window: Any, place: Path, *rows: dict[str, str]) -> None:
    """Upload a filled template."""
    file = place / "orang.xlsx"
    file.write_bytes(filled(columns([], "64"), rows, "orang"))
    window.goto("/impor/orang")
    window.get_by_label("Berkas XLSX").set_input_files(file)
    window.get_by_role("button", name="Unggah dan periksa").click()
    window.wait_for_url("**/impor/*")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_the_pages_turn_by_themselves_and_are_accessible(
    enter: Any, size: tuple[int, int], worker: Worker, accessible: Any, fits: Any, tmp_path: Path
):
    window = enter("admin.kaltim", size=size)

    def look() -> None:
        accessible(window)
        fits(window)

    window.goto("/impor/orang")
    window.get_by_text("Kolom templat").first.click()
    look()
    bring(window, tmp_path, SITI, SITI | {"name": "", "role": "Raja"})
    look()
    worker.run_one()
    window.get_by_text("Perlu diperbaiki", exact=True).wait_for()
    look()
    bring(window, tmp_path, SITI)
    worker.run_one()
    window.get_by_role("button", name="Terapkan").wait_for()
    look()
    window.get_by_role("button", name="Terapkan").click()
    window.get_by_text("Menunggu diterapkan").wait_for()
    worker.run_one()
    window.get_by_role("button", name="Tampilkan kata sandi").wait_for()
    look()
    window.get_by_role("button", name="Tampilkan kata sandi").click()
    window.get_by_role("heading", name="Siti Aminah").wait_for()
    look()


def test_a_file_that_is_no_sheet_is_explained_without_javascript(enter: Any, tmp_path: Path):
    window = enter("admin.kaltim", javascript=False)
    file = tmp_path / "orang.xlsx"
    file.write_text("Nama;Peran")
    window.goto("/impor/orang")
    window.get_by_label("Berkas XLSX").set_input_files(file)
    window.get_by_role("button", name="Unggah dan periksa").click()
    assert "Berkas ini bukan XLSX." in window.locator(".summary").inner_text()
