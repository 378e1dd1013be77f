"""Sending from the report's page: once, in what the desk wears today, or not at all with the reason why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.domain import clock, letterheads, reports
from app.domain.accounts import Appointment, Role, Standing
from app.domain.reports import ReportRow, State
from app.extensions import db
from tests import cast
from tests.domain.reports.sent import fresh, owed
from tests.domain.reports.written import texts

WRITER = "operator.berau"


@pytest.fixture
def report(session: Any) -> ReportRow:
    """Berau's daily report with a saved draft that contradicts nothing."""
    row, by = owed(), cast.person(WRITER)
    draft, reading, version = reports.open_draft(row, by=by)
    said = texts(draft, umum="Terpantau oleh desk.", rencana="Melanjutkan pemantauan.")
    found = reports.findings_of(row, said, reading)
    said = said._replace(reasons=tuple((one.rule, "Sudah dijelaskan.") for one in found if not one.blocks))
    reports.save_draft(row, said, by=by, version=version)
    session.commit()
    return fresh(row.id)


def send(client: FlaskClient, row: ReportRow, **more: Any) -> Any:
    """Press the button of the page, as its writer."""
    return cast.signed_in(client, WRITER).post(f"/pelaporan/{row.id}/kirim", data={"versi": 1} | more)


def test_the_page_offers_it_to_the_writer_alone(client: FlaskClient, report: ReportRow):
    here = f"/pelaporan/{report.id}"
    assert f"{here}/periksa" in cast.signed_in(client, WRITER).get(here).text
    assert f'action="{here}/kirim"' in client.get(f"{here}/periksa").text
    assert f"{here}/periksa" not in cast.signed_in(client, "penyelia.berau").get(here).text


def acting(until: dt.date) -> None:
    """Somebody signs for Berau in the place of who is away, from 25 November 2024."""
    days = {"starts_on": dt.date(2024, 11, 25), "ends_on": until, "standing": Standing.PLH, "signs": True}
    cast.add_person("plh.berau", (Role.LEADER, cast.BERAU, days | {"position": "Sekretaris Daerah"}))
    db.session.commit()


def test_it_is_sent_in_what_the_desk_wears_that_day(client: FlaskClient, report: ReportRow):
    acting(dt.date(2024, 11, 25))
    answer = send(client, report, nomor_surat="400/12/2024")
    assert (answer.status_code, answer.location) == (303, f"/pelaporan/{report.id}")
    dress = reports.frozen(fresh(report.id)).snapshot.dress
    assert (dress.number, dress.date_text) == ("400/12/2024", "25 November 2024")
    assert (dress.signature_mode, dress.signature_position) == ("Plh.", "Sekretaris Daerah")
    page = client.get(answer.location).text
    assert "Laporan dikirim sebagai versi 1" in page
    assert "Plh. Sekretaris Daerah" in page


def test_after_midnight_who_acted_until_then_signs_no_more(client: FlaskClient, report: ReportRow):
    acting(dt.date(2024, 11, 25))
    clock.set_frozen(dt.datetime(2024, 11, 25, 16, 1, tzinfo=dt.UTC))  # 00.01 WITA of the 26th
    by = cast.person("penyelia.kaltim")
    reports.grant(report, "Jaringan putus.", clock.now() + dt.timedelta(hours=1), by=by)
    db.session.commit()
    assert send(client, report).status_code == 303
    dress = reports.frozen(fresh(report.id)).snapshot.dress
    assert (dress.signature_mode, dress.date_text) == ("definitif", "26 November 2024")


def test_where_nobody_signs_the_page_says_so(client: FlaskClient, report: ReportRow):
    db.session.execute(db.update(Appointment).values(signs=False))
    db.session.commit()
    assert send(client, report).status_code == 303
    assert reports.frozen(fresh(report.id)).snapshot.dress.signature_mode == ""
    assert "tempat tanda tangan di kertas dikosongkan" in client.get(f"/pelaporan/{report.id}").text


def test_the_same_sending_counts_once_and_another_comes_too_late(client: FlaskClient, report: ReportRow):
    assert [send(client, report, kunci="sekali").status_code for _ in range(2)] == [303, 303]
    late = send(client, report, kunci="lain")
    assert late.status_code == 409
    assert "Dikirim, versi 1" in late.text
    assert len(reports.versions_of(fresh(report.id))) == 1


def test_a_draft_that_was_saved_meanwhile_is_shown_not_sent(client: FlaskClient, report: ReportRow):
    colleague = cast.person("rekan.berau")
    draft, _, version = reports.open_draft(report, by=colleague)
    reports.save_draft(report, texts(draft, umum="Kabar baru."), by=colleague, version=version)
    db.session.commit()
    answer = send(client, report)
    assert answer.status_code == 409
    assert "disimpan lagi" in answer.text
    assert fresh(report.id).state is State.DRAFT


def test_what_contradicts_is_named_on_the_page_and_refused(client: FlaskClient, report: ReportRow):
    by = cast.person(WRITER)
    draft, _, version = reports.open_draft(report, by=by)
    reports.save_draft(report, draft._replace(grade="rawan"), by=by, version=version)
    db.session.commit()
    answer = send(client, report, versi=2)
    assert answer.status_code == 422
    assert "harus beralasan" in answer.text
    assert fresh(report.id).number == 0


def test_a_number_is_taken_only_with_what_is_sent(
    client: FlaskClient, report: ReportRow, monkeypatch: pytest.MonkeyPatch
):
    answer = send(client, report, ambil_nomor="y")
    assert answer.status_code == 422
    assert "belum mempunyai pola nomor" in answer.text
    monkeypatch.setattr(letterheads, "take_number", lambda code, day, *, by: f"{code}/{day.year}")
    send(client, report, ambil_nomor="y", kunci="")
    assert reports.frozen(fresh(report.id)).snapshot.dress.number == "64.03/2024"


@pytest.mark.parametrize(
    "who, status", [("penyelia.berau", 403), ("operator.kaltim", 403), ("operator.paser", 404)]
)
def test_who_does_not_write_there_sends_nothing(
    client: FlaskClient, report: ReportRow, who: str, status: int
):
    answer = cast.signed_in(client, who).post(f"/pelaporan/{report.id}/kirim", data={"versi": 1})
    assert answer.status_code == status
    assert fresh(report.id).state is State.DRAFT


# Nihil


@pytest.fixture
def quiet(session: Any) -> ReportRow:
    """A report that is owed while nothing is open, and nobody has written in it."""
    row = owed()
    session.commit()
    return row


def nil(client: FlaskClient, row: ReportRow, **more: Any) -> Any:
    """Press the button of the nil report's page, as its writer."""
    said = {"versi": 0, "kalimat": "Tidak ada perkembangan.", "diperiksa": "y"} | more
    return cast.signed_in(client, WRITER).post(f"/pelaporan/{row.id}/kirim-nihil", data=said)


def test_a_nil_report_is_sent_from_its_page(client: FlaskClient, quiet: ReportRow):
    answer = nil(client, quiet, kunci="sekali")
    assert (answer.status_code, answer.location) == (303, f"/pelaporan/{quiet.id}")
    row = fresh(quiet.id)
    assert (row.state, row.is_nil) == (State.SENT, True)
    assert nil(client, quiet, kunci="sekali").status_code == 303
    assert nil(client, quiet, kunci="lain").status_code == 409
    assert fresh(quiet.id).number == 1


def test_a_nil_report_that_asks_for_a_reason_is_kept_and_leads_there(
    client: FlaskClient, quiet: ReportRow, monkeypatch: pytest.MonkeyPatch
):
    found = [reports.Finding("acuan_berbeda:x", "TPS dihitung dari 10, acuan 12.", ("x",))]
    for place in ("app.domain.reports.findings_of", "app.domain.reports.sending.findings_of"):
        monkeypatch.setattr(place, lambda *_: found)
    answer = nil(client, quiet)
    assert (answer.status_code, answer.location) == (303, f"/pelaporan/{quiet.id}/periksa")
    page = client.get(answer.location).text
    assert "TPS dihitung dari 10" in page
    assert "belum dikirim" in page
    client.post(f"/pelaporan/{quiet.id}/alasan", data={"versi": 1, "alasan_acuan_berbeda:x": "Menunggu KPU."})
    assert send(client, quiet, versi=2).status_code == 303
    made = reports.frozen(fresh(quiet.id)).snapshot
    assert (made.is_nil, made.explained[0].reason) == (True, "Menunggu KPU.")


def test_a_nil_report_over_a_full_draft_comes_too_late(client: FlaskClient, report: ReportRow):
    answer = nil(client, report, versi=1)
    assert answer.status_code == 409
    assert fresh(report.id).state is State.DRAFT


@pytest.mark.parametrize("more", [{"kalimat": ""}, {"diperiksa": ""}, {"kalimat": "x" * 601}])
def test_a_nil_report_that_says_nothing_is_explained(
    client: FlaskClient, quiet: ReportRow, more: dict[str, str]
):
    answer = nil(client, quiet, **more)
    assert answer.status_code == 422
    assert "Laporan belum dikirim" in answer.text
    assert fresh(quiet.id).number == 0


@pytest.mark.parametrize("who, status", [("penyelia.berau", 403), ("operator.paser", 404)])
def test_who_does_not_write_there_says_no_nil(client: FlaskClient, quiet: ReportRow, who: str, status: int):
    said = {"versi": 0, "kalimat": "Nihil.", "diperiksa": "y"}
    answer = cast.signed_in(client, who).post(f"/pelaporan/{quiet.id}/kirim-nihil", data=said)
    assert answer.status_code == status
    assert cast.signed_in(client, WRITER).get(f"/pelaporan/{quiet.id}/kirim-nihil").status_code == 405
