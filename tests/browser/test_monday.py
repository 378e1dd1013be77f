"""Monday 25 November 2024 in Berau, in three real windows: Sambaliung's logistics arrive, and the province sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.domain.evidence import samples


@pytest.mark.template("demo")
@pytest.mark.one_database
def test_sambaliung_arrives_is_verified_and_the_province_sees_twelve_of_thirteen(
    enter: Callable[..., Page], session: Any
):
    arrival = cast.entry_of("LOG-12", cast.SAMBALIUNG)

    operator = enter("operator.berau")
    operator.goto("/")
    line = operator.locator(".line", has_text="LOG-12").filter(has_text="sisa")
    expect(line).to_contain_text("11 dari 13 kecamatan")
    expect(line).to_contain_text("sisa Sambaliung, Teluk Bayur")
    line.locator("a").first.click()
    row = operator.locator(f"#checklist-entry-{arrival.id}")
    row.locator(".tick").click()
    expect(row.locator(".panel .summary")).to_contain_text("Belum ada yang disimpan.")
    taken = {"name": "gudang sambaliung.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
    row.get_by_label("Tambah bukti").set_input_files(taken)
    row.get_by_role("button", name="Lampirkan").click()
    expect(row.locator(".proof-list")).to_contain_text("gudang sambaliung.jpg")
    row.locator("[name=angka]").fill("1")
    row.get_by_role("button", name="Tandai selesai", exact=True).click()
    expect(row.locator(".state")).to_have_text("Selesai")
    expect(row.locator(".ev")).to_have_text("1 bukti")

    supervisor = enter("penyelia.berau")
    supervisor.goto("/verifikasi")
    waiting = supervisor.locator(".card-entry")
    supervisor.locator(".card-entry", has_text="KAM-05").focus()
    supervisor.keyboard.press("r")
    supervisor.keyboard.type("Rincian per kecamatan belum dilampirkan")
    supervisor.keyboard.press("Tab")
    supervisor.keyboard.press("Enter")
    expect(supervisor.locator("#status")).to_contain_text("dikembalikan kepada pengisinya")
    for left in range(waiting.count(), 0, -1):
        expect(supervisor.locator("#queue-count")).to_have_text(str(left))
        supervisor.keyboard.press("v")
        expect(waiting).to_have_count(left - 1)

    operator.goto("/")
    returned = operator.locator("section", has=operator.locator("#part-back"))
    expect(operator.locator("#part-back .count")).to_have_text("2")
    expect(returned).to_contain_text("Rincian per kecamatan belum dilampirkan")

    province = enter("operator.kaltim")
    province.goto("/wilayah/64.03")
    expect(province.get_by_text("12 dari 13 kecamatan")).to_be_visible()
