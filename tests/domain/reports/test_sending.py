"""Sending freezes what was written, once; it refuses what contradicts itself, comes twice or too late."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from app.domain import audit, clock, reports
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.reports import Draft, Dress, Mark, Photo, ReportRow, State, Verb
from app.domain.reports.canonical import digest
from app.extensions import db
from tests import cast
from tests.domain.reports.sent import DUE, LOCK, fresh, owed
from tests.domain.reports.test_judging import at_once
from tests.domain.reports.written import MONDAY, texts

CALM = {"umum": "Terpantau oleh desk.", "rencana": "Melanjutkan pemantauan."}
DRESS = Dress(number="400.10/12/2024", signature_mode="definitif", signature_name="Dra. Contoh")


@pytest.fixture
def report(operator: Person) -> ReportRow:
    """Berau's daily report of the day, owed and untouched."""
    return owed()


def write(row: ReportRow, by: Person, **said: str) -> int:
    """Save these texts; returns the draft's version."""
    draft, _, version = reports.open_draft(row, by=by)
    explained = draft._replace(carried=())
    return reports.save_draft(row, texts(explained, **(said or CALM)), by=by, version=version)


def reasoned(row: ReportRow, by: Person) -> Draft:
    """The saved draft with a reason for each finding that asks for one."""
    draft, reading, _ = reports.open_draft(row, by=by)
    found = reports.findings_of(row, draft, reading)
    return draft._replace(reasons=tuple((one.rule, "Sudah dijelaskan.") for one in found if not one.blocks))


def send(row: ReportRow, by: Person, version: int, draft: Draft | None = None) -> int:
    """Send what is saved, with what the desk wears."""
    _, reading, _ = reports.open_draft(row, by=by)
    return reports.send(row, draft or reasoned(row, by), reading, DRESS, by=by, version=version)


def test_sending_freezes_what_was_written(report: ReportRow, operator: Person):
    photo = Photo("a" * 64, "Gudang KPU")
    version = write(report, operator)
    draft = reasoned(report, operator)._replace(photos=(photo,))
    _, reading, _ = reports.open_draft(report, by=operator)
    assert reports.send(report, draft, reading, DRESS, by=operator, version=version) == 1
    row = fresh(report.id)
    made = reports.frozen(row)
    assert (row.state, row.number, row.first_sent_at, row.sent_at) == (
        State.SENT,
        1,
        clock.now(),
        clock.now(),
    )
    assert made.snapshot.reading == reading
    assert (made.snapshot.sections, made.snapshot.dress) == (draft.sections, DRESS)
    assert (made.snapshot.photos, made.snapshot.tables) == ((photo,), ())
    assert {one.rule for one in made.snapshot.explained} == {rule for rule, _ in draft.reasons}
    assert (made.marks.state, made.is_intact) == ("dikirim", True)
    assert [move.verb for move in reports.moves_of(row)] == [Verb.WRITE, Verb.SEND]


def test_the_trail_and_the_version_bear_each_other_s_hash(report: ReportRow, operator: Person):
    version = write(report, operator)
    before = audit.head()
    send(report, operator, version)
    made = reports.frozen(fresh(report.id))
    assert (made.snapshot.audit_seq, made.snapshot.audit_hash) == before
    told = audit.history_of("report", report.id)[0]
    assert (told.action, told.changed["sha256"]) == ("report:report:send", [None, made.sha256])
    assert made.sha256 == digest(reports.snapshot_text(made.snapshot))


def test_it_names_the_version_that_its_changes_speak_of(report: ReportRow, operator: Person):
    send(report, operator, write(report, operator))
    first = reports.frozen(fresh(report.id))
    evening = owed(slot=1, cut_off_at=DUE)
    send(evening, operator, write(evening, operator, umum="Malam ini terpantau.", rencana="Besok lanjut."))
    assert first.snapshot.previous_sha256 == ""
    assert reports.frozen(fresh(evening.id)).snapshot.previous_sha256 == first.sha256


def test_a_second_sending_comes_too_late_and_makes_no_version(report: ReportRow, operator: Person):
    version = write(report, operator)
    send(report, operator, version)
    with pytest.raises(NotNow):
        send(report, operator, version)
    assert [one.number for one in reports.versions_of(fresh(report.id))] == [1]


def test_of_two_who_send_at_once_one_is_counted(app: Flask, report: ReportRow, operator: Person):
    version = write(report, operator)
    draft, (_, reading, _) = reasoned(report, operator), reports.open_draft(report, by=operator)
    others = [operator, cast.person("rekan.berau")]
    db.session.commit()
    refused = at_once(
        app,
        *(lambda by=by: reports.send(report, draft, reading, DRESS, by=by, version=version) for by in others),
    )
    assert [type(one) for one in refused] == [NotNow]
    row = fresh(report.id)
    assert (row.number, len(reports.versions_of(row))) == (1, 1)


def test_sent_and_saved_at_once_leaves_the_text_that_was_seen(
    app: Flask, report: ReportRow, operator: Person
):
    version = write(report, operator)
    draft, (_, reading, _) = reasoned(report, operator), reports.open_draft(report, by=operator)
    other = texts(draft, umum="Lain sama sekali.")
    colleague = cast.person("rekan.berau")
    db.session.commit()
    refused = at_once(
        app,
        lambda: reports.send(report, draft, reading, DRESS, by=operator, version=version),
        lambda: reports.save_draft(report, other, by=colleague, version=version),
    )
    assert [type(one) for one in refused] == [NotNow]
    row = fresh(report.id)
    assert (row.state is State.SENT) == (row.number == 1)


def test_a_draft_that_was_saved_meanwhile_is_not_sent(report: ReportRow, operator: Person):
    version = write(report, operator)
    seen = reasoned(report, operator)
    write(report, cast.person("rekan.berau"), umum="Ada kabar baru.")
    with pytest.raises(NotNow, match="disimpan lagi"):
        send(report, operator, version, seen)
    assert fresh(report.id).state is State.DRAFT


@pytest.mark.parametrize(
    "name", ["penyelia.berau", "operator.kaltim", "operator.paser", "inspektorat.kaltim"]
)
def test_only_the_owing_desk_s_writers_send(report: ReportRow, operator: Person, name: str):
    version = write(report, operator)
    draft, reading, _ = reports.open_draft(report, by=operator)
    with pytest.raises(NotAllowed):
        reports.send(report, draft, reading, DRESS, by=cast.person(name), version=version)


def test_what_blocks_is_not_sent_whatever_reason_is_given(report: ReportRow, operator: Person):
    version = write(report, operator, umum="Aman.")
    draft = reasoned(report, operator)._replace(grade="rawan", reasons=(("alasan_keadaan", "Memang."),))
    with pytest.raises(Invalid, match="harus beralasan"):
        send(report, operator, version, draft)


def test_an_empty_report_is_not_sent_but_as_nil(report: ReportRow, operator: Person):
    draft, reading, version = reports.open_draft(report, by=operator)
    with pytest.raises(Invalid, match="belum berisi"):
        reports.send(report, draft, reading, DRESS, by=operator, version=version)
    with pytest.raises(Invalid, match="sudah memeriksa"):
        reports.send_nil(report, draft, reading, DRESS, by=operator, version=version)
    db.session.rollback()


def test_a_contradiction_without_its_reason_is_named_and_travels_with_one(
    report: ReportRow, operator: Person
):
    case = reports.Reading(
        clock.now(), (reports.open_draft(report, by=operator)[1].figures[0]._replace(key="x", label="X"),)
    )
    version = write(report, operator, umum="Jumlah 474 TPS.")
    draft, _, _ = reports.open_draft(report, by=operator)
    known = case._replace(reference=(reports.ReferenceFigure("TPS", 475, "KPU"),))
    with pytest.raises(Invalid, match="474 TPS"):
        reports.send(report, draft, known, DRESS, by=operator, version=version)
    rule = next(one.rule for one in reports.findings_of(report, draft, known) if "474" in one.words)
    draft = draft._replace(reasons=((rule, "Satu TPS digabung."),))
    reports.send(report, draft, known, DRESS, by=operator, version=version)
    [one] = [one for one in reports.frozen(fresh(report.id)).snapshot.explained if one.rule == rule]
    assert (one.reason, "474" in one.finding) == ("Satu TPS digabung.", True)


def test_a_nil_report_keeps_what_was_looked_at_and_is_marked_so(report: ReportRow, operator: Person):
    draft, reading, version = reports.open_draft(report, by=operator)
    said = texts(draft, umum="Tidak ada perkembangan; pemantauan berjalan.")
    said = said._replace(nil_checked=("Kasus: tidak ada", "Kejadian: tidak ada"))
    assert reports.send_nil(report, said, reading, DRESS, by=operator, version=version) == 1
    row = fresh(report.id)
    assert (row.is_nil, row.mark(DUE)) == (True, Mark.NIL)
    assert reports.frozen(row).snapshot.nil_checked == said.nil_checked
    assert reports.open_draft(row, by=operator)[0].is_nil


def test_after_a_return_the_next_version_keeps_the_time_of_the_first(report: ReportRow, operator: Person):
    send(report, operator, write(report, operator))
    row, judge = fresh(report.id), cast.person("penyelia.berau")
    reports.return_back(row, by=judge, version=row.version, reason="Lengkapi.", section="umum")
    clock.set_frozen(LOCK + dt.timedelta(hours=2))  # the lock does not hold up a correction
    row = fresh(report.id)
    send(row, operator, write(row, operator, umum="Sudah dilengkapi."))
    row = fresh(report.id)
    assert (row.number, row.returned_section, row.mark(clock.now())) == (2, "", Mark.ON_TIME)
    assert row.sent_at == clock.now() != row.first_sent_at
    assert reports.frozen(row, 1).snapshot.sections != reports.frozen(row).snapshot.sections


def test_after_a_recall_the_next_sending_decides_whether_it_is_late(report: ReportRow, operator: Person):
    send(report, operator, write(report, operator))
    row = fresh(report.id)
    reports.recall(row, by=operator, version=row.version, reason="Salah lampiran.")
    clock.set_frozen(DUE + dt.timedelta(seconds=1))
    row = fresh(report.id)
    assert send(row, operator, reports.open_draft(row, by=operator)[2]) == 2
    assert fresh(report.id).mark(clock.now()) is Mark.LATE


def test_after_the_lock_only_an_exception_lets_it_in_and_late_it_stays(report: ReportRow, operator: Person):
    version = write(report, operator)
    clock.set_frozen(LOCK)
    with pytest.raises(NotNow, match="terkunci"):
        send(report, operator, version)
    reports.grant(report, "Jaringan putus.", LOCK + dt.timedelta(hours=3), by=cast.person("penyelia.kaltim"))
    send(report, operator, version)
    assert fresh(report.id).mark(clock.now()) is Mark.LATE


@pytest.mark.parametrize(
    "region, writer, moment, mark",
    [
        # Berau's deadline of 16.00 WITA is the same moment as 15.00 WIB and 17.00 WIT.
        (
            cast.BERAU,
            "operator.berau",
            dt.datetime(2024, 11, 25, 15, 0, tzinfo=clock.zone("Asia/Jakarta")),
            0,
        ),
        (
            cast.BERAU,
            "operator.berau",
            dt.datetime(2024, 11, 25, 17, 0, tzinfo=clock.zone("Asia/Jayapura")),
            0,
        ),
        (
            cast.BERAU,
            "operator.berau",
            dt.datetime(2024, 11, 25, 15, 1, tzinfo=clock.zone("Asia/Jakarta")),
            1,
        ),
    ],
)
def test_the_same_moment_is_on_time_in_every_zone(
    report: ReportRow, operator: Person, region: str, writer: str, moment: dt.datetime, mark: int
):
    version = write(report, operator)
    clock.set_frozen(moment)
    send(report, operator, version)
    assert fresh(report.id).mark(clock.now()) is (Mark.ON_TIME, Mark.LATE)[mark]


def test_a_sending_after_midnight_speaks_of_the_day_that_is_owed(report: ReportRow, operator: Person):
    night = dt.datetime(2024, 11, 25, 16, 10, tzinfo=dt.UTC)  # 00.10 WITA, while it is still Monday in UTC
    row = owed(slot=1, due_at=night - dt.timedelta(minutes=20), locks_at=night + dt.timedelta(hours=1))
    version = write(row, operator)
    clock.set_frozen(night)
    send(row, operator, version)
    made = reports.frozen(fresh(row.id)).snapshot
    assert (made.day, clock.local(made.sent_at, made.zone).date()) == (MONDAY, MONDAY + dt.timedelta(days=1))
    assert fresh(row.id).mark(clock.now()) is Mark.LATE


def test_without_an_official_the_dress_says_that_nobody_signs(report: ReportRow, operator: Person):
    version = write(report, operator)
    _, reading, _ = reports.open_draft(report, by=operator)
    draft = reasoned(report, operator)
    reports.send(report, draft, reading, Dress(), by=operator, version=version)
    assert reports.frozen(fresh(report.id)).snapshot.dress.signature_mode == ""


def test_a_compilation_that_does_not_add_up_is_not_sent(operator: Person, monkeypatch: Any):
    above = cast.person("operator.kaltim")
    row = owed("64")
    version = write(row, above)
    draft, (_, reading, _) = reasoned(row, above), reports.open_draft(row, by=above)
    part = reports.Part(9, cast.BERAU, "Kabupaten Berau", "tepat", "diverifikasi", 1, "f" * 64)
    monkeypatch.setattr("app.domain.reports.sending.compiled_parts", lambda row: (part,))
    with pytest.raises(Invalid, match="tidak cocok"):
        reports.send(row, draft, reading, DRESS, by=above, version=version)
