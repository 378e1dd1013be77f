"""What can be taken along of a version: the sealed PDF, the sheet, the text, the scan of the signed copy."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.documents.report_text import whatsapp_text
from app.domain import audit, reports
from app.domain.jobs import Job
from app.domain.reports import ReportMove, ReportRow, State
from app.extensions import db
from tests import cast
from tests.domain.reports.frozen import sent

SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    + (
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
        b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
        b"startxref\n163\n%%EOF\n"
    )
)


@pytest.fixture
def row(session: Any) -> ReportRow:
    made = sent()
    db.session.commit()
    return made


@pytest.fixture
def at_berau(client: FlaskClient, row: ReportRow) -> FlaskClient:
    return cast.signed_in(client, "operator.berau")


def last_job() -> Job | None:
    return db.session.scalar(db.select(Job).order_by(Job.id.desc()).limit(1))


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_it_seals_the_version_and_asks_the_worker(at_berau: FlaskClient, row: ReportRow, form: str):
    answer = at_berau.post(f"/pelaporan/{row.id}/{form}", data={"versi": "1"})
    job = last_job()
    assert job is not None
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pekerjaan/{job.id}")
    code = job.asked["code"]
    assert reports.find_seal(code).marks.address == f"http://localhost/cek/{code}"
    page = at_berau.get(answer.headers["Location"]).text
    assert reports.spelled(code) in page
    assert f"/pelaporan/{row.id}/berkas" in page


def test_asking_twice_leads_to_the_same_work(at_berau: FlaskClient, row: ReportRow):
    first, second = (at_berau.post(f"/pelaporan/{row.id}/pdf").headers["Location"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", ["pdf", "xlsx", "salinan/1", "salinan/1/1/tarik"])
def test_a_deed_is_not_done_by_looking(at_berau: FlaskClient, row: ReportRow, path: str):
    assert at_berau.get(f"/pelaporan/{row.id}/{path}").status_code in (404, 405)


@pytest.mark.parametrize("path", ["pdf", "xlsx", "salinan/1"])
def test_it_hides_the_reports_of_other_regions(client: FlaskClient, row: ReportRow, path: str):
    assert cast.signed_in(client, "operator.paser").post(f"/pelaporan/{row.id}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["berkas", "wa", "salinan/1/1"])
def test_it_hides_what_stands_in_them(client: FlaskClient, row: ReportRow, path: str):
    assert cast.signed_in(client, "operator.paser").get(f"/pelaporan/{row.id}/{path}").status_code == 404


def test_it_refuses_the_wrong_role(client: FlaskClient, row: ReportRow):
    assert cast.signed_in(client, "admin.kaltim").post(f"/pelaporan/{row.id}/pdf").status_code == 403
    supervisor = cast.signed_in(client, "penyelia.berau")
    assert supervisor.post(f"/pelaporan/{row.id}/salinan/1").status_code == 403


def test_it_refuses_a_version_that_stands_no_more(at_berau: FlaskClient, row: ReportRow):
    by = cast.person("penyelia.berau")
    db.session.add(
        ReportMove(
            report_id=row.id, number=1, verb="kembalikan", state=State.RETURNED.value, reason="angka keliru",
            section="", at=row.sent_at, by_id=by.id, by_name=by.name, office="Penyelia",
        )
    )  # fmt: skip
    db.session.commit()
    assert at_berau.post(f"/pelaporan/{row.id}/pdf").status_code == 409
    assert "tidak dicetak lagi" in at_berau.get(f"/pelaporan/{row.id}/berkas").text


@pytest.mark.parametrize("version", ["2", "0", "-1", "x", "²", "9" * 30])
def test_it_refuses_a_version_that_there_is_not(at_berau: FlaskClient, row: ReportRow, version: str):
    assert at_berau.get(f"/pelaporan/{row.id}/wa?versi={version}").status_code == 404


def test_the_text_is_the_versions_own_with_a_button_to_copy_it(at_berau: FlaskClient, row: ReportRow):
    page = at_berau.get(f"/pelaporan/{row.id}/wa").text
    shown = reports.frozen(row)
    assert "*LAPORAN HARIAN DESK PILKADA KABUPATEN BERAU*" in page
    assert whatsapp_text(shown.snapshot, shown.marks).splitlines()[-1] in page
    assert 'data-copy="#kabar"' in page


def upload(client: FlaskClient, row: ReportRow, content: bytes | None = SCAN) -> Any:
    form = {} if content is None else {"berkas": (io.BytesIO(content), "laporan-ttd.pdf")}
    return client.post(f"/pelaporan/{row.id}/salinan/1", data=form, content_type="multipart/form-data")


def test_the_scan_of_the_signed_copy_stands_beside_with_its_own_hash(at_berau: FlaskClient, row: ReportRow):
    assert upload(at_berau, row).status_code == 303
    use = reports.copies_of(reports.frozen(row))[0]
    page = at_berau.get(f"/pelaporan/{row.id}/berkas").text
    assert use.file.original_sha256 in page
    before = audit.head()[0]
    opened = at_berau.get(f"/pelaporan/{row.id}/salinan/1/{use.id}")
    assert opened.data.startswith(b"%PDF")
    assert audit.head()[0] == before + 1


def test_it_explains_a_missing_or_strange_file_and_changes_nothing(at_berau: FlaskClient, row: ReportRow):
    for content in (None, b"\x7fELF" + b"\0" * 99):
        answer = upload(at_berau, row, content)
        assert answer.status_code == 422
        assert "yang perlu diperbaiki" in answer.text
    assert reports.copies_of(reports.frozen(row)) == []


def test_a_scan_is_taken_off_with_a_reason(at_berau: FlaskClient, row: ReportRow):
    upload(at_berau, row)
    use = reports.copies_of(reports.frozen(row))[0]
    address = f"/pelaporan/{row.id}/salinan/1/{use.id}/tarik"
    assert at_berau.post(address).status_code == 422
    assert at_berau.post(address, data={"alasan": "salah halaman"}).status_code == 303
    assert reports.copies_of(reports.frozen(row)) == []
    assert at_berau.post(address, data={"alasan": "sekali lagi"}).status_code == 404
