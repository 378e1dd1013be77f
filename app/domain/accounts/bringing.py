"""Many people at once: the same rows and links of the trail as `create_account` and `appoint`, by a few statements.

One by one, five thousand people hold up everybody else's writing for half a minute on the embedded database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update

from app.domain import audit, clock
from app.domain.accounts.appointing import told
from app.domain.accounts.authority import take_turn
from app.domain.accounts.commands import SUBJECT
from app.domain.accounts.managing import Proposal
from app.domain.accounts.models import Account, Appointment, Unit
from app.domain.errors import NotNow
from app.domain.regions import names_of
from app.extensions import db

AT_ONCE = 500


class Arrival(NamedTuple):
    """Somebody who comes: a new account (`account_id` None, with the hash of its password) or one that is there."""

    account_id: int | None
    username: str
    name: str
    password_hash: str
    proposal: Proposal


def bring_in(arrivals: Sequence[Arrival], *, by: audit.Actor) -> None:
    """Make the new accounts, which must change their password, and give everybody their appointment.

    What `create_account` and `appoint` would refuse has been looked for by the caller, in this transaction or in
    one after `wait_for_turn`. Raises NotNow when an account name was taken since.
    """
    _refuse_taken([one.username for one in arrivals if one.account_id is None])
    now = clock.now()
    ids = _accounts([one for one in arrivals if one.account_id is None], now, by)
    numbers = [one.account_id or ids[one.username] for one in arrivals]
    units = {code: number for number, code in db.session.execute(select(Unit.id, Unit.code))}
    _appointments(zip(numbers, arrivals, strict=True), units, now)
    for some in pieces([one.account_id for one in arrivals if one.account_id is not None]):
        raise_versions(some)
    places = names_of(one.proposal.region for one in arrivals)
    audit.record_many(_deeds(zip(numbers, arrivals, strict=True), places), by=by)


def wait_for_turn() -> None:
    """Let nobody else change people until the end of this transaction, so that what is looked at now stays true."""
    take_turn()


def _refuse_taken(usernames: list[str]) -> None:
    for some in pieces(usernames):
        taken = db.session.scalar(select(Account.username).where(Account.username.in_(some)).limit(1))
        if taken is not None:
            raise NotNow(f"Nama akun {taken} baru saja dipakai orang lain. Periksa lagi, lalu terapkan.")


def _accounts(arrivals: Sequence[Arrival], now: dt.datetime, by: audit.Actor) -> dict[str, int]:
    """Username -> number of the accounts made."""
    rows = [
        {
            "username": one.username,
            "name": one.name,
            "password_hash": one.password_hash,
            "must_change_password": True,
            "created_at": now,
            "created_by": by.id,
        }
        for one in arrivals
    ]
    ids: dict[str, int] = {}
    for some in pieces(rows):
        made = db.session.execute(insert(Account).returning(Account.id, Account.username), some)
        ids.update({username: number for number, username in made})
    return ids


def _appointments(arrivals: Iterable[tuple[int, Arrival]], units: dict[str, int], now: dt.datetime) -> None:
    rows = [
        {
            **_terms(one.proposal),
            "account_id": number,
            "unit_id": units[one.proposal.unit_code] if one.proposal.unit_code else None,
            "created_at": now,
        }
        for number, one in arrivals
    ]
    for some in pieces(rows):
        db.session.execute(insert(Appointment.__table__), some)


def _terms(said: Proposal) -> dict[str, Any]:
    """The columns of an appointment that the proposal itself says."""
    return {
        "role": said.role.value,
        "region_code": said.region,
        "areas": " ".join(sorted(said.areas)),
        "standing": said.standing.value,
        "position": said.position,
        "rank": said.rank,
        "employee_number": said.employee_number,
        "signs": said.signs,
        "on_behalf_of": said.on_behalf_of,
        "through": said.through,
        "starts_on": said.starts_on,
        "ends_on": said.ends_on,
        "document": said.document,
    }


def _deeds(arrivals: Iterable[tuple[int, Arrival]], places: dict[str, str]) -> Iterator[audit.Deed]:
    """The links of the trail in the order in which the deeds would have been done one by one."""
    for number, one in arrivals:
        if one.account_id is None:
            changes = {"username": [None, one.username], "name": [None, one.name]}
            yield audit.Deed("account:account:create", (SUBJECT, number), None, changes)
        said = one.proposal
        appointment = Appointment(**_terms(said))
        yield audit.Deed(
            "account:appointment:create",
            (SUBJECT, number),
            said.region,
            told(appointment, places[said.region], said.unit_code),
        )


def raise_versions(account_ids: Sequence[int]) -> None:
    """Let every process read the appointments of these accounts afresh; at most AT_ONCE of them."""
    raised = update(Account).where(Account.id.in_(account_ids))
    db.session.execute(
        raised.values(access_version=Account.access_version + 1),
        execution_options={"synchronize_session": False},
    )


def pieces(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values in portions that one statement takes."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
