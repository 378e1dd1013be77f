"""Verbs on appointments: give, extend, end, withdraw, and what no appointment may be, whoever gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from app.domain import audit, clock
from app.domain.accounts.commands import SUBJECT, raise_version
from app.domain.accounts.models import Account, Appointment, Unit
from app.domain.accounts.rules import Role, Standing
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.regions import Region, zone_of
from app.extensions import db
from app.words import tanggal_pendek

LIMITS = {"position": 160, "rank": 80, "document": 160, "on_behalf_of": 160, "through": 160}
ENDS_FIRST = "Tanggal akhir harus sama atau sesudah tanggal mulai."


def appoint(
    account_id: int,
    role: Role,
    region_code: str,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    unit_code: str | None = None,
    areas: tuple[str, ...] = (),
    standing: Standing = Standing.DEFINITIVE,
    position: str = "",
    rank: str = "",
    employee_number: str = "",
    signs: bool = False,
    on_behalf_of: str = "",
    through: str = "",
    document: str = "",
    by: audit.Actor | None = None,
) -> Appointment:
    """Give a person a dated role in a region.

    Who signs in the name of an office names it (`on_behalf_of`, a.n.), and the office between where it is signed for
    that one (`through`, u.b.). Refuses (Invalid) an end before the start, a region that is no more, the same
    appointment over days that it holds already, a second definitive signatory of a desk, a manner of signing that is
    none; an unknown region or unit (NotFound).
    """
    texts = {"position": position, "rank": rank, "document": document}
    check_terms(starts_on, ends_on, employee_number, **texts, on_behalf_of=on_behalf_of, through=through)
    check_manner(signs, position, on_behalf_of, through)
    if db.session.get(Account, account_id) is None:
        raise NotFound("Akun itu tidak ada.")
    region_name = _living_region(region_code)
    unit_id = None if unit_code is None else _unit_id(unit_code)
    appointment = Appointment(
        account_id=account_id,
        role=role.value,
        region_code=region_code,
        unit_id=unit_id,
        areas=" ".join(sorted(areas)),
        standing=standing.value,
        position=position,
        rank=rank,
        employee_number=employee_number,
        signs=signs,
        on_behalf_of=on_behalf_of,
        through=through,
        starts_on=starts_on,
        ends_on=ends_on,
        document=document,
        created_at=clock.now(),
    )
    _check_beside_others(appointment, ends_on)
    db.session.add(appointment)
    raise_version(account_id)
    db.session.flush()
    changes = told(appointment, region_name, unit_code)
    _record("account:appointment:create", appointment, by, changes)
    return appointment


def told(appointment: Appointment, region_name: str, unit_code: str | None) -> dict[str, list[Any]]:
    """What the trail keeps of a new appointment."""
    said = {
        "role": appointment.role,
        "region": region_name,
        "unit": unit_code,
        "areas": appointment.areas,
        "office": appointment.standing,
        "position": appointment.position,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "signs": appointment.signs,
        "on_behalf_of": appointment.on_behalf_of,
        "through": appointment.through,
        "document": appointment.document,
    }
    return {name: [None, value] for name, value in said.items() if value}


def check_terms(starts_on: dt.date, ends_on: dt.date | None, employee_number: str, **texts: str) -> None:
    """Refuse (Invalid) what contradicts itself: an end before the start, a NIP that is none, a text too long."""
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("Penugasan berakhir sebelum mulai.", ends_on=ENDS_FIRST)
    if employee_number and not (
        employee_number.isascii() and employee_number.isdigit() and len(employee_number) == 18
    ):
        raise Invalid("NIP tidak sah.", employee_number="Isi 18 angka, atau kosongkan.")
    for field, text in texts.items():
        if len(text) > LIMITS[field]:
            raise Invalid("Isian terlalu panjang.", **{field: f"Paling banyak {LIMITS[field]} tanda."})


def check_manner(signs: bool, position: str, on_behalf_of: str, through: str) -> None:
    """Refuse (Invalid) a manner of signing that no paper could show: a.n. without signing or without an own position,
    u.b. without a.n. (Permendagri 1/2023: the superior first, then the office between, "u.b.", then who signs).
    """
    if through and not on_behalf_of:
        sentence = "Isi juga Atas nama: u.b. selalu di bawah a.n."
        raise Invalid("Cara menandatangani belum lengkap.", on_behalf_of=sentence)
    if on_behalf_of and not signs:
        sentence = "Hanya untuk yang menandatangani. Centang Menandatangani, atau kosongkan ini."
        raise Invalid("Cara menandatangani belum lengkap.", on_behalf_of=sentence)
    if on_behalf_of and not position:
        sentence = "Isi jabatan orang ini: tercetak di bawah jabatan yang diatasnamakan."
        raise Invalid("Cara menandatangani belum lengkap.", position=sentence)


def extend_appointment(
    appointment_id: int, *, until: dt.date | None, document: str = "", by: audit.Actor | None = None
) -> None:
    """Move the last day of an appointment further out, None: without an end; its new document stands after the old.

    Refuses (Invalid) a day that is not later and what `appoint` would refuse; one that is over needs a new one.
    """
    appointment = _existing(appointment_id)
    if appointment.ends_on is None or (until is not None and until <= appointment.ends_on):
        raise Invalid("Itu bukan perpanjangan.", until="Pilih hari sesudah hari terakhir yang sekarang.")
    papers = "; ".join(filter(None, [appointment.document, document]))
    check_terms(appointment.starts_on, until, "", document=papers)
    _check_beside_others(appointment, until)
    changes: dict[str, list[Any]] = {
        "ends_on": [appointment.ends_on, until],
        "appointment": [appointment.id, appointment.id],
    }
    if document:
        changes["document"] = [appointment.document, papers]
    appointment.ends_on, appointment.document = until, papers
    raise_version(appointment.account_id)
    db.session.flush()
    _record("account:appointment:extend", appointment, by, changes)


def end_appointment(appointment_id: int, *, on: dt.date, by: audit.Actor | None = None) -> None:
    """Let an appointment end after the day `on`; its rights are gone
    with the first request of the day after.
    """
    appointment = _existing(appointment_id)
    if on < appointment.starts_on:
        raise Invalid("Penugasan berakhir sebelum mulai.", on=ENDS_FIRST)
    before, appointment.ends_on = appointment.ends_on, on
    raise_version(appointment.account_id)
    db.session.flush()
    changes: dict[str, list[Any]] = {"ends_on": [before, on], "appointment": [appointment.id, appointment.id]}
    _record("account:appointment:end", appointment, by, changes)


def withdraw_appointment(appointment_id: int, *, by: audit.Actor | None = None) -> None:
    """Take back an appointment that has not begun: nothing was ever done under it. The trail keeps what it was.

    Raises NotNow for one that has begun.
    """
    appointment = _existing(appointment_id)
    if appointment.starts_on <= today_of(appointment.region_code):
        raise NotNow("Penugasan ini sudah mulai berlaku, jadi hanya dapat diakhiri.")
    said = {name: getattr(appointment, name) for name in ("role", "starts_on", "ends_on", "document")}
    changes: dict[str, list[Any]] = {name: [value, None] for name, value in said.items() if value}
    changes["appointment"] = [appointment.id, None]
    db.session.delete(appointment)
    raise_version(appointment.account_id)
    db.session.flush()
    _record("account:appointment:withdraw", appointment, by, changes)


def _existing(appointment_id: int) -> Appointment:
    appointment = db.session.get(Appointment, appointment_id)
    if appointment is None:
        raise NotFound("Penugasan itu tidak ada.")
    return appointment


def _record(
    action: str,
    appointment: Appointment,
    by: audit.Actor | None,
    changes: Mapping[str, Sequence[Any]],
) -> None:
    audit.record(
        action,
        by=by,
        subject=(SUBJECT, appointment.account_id),
        region=appointment.region_code,
        changes=changes,
    )


def today_of(region_code: str) -> dt.date:
    """The calendar day in a region: appointments begin and end by it."""
    return clock.today(zone_of(region_code))


def _living_region(code: str) -> str:
    """The region's name; raises NotFound, and Invalid for one that is no more."""
    row = db.session.execute(select(Region.name, Region.retired_on).where(Region.code == code)).one_or_none()
    if row is None:
        raise NotFound(f"Wilayah dengan kode {code} tidak ada.")
    if row.retired_on is not None:
        raise Invalid(
            f"{row.name} sudah tidak berlaku sebagai wilayah.",
            region=f"{row.name} tidak berlaku lagi sejak {tanggal_pendek(row.retired_on)}. Pilih wilayah penggantinya.",
        )
    return str(row.name)


def _unit_id(code: str) -> int:
    unit_id = db.session.scalar(select(Unit.id).where(Unit.code == code, Unit.retired_on.is_(None)))
    if unit_id is None:
        raise NotFound(f"Perangkat daerah {code} tidak ada.")
    return unit_id


def _check_beside_others(wanted: Appointment, ends_on: dt.date | None) -> None:
    """What two appointments may not be at the same time: the same one twice, two who sign in their own right."""
    meanwhile = [Appointment.region_code == wanted.region_code, Appointment.id != (wanted.id or 0)]
    meanwhile.append(or_(Appointment.ends_on.is_(None), Appointment.ends_on >= wanted.starts_on))
    if ends_on is not None:
        meanwhile.append(Appointment.starts_on <= ends_on)
    own = Appointment.account_id == wanted.account_id
    for other in db.session.scalars(
        select(Appointment).where(own, Appointment.role == wanted.role, *meanwhile)
    ):
        mine, theirs = set(wanted.areas.split()), set(other.areas.split())
        if other.unit_id == wanted.unit_id and (not mine or not theirs or mine & theirs):
            raise Invalid(
                "Penugasan yang sama sudah ada untuk tanggal itu.",
                starts_on=f"Orang ini sudah {Role(other.role).label} di wilayah itu, {_term(other)}. "
                "Perpanjang atau akhiri yang itu dahulu.",
            )
    if wanted.signs and wanted.standing == Standing.DEFINITIVE.value and not wanted.on_behalf_of:
        signing = select(Appointment, Account.name).join(Account, Account.id == Appointment.account_id)
        definitive = Appointment.standing == Standing.DEFINITIVE.value
        rival = db.session.execute(
            signing.where(
                Appointment.signs.is_(True),
                Appointment.on_behalf_of == "",
                definitive,
                Account.is_disabled.is_(False),
                *meanwhile,
            )
        ).first()
        if rival is not None:
            raise Invalid(
                "Penanda tangan definitif desk ini sudah ada.",
                signs=f"{rival[1]} sudah menandatangani sebagai pejabat definitif, {_term(rival[0])}. Akhiri "
                "penugasan itu dahulu, atau pilih Plt., Plh., Pj., Pjs., atau a.n. untuk yang baru.",
            )


def _term(appointment: Appointment) -> str:
    last = tanggal_pendek(appointment.ends_on) if appointment.ends_on else "diakhiri"
    return f"{tanggal_pendek(appointment.starts_on)} sampai {last}"
