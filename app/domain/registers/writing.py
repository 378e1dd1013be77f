"""What the verbs of registers write: checked values, numbers, steps, the trail; of use within a deed only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from app.domain import audit, clock
from app.domain.accounts import Mandate, Person
from app.domain.counting import count_up
from app.domain.errors import Invalid
from app.domain.regions import kabkota_of, zone_of
from app.domain.registers.columns import NUMBERS, TEXTS, Form, Values, check_sums, checked_value
from app.domain.registers.counted import counting
from app.domain.registers.models import RegisterCounter, RegisterMove
from app.domain.registers.register import Place, Register
from app.domain.registers.searching import searchable
from app.extensions import db
from app.statements import ONE, Fixed
from app.words import angka

RECORD = "record"


def checked(register: Register, values: Mapping[str, Any], place: Place) -> Values:
    """The values as they will be kept: each column by what it is, sums, then the room's own rule.

    Refuses (Invalid) with the sentences of all columns that are wrong by themselves, then one at a time.
    """
    kept: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column in register.columns:
        try:
            kept[column.name] = checked_value(column, values.get(column.name), place.today)
        except Invalid as refusal:
            wrong |= refusal.fields
    if wrong:
        raise Invalid("Ada isian yang perlu diperbaiki.", **wrong)
    check_sums(register.columns, kept)
    return register.check(kept, place)


def check_once(register: Register, region: str, values: Values, *, but: int = 0) -> None:
    """Refuse (Invalid) a second record that counts with the same region and the same `once_per` columns."""
    if not register.once_per:
        return
    asked = {f"said_{name}": values[name] for name in register.once_per}
    found = _same(register).first(region=region, but=but, **asked)
    if found is not None:
        number, year = found
        first = register.once_per[0]
        labels = " dan ".join(register.by_name[name].label.lower() for name in register.once_per)
        raise Invalid(
            f"Untuk wilayah dan {labels} ini sudah ada {register.one} {number}/{year}. "
            "Ubah yang itu, atau batalkan dahulu.",
            **{first: f"Sudah ada {register.one} {number}/{year} untuk ini."},
        )


@lru_cache(maxsize=64)
def _same(register: Register) -> Fixed:
    """Number and year of another record that counts and says the same."""
    model = register.model
    same = [
        getattr(model, name).is_not_distinct_from(bindparam(f"said_{name}")) for name in register.once_per
    ]
    here = model.region_code == bindparam("region"), model.id != bindparam("but")
    return Fixed(select(model.number, model.year).where(counting(model), *here, *same).limit(ONE))


def fresh(register: Register, region: str, number: int, by: Person, election_id: int) -> Any:
    """A record that says nothing yet, not in the session: where it stands, its number, and who records it now."""
    today, now = clock.today(zone_of(region)), clock.now()
    return register.model(
        election_id=election_id,
        region_code=region,
        year=today.year,
        number=number,
        state=register.flow.start.value if register.flow else "",
        state_since=today,
        version=1,
        recorded_at=now,
        recorded_by=by.id,
        recorded_by_name=by.name,
        changed_at=now,
        withdrawn_at=None,
        withdrawn_reason="",
    )


def next_number(subject: str, region: str, year: int, by: int = 1) -> int:
    """Raise the number of a register in a kabupaten/kota (or province) and year, and return the last one now taken."""
    return count_up(RegisterCounter, by, subject_kind=subject, region_code=kabkota_of(region), year=year)


def write_values(register: Register, row: Any, values: Values) -> dict[str, list[Any]]:
    """Write the values and the words they are found by; returns what changed as the trail keeps it.

    Of a restricted record and of long texts the trail tells that they changed, not what they say.
    """
    hidden = bool(register.restricted_by and values.get(register.restricted_by))
    changes: dict[str, list[Any]] = {}
    quiet: list[str] = []
    for column in register.columns:
        before, after = getattr(row, column.name), values[column.name]
        if before == after:
            continue
        setattr(row, column.name, after)
        if not before and not after and column.form not in NUMBERS:
            continue
        if hidden or column.form in TEXTS:
            quiet.append(column.name)
        else:
            changes[column.name] = [_told(before), _told(after)]
    texts = [str(values[c.name]) for c in register.columns if c.form in TEXTS]
    picked = [c.words(values[c.name]) for c in register.columns if c.form is Form.CHOICE]
    row.search_words = searchable(*texts, *picked)
    if quiet:
        changes["texts"] = [None, quiet]
    return changes


def _told(value: Any) -> Any:
    if isinstance(value, Decimal):  # 79.00 and 79 are one number, and both are said as 79
        return angka(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def stand(row: Any, state: str, since: dt.date) -> None:
    """Let a record stand in a state since a day; a step that stays where it was moves no clock."""
    if row.state != state:
        row.state, row.state_since = state, since


def add_move(
    register: Register,
    row: Any,
    verb: str,
    letter_number: str,
    receiver: str,
    note: str,
    done_on: dt.date,
    by: Person,
    office: Mandate,
) -> None:
    """Keep a step."""
    db.session.add(
        RegisterMove(
            subject_kind=register.subject,
            record_id=row.id,
            verb=verb,
            state=row.state,
            done_on=done_on,
            letter_number=letter_number.strip()[:80],
            receiver=receiver.strip()[:120],
            note=note.strip(),
            at=clock.now(),
            by_id=by.id,
            by_name=by.name,
            office=office.text,
        )
    )


def tell(
    register: Register, row: Any, verb: str, by: Person, office: Mandate, changes: dict[str, list[Any]]
) -> None:
    """Put a deed on the trail."""
    audit.record(
        f"{register.action}:{verb}",
        by=by,
        subject=(register.subject, row.id),
        region=row.region_code,
        changes=changes,
        office=office.text,
    )
