"""/pelaporan: what a desk owes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain.reports import Kind
from tests import cast, counting
from tests.blueprints.reports.conftest import MONDAY, at, report_of, sent


def test_a_desk_without_reports_is_told_so(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/pelaporan")
    assert page.status_code == 200
    assert "Belum ada laporan yang wajib dibuat" in page.text


def test_another_regions_reports_do_not_exist_for_a_stranger(client: Any, session: Any):
    assert cast.signed_in(client, "operator.berau").get("/pelaporan?wilayah=64.01").status_code == 404


def test_an_admin_reads_none(client: Any, session: Any):
    assert cast.signed_in(client, "admin.kaltim").get("/pelaporan").status_code == 403


def test_what_is_to_be_done_now_stands_on_top(client: Any, rows: None):
    page = cast.signed_in(client, "operator.berau").get("/pelaporan").text
    assert page.index("Laporan yang ditulis") < page.index("Laporan desk ini")
    assert "tenggat pukul 16.00 WITA" in page
    assert "tenggat pukul 10.00 WITA, 60 menit lagi" in page
    assert "lewat tenggat, terkunci pukul 12.00 WITA" in page


def test_one_kind_only_reaches_farther(client: Any, rows: None, session: Any):
    cast.signed_in(client, "operator.berau")
    final = client.get("/pelaporan?jenis=akhir").text
    assert "Laporan akhir Selasa, 10 Desember 2024" in final
    assert "Laporan harian Senin" not in final
    sent(cast.BERAU, dt.date(2024, 11, 11), "09:30", Kind.WEEKLY)
    assert "11 November 2024" in client.get("/pelaporan?jenis=senin").text
    assert client.get("/pelaporan?jenis=x&sampai=0001-01-01").status_code == 200


def test_days_before_the_desk_was_in_use_are_not_listed(client: Any, rows: None):
    page = cast.signed_in(client, "operator.berau").get("/pelaporan").text
    assert "24 November 2024" in page
    assert "23 November 2024" not in page


class TestFrontPage:
    """What the front page says of reports."""

    def test_the_operator_is_told_what_is_due(self, client: Any, rows: None):
        page = cast.signed_in(client, "operator.berau").get("/").text
        assert "Laporan yang ditulis" in page
        assert "Laporan harian Senin, 25 November 2024" in page

    def test_the_headline_counts_them(self, client: Any, session: Any, election: Any):
        from app.domain import reports

        cast.signed_in(client, "pimpinan.berau")
        assert "Keadaan hari ini" in client.get("/").text
        reports.expect(election)
        report_of().state = "diverifikasi"
        page = client.get("/").text
        assert "Satu hal menunggu Anda" in page
        assert "Laporan menunggu disahkan" in page

    def test_the_province_is_told_who_is_silent(self, client: Any, rows: None):
        at("16:30")
        page = cast.signed_in(client, "penyelia.kaltim").get("/").text
        assert "20 laporan desk di bawah" in page

    def test_a_silent_verifier_is_told_to_the_desk_above(self, client: Any, rows: None):
        sent(cast.BERAU, MONDAY, "15:30")
        at("17:31")
        page = cast.signed_in(client, "penyelia.kaltim").get("/").text
        assert "Belum diperiksa siapa pun" in page
        assert "Kabupaten Berau: Laporan harian" in page

    def test_it_costs_two_statements(self, client: Any, rows: None, session: Any):
        cast.signed_in(client, "penyelia.kaltim")
        client.get("/")
        with counting.statements() as asked:
            client.get("/")
        assert len([text for text in asked if "FROM report " in text]) == 2
