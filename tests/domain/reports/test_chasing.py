"""Asking a desk for its report: who may, what is kept, and a text to paste that names nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import clock, reports
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.reports import Kind, Report, ReportRow, State
from app.extensions import db
from tests import cast

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def owed(session: Any, election: Any) -> ReportRow:
    """Berau's daily report of 25 November, an hour after its deadline."""
    reports.expect(election)
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-25T17:00:00+08:00"))
    return row()


def row(**about: Any) -> ReportRow:
    """The same report, changed by hand."""
    found = db.session.scalar(
        select(Report).where(
            Report.region_code == cast.BERAU,
            Report.kind == Kind.DAILY.value,
            Report.day == dt.date(2024, 11, 25),
        )
    )
    for name, value in about.items():
        setattr(found, name, value)
    db.session.flush()
    return reports.find(found.id, cast.person("penyelia.kaltim"))


@pytest.mark.parametrize(
    "who", ["operator.kaltim", "penyelia.kaltim", "pimpinan.kaltim", "penyelia.berau", "pimpinan.berau"]
)
def test_the_desk_above_asks_and_the_desks_own_judges(owed: ReportRow, who: str) -> None:
    person = cast.person(who)
    reports.chase(owed, "telepon", whom="Sekretariat", answer="Sedang dikirim", by=person)
    kept = reports.chases_of([owed.id])
    assert [(one.channel_words, one.whom, one.answer, one.by_name) for one in kept] == [
        ("Telepon", "Sekretariat", "Sedang dikirim", person.name)
    ]


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.paser", "inspektorat.kaltim", "admin.kaltim"])
def test_nobody_else_may(owed: ReportRow, who: str) -> None:
    person = cast.person(who)
    assert not reports.may_chase(person, owed)
    with pytest.raises(NotAllowed):
        reports.chase(owed, "telepon", whom="x", answer="y", by=person)


def test_the_latest_stands_first(owed: ReportRow, supervisor: Person) -> None:
    for hours in (3, 1, 2):
        asked = clock.now() - hours * HOUR
        reports.chase(owed, "whatsapp", whom="Desk", answer=str(hours), asked_at=asked, by=supervisor)
    assert [one.answer for one in reports.chases_of([owed.id])] == ["1", "2", "3"]


def test_what_has_come_in_is_not_asked_for(owed: ReportRow, supervisor: Person) -> None:
    with pytest.raises(NotNow):
        reports.chase(row(state=State.SENT.value), "telepon", whom="x", answer="y", by=supervisor)


@pytest.mark.parametrize(
    "said, field",
    [
        ({"channel": "surat"}, "channel"),
        ({"whom": " "}, "whom"),
        ({"answer": ""}, "answer"),
        ({"answer": "x" * 401}, "answer"),
        ({"asked_at": HOUR}, "asked_at"),
        ({"asked_at": -8 * 24 * HOUR}, "asked_at"),
    ],
)
def test_it_explains_what_is_missing(
    owed: ReportRow, supervisor: Person, said: dict[str, Any], field: str
) -> None:
    about = {"channel": "telepon", "whom": "Desk", "answer": "Nanti", "asked_at": dt.timedelta(), **said}
    about["asked_at"] += clock.now()
    with pytest.raises(Invalid) as refusal:
        reports.chase(owed, about.pop("channel"), by=supervisor, **about)
    assert field in refusal.value.fields
    assert not reports.chases_of([owed.id])


def test_the_text_says_what_is_missing_in_the_desks_own_time(owed: ReportRow) -> None:
    assert reports.reminder_text(owed).splitlines() == [
        "*Pengingat laporan*",
        "Yth. Desk Pilkada Kabupaten Berau",
        "",
        "Laporan Harian Perkembangan Situasi untuk Senin, 25 November 2024 belum kami terima.",
        "Tenggat: Senin, 25 November 2024 pukul 16.00 WITA",
        "Terkunci: Selasa, 26 November 2024 pukul 12.00 WITA",
        "",
        "Bila tidak ada perkembangan, kirim laporan nihil. Bila ada hambatan, kabari kami.",
    ]


def test_before_the_deadline_it_reminds_and_a_returned_one_is_called_so(owed: ReportRow) -> None:
    assert "dikembalikan" in reports.reminder_text(row(state=State.RETURNED.value))
    clock.set_frozen(dt.datetime.fromisoformat("2024-11-25T15:00:00+08:00"))
    assert "Kami mengingatkan" in reports.reminder_text(owed)
