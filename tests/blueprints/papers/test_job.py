"""/pekerjaan/<id>: only for who asked; polls itself while it is open; the file goes out safely and on record."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from typing import Any

import pytest

from app.blueprints.papers.view import ago
from app.domain import accounts, audit, clock, jobs
from app.domain.accounts import Person
from app.domain.jobs import Job
from app.extensions import db
from app.jobs.results import Results
from tests import cast

CONTENT = b"%PDF-1.7 kabar"
NAME = "laporan-daftar-periksa-kabupaten-berau-2024-11-25.pdf"
ADDRESSES = ("", "/keadaan", "/unduh")


@pytest.fixture
def job(session: Any, operator: Person) -> Job:
    params = {"region": cast.BERAU, "area": "LOG", "kind": "ringkas", "paper": "F4", "format": "pdf"}
    asked = jobs.ask("paper", "Laporan, Kabupaten Berau", params, region=cast.BERAU, by=operator)
    session.commit()
    return asked


@pytest.fixture
def operator_at(client: Any, job: Job) -> Any:
    return cast.signed_in(client, "operator.berau")


@pytest.fixture
def made(app: Any, job: Job) -> Job:
    key = Results.of(app).keep(CONTENT)
    claim = jobs.claim()
    assert claim is not None
    jobs.finish(claim, key=key, name=NAME, media_type="application/pdf", size=len(CONTENT))
    db.session.commit()
    return job


@pytest.fixture
def failed(job: Job) -> Job:
    claim = jobs.claim()
    assert claim is not None
    jobs.fail(claim, "Wilayah itu terlalu luas.")
    db.session.commit()
    return job


def page_of(visitor: Any, job: Job, tail: str = "") -> str:
    return html.unescape(visitor.get(f"/pekerjaan/{job.id}{tail}").text)


def polls(text: str) -> bool:
    return 'hx-trigger="every 2s"' in text


def test_a_waiting_job_says_so_and_asks_for_itself(operator_at: Any, job: Job):
    page = page_of(operator_at, job)
    assert "Menunggu giliran" in page
    assert "Pekerja latar sedang tidak berjalan" in page
    assert "Boleh ditinggal" in page
    assert "Muat ulang" in page
    assert polls(page)
    assert f'hx-get="/pekerjaan/{job.id}/keadaan"' in page


def test_with_a_living_worker_nobody_is_alarmed(operator_at: Any, job: Job):
    jobs.show_alive("pekerja")
    assert "tidak berjalan" not in page_of(operator_at, job)


def test_who_waits_sees_how_many_are_ahead(client: Any, job: Job):
    second = jobs.ask("paper", "Lain", job.asked, region=cast.BERAU, by=cast.person("penyelia.berau"))
    db.session.commit()
    visitor = cast.signed_in(client, "penyelia.berau")
    assert "1 pekerjaan lain dikerjakan lebih dahulu." in page_of(visitor, second)


def test_a_running_job_shows_its_progress(operator_at: Any, job: Job):
    claim = jobs.claim()
    assert claim is not None
    jobs.beat(claim, 2, 4)
    db.session.commit()
    page = page_of(operator_at, job)
    assert "Sedang dibuat" in page
    assert "Langkah 2 dari 4" in page
    assert 'width="50.0%"' in page
    assert polls(page)


def test_the_navigation_says_that_one_is_among_the_papers(operator_at: Any, job: Job):
    assert '<a href="/laporan" aria-current="page">' in page_of(operator_at, job)


def test_the_poll_is_a_fragment_with_the_pages_own_region(operator_at: Any, job: Job):
    fragment = operator_at.ask(f"/pekerjaan/{job.id}/keadaan").text
    assert fragment.strip().startswith(f'<section id="job-{job.id}"')
    assert "<html" not in fragment
    assert polls(fragment)


def test_without_htmx_the_poll_leads_to_the_page(operator_at: Any, job: Job):
    answer = operator_at.get(f"/pekerjaan/{job.id}/keadaan")
    assert (answer.status_code, answer.location) == (303, f"/pekerjaan/{job.id}")


def test_a_finished_job_stops_asking_and_offers_the_file(operator_at: Any, made: Job):
    fragment = operator_at.ask(f"/pekerjaan/{made.id}/keadaan").text
    assert not polls(fragment)
    assert "Laporan siap diunduh." in fragment
    page = page_of(operator_at, made)
    assert not polls(page)
    assert f'href="/pekerjaan/{made.id}/unduh"' in page
    assert NAME in page
    assert hashlib.sha256(CONTENT).hexdigest() in page


def test_the_file_goes_out_as_an_attachment_and_on_record(operator_at: Any, made: Job, operator: Person):
    answer = operator_at.get(f"/pekerjaan/{made.id}/unduh")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, CONTENT, "application/pdf")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={NAME}"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    link = audit.history_of("job", made.id)[0]
    assert (link.action, link.actor_id, link.region_code) == ("job:result:download", operator.id, cast.BERAU)
    assert link.changed["sha256"] == [None, hashlib.sha256(CONTENT).hexdigest()]


def test_the_trail_tells_the_download_in_words(client: Any, operator_at: Any, made: Job):
    operator_at.get(f"/pekerjaan/{made.id}/unduh")
    page = cast.signed_in(client, "inspektorat.kaltim").get("/jejak").text
    assert "mengunduh berkas laporan" in page
    assert "meminta berkas laporan" in page


def test_there_is_nothing_to_fetch_before_it_is_made(operator_at: Any, job: Job):
    answer = operator_at.get(f"/pekerjaan/{job.id}/unduh")
    assert answer.status_code == 404
    assert "halaman Cetak" in answer.text
    assert len(audit.history_of("job", job.id)) == 1


def test_a_result_that_was_let_go_is_said_to_be_gone(operator_at: Any, made: Job):
    jobs.forget_results(clock.real_now() + dt.timedelta(seconds=1))
    db.session.commit()
    assert operator_at.get(f"/pekerjaan/{made.id}/unduh").status_code == 404
    page = page_of(operator_at, made)
    assert "Sudah dihapus" in page
    assert "/unduh" not in page


def test_a_file_that_is_missing_from_the_disk_is_explained(operator_at: Any, made: Job, app: Any):
    for path in (app.config["SETTINGS"].data_dir / "results").glob("??/??/*"):
        path.unlink()
    answer = operator_at.get(f"/pekerjaan/{made.id}/unduh")
    assert answer.status_code == 404
    assert "Minta laporannya sekali lagi" in answer.text
    assert len(audit.history_of("job", made.id)) == 1


def test_a_failed_job_says_why_and_can_be_tried_again(operator_at: Any, failed: Job):
    page = page_of(operator_at, failed)
    assert "Wilayah itu terlalu luas." in page
    assert "Coba lagi" in page
    assert not polls(page)
    answer = operator_at.post(f"/pekerjaan/{failed.id}/ulang")
    assert (answer.status_code, answer.location) == (303, f"/pekerjaan/{failed.id}")
    assert "Menunggu giliran" in page_of(operator_at, failed)
    assert operator_at.post(f"/pekerjaan/{failed.id}/ulang").status_code == 409


def test_only_a_failed_job_can_be_tried_again(operator_at: Any, made: Job):
    assert operator_at.post(f"/pekerjaan/{made.id}/ulang").status_code == 409
    assert operator_at.get(f"/pekerjaan/{made.id}/ulang").status_code == 405


@pytest.mark.parametrize("who", ["rekan.berau", "operator.paser", "inspektorat.kaltim"])
def test_another_persons_job_is_not_there(client: Any, made: Job, who: str):
    visitor = cast.signed_in(client, who)
    for tail in ADDRESSES:
        assert visitor.get(f"/pekerjaan/{made.id}{tail}").status_code == 404
    assert visitor.post(f"/pekerjaan/{made.id}/ulang").status_code == 404


@pytest.mark.parametrize("who", ["admin.berau", "pengamat.kpu-berau"])
def test_a_role_that_may_not_export_is_refused(client: Any, made: Job, who: str):
    visitor = cast.signed_in(client, who)
    for tail in ADDRESSES:
        assert visitor.get(f"/pekerjaan/{made.id}{tail}").status_code == 403


def test_an_appointment_that_ended_takes_its_papers_with_it(operator_at: Any, made: Job, operator: Person):
    assert operator_at.get(f"/pekerjaan/{made.id}").status_code == 200
    accounts.appoint(operator.id, accounts.Role.OPERATOR, cast.PASER, starts_on=dt.date(2024, 11, 1))
    accounts.end_appointment(operator.appointments[0].id, on=dt.date(2024, 11, 24))
    db.session.commit()
    for tail in ADDRESSES:
        assert operator_at.get(f"/pekerjaan/{made.id}{tail}").status_code == 404


def test_the_page_tells_what_was_asked_and_leads_back_to_the_same_form(operator_at: Any, job: Job):
    page = page_of(operator_at, job)
    assert "Kabupaten Berau (64.03)" in page
    assert "Logistik" in page
    assert "/laporan?wilayah=64.03&bidang=LOG&bentuk=ringkas&format=pdf&kertas=F4" in page


@pytest.mark.one_database
@pytest.mark.parametrize(
    "seconds,words", [(5, "baru saja"), (90, "1 menit lalu"), (7_300, "2 jam lalu"), (200_000, "2 hari lalu")]
)
def test_how_long_ago_is_said_in_words(seconds: int, words: str):
    now = clock.real_now()
    assert ago(now - dt.timedelta(seconds=seconds), now) == words
