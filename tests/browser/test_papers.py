"""Asking for a paper and waiting for it in a real browser: the page asks for itself and keeps the keyboard's place."""

from __future__ import annotations

from typing import Any

import pytest

from app.jobs.worker import Worker
from tests import cast
from tests.jobs.stand_ins import PressThat


def sign_in(window: Any, username: str = "operator.berau") -> Any:
    window.goto("/masuk")
    window.get_by_label("Nama akun").fill(username)
    window.get_by_label("Kata sandi").fill(cast.PASSWORD)
    window.get_by_role("button", name="Masuk").click()
    window.wait_for_url("**/")
    return window


@pytest.fixture
def worker(app: Any) -> Worker:
    return Worker(app, press=PressThat(lambda progress, is_over: b"%PDF-1.7 kabar"), keeps_warm=False)


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_page_becomes_ready_by_itself(
    request: pytest.FixtureRequest, size: str, worker: Worker, accessible: Any, fits: Any
):
    window = sign_in(request.getfixturevalue(size))
    window.goto("/laporan")
    accessible(window)
    fits(window)
    window.get_by_role("button", name="Buat laporan").click()
    window.wait_for_url("**/pekerjaan/*")
    accessible(window)
    fits(window)
    reload = window.get_by_role("link", name="Muat ulang")
    reload.focus()
    with window.expect_response("**/keadaan"):
        pass
    assert window.evaluate("document.activeElement.id") == "job-reload"
    worker.run_one()
    ready = window.get_by_role("link", name="Unduh PDF")
    ready.wait_for()
    assert "Laporan siap diunduh." in window.locator("#status").inner_text()
    accessible(window)
    fits(window)
    with window.expect_download() as fetched:
        ready.click()
    assert fetched.value.suggested_filename == "laporan-daftar-periksa-kabupaten-berau-2024-11-25.pdf"
    assert window.locator("[hx-trigger]").count() == 0  # nothing asks any more


def test_without_javascript_a_reload_shows_the_file(open_window: Any, worker: Worker):
    window = sign_in(open_window(javascript=False))
    window.goto("/laporan")
    window.get_by_role("button", name="Buat laporan").click()
    window.wait_for_url("**/pekerjaan/*")
    worker.run_one()
    window.get_by_role("link", name="Muat ulang").click()
    assert window.get_by_role("link", name="Unduh PDF").is_visible()


def test_what_is_wrong_is_said_first_and_at_its_field(page: Any, accessible: Any):
    window = sign_in(page)
    window.goto("/laporan?dari=2024-11-25&sampai=2024-11-20")
    window.get_by_role("button", name="Buat laporan").click()
    summary = window.get_by_role("alert")
    summary.wait_for()
    assert "Tanggal akhir harus sama" in summary.inner_text()
    accessible(window)
    assert window.evaluate("document.activeElement.className") == "summary"
