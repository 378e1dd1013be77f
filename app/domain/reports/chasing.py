"""Chasing: asking a desk for its report, by telephone or WhatsApp, and what it answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import insert, select

from app.domain import audit, clock
from app.domain.accounts import PERMISSIONS, Mandate, Permission, Person
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.regions import zone_of
from app.domain.reports.models import ReportChase
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import AREA, OPEN, Kind, Mark
from app.extensions import db
from app.words import tanggal

CHANNELS = {"telepon": "Telepon", "whatsapp": "WhatsApp", "lain": "Cara lain"}
LONGEST_AGO = dt.timedelta(days=7)
TABLE = ReportChase.__table__
_WORKING = frozenset({Permission.REPORT_WRITE, Permission.REPORT_VERIFY, Permission.REPORT_ENDORSE})
_JUDGING = _WORKING - {Permission.REPORT_WRITE}


class ChaseRow(NamedTuple):
    """One time that somebody asked."""

    id: int
    report_id: int
    channel: str
    whom: str
    answer: str
    asked_at: dt.datetime
    by_name: str

    @property
    def channel_words(self) -> str:
        """How it was asked."""
        return CHANNELS.get(self.channel, self.channel)


def chases_of(reports: Iterable[int]) -> list[ChaseRow]:
    """Every time that these reports were asked for, the latest first. One statement."""
    query = select(
        ReportChase.id,
        ReportChase.report_id,
        ReportChase.channel,
        ReportChase.whom,
        ReportChase.answer,
        ReportChase.asked_at,
        ReportChase.by_name,
    ).where(ReportChase.report_id.in_(list(reports)))
    newest = query.order_by(ReportChase.asked_at.desc(), ReportChase.id.desc())
    return [ChaseRow(*row) for row in db.session.execute(newest)]


def may_chase(person: Person, row: ReportRow) -> bool:
    """Whether the person works with the reports of a desk above, or judges those of this one."""
    return _chasing(person, row) is not None


def _chasing(person: Person, row: ReportRow) -> Mandate | None:
    for mandate in person.appointments:
        needed = _JUDGING if mandate.region_code == row.region_code else _WORKING
        if mandate.covers(row.region_code, AREA, None) and needed & PERMISSIONS[mandate.role]:
            return mandate
    return None


def chase(
    row: ReportRow, channel: str, *, whom: str, answer: str, asked_at: dt.datetime | None = None, by: Person
) -> None:
    """Note that a desk was asked for its report, and what it said; never changed afterwards.

    Refuses (NotAllowed) who works for no desk above it, (NotNow) a report that has come in, (Invalid) an unknown
    channel, nobody or no answer, and a moment that lies ahead or more than a week ago.
    """
    mandate, now = _chasing(by, row), clock.now()
    if mandate is None:
        raise NotAllowed("Hanya desk di atasnya yang menagih laporan ini. Tidak ada yang dicatat.")
    if row.state not in OPEN:
        raise NotNow("Laporan ini sudah masuk, jadi tidak perlu ditagih.")
    asked_at = asked_at or now
    _check(channel, whom.strip(), answer.strip(), asked_at, now)
    values = {
        "report_id": row.id,
        "channel": channel,
        "whom": whom.strip(),
        "answer": answer.strip(),
        "asked_at": asked_at,
        "at": now,
        "by_id": by.id,
        "by_name": by.name,
    }
    db.session.execute(insert(TABLE).values(**values))
    audit.record(
        "report:report:chase",
        by=by,
        subject=("report", row.id),
        region=row.region_code,
        changes={"way": [None, CHANNELS[channel]]},
        office=mandate.text,
    )


def _check(channel: str, whom: str, answer: str, asked_at: dt.datetime, now: dt.datetime) -> None:
    if channel not in CHANNELS:
        _refuse("channel", "Pilih cara menagihnya.")
    if not whom or len(whom) > 160:
        _refuse("whom", "Tuliskan siapa yang dihubungi, paling banyak 160 tanda.")
    if not answer or len(answer) > 400:
        _refuse("answer", "Tuliskan jawabannya, misalnya tidak diangkat; paling banyak 400 tanda.")
    if not now - LONGEST_AGO <= asked_at <= now:
        _refuse("asked_at", "Pilih saat dalam 7 hari terakhir.")


def _refuse(field: str, sentence: str) -> None:
    raise Invalid(sentence, **{field: sentence})


def reminder_text(row: ReportRow) -> str:
    """A message to the desk that owes the report, ready to be pasted; names no person. Reads the clock."""
    zone = zone_of(row.region_code)
    due, locks = clock.local(row.due_at, zone), clock.local(row.locks_at, zone)
    here = clock.abbreviation(zone)
    what = row.title if row.kind is Kind.BRIEF else row.kind.heading
    said = {
        Mark.WAITING: f"Kami mengingatkan {what} untuk {tanggal(row.day)}.",
        Mark.RETURNED: f"{what} untuk {tanggal(row.day)} dikembalikan untuk diperbaiki. Alasannya ada di aplikasi.",
    }.get(row.mark(clock.now()), f"{what} untuk {tanggal(row.day)} belum kami terima.")
    lines = [
        "*Pengingat laporan*",
        f"Yth. Desk Pilkada {row.region_name}",
        "",
        said,
        f"Tenggat: {tanggal(due)} pukul {due:%H.%M} {here}",
        f"Terkunci: {tanggal(locks)} pukul {locks:%H.%M} {here}",
        "",
        "Bila tidak ada perkembangan, kirim laporan nihil. Bila ada hambatan, kabari kami.",
    ]
    return "\n".join(lines)
