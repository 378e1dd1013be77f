"""Whoever judges a report: each step works, is refused to who had a hand, and comes too late the second time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain import audit, clock, reports
from app.domain.accounts import Role, Standing
from app.domain.errors import Invalid, NotAllowed, NotNow, Refusal
from app.domain.reports import Mark, Part, ReportRow, State, Verb
from app.extensions import db
from tests import cast
from tests.domain.reports.sent import CONTENT, DUE, LOCK, fresh, owed, put

SINCE = dt.date(2024, 11, 1)
WHY = "Angka logistik belum cocok."


@pytest.fixture
def report(session: Any) -> ReportRow:
    """Berau's daily report, sent once by its operator."""
    return put(owed())


def verified(row: ReportRow, by: str = "penyelia.berau") -> ReportRow:
    reports.verify(row, by=cast.person(by), version=row.version)
    return fresh(row.id)


def endorsed(row: ReportRow) -> ReportRow:
    row = verified(row)
    reports.endorse(row, by=cast.person("pimpinan.berau"), version=row.version)
    return fresh(row.id)


def test_verifying_moves_it_on_and_marks_the_version(report: ReportRow):
    row = verified(report)
    marks = reports.frozen(row).marks
    assert (row.state, row.number, row.version) == (State.VERIFIED, 1, report.version + 1)
    assert (marks.state, marks.verified_by) == ("diverifikasi", cast.person("penyelia.berau").name)
    assert marks.verified_office.startswith("Penyelia, Kabupaten Berau")


def test_a_desk_above_may_verify_too(report: ReportRow):
    assert verified(report, "penyelia.kaltim").state is State.VERIFIED


def test_endorsing_follows_verifying(report: ReportRow):
    leader = cast.person("pimpinan.berau")
    with pytest.raises(NotNow):
        reports.endorse(report, by=leader, version=report.version)
    row = endorsed(report)
    assert row.state is State.ENDORSED
    assert reports.frozen(row).marks.endorsed_by == leader.name


@pytest.mark.parametrize("name", ["operator.berau", "pimpinan.berau", "inspektorat.kaltim", "penyelia.paser"])
def test_who_has_no_such_right_there_verifies_nothing(report: ReportRow, name: str):
    with pytest.raises(NotAllowed):
        reports.verify(report, by=cast.person(name), version=report.version)
    assert fresh(report.id) == report


def test_nobody_judges_what_they_wrote_in_any_office(session: Any):
    both = cast.person("rangkap.berau")
    row = put(owed(), by="rangkap.berau")
    with pytest.raises(NotAllowed, match="orang lain"):
        reports.verify(row, by=both, version=row.version)
    with pytest.raises(NotAllowed, match="orang lain"):
        reports.return_back(row, by=both, version=row.version, reason=WHY)
    assert not {Verb.VERIFY, Verb.RETURN} & set(reports.open_verbs_of(row, both))
    assert reports.queue_of(both, row.election_id, Verb.VERIFY) == ([], 0)


def test_who_only_saved_the_draft_wrote_it(report: ReportRow, session: Any):
    writer = cast.person("rangkap.berau")
    session.add(
        reports.ReportDraft(
            report_id=report.id,
            content="{}",
            reading="{}",
            version=1,
            saved_at=DUE,
            saved_by_id=writer.id,
            saved_by_name=writer.name,
        )
    )
    session.flush()
    with pytest.raises(NotAllowed, match="orang lain"):
        reports.verify(report, by=writer, version=report.version)


def test_who_verified_does_not_endorse(report: ReportRow, session: Any):
    both = cast.add_person(
        "dua.jabatan",
        (Role.SUPERVISOR, cast.BERAU, {"starts_on": SINCE}),
        (Role.LEADER, cast.BERAU, {"starts_on": SINCE}),
    )
    row = verified(report, "dua.jabatan")
    assert Verb.ENDORSE not in reports.open_verbs_of(row, both)
    with pytest.raises(NotAllowed, match="orang lain"):
        reports.endorse(row, by=both, version=row.version)
    assert reports.queue_of(both, row.election_id, Verb.ENDORSE)[1] == 0


def test_an_acting_official_judges_under_that_office_for_its_days_only(report: ReportRow, session: Any):
    days = {"starts_on": dt.date(2024, 11, 25), "ends_on": dt.date(2024, 11, 25), "standing": Standing.PLH}
    cast.add_person("plh.berau", (Role.SUPERVISOR, cast.BERAU, days))
    clock.set_frozen(dt.datetime(2024, 11, 25, 15, 59, 59, tzinfo=dt.UTC))
    row = verified(report, "plh.berau")
    assert reports.moves_of(row)[-1].office.startswith("Plh. Penyelia")
    clock.set_frozen(dt.datetime(2024, 11, 25, 16, 0, 1, tzinfo=dt.UTC))  # the next day has begun in Berau
    assert reports.open_verbs_of(row, cast.person("plh.berau")) == []


def test_returning_names_the_section_and_opens_the_draft(report: ReportRow):
    judge = cast.person("penyelia.berau")
    reports.return_back(report, by=judge, version=report.version, reason=WHY, section="logistik")
    row = fresh(report.id)
    assert (row.state, row.returned_section) == (State.RETURNED, "logistik")
    assert row.mark(DUE) is Mark.RETURNED
    assert (reports.moves_of(row)[-1].reason, reports.frozen(row).marks.state) == (WHY, "dikembalikan")
    assert row.first_sent_at == report.first_sent_at
    assert Verb.SEND in reports.open_verbs_of(row, cast.person("operator.berau"))


@pytest.mark.parametrize(
    "said", [{"reason": " "}, {"reason": WHY, "section": "bab1"}, {"reason": "a" * 1_001}]
)
def test_returning_refuses_what_is_badly_said(report: ReportRow, said: dict[str, str]):
    with pytest.raises(Invalid) as refusal:
        reports.return_back(report, by=cast.person("penyelia.berau"), version=report.version, **said)
    assert set(refusal.value.fields) <= {"reason", "section"}
    db.session.rollback()


def test_recalling_before_verification_undoes_the_sending(report: ReportRow):
    writer = cast.person("operator.berau")
    reports.recall(report, by=writer, version=report.version, reason="Salah lampiran.")
    row = fresh(report.id)
    assert (row.state, row.number, row.first_sent_at) == (State.DRAFT, 1, None)
    assert row.mark(LOCK) is Mark.SILENT
    assert reports.frozen(row, 1).marks.state == "draf"


def test_a_report_that_was_returned_once_stays_on_time_when_its_next_version_is_recalled(report: ReportRow):
    judge, writer = cast.person("penyelia.berau"), cast.person("operator.berau")
    reports.return_back(report, by=judge, version=report.version, reason=WHY)
    row = put(fresh(report.id))
    reports.recall(row, by=writer, version=row.version, reason="Salah ketik.")
    assert fresh(row.id).first_sent_at == report.first_sent_at


def test_nothing_is_recalled_after_the_lock(report: ReportRow):
    clock.set_frozen(LOCK)
    with pytest.raises(NotNow, match="terkunci"):
        reports.recall(report, by=cast.person("operator.berau"), version=report.version, reason=WHY)


def test_verifying_comes_too_late_after_a_recall_and_for_an_older_version(report: ReportRow):
    judge, writer = cast.person("penyelia.berau"), cast.person("operator.berau")
    reports.recall(report, by=writer, version=report.version, reason="Salah lampiran.")
    with pytest.raises(NotNow):
        reports.verify(report, by=judge, version=report.version)
    row = put(fresh(report.id))
    with pytest.raises(NotNow):
        reports.verify(report, by=judge, version=report.version)
    assert fresh(row.id).state is State.SENT
    assert verified(row).number == 2


def test_recalling_comes_too_late_after_verification(report: ReportRow):
    row = verified(report)
    with pytest.raises(NotNow):
        reports.recall(row, by=cast.person("operator.berau"), version=row.version, reason=WHY)


@pytest.mark.parametrize("how_far", [verified, endorsed])
def test_reopening_takes_the_marks_away_and_asks_for_a_new_version(
    report: ReportRow, how_far: Callable[[ReportRow], ReportRow]
):
    row = how_far(report)
    reports.reopen(row, by=cast.person("penyelia.berau"), version=row.version, reason=WHY)
    row = fresh(row.id)
    assert (row.state, row.mark(DUE)) == (State.REOPENED, Mark.RETURNED)
    assert reports.frozen(row).marks == reports.Marks("dibuka_kembali")
    assert put(row).number == 2


def test_a_compilation_is_told_when_its_part_is_reopened(report: ReportRow):
    row = verified(report)
    part = Part(row.id, row.region_code, row.region_name, "tepat", "diverifikasi", 1, "f" * 64)
    above = put(owed("64"), CONTENT._replace(parts=(part,)), by="operator.kaltim")
    other = put(owed("64", slot=1), by="operator.kaltim")
    made = reports.frozen(above).snapshot
    assert reports.overtaken(made.parts) == []
    reports.reopen(row, by=cast.person("penyelia.berau"), version=row.version, reason=WHY)
    assert [link.action for link in audit.history_of("report", above.id)] == ["report:report:part_opened"]
    assert audit.history_of("report", other.id) == []
    assert reports.overtaken(made.parts) == [
        "Kabupaten Berau: disusun dari versi 1, yang kini dibuka kembali."
    ]


def test_the_trail_tells_each_step_with_its_office(report: ReportRow):
    row = verified(report)
    reports.reopen(row, by=cast.person("penyelia.berau"), version=row.version, reason=WHY)
    last, first = audit.history_of("report", report.id)
    assert (first.action, first.region_code) == ("report:report:verify", cast.BERAU)
    assert first.changed == {"state": ["dikirim", "diverifikasi"], "report_version": [None, 1]}
    assert last.changed["reason"] == [None, WHY]
    assert last.office.startswith("Penyelia, Kabupaten Berau")


def test_the_queue_holds_what_waits_nearby_the_oldest_first(session: Any):
    sambaliung = put(owed(cast.SAMBALIUNG), by="operator.sambaliung")
    clock.set_frozen(clock.now() + dt.timedelta(hours=1))
    berau = put(owed())
    put(owed("64"), by="operator.kaltim")
    owed(cast.PASER)
    judge, above = cast.person("penyelia.berau"), cast.person("penyelia.kaltim")
    election = berau.election_id
    rows, total = reports.queue_of(judge, election, Verb.VERIFY)
    assert ([row.id for row in rows], total) == ([sambaliung.id, berau.id], 2)
    found = {row.region_code for row in reports.queue_of(above, election, Verb.VERIFY)[0]}
    assert found == {"64", cast.BERAU}  # Sambaliung's has a judge nearer by
    [deep] = reports.queue_of(above, election, Verb.VERIFY, region=cast.SAMBALIUNG)[0]
    assert deep.id == sambaliung.id
    assert reports.queue_of(judge, election, Verb.VERIFY, limit=1)[1] == 2
    assert reports.queue_of(cast.person("operator.berau"), election, Verb.VERIFY) == ([], 0)


def at_once(app: Flask, *deeds: Callable[[], Any]) -> list[Refusal]:
    """Do these at the same moment, each on a connection of its own; returns what was refused."""
    start, refused = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], Any]) -> None:
        with app.app_context():
            try:
                start.wait(20)
                deed()
                db.session.commit()
            except Refusal as refusal:
                db.session.rollback()
                refused.append(refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_of_two_who_verify_at_once_one_comes_too_late(app: Flask, report: ReportRow):
    judges = [cast.person("penyelia.berau"), cast.person("penyelia.kaltim")]
    db.session.commit()
    refused = at_once(
        app, *(lambda by=by: reports.verify(report, by=by, version=report.version) for by in judges)
    )
    assert [type(one) for one in refused] == [NotNow]
    verbs = [move.verb for move in reports.moves_of(fresh(report.id))]
    assert verbs == [Verb.SEND, Verb.VERIFY]


def test_verified_and_recalled_at_once_leaves_one_of_them(app: Flask, report: ReportRow):
    judge, writer = cast.person("penyelia.berau"), cast.person("operator.berau")
    db.session.commit()
    refused = at_once(
        app,
        lambda: reports.verify(report, by=judge, version=report.version),
        lambda: reports.recall(report, by=writer, version=report.version, reason="Salah lampiran."),
    )
    assert [type(one) for one in refused] == [NotNow]
    row = fresh(report.id)
    assert (row.state, row.version) in [
        (State.VERIFIED, report.version + 1),
        (State.DRAFT, report.version + 1),
    ]
    assert len(reports.moves_of(row)) == 2
