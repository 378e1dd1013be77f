"""/pelaporan: what a desk owes."""

from __future__ import annotations

from typing import Any

from tests import cast


def test_a_desk_without_reports_is_told_so(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/pelaporan")
    assert page.status_code == 200
    assert "Belum ada laporan yang wajib dibuat" in page.text


def test_another_regions_reports_do_not_exist_for_a_stranger(client: Any, session: Any):
    assert cast.signed_in(client, "operator.berau").get("/pelaporan?wilayah=64.01").status_code == 404


def test_an_admin_reads_none(client: Any, session: Any):
    assert cast.signed_in(client, "admin.kaltim").get("/pelaporan").status_code == 403
