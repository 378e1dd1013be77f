"""A report's page, the deeds of whoever judges it, and the queue of what waits for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.domain import clock, reports
from app.domain.reports import Explained, Grade, Part, ReportRow, SectionText, State
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.reports.sent import CASES, CONTENT, fresh, owed, put

JUDGE, WRITER = "penyelia.berau", "operator.berau"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
WHY = "Angka logistik belum cocok."


@pytest.fixture
def report(session: Any) -> ReportRow:
    """Berau's daily report, sent once by its operator."""
    row = put(owed())
    session.commit()
    return row


def said(row: ReportRow, **more: Any) -> dict[str, Any]:
    """What a form of the page brings."""
    return {"versi": row.version, "nomor": row.number} | more


def test_the_page_shows_the_version_as_it_was_sent(client: FlaskClient, report: ReportRow):
    page = cast.signed_in(client, JUDGE).get(f"/pelaporan/{report.id}").text
    for words in (
        "Laporan Harian Perkembangan Situasi",
        "Kabupaten Berau",
        "● Tepat waktu",
        "Dikirim, versi 1",
        "Tiga kasus ditangani.",
        "3 kasus",
        "Bawaslu · 25 Nov 2024 pukul 08.00 WITA",
        "Belum ada yang ditugaskan pada tanggal ini",
        reports.frozen(report).sha256,
    ):
        assert words in page


def test_a_report_that_nobody_sent_says_when_it_will_be_here(client: FlaskClient, session: Any):
    row = owed()
    session.commit()
    page = cast.signed_in(client, JUDGE).get(f"/pelaporan/{row.id}").text
    assert "Laporan ini belum dikirim" in page
    assert "25 Nov 2024 pukul 16.00 WITA" in page
    assert "/tulis" not in page
    assert f"/pelaporan/{row.id}/tulis" in cast.signed_in(client, WRITER).get(f"/pelaporan/{row.id}").text


def test_an_older_version_is_shown_as_that_without_deeds(client: FlaskClient, report: ReportRow):
    put(report, CONTENT._replace(grade=Grade.WATCHFUL, grade_reason="Banjir."))
    db.session.commit()
    page = cast.signed_in(client, JUDGE).get(f"/pelaporan/{report.id}?versi=1").text
    assert "Versi terakhir yang dikirim adalah versi 2" in page
    assert f"/pelaporan/{report.id}/verifikasi" not in page
    newest = client.get(f"/pelaporan/{report.id}").text
    assert "Beda dengan versi 1" in newest
    assert "Banjir." in newest


@pytest.mark.parametrize("asked", ["9", "0", "x", "-1", "99999999999"])
def test_a_version_that_there_is_not_is_not_found(client: FlaskClient, report: ReportRow, asked: str):
    assert cast.signed_in(client, JUDGE).get(f"/pelaporan/{report.id}?versi={asked}").status_code == 404


def test_other_regions_reports_are_not_found(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, "operator.paser")
    assert client.get(f"/pelaporan/{report.id}").status_code == 404
    for deed in ("verifikasi", "kembalikan", "sahkan", "tarik", "buka-kembali", "kirim"):
        assert client.post(f"/pelaporan/{report.id}/{deed}", data=said(report)).status_code in (403, 404)
    assert fresh(report.id) == report


def test_a_nil_report_says_what_was_looked_at(client: FlaskClient, session: Any):
    row = put(owed(), CONTENT._replace(is_nil=True, nil_checked=("Kejadian: tidak ada",)))
    session.commit()
    page = cast.signed_in(client, JUDGE).get(f"/pelaporan/{row.id}").text
    assert "∅ Nihil" in page
    assert "Kejadian: tidak ada" in page


def test_a_compilation_shows_its_parts_and_those_that_moved(client: FlaskClient, report: ReportRow):
    part = Part(report.id, cast.BERAU, "Kabupaten Berau", "tepat", "dikirim", 1, "f" * 64)
    silent = Part(9, cast.PASER, "Kabupaten Paser", "belum", "belum")
    above = put(owed("64"), CONTENT._replace(parts=(part, silent)), by="operator.kaltim")
    put(report)
    db.session.commit()
    page = cast.signed_in(client, "penyelia.kaltim").get(f"/pelaporan/{above.id}").text
    assert "○ Belum melapor" in page
    assert "disusun dari versi 1; kini ada versi 2" in page


def test_figures_that_moved_stand_beside_those_of_then(
    client: FlaskClient, report: ReportRow, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.domain.reports.comparing.facts_of", lambda region: (CASES._replace(value=5),))
    page = cast.signed_in(client, JUDGE).get(f"/pelaporan/{report.id}").text
    assert "Diketahui saat itu" in page
    assert "5 kasus" in page


@pytest.mark.parametrize(
    "who, deed, more, state",
    [
        (JUDGE, "verifikasi", {}, State.VERIFIED),
        (JUDGE, "kembalikan", {"alasan": WHY, "bagian": "netralitas"}, State.RETURNED),
        (WRITER, "tarik", {"alasan": WHY}, State.DRAFT),
    ],
)
def test_each_deed_works_and_leads_back_to_the_page(
    client: FlaskClient, report: ReportRow, who: str, deed: str, more: dict[str, str], state: State
):
    answer = cast.signed_in(client, who).post(f"/pelaporan/{report.id}/{deed}", data=said(report, **more))
    assert (answer.status_code, answer.location) == (303, f"/pelaporan/{report.id}")
    assert fresh(report.id).state is state
    assert client.get(answer.location).status_code == 200


def test_a_verified_report_is_endorsed_and_reopened(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/verifikasi", data=said(report))
    row = fresh(report.id)
    cast.signed_in(client, "pimpinan.berau").post(f"/pelaporan/{row.id}/sahkan", data=said(row))
    row = fresh(report.id)
    assert row.state is State.ENDORSED
    assert "Disahkan" in client.get(f"/pelaporan/{row.id}").text
    cast.signed_in(client, JUDGE).post(f"/pelaporan/{row.id}/buka-kembali", data=said(row, alasan=WHY))
    assert fresh(report.id).state is State.REOPENED
    page = cast.signed_in(client, WRITER).get(f"/pelaporan/{row.id}").text
    assert WHY in page
    assert "dibuka kembali" in page.lower()


def test_who_returned_it_tells_the_writer_why_and_where(client: FlaskClient, report: ReportRow):
    data = said(report, alasan=WHY, bagian="netralitas")
    cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/kembalikan", data=data)
    page = cast.signed_in(client, WRITER).get(f"/pelaporan/{report.id}").text
    assert f"{WHY} (bagian: Netralitas)" in page


def test_the_same_sending_counts_once(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, JUDGE)
    data = said(report, kunci="sekali")
    answers = [client.post(f"/pelaporan/{report.id}/verifikasi", data=data) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert len(reports.moves_of(fresh(report.id))) == 2


@pytest.mark.parametrize(
    "who, deed",
    [
        (WRITER, "verifikasi"),
        (WRITER, "kembalikan"),
        (JUDGE, "sahkan"),
        (JUDGE, "tarik"),
        (WRITER, "buka-kembali"),
    ],
)
def test_the_wrong_role_is_refused(client: FlaskClient, report: ReportRow, who: str, deed: str):
    answer = cast.signed_in(client, who).post(f"/pelaporan/{report.id}/{deed}", data=said(report, alasan=WHY))
    assert answer.status_code == 403
    assert fresh(report.id) == report


@pytest.mark.parametrize("deed", ["verifikasi", "kembalikan", "sahkan", "tarik", "buka-kembali", "kirim"])
def test_a_deed_refuses_a_get(client: FlaskClient, report: ReportRow, deed: str):
    assert cast.signed_in(client, JUDGE).get(f"/pelaporan/{report.id}/{deed}").status_code == 405


@pytest.mark.parametrize(
    "more, words",
    [
        ({}, "Alasan wajib diisi."),
        ({"alasan": "x" * 1_001}, "Paling banyak 1000 tanda."),
        ({"alasan": WHY, "bagian": "bab1"}, "Pilih salah satu dari daftar."),
    ],
)
def test_what_is_badly_said_is_explained_and_kept(
    client: FlaskClient, report: ReportRow, more: dict[str, str], words: str
):
    answer = cast.signed_in(client, JUDGE).post(
        f"/pelaporan/{report.id}/kembalikan", data=said(report, **more)
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert more.get("alasan", "")[:6] in answer.text
    assert fresh(report.id) == report


def test_an_identity_number_in_a_reason_is_masked(client: FlaskClient, report: ReportRow):
    data = said(report, alasan="Data 6403014505900001 keliru.")
    answer = cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/kembalikan", data=data)
    assert answer.status_code == 422
    assert "6403014505900001" not in answer.text


def test_verifying_late_shows_both_versions_and_where_it_stands(client: FlaskClient, report: ReportRow):
    writer = cast.person(WRITER)
    reports.recall(report, by=writer, version=report.version, reason="Salah ketik.")
    changed = (SectionText("umum", "Situasi umum", "Waspada banjir."), *CONTENT.sections[1:])
    row = put(fresh(report.id), CONTENT._replace(sections=changed))
    db.session.commit()
    answer = cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/verifikasi", data=said(report))
    assert answer.status_code == 409
    assert "Anda melihat versi 1; yang berlaku sekarang versi 2" in answer.text
    assert "Waspada banjir." in answer.text
    assert "Aman dan kondusif." in answer.text
    assert fresh(row.id).state is State.SENT
    again = client.post(f"/pelaporan/{row.id}/verifikasi", data=said(row))
    assert again.status_code == 303


def test_verifying_after_a_recall_says_where_it_stands(client: FlaskClient, report: ReportRow):
    reports.recall(report, by=cast.person(WRITER), version=report.version, reason="Salah ketik.")
    db.session.commit()
    answer = cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/verifikasi", data=said(report))
    assert answer.status_code == 409
    assert "Belum dilakukan" in answer.text
    assert "Ditarik kembali" in answer.text
    assert f"/pelaporan/{report.id}/verifikasi" not in answer.text


def test_a_page_asks_few_statements_however_often_it_was_sent(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, JUDGE)
    client.get(f"/pelaporan/{report.id}")
    with statements() as once:
        client.get(f"/pelaporan/{report.id}")
    row = report
    for _ in range(4):
        row = put(row)
    db.session.commit()
    with statements() as often:
        client.get(f"/pelaporan/{report.id}")
    assert len(often) <= len(once) + 5  # the version before, to compare with


# The queue


def test_the_queue_shows_what_waits_and_what_is_new_in_it(client: FlaskClient, report: ReportRow):
    clock.set_frozen(clock.now() + dt.timedelta(hours=5))
    why = (Explained("x", "Tertulis tidak ada kendala, tercatat 3 kasus.", "Sudah selesai tadi pagi."),)
    put(report, CONTENT._replace(grade=Grade.WATCHFUL, grade_reason="Banjir.", explained=why))
    db.session.commit()
    page = cast.signed_in(client, JUDGE).get("/pelaporan/verifikasi").text
    for words in (
        "Kabupaten Berau: Laporan Harian",
        "menunggu 0 menit",
        "Berubah sejak versi 1",
        why[0].reason,
    ):
        assert words in page
    clock.set_frozen(clock.now() + dt.timedelta(hours=3))
    assert "menunggu 3 jam" in client.get("/pelaporan/verifikasi").text
    assert (
        "Tidak ada laporan yang menunggu Anda"
        in cast.signed_in(client, WRITER).get("/pelaporan/verifikasi").text
    )


def test_the_queue_of_one_region_and_never_of_another(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, "penyelia.kaltim")
    assert f"card-{report.id}" in client.get("/pelaporan/verifikasi?wilayah=64.03").text
    assert f"card-{report.id}" not in client.get("/pelaporan/verifikasi?wilayah=64.01").text
    assert client.get("/pelaporan/verifikasi?wilayah=11").status_code == 404
    assert client.get("/pelaporan/verifikasi?wilayah=%27").status_code == 404


def test_a_verified_report_waits_for_its_endorsing(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/verifikasi", data=said(report))
    page = cast.signed_in(client, "pimpinan.berau").get("/pelaporan/verifikasi").text
    assert f"/pelaporan/{report.id}/sahkan" in page
    assert "Kembalikan" not in page


def test_in_the_queue_a_verified_report_leaves_and_the_count_follows(client: FlaskClient, report: ReportRow):
    put(owed(slot=1))
    db.session.commit()
    data = said(report, dari="antrean")
    cast.signed_in(client, JUDGE)
    answer = client.post(f"/pelaporan/{report.id}/verifikasi", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert "Laporan terverifikasi. Sisa 1." in answer.text
    assert "<h1" not in answer.text
    plain = client.post(
        f"/pelaporan/{report.id}/verifikasi", data=data | {"kembali": "/pelaporan/verifikasi"}
    )
    assert plain.status_code == 409  # by hand, after all that: the page says where it stands


def test_in_the_queue_without_a_script_one_comes_back_to_it(client: FlaskClient, report: ReportRow):
    data = said(report, dari="antrean", kembali="/pelaporan/verifikasi")
    answer = cast.signed_in(client, JUDGE).post(f"/pelaporan/{report.id}/verifikasi", data=data)
    assert (answer.status_code, answer.location) == (303, "/pelaporan/verifikasi")


def test_in_the_queue_a_reason_that_lacks_is_asked_in_the_card(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, JUDGE)
    data = said(report, dari="antrean")
    answer = client.post(f"/pelaporan/{report.id}/kembalikan", data=data, headers=HTMX)
    assert answer.status_code == 422
    assert f'id="card-{report.id}"' in answer.text
    assert "Alasan wajib diisi." in answer.text


def test_in_the_queue_what_came_too_late_shows_the_newest_or_leaves(client: FlaskClient, report: ReportRow):
    cast.signed_in(client, JUDGE)
    data = said(report, dari="antrean")
    reports.recall(report, by=cast.person(WRITER), version=report.version, reason="Salah ketik.")
    db.session.commit()
    answer = client.post(f"/pelaporan/{report.id}/verifikasi", data=data, headers=HTMX)
    assert (answer.status_code, f'id="card-{report.id}"' in answer.text) == (409, False)
    assert "sekarang draf" in answer.text
    put(fresh(report.id))
    db.session.commit()
    answer = client.post(f"/pelaporan/{report.id}/verifikasi", data=data, headers=HTMX)
    assert (answer.status_code, f'id="card-{report.id}"' in answer.text) == (409, True)
    assert "Ini versi terbarunya" in answer.text


def test_the_queue_asks_as_many_statements_for_ten_as_for_two(client: FlaskClient, session: Any):
    rows = [put(owed(slot=n)) for n in range(2)]
    session.commit()
    cast.signed_in(client, JUDGE)
    client.get("/pelaporan/verifikasi")
    with statements() as few:
        client.get("/pelaporan/verifikasi")
    for n in range(2, 10):
        put(put(owed(slot=n)))
    put(rows[0])
    session.commit()
    with statements() as many:
        assert client.get("/pelaporan/verifikasi").text.count("data-shortcut-item") == 10
    assert len(many) <= len(few) + 3
