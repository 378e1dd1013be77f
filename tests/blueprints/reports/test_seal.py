"""/cek: what a code stands for and whether a file is genuine, for anybody."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.documents.certificate import opened
from app.documents.report_order import render_report
from app.documents.report_proof import stamp
from app.documents.signature import Unsigned
from app.documents.signing import signed
from app.domain import reports
from app.domain.reports import Marks, Report
from app.extensions import db
from app.jobs.reports import order_of
from app.jobs.results import SEALED, Results
from app.words import angka
from tests import cast, signing
from tests.documents import report_cast
from tests.domain.reports.frozen import freeze, sent


@pytest.fixture
def code(session: Any) -> str:
    made = reports.seal(sent(), 1, Marks("diverifikasi"), by=cast.person("operator.berau"))
    db.session.commit()
    return made


@pytest.fixture
def pdf(app: Flask, code: str) -> bytes:
    """The sealed document, as the worker leaves it."""
    content = stamp(
        render_report("pdf", order_of(reports.find_seal(code)), lambda done, total: None), reports.sign
    )
    reports.note_document(code, hashlib.sha256(content).hexdigest())
    Results.of(app, SEALED).keep(content)
    db.session.commit()
    return content


def brought(client: FlaskClient, address: str, content: bytes | None) -> Any:
    form = {} if content is None else {"berkas": (io.BytesIO(content), "laporan.pdf")}
    return client.post(address, data=form, content_type="multipart/form-data")


def test_anybody_may_ask(client: FlaskClient, session: Any):
    page = client.get("/cek")
    assert page.status_code == 200
    assert "Kode segel" in page.text


def test_a_typed_code_leads_to_its_page(client: FlaskClient, code: str):
    answer = client.get(f"/cek?kode={reports.spelled(code).lower()}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cek/{code}")


def test_it_tells_only_what_is_printed(client: FlaskClient, code: str):
    page = client.get(f"/cek/{code}").text
    for words in (
        "Kabupaten Berau",
        "Senin, 25 November 2024",
        "Diverifikasi",
        reports.find_seal(code).sha256,
    ):
        assert words in page
    for hidden in ("Operator Berau", "Sambaliung", "1.588", "Nama Contoh"):
        assert hidden not in page


def test_a_newer_version_is_told(client: FlaskClient, code: str):
    row = db.session.get(Report, reports.find_seal(code).report_id)
    assert row is not None
    freeze(row, report_cast.daily(report_id=row.id, version=2), cast.person("operator.berau").id)
    row.number = 2
    db.session.commit()
    assert "Ada versi lebih baru" in client.get(f"/cek/{code}").text


@pytest.mark.parametrize("typed", ["ZZZZZZZZZZ", "salah", "%C2%B2%C2%B2", "A" * 500])
def test_a_code_that_was_never_given_is_not_found(client: FlaskClient, session: Any, typed: str):
    for address in (f"/cek?kode={typed}", f"/cek/{typed}"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "tidak dikenal" in answer.text


def test_the_document_itself_is_genuine(client: FlaskClient, code: str, pdf: bytes):
    for address in ("/cek", f"/cek/{code}"):
        assert "Berkas ini asli" in brought(client, address, pdf).text


@pytest.mark.parametrize("place", [12, 0.3, 0.5, -20])
def test_a_document_with_one_changed_byte_is_named(client: FlaskClient, code: str, pdf: bytes, place: float):
    bent = bytearray(pdf)
    at = int(place * len(pdf)) if isinstance(place, float) else place % len(pdf)
    bent[at] ^= 1
    page = brought(client, f"/cek/{code}", bytes(bent)).text
    assert "berubah" in page
    assert "Berkas ini asli" not in page
    assert f"1 bita berbeda, yang pertama bita ke-{angka(at + 1)}." in page


def test_a_byte_of_the_seal_itself_is_named_too(client: FlaskClient, code: str, pdf: bytes):
    page = brought(client, f"/cek/{code}", pdf.replace(b"DESKSEGEL1", b"DESKSEGEL2")).text
    assert "segelnya tidak terbaca lagi" in page


def test_the_document_of_another_code_is_told_apart(client: FlaskClient, code: str, pdf: bytes):
    row = reports.find(reports.find_seal(code).report_id, cast.person("operator.berau"))
    other = reports.seal(row, 1, Marks("disahkan"), by=cast.person("operator.berau"))
    db.session.commit()
    page = brought(client, f"/cek/{other}", pdf).text
    assert "dari kode lain" in page


@pytest.mark.parametrize(
    "content", [b"bukan laporan", b"%PDF-1.7 apa saja", b"DESKSEGEL1 ZZZZZZZZZZ " + b"0" * 12]
)
def test_what_is_not_ours_is_told(client: FlaskClient, code: str, content: bytes):
    assert "tidak memuat segel desk" in brought(client, f"/cek/{code}", content).text


def test_a_document_whose_record_was_lost_is_proven_by_the_key(client: FlaskClient, code: str, pdf: bytes):
    db.session.execute(db.text("DELETE FROM report_seal"))
    db.session.commit()
    page = brought(client, "/cek", pdf).text
    assert "asli menurut tanda tangan kunci desk" in page


def test_it_refuses_a_sending_without_a_file(client: FlaskClient, code: str):
    answer = brought(client, f"/cek/{code}", None)
    assert answer.status_code == 422
    assert "Pilih berkas PDF" in answer.text


def test_comparing_stores_nothing(client: FlaskClient, code: str, pdf: bytes, desk: Any):
    before = sorted(desk.store.data.rglob("*"))
    brought(client, f"/cek/{code}", pdf + b"x")
    assert sorted(desk.store.data.rglob("*")) == before


@pytest.fixture
def paper(app: Flask, code: str, pdf: bytes) -> bytes:
    """The same document with the desk's digital signature, as the worker leaves it."""
    p12 = signing.made()
    certificate = opened(p12, signing.PASSPHRASE)
    word = reports.attested(code, certificate.sha256)
    content = signed(Unsigned(pdf, p12, signing.PASSPHRASE, word))
    reports.note_signed(code, hashlib.sha256(content).hexdigest(), certificate)
    Results.of(app, SEALED).keep(content)
    db.session.commit()
    return content


def test_the_signed_document_is_genuine_and_its_certificate_named(
    client: FlaskClient, code: str, paper: bytes
):
    for address in ("/cek", f"/cek/{code}"):
        page = brought(client, address, paper).text
        assert "tanda tangan digital desk utuh" in page
        assert signing.NAME in page
        assert "bukan tanda tangan elektronik tersertifikasi" in page
    page = client.get(f"/cek/{code}").text
    assert signing.NAME in page
    assert hashlib.sha256(paper).hexdigest() in page


def test_the_unsigned_document_stays_genuine_beside_the_signed_one(
    client: FlaskClient, code: str, pdf: bytes, paper: bytes
):
    assert "sama persis dengan yang disegel" in brought(client, f"/cek/{code}", pdf).text


def test_a_changed_byte_of_a_signed_document_is_named_wherever_it_is(
    client: FlaskClient, code: str, pdf: bytes, paper: bytes
):
    for place, words in (
        (len(pdf) // 2, f"yang pertama bita ke-{angka(len(pdf) // 2 + 1)}."),
        (paper.index(b"/Contents <", len(pdf)) + 500, "tanda tangan digital sesudahnya rusak atau diubah"),
    ):
        bent = bytearray(paper)
        bent[place] = ord("1") if bent[place] != ord("1") else ord("2")
        page = brought(client, f"/cek/{code}", bytes(bent)).text
        assert words in page
        assert "Berkas ini asli" not in page


def test_a_signature_that_the_database_lost_is_proven_by_the_keys(
    client: FlaskClient, code: str, paper: bytes
):
    db.session.execute(db.text("UPDATE report_seal SET signed_sha256 = '', certificate = ''"))
    db.session.commit()
    page = brought(client, f"/cek/{code}", paper).text
    assert "tanda tangan digital desk utuh" in page
    assert signing.NAME in page
