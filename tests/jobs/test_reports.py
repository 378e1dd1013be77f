"""The worker prints a sealed version once, and hands the very same document out ever after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.documents.certificate import opened
from app.documents.report_verdict import verify_file
from app.domain import jobs, reports
from app.domain.accounts import Person
from app.domain.jobs import Job
from app.domain.reports import Marks, ReportRow
from app.extensions import db
from app.jobs.results import SEALED, Results
from app.jobs.worker import Worker
from tests import cast, signing
from tests.domain.reports.frozen import sent
from tests.jobs.stand_ins import PressHere, PressThat

Sealed = tuple[ReportRow, str]


@pytest.fixture
def sealed(session: Any, operator: Person) -> Sealed:
    row = sent()
    code = reports.seal(row, 1, Marks("dikirim"), by=operator, address="http://desk/cek/")
    db.session.commit()
    return row, code


def asked(code: str, by: Person, form: str = "pdf") -> Job:
    job = jobs.ask("report", "Laporan", {"code": code, "format": form}, region=cast.BERAU, by=by)
    db.session.commit()
    return job


def done(app: Flask, job: Job, act: Callable[..., bytes] | None = None) -> Job:
    assert Worker(app, press=PressHere() if act is None else PressThat(act), keeps_warm=False).run_one()
    db.session.rollback()
    found = db.session.get(Job, job.id, populate_existing=True)
    assert found is not None
    return found


def content(app: Flask, job: Job) -> bytes:
    with Results.of(app).open(job.result_key) as file:
        return file.read()


def test_it_prints_signs_and_keeps_the_document(app: Flask, sealed: Sealed, operator: Person):
    made = done(app, asked(sealed[1], operator))
    assert (made.state, made.error) == ("selesai", "")
    assert made.result_name == "laporan-harian-kabupaten-berau-2024-11-25-v1-dikirim.pdf"
    pdf = content(app, made)
    found = reports.find_seal(sealed[1])
    assert found.document_sha256 == hashlib.sha256(pdf).hexdigest()
    assert Results.of(app, SEALED).read(found.document_sha256) == pdf


def test_a_later_asking_gets_the_same_bytes_without_printing(app: Flask, sealed: Sealed, operator: Person):
    first = content(app, done(app, asked(sealed[1], operator)))

    def never(progress: Any, is_over: Any) -> bytes:
        raise AssertionError("printed again")

    again = done(app, asked(sealed[1], cast.person("penyelia.berau")), never)
    assert content(app, again) == first


def test_a_lost_document_is_made_again_to_the_byte(app: Flask, sealed: Sealed, operator: Person):
    first = content(app, done(app, asked(sealed[1], operator)))
    Results.of(app, SEALED).sweep(set())
    key = reports.find_seal(sealed[1]).document_sha256
    Results.of(app, SEALED).discard([f"{key[:2]}/{key[2:4]}/{key}"])
    assert content(app, done(app, asked(sealed[1], operator))) == first


def test_a_document_that_came_out_differently_is_refused(app: Flask, sealed: Sealed, operator: Person):
    reports.note_document(sealed[1], "ab" * 32)
    db.session.commit()
    made = done(app, asked(sealed[1], operator))
    assert made.state == "gagal"
    assert "tidak sama dengan yang dulu disegel" in made.error


def test_it_makes_the_sheet(app: Flask, sealed: Sealed, operator: Person):
    made = done(app, asked(sealed[1], operator, "xlsx"))
    assert content(app, made).startswith(b"PK")
    assert reports.find_seal(sealed[1]).document_sha256 == ""


@pytest.fixture
def signing_desk(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., signing.Files]:
    """`signing_desk(until=-1)`: the office's two files, and the settings that name them."""

    def made(**how: Any) -> signing.Files:
        files = signing.kept(tmp_path, signing.made(**how))
        named = {"sign_file": str(files.file), "sign_passphrase_file": str(files.passphrase)}
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **named))
        return files

    return made


def test_a_desk_with_a_certificate_signs_once_and_keeps_the_paper(
    app: Flask, sealed: Sealed, operator: Person, signing_desk: Any
):
    bare = content(app, done(app, asked(sealed[1], operator)))
    files = signing_desk()
    paper = content(app, done(app, asked(sealed[1], operator)))
    found = reports.find_seal(sealed[1])
    assert paper.startswith(bare)
    assert verify_file(paper, reports.public_key()).words.endswith("tanda tangan digital desk utuh.")
    assert (found.document_sha256, found.signed_sha256) == tuple(
        hashlib.sha256(one).hexdigest() for one in (bare, paper)
    )
    assert found.certificate is not None
    assert found.certificate.name == signing.NAME
    files.file.unlink()

    def never(progress: Any, is_over: Any) -> bytes:
        raise AssertionError("signed again")

    assert content(app, done(app, asked(sealed[1], cast.person("penyelia.berau")), never)) == paper


def test_a_signed_paper_that_was_lost_is_not_made_again(
    app: Flask, sealed: Sealed, operator: Person, signing_desk: Any
):
    signing_desk()
    done(app, asked(sealed[1], operator))
    key = reports.find_seal(sealed[1]).signed_sha256
    Results.of(app, SEALED).discard([f"{key[:2]}/{key[2:4]}/{key}"])
    made = done(app, asked(sealed[1], operator))
    assert made.state == "gagal"
    assert "memulihkannya dari cadangan" in made.error


@pytest.mark.parametrize("how", [{"until": -1, "since": -9}, {"since": 2}, {"bits": 1024}])
def test_no_report_waits_for_a_certificate_that_cannot_be_used(
    app: Flask, sealed: Sealed, operator: Person, signing_desk: Any, how: dict[str, int]
):
    signing_desk(**how)
    paper = content(app, done(app, asked(sealed[1], operator)))
    found = reports.find_seal(sealed[1])
    assert found.document_sha256 == hashlib.sha256(paper).hexdigest()
    assert (found.signed_sha256, found.certificate) == ("", None)


def test_two_workers_that_sign_at_once_hand_out_one_paper(sealed: Sealed):
    certificate = opened(signing.made(), signing.PASSPHRASE)
    assert reports.note_signed(sealed[1], "ab" * 32, certificate)
    assert not reports.note_signed(sealed[1], "cd" * 32, certificate)
    assert reports.find_seal(sealed[1]).signed_sha256 == "ab" * 32


def test_it_refuses_somebody_who_may_no_longer_read_the_report(app: Flask, sealed: Sealed):
    made = done(app, asked(sealed[1], cast.person("operator.paser")))
    assert made.state == "gagal"
    assert "di luar penugasan" in made.error
