"""The register of what went outside: said once, kept for good, seen by whoever reads the report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.domain import audit, clock, evidence
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.reports import (
    ReportRow,
    Sent,
    State,
    TransmissionRow,
    Wanted,
    find_transmission,
    keep_receipt,
    may_transmit,
    transmissions,
    transmissions_of,
    transmit,
    withdraw_transmission,
)
from tests import cast
from tests.domain.reports.below import DAY, EARLY, freeze, owed, row

LETTER = "000.7/118/Kesbangpol"


@pytest.fixture
def report(session: Any) -> ReportRow:
    """The province's report, sent once."""
    found = owed("64")
    freeze(found)
    return row(found)


def sent(**more: Any) -> Sent:
    said = Sent(1, "Kementerian Dalam Negeri", "srikandi", EARLY, LETTER, "Ditjen Polpum")
    return said._replace(**more)


def kept(report: ReportRow, **more: Any) -> TransmissionRow:
    person = cast.person("operator.kaltim")
    return find_transmission(transmit(report, sent(**more), by=person), person)


def test_it_keeps_what_went_and_tells_the_trail(session: Any, report: ReportRow):
    found = kept(report)
    assert (found.recipient, found.channel_words, found.letter_number) == (
        "Kementerian Dalam Negeri",
        "SRIKANDI",
        LETTER,
    )
    assert (found.number, found.newest, found.sent_at, found.withdrawn_at) == (1, 1, EARLY, None)
    (entry,) = audit.history_of("report_transmission", found.id)
    assert entry.action == "report:transmission:record"
    assert entry.changed["recipient"] == [None, "Kementerian Dalam Negeri"]


def test_a_version_that_went_stays_named_when_a_later_one_comes(session: Any):
    owing = owed("64")
    freeze(owing)
    found = kept(row(owing))
    freeze(owing)
    session.flush()
    again = find_transmission(found.id, cast.person("operator.kaltim"))
    assert (again.number, again.newest) == (1, 2)


@pytest.mark.parametrize(
    "said, field",
    [
        ({"recipient": "  "}, "recipient"),
        ({"recipient": "K" * 201}, "recipient"),
        ({"channel": "merpati"}, "channel"),
        ({"number": 2}, "number"),
        ({"number": 0}, "number"),
        ({"at": dt.datetime(2024, 11, 26, tzinfo=dt.UTC)}, "at"),
        ({"at": EARLY - dt.timedelta(minutes=1)}, "at"),
        ({"note": "a" * 401}, "note"),
    ],
)
def test_it_refuses_what_cannot_be_at_its_field(report: ReportRow, said: dict[str, Any], field: str):
    person = cast.person("operator.kaltim")
    with pytest.raises(Invalid) as refusal:
        transmit(report, sent(**said), by=person)
    assert list(refusal.value.fields) == [field]
    assert transmissions_of(report, person) == []


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.kaltim"])
def test_it_refuses_who_does_not_write_for_that_desk(report: ReportRow, who: str):
    with pytest.raises(NotAllowed):
        transmit(report, sent(), by=cast.person(who))
    assert not may_transmit(cast.person(who), "64")
    assert may_transmit(cast.person("operator.kaltim"), "64")


def test_it_is_withdrawn_with_a_reason_once_and_stays(session: Any, report: ReportRow):
    found, person = kept(report), cast.person("operator.kaltim")
    withdraw_transmission(found, " Salah alamat ", by=person)
    (again,) = transmissions_of(report, person)
    assert (again.withdrawn_reason, again.withdrawn_at) == ("Salah alamat", clock.now())
    with pytest.raises(NotNow):
        withdraw_transmission(found, "Lagi", by=person)
    assert [one.action for one in audit.history_of("report_transmission", found.id)].count(
        "report:transmission:withdraw"
    ) == 1


@pytest.mark.parametrize("reason", ["", "  ", "a" * 201])
def test_it_refuses_to_be_withdrawn_without_a_reason(report: ReportRow, reason: str):
    found = kept(report)
    with pytest.raises(Invalid) as refusal:
        withdraw_transmission(found, reason, by=cast.person("operator.kaltim"))
    assert list(refusal.value.fields) == ["reason"]


def test_it_refuses_to_be_withdrawn_by_another_desk(report: ReportRow):
    with pytest.raises(NotAllowed):
        withdraw_transmission(kept(report), "Salah", by=cast.person("operator.berau"))


def test_nobody_can_delete_it_even_by_hand(session: Any, report: ReportRow):
    kept(report)
    session.commit()
    with pytest.raises(DBAPIError, match="stays as it was sent"):
        session.execute(text("DELETE FROM report_transmission"))


def test_a_receipt_is_kept_beside_it_until_it_is_withdrawn(session: Any, report: ReportRow):
    found, person = kept(report), cast.person("operator.kaltim")
    use = keep_receipt(found, evidence.inspect(b"Sudah diterima.\n", "tanda-terima.txt"), by=person)
    assert evidence.one_use("report_transmission", found.id, use.id).file.name == "tanda-terima.txt"
    withdraw_transmission(found, "Salah alamat", by=person)
    late = find_transmission(found.id, person)
    with pytest.raises(NotNow):
        keep_receipt(late, evidence.inspect(b"Lagi.\n", "lagi.txt"), by=person)


def test_another_desk_below_sees_nothing_of_it(session: Any, report: ReportRow):
    found = kept(report)
    with pytest.raises(NotFound):
        find_transmission(found.id, cast.person("operator.berau"))
    assert transmissions_of(report, cast.person("operator.berau")) == []
    assert transmissions(cast.person("operator.berau"), report.election_id, Wanted()) == ([], False)


@pytest.mark.parametrize(
    "wanted, count",
    [
        (Wanted(), 3),
        (Wanted(text="srikandi"), 0),
        (Wanted(text="dalam negeri"), 1),
        (Wanted(text="50%"), 0),
        (Wanted(channel="surel"), 1),
        (Wanted(kind="senin"), 1),
        (Wanted(region=cast.BERAU), 1),
        (Wanted(since=DAY + dt.timedelta(days=1)), 0),
        (Wanted(until=DAY), 3),
        (Wanted(with_withdrawn=False), 2),
    ],
)
def test_the_register_is_filtered(session: Any, report: ReportRow, wanted: Wanted, count: int):
    weekly, berau = owed("64", kind="senin"), owed(cast.BERAU)
    freeze(weekly)
    freeze(berau, state=State.SENT)
    above, below = cast.person("operator.kaltim"), cast.person("operator.berau")
    kept(report)
    withdraw_transmission(kept(row(weekly), recipient="KPU", channel="antar"), "Salah", by=above)
    transmit(row(berau), sent(recipient="Gubernur", channel="surel"), by=below)
    found, more = transmissions(above, report.election_id, wanted)
    assert (len(found), more) == (count, False)


def test_the_register_is_turned_page_by_page(session: Any, report: ReportRow):
    for minute in range(3):
        kept(report, at=EARLY + dt.timedelta(minutes=minute))
    person = cast.person("operator.kaltim")
    first, more = transmissions(person, report.election_id, Wanted(), per_page=2)
    last, no_more = transmissions(person, report.election_id, Wanted(), page=2, per_page=2)
    assert ([one.sent_at.minute for one in (*first, *last)], more, no_more) == ([32, 31, 30], True, False)
