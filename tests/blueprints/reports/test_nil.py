"""A quiet day's report takes three clicks from the front page."""

from __future__ import annotations

import re
from typing import Any

from app.domain import clock, reports, stages
from app.domain.accounts import Person
from app.domain.reports import Draft, Kind, Reading, SectionText, State
from app.extensions import db
from tests import cast
from tests.domain.reports.written import MORNING, NOON, SUNDAY, owed, stands


def test_nil_is_link_tick_and_send_once_a_sentence_is_there(client: Any, operator: Person):
    reports.expect(stages.current_election())
    db.session.commit()
    clock.set_frozen(NOON)
    browser = cast.signed_in(client, "operator.berau")
    front = browser.get("/").text
    found = re.findall(r'href="(/pelaporan/(\d+)/nihil)"', front)
    rows = [reports.find(int(number), operator) for _, number in found]
    today = next(row for row in rows if row.kind is Kind.DAILY)
    page = browser.get(f"/pelaporan/{today.id}/nihil").text
    key = re.search(r'name="kunci" value="([^"]+)"', page)
    assert key is not None
    said = {"versi": "0", "kunci": key[1], "kalimat": "Logistik siap; situasi terpantau.", "diperiksa": "y"}
    answer = browser.post(f"/pelaporan/{today.id}/kirim-nihil", data=said)
    assert answer.status_code == 303
    sent = reports.find(today.id, operator)
    assert (sent.state, sent.is_nil, sent.number) == (State.SENT, True, 1)
    frozen = reports.frozen(sent)
    assert "Kasus yang masih berjalan: tidak ada" in frozen.snapshot.nil_checked
    again = browser.post(f"/pelaporan/{today.id}/kirim-nihil", data=said)
    assert again.status_code in (303, 409)
    assert reports.find(today.id, operator).number == 1


def test_the_sentence_of_the_last_report_is_offered(client: Any, operator: Person):
    said = Draft(sections=(SectionText("umum", "Situasi umum", "Situasi terpantau seperti kemarin."),))
    stands(owed(operator, SUNDAY), operator, Reading(MORNING), said)
    row = owed(operator)
    db.session.commit()
    page = cast.signed_in(client, "operator.berau").get(f"/pelaporan/{row.id}/nihil").text
    assert "Situasi terpantau seperti kemarin." in page


def test_nil_without_a_look_or_a_sentence_is_explained(client: Any, operator: Person):
    row = owed(operator)
    db.session.commit()
    browser = cast.signed_in(client, "operator.berau")
    answer = browser.post(f"/pelaporan/{row.id}/kirim-nihil", data={"versi": "0"})
    assert answer.status_code == 422
    assert "Nyatakan dahulu" in answer.text
    assert reports.find(row.id, operator).state is State.EXPECTED
