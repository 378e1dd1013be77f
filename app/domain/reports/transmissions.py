"""What was sent outside: which version, to whom, when, by what channel, with its receipt. Never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, Select, or_, select, update

from app.domain import audit, clock, evidence
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.evidence import EvidenceUse, Inspected, Subject
from app.domain.regions import Region, subtree, zone_of
from app.domain.reports.models import Report, ReportTransmission, ReportVersion
from app.domain.reports.queries import ReportRow
from app.domain.reports.reach import mandate_in, roots
from app.domain.reports.rules import AREA, Kind
from app.extensions import db
from app.words import plain, waktu

SUBJECT = "report_transmission"
CHANNELS = {
    "srikandi": "SRIKANDI",
    "surel": "Surel",
    "whatsapp": "WhatsApp",
    "antar": "Diantar langsung",
    "pos": "Pos atau kurir",
    "aplikasi": "Aplikasi lain",
    "lain": "Cara lain",
}
RECIPIENTS = (
    "Kementerian Dalam Negeri",
    "Gubernur",
    "KPU",
    "Bawaslu",
    "DPR RI",
    "DPRD",
    "Kementerian Koordinator Bidang Politik dan Keamanan",
)
"""Whom desks send to most (seed 003: Kemendagri daily, Komisi II DPR RI); any other may be written."""
MOST = {"recipient": 200, "letter_number": 80, "received_by": 160, "note": 400}
MOST_REASON = 200
TOO_LATE = "Catatan pengiriman ini sudah dibatalkan orang lain. Lihat keadaannya sekarang."


class Sent(NamedTuple):
    """What is said of one transmission. `at` is when it went (aware)."""

    number: int
    recipient: str
    channel: str
    at: dt.datetime
    letter_number: str = ""
    received_by: str = ""
    note: str = ""


class TransmissionRow(NamedTuple):
    """A transmission as lists show it, with the report that went."""

    id: int
    report_id: int
    region_code: str
    region_name: str
    kind: Kind
    day: dt.date
    title: str
    number: int
    recipient: str
    channel: str
    sent_at: dt.datetime
    letter_number: str
    received_by: str
    note: str
    at: dt.datetime
    by_name: str
    withdrawn_at: dt.datetime | None
    withdrawn_reason: str
    newest: int
    """The version that the report has now."""

    @property
    def channel_words(self) -> str:
        """How it went, in words."""
        return CHANNELS.get(self.channel, self.channel)

    @property
    def subject(self) -> Subject:
        """What its receipts prove."""
        return SUBJECT, self.id


_COLUMNS: tuple[Any, ...] = (
    ReportTransmission.id,
    ReportTransmission.report_id,
    Report.region_code,
    Region.name,
    Report.kind,
    Report.day,
    Report.title,
    ReportTransmission.number,
    ReportTransmission.recipient,
    ReportTransmission.channel,
    ReportTransmission.sent_at,
    ReportTransmission.letter_number,
    ReportTransmission.received_by,
    ReportTransmission.note,
    ReportTransmission.at,
    ReportTransmission.by_name,
    ReportTransmission.withdrawn_at,
    ReportTransmission.withdrawn_reason,
    Report.number.label("newest"),
)


class Wanted(NamedTuple):
    """What a list of transmissions shows; empty is no filter."""

    region: str = ""
    text: str = ""
    kind: str = ""
    channel: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    with_withdrawn: bool = True


def transmit(row: ReportRow, sent: Sent, *, by: Person) -> int:
    """Write down that a version went to somebody outside; returns the number of the entry.

    Refuses who does not write for that desk (NotAllowed), a version that there is not and words that cannot be
    (Invalid, at their fields: recipient, channel, at, ...). What went is a version as it was frozen, whatever came
    later.
    """
    mandate = mandate_in(by, Permission.REPORT_WRITE, row.region_code)
    said = _checked(row, sent)
    entry = ReportTransmission(
        report_id=row.id,
        number=said.number,
        recipient=said.recipient,
        channel=said.channel,
        sent_at=said.at,
        letter_number=said.letter_number,
        received_by=said.received_by,
        note=said.note,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
        withdrawn_reason="",
    )
    db.session.add(entry)
    db.session.flush()
    told = {"report_version": said.number} | {name: getattr(said, name) for name in MOST}
    told |= {"channel": CHANNELS[said.channel], "sent_at": said.at.astimezone(dt.UTC).isoformat()}
    audit.record(
        "report:transmission:record",
        by=by,
        subject=(SUBJECT, entry.id),
        region=row.region_code,
        changes={name: [None, value] for name, value in told.items() if value},
        office=mandate.text,
    )
    return entry.id


def withdraw_transmission(found: TransmissionRow, reason: str, *, by: Person) -> None:
    """Say that an entry does not hold, and why; it stays in the register.

    Refuses who does not write for that desk (NotAllowed), no reason (Invalid, field reason) and an entry that was
    withdrawn before (NotNow).
    """
    mandate = mandate_in(by, Permission.REPORT_WRITE, found.region_code)
    reason = plain(reason).strip()
    if not reason or len(reason) > MOST_REASON:
        words = f"Tulis paling banyak {MOST_REASON} huruf." if reason else "Alasan wajib diisi."
        raise Invalid("Tuliskan mengapa catatan ini dibatalkan.", reason=words)
    done = db.session.execute(
        update(ReportTransmission)
        .where(ReportTransmission.id == found.id, ReportTransmission.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now(), withdrawn_reason=reason)
    )
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        raise NotNow(TOO_LATE)
    audit.record(
        "report:transmission:withdraw",
        by=by,
        subject=(SUBJECT, found.id),
        region=found.region_code,
        changes={"recipient": [found.recipient, found.recipient], "reason": [None, reason]},
        office=mandate.text,
    )


def keep_receipt(found: TransmissionRow, inspected: Inspected, *, by: Person) -> EvidenceUse:
    """Put the receipt's file beside an entry. Refuses as `transmit` and the evidence room do, and NotNow for an entry
    that was withdrawn."""
    mandate = mandate_in(by, Permission.REPORT_WRITE, found.region_code)
    if found.withdrawn_at is not None:
        raise NotNow(TOO_LATE)
    return evidence.attach(inspected, to=found.subject, region=found.region_code, by=by, office=mandate.text)


def find_transmission(transmission_id: int, person: Person) -> TransmissionRow:
    """One entry within the person's reach. Raises NotFound."""
    query = _visible(person).where(ReportTransmission.id == transmission_id)
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("Catatan pengiriman itu tidak ada atau di luar penugasan Anda.")
    return _row(found)


def transmissions_of(row: ReportRow, person: Person) -> list[TransmissionRow]:
    """What of a report went outside, the latest first, withdrawn entries too. One statement."""
    query = _visible(person).where(ReportTransmission.report_id == row.id)
    return _rows(query)


def transmissions(
    person: Person, election_id: int, wanted: Wanted, *, page: int = 1, per_page: int = 50
) -> tuple[list[TransmissionRow], bool]:
    """One page of the register, the latest first, and whether there is a next one. One statement."""
    there = ReportTransmission
    fields = (there.recipient, there.letter_number, there.received_by)
    asked = (
        (wanted.region, subtree(Report.region_code, wanted.region)),
        (wanted.text, or_(*(one.icontains(wanted.text, autoescape=True) for one in fields))),
        (wanted.kind, Report.kind == wanted.kind),
        (wanted.channel, there.channel == wanted.channel),
        (wanted.since, Report.day >= (wanted.since or dt.date.min)),
        (wanted.until, Report.day <= (wanted.until or dt.date.max)),
        (not wanted.with_withdrawn, there.withdrawn_at.is_(None)),
    )
    query = _visible(person).where(Report.election_id == election_id, *(term for said, term in asked if said))
    found = _rows(query.limit(per_page + 1).offset((page - 1) * per_page))
    return found[:per_page], len(found) > per_page


def may_transmit(person: Person, region: str) -> bool:
    """Whether the person writes down what the desk of this region sent."""
    return any(
        mandate.region_code == region and mandate.gives(Permission.REPORT_WRITE, region, AREA)
        for mandate in person.appointments
    )


def _visible(person: Person) -> Select[Any]:
    query: Select[Any] = select(*_COLUMNS).join(Report, Report.id == ReportTransmission.report_id)
    query = query.join(Region, Region.code == Report.region_code)
    return query.where(subtree(Report.region_code, *roots(person)))


def _rows(query: Select[Any]) -> list[TransmissionRow]:
    order = query.order_by(ReportTransmission.sent_at.desc(), ReportTransmission.id.desc())
    return [_row(found) for found in db.session.execute(order)]


def _row(found: Any) -> TransmissionRow:
    row = TransmissionRow(*found)
    return row._replace(kind=Kind(row.kind))


def _checked(row: ReportRow, sent: Sent) -> Sent:
    """What is said, tidied. Raises Invalid with every field that is wrong."""
    texts = {name: plain(getattr(sent, name)).strip() for name in MOST}
    wrong = {
        name: f"Tulis paling banyak {most} huruf." for name, most in MOST.items() if len(texts[name]) > most
    }
    if not texts["recipient"]:
        wrong["recipient"] = "Tulis kepada siapa laporan ini dikirim."
    if sent.channel not in CHANNELS:
        wrong["channel"] = "Pilih cara pengirimannya."
    frozen_at = _frozen_at(row, sent.number)
    if frozen_at is None:
        wrong["number"] = "Pilih versi yang pernah dikirim."
    elif sent.at > clock.now():
        wrong["at"] = "Waktu pengiriman belum tiba. Catat sesudah laporan benar-benar dikirim."
    elif sent.at < frozen_at:
        zone = zone_of(row.region_code)
        wrong["at"] = f"Versi {sent.number} baru ada pada {waktu(clock.local(frozen_at, zone))}."
    if wrong:
        raise Invalid("Pengiriman ini belum dicatat.", **wrong)
    return sent._replace(
        recipient=texts["recipient"],
        letter_number=texts["letter_number"],
        received_by=texts["received_by"],
        note=texts["note"],
    )


def _frozen_at(row: ReportRow, number: int) -> dt.datetime | None:
    query = select(ReportVersion.sent_at).where(
        ReportVersion.report_id == row.id, ReportVersion.number == number
    )
    return db.session.scalar(query)
