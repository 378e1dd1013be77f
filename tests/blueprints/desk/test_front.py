"""The front page: what I must do now, for each role, in few statements."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast


def test_the_operator_sees_late_and_due_work(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/").text
    assert page.index("Lewat waktu") < page.index('id="part-today"')
    assert "LOG-14" in page
    assert "menunggu Anda" in page


def test_yesterdays_unticked_day_stays_visible_as_missed(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/").text
    late = page[page.index('id="part-late"') : page.index('id="part-today"')]
    assert "KTP-11" in late
    assert "terlewat kemarin" in late


def test_items_of_the_levels_below_are_one_line_each(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/").text
    assert "0 dari 13" in page


def test_the_supervisor_sees_what_waits(client: Any, session: Any):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    cast.signed_in(client, "operator.berau")
    client.post(f"/daftar-periksa/{entry.id}/selesai", data={"versi": str(entry.version)})
    page = cast.signed_in(client, "penyelia.berau").get("/").text
    assert "Menunggu verifikasi Anda" in page
    assert f'id="checklist-entry-{entry.id}"' in page


@pytest.mark.parametrize(
    "who",
    ["pimpinan.kaltim", "inspektorat.kaltim", "admin.kaltim", "operator.sambaliung", "pengamat.kpu-berau"],
)
def test_every_role_has_a_front_page(client: Any, session: Any, who: str):
    answer = cast.signed_in(client, who).get("/")
    assert answer.status_code == 200
    assert "Kemajuan" in answer.text


@pytest.mark.parametrize("who", ["mantan.berau", "calon.berau"])
def test_without_an_appointment_in_force_it_says_so(client: Any, session: Any, who: str):
    page = cast.signed_in(client, who).get("/").text
    assert "Tidak ada penugasan yang berlaku hari ini" in page


def test_two_desks_can_be_switched(client: Any, session: Any):
    cast.signed_in(client, "rangkap.berau")
    assert 'name="wilayah"' in client.get("/").text
    assert "Kabupaten Berau" in client.get("/?wilayah=64.03").text


def test_the_band_says_that_it_is_a_training_day(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/").text
    assert "SIMULASI: Senin, 25 November 2024" in page
    assert "09.00 WITA" in page
    assert "H-2" in page
    assert "Masa Tenang" in page
