"""A register's list as PDF: asked on its page, printed by the worker, fetched where papers are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.blueprints.registers import out
from app.documents import ability, register_asking
from app.domain import accounts
from app.domain.accounts import Person, Role
from app.domain.audit import AuditEntry
from app.domain.jobs import Job
from app.extensions import db
from app.jobs.worker import Worker
from tests import cast
from tests.documents import reading
from tests.domain.incidents.cases import incident
from tests.domain.registers.letters import written
from tests.jobs.stand_ins import PressHere
from tests.pages import words

BOOK = "/register/edaran-netralitas"


def count() -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(Job)) or 0)


def work(app: Flask) -> None:
    assert Worker(app, press=PressHere(), keeps_warm=False).run_one()
    db.session.rollback()


def printed(visitor: Any, app: Flask, book: str, **filters: str) -> Any:
    """Ask for a list, let the worker make it, and fetch it."""
    answer = visitor.post(f"/register/{book}/unduh", data={"format": "pdf"} | filters)
    assert answer.status_code == 303
    work(app)
    return visitor.get(f"{answer.location}/unduh")


@pytest.fixture
def writer(client: Any, session: Any, operator: Person) -> Any:
    written(operator)
    written(operator, letter_number="800/2", kind="ikrar")
    db.session.commit()
    return cast.signed_in(client, "operator.berau")


def test_the_list_offers_it_and_it_leads_to_its_job(writer: Any):
    page = writer.get(f"{BOOK}?jenis=ikrar")
    assert "Buat PDF" in words(page)
    answer = writer.post(f"{BOOK}/unduh", data={"format": "pdf", "jenis": "ikrar"})
    job = db.session.query(Job).one()
    assert (answer.status_code, answer.location) == (303, f"/pekerjaan/{job.id}")
    shown = words(writer.get(answer.location))
    assert "Edaran dan ikrar netralitas, Kabupaten Berau" in shown
    assert "Saringan Jenis: Ikrar" in shown
    assert "Menunggu giliran" in shown
    assert f'href="{BOOK}?jenis=ikrar"' in writer.get(answer.location).text


def test_the_paper_holds_exactly_what_the_filters_show(writer: Any, app: Flask):
    answer = printed(writer, app, "edaran-netralitas", jenis="ikrar")
    assert answer.mimetype == "application/pdf"
    assert "edaran-netralitas-kabupaten-berau-2024-11-25.pdf" in answer.headers["Content-Disposition"]
    text = reading.text(answer.data)
    assert [word for word in text.split() if word.startswith("800/")] == ["800/2"]
    assert "Banyak catatan : 1" in text
    assert "Siap diunduh" in words(writer.get("/laporan"))


def test_asking_and_fetching_are_on_the_trail(writer: Any, app: Flask):
    printed(writer, app, "edaran-netralitas", jenis="ikrar")
    told = {link.action: link.changed for link in db.session.scalars(select(AuditEntry))}
    assert told["neutrality:circular:export"] == {"records": [None, 1], "filters": [None, "jenis ikrar"]}
    assert told["job:register_list:ask"]["params"][1]["words"] == {"jenis": "ikrar"}
    assert "job:result:download" in told


def test_a_second_click_leads_to_the_one_that_is_waited_for(writer: Any, app: Flask):
    first, second = (writer.post(f"{BOOK}/unduh", data={"format": "pdf"}) for _ in "ab")
    assert first.location == second.location
    assert count() == 1
    other = writer.post(f"{BOOK}/unduh", data={"format": "pdf", "jenis": "ikrar"})
    assert other.location != first.location
    work(app)
    assert writer.post(f"{BOOK}/unduh", data={"format": "pdf"}).location != first.location
    assert count() == 3


def test_too_many_are_explained_and_nothing_is_asked(writer: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(register_asking, "MOST_IN_PDF", 1)
    answer = writer.post(f"{BOOK}/unduh", data={"format": "pdf"})
    assert answer.status_code == 422
    assert "PDF memuat paling banyak 1 catatan" in words(answer)
    assert "atau unduh CSV" in words(answer)
    assert count() == 0
    monkeypatch.setattr(out, "MOST_IN_XLSX", 1)
    assert writer.post(f"{BOOK}/unduh", data={"format": "xlsx"}).status_code == 422


def test_a_server_that_makes_no_pdf_says_so(writer: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ability, "missing", lambda: ("pango",))
    answer = writer.post(f"{BOOK}/unduh", data={"format": "pdf"})
    assert answer.status_code == 409
    assert "Pilih Excel atau CSV" in words(answer)
    assert count() == 0


def test_other_regions_are_not_found(writer: Any):
    data = {"format": "pdf", "wilayah": cast.PASER}
    assert writer.post(f"{BOOK}/unduh", data=data).status_code == 404
    assert writer.get(f"{BOOK}/unduh").status_code == 405
    assert count() == 0


def test_who_reads_no_register_is_refused(client: Any, session: Any):
    visitor = cast.signed_in(client, "admin.kaltim")
    assert visitor.post(f"{BOOK}/unduh", data={"format": "pdf"}).status_code == 403


def test_somebody_elses_list_is_not_found(writer: Any, app: Flask):
    answer = writer.post(f"{BOOK}/unduh", data={"format": "pdf"})
    work(app)
    other = cast.signed_in(app.test_client(), "penyelia.berau")
    for tail in ("", "/keadaan", "/unduh"):
        assert other.get(f"{answer.location}{tail}").status_code == 404


def test_it_is_drawn_with_the_rights_of_the_moment(client: Any, app: Flask, session: Any, operator: Person):
    incident(operator, what="Terbuka untuk semua")
    incident(operator, what="Hanya untuk pimpinan", is_restricted=True)
    since = {"starts_on": dt.date(2024, 9, 1)}
    both = [(role, cast.BERAU, since) for role in (Role.OPERATOR, Role.SUPERVISOR)]
    cast.add_person("dua.peran", *both)
    db.session.commit()
    visitor = cast.signed_in(client, "dua.peran")
    before = reading.text(printed(visitor, app, "insiden").data)
    assert "Hanya untuk pimpinan" in before
    answer = visitor.post("/register/insiden/unduh", data={"format": "pdf"})
    _lose_supervision()
    work(app)
    refused = visitor.get(f"{answer.location}/unduh")
    assert refused.status_code == 404
    assert "Penugasan Anda berubah" in words(refused)
    now = reading.text(printed(visitor, app, "insiden").data)
    assert "Terbuka untuk semua" in now
    assert "Hanya untuk pimpinan" not in now


def _lose_supervision() -> None:
    person = cast.person("dua.peran")
    held = next(one for one in person.appointments if one.role is Role.SUPERVISOR)
    accounts.end_appointment(held.id, on=dt.date(2024, 11, 24))
    db.session.commit()


def test_a_closed_account_gets_nothing(writer: Any, app: Flask, operator: Person):
    writer.post(f"{BOOK}/unduh", data={"format": "pdf"})
    accounts.disable_account(operator.id, reason="Pindah tugas")
    db.session.commit()
    work(app)
    job = db.session.query(Job).one()
    assert (job.state, job.result_key) == ("gagal", "")
    assert "sudah ditutup" in job.error
