"""The list of cases as PDF: asked on its page, printed by the worker, fetched where papers are; never a name."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.documents import ability, register_asking
from app.domain import accounts, neutrality
from app.domain.accounts import Person, Role
from app.domain.audit import AuditEntry
from app.domain.jobs import Job
from app.domain.neutrality import CaseState, Kind, Verb
from app.extensions import db
from tests import cast
from tests.blueprints.registers.test_out import work
from tests.documents import reading
from tests.domain.neutrality.cases import NAME, brought_to, do, letter, recorded, said
from tests.pages import words

PDF = {"format": "pdf"}
ADDRESS = "/netralitas/unduh"


def count() -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(Job)) or 0)


def printed(visitor: Any, app: Flask, **filters: str) -> Any:
    """Ask for the list, let the worker make it, and fetch it."""
    answer = visitor.post(ADDRESS, data=PDF | filters)
    assert answer.status_code == 303
    work(app)
    return visitor.get(f"{answer.location}/unduh")


@pytest.fixture
def handler(client: Any, session: Any) -> Any:
    recorded(name=NAME, nip_tail="1001", agency="Dinas Tanaman")
    recorded(Kind.PPPK)
    return cast.signed_in(client, "operator.berau")


def test_the_list_offers_it_and_it_leads_to_its_job(handler: Any):
    assert "Buat PDF" in words(handler.get("/netralitas?jenis=pns"))
    answer = handler.post(ADDRESS, data=PDF | {"jenis": "pns", "langkah": "dicatat", "diam": ""})
    job = db.session.query(Job).one()
    assert (answer.status_code, answer.location) == (303, f"/pekerjaan/{job.id}")
    shown = handler.get(answer.location)
    assert "Kasus netralitas, Kabupaten Berau" in words(shown)
    assert "Saringan Jenis orang: PNS; Langkah: Dicatat" in words(shown)
    assert 'href="/netralitas?jenis=pns&amp;langkah=dicatat"' in shown.text


def test_it_holds_exactly_what_the_filters_show_and_no_name(handler: Any, app: Flask):
    answer = printed(handler, app, jenis="pns")
    assert answer.mimetype == "application/pdf"
    assert "netralitas-kabupaten-berau-2024-11-25.pdf" in answer.headers["Content-Disposition"]
    text = reading.text(answer.data)
    assert "Banyak catatan : 1" in text
    assert "PNS-1" in text
    assert "Dinas Tanaman" in " ".join(text.split())
    assert "PPPK-1" not in text
    for part in (*NAME.split(), "1001"):
        assert part not in text
    assert reading.faults(answer.data) == []
    assert "Siap diunduh" in words(handler.get("/laporan"))


def test_cases_stand_in_the_pages_order_with_their_silence(handler: Any, app: Flask):
    do(brought_to(CaseState.RECOMMENDED), Verb.NOTE)
    _silent_since(dt.date(2024, 11, 11))
    text = reading.text(printed(handler, app).data)
    page = handler.get("/netralitas").text
    order = re.findall(r"(?:PNS|PPPK|TNI)-\d", page)
    assert re.findall(r"(?:PNS|PPPK|TNI)-\d", text) == list(dict.fromkeys(order))
    assert order[0] == "TNI-1"
    told = " ".join(text.split())
    assert "10 hari kerja, batas 5" in told
    assert "Jumlah : PNS 2; anggota TNI 1; PPPK 1" in told
    assert "Dugaan:" in told


def _silent_since(day: dt.date) -> None:
    step, by = letter(done_on=day, letter_date=day), cast.person("operator.berau")
    neutrality.record(cast.BERAU, Kind.TNI, said(known_on=day), by=by, state=CaseState.STUDIED, step=step)
    db.session.commit()


def test_a_province_gets_pseudonyms_and_steps_only(client: Any, session: Any, app: Flask):
    recorded(name=NAME, agency="Dinas Rahasia")
    visitor = cast.signed_in(client, "pimpinan.kaltim")
    text = reading.text(printed(visitor, app).data)
    assert "PNS-1" in text
    for hidden in ("Dinas", "Pelanggaran", "Dugaan", "Temuan", *NAME.split()):
        assert hidden not in text


def test_asking_and_fetching_are_on_the_trail_without_a_name(handler: Any, app: Flask):
    printed(handler, app, jenis="pns")
    told = {link.action: link.changed for link in db.session.scalars(select(AuditEntry))}
    assert told["neutrality:list:export"] == {"cases": [None, 1], "filters": [None, "jenis pns"]}
    assert told["job:case_list:ask"]["params"][1]["words"] == {"jenis": "pns"}
    assert "job:result:download" in told
    assert NAME not in str(told)


def test_a_second_click_leads_to_the_one_that_is_waited_for(handler: Any, app: Flask):
    first, second = (handler.post(ADDRESS, data=PDF) for _ in "ab")
    assert first.location == second.location
    assert count() == 1
    assert handler.post(ADDRESS, data=PDF | {"jenis": "pns"}).location != first.location


def test_too_many_are_explained_and_nothing_is_asked(handler: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(register_asking, "MOST_IN_PDF", 1)
    answer = handler.post(ADDRESS, data=PDF)
    assert answer.status_code == 422
    assert "PDF memuat paling banyak 1 kasus" in words(answer)
    assert count() == 0
    assert handler.post(ADDRESS, data={"format": "csv"}).status_code == 200


def test_a_server_that_makes_no_pdf_says_so(handler: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ability, "missing", lambda: ("pango",))
    assert handler.post(ADDRESS, data=PDF).status_code == 409
    assert count() == 0


def test_other_regions_are_not_found(handler: Any):
    assert handler.post(ADDRESS, data=PDF | {"wilayah": cast.PASER}).status_code == 404
    assert handler.get(ADDRESS).status_code == 405
    assert count() == 0


def test_who_reads_no_cases_is_refused(client: Any, session: Any):
    assert cast.signed_in(client, "admin.kaltim").post(ADDRESS, data=PDF).status_code == 403


def test_somebody_elses_list_is_not_found(handler: Any, app: Flask):
    answer = handler.post(ADDRESS, data=PDF)
    work(app)
    other = cast.signed_in(app.test_client(), "penyelia.berau")
    for tail in ("", "/keadaan", "/unduh"):
        assert other.get(f"{answer.location}{tail}").status_code == 404


def test_who_reads_the_facts_no_more_gets_the_file_no_more(client: Any, session: Any, app: Flask):
    recorded(agency="Dinas Rahasia")
    since = {"starts_on": dt.date(2024, 9, 1)}
    cast.add_person("dua.tempat", (Role.OPERATOR, cast.BERAU, since), (Role.LEADER, "64", since))
    db.session.commit()
    visitor = cast.signed_in(client, "dua.tempat")
    answer = visitor.post(ADDRESS, data=PDF)
    work(app)
    before = reading.text(visitor.get(f"{answer.location}/unduh").data)
    assert "Dinas" in before
    held = next(one for one in cast.person("dua.tempat").appointments if one.role is Role.OPERATOR)
    accounts.end_appointment(held.id, on=dt.date(2024, 11, 24))
    db.session.commit()
    refused = visitor.get(f"{answer.location}/unduh")
    assert refused.status_code == 404
    assert "Penugasan Anda berubah" in words(refused)
    assert "Dinas" not in reading.text(printed(visitor, app).data)


def test_a_closed_account_gets_nothing(handler: Any, app: Flask, operator: Person):
    handler.post(ADDRESS, data=PDF)
    accounts.disable_account(operator.id, reason="Pindah tugas")
    db.session.commit()
    work(app)
    job = db.session.query(Job).one()
    assert (job.state, job.result_key) == ("gagal", "")
