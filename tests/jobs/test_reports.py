"""The worker prints a sealed version once, and hands the very same document out ever after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain import jobs, reports
from app.domain.accounts import Person
from app.domain.jobs import Job
from app.domain.reports import Marks, ReportRow
from app.extensions import db
from app.jobs.results import SEALED, Results
from app.jobs.worker import Worker
from tests import cast
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


def test_it_refuses_somebody_who_may_no_longer_read_the_report(app: Flask, sealed: Sealed):
    made = done(app, asked(sealed[1], cast.person("operator.paser")))
    assert made.state == "gagal"
    assert "di luar penugasan" in made.error
