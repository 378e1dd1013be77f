"""A next election with the entries that it asks for, and handing the desks over to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from app.domain import stages
from app.domain.accounts import Permission, Person
from app.domain.checklists.expecting import expect, expect_of
from app.domain.checklists.gaps import begun
from app.domain.checklists.library import current_versions
from app.domain.checklists.models import Entry
from app.domain.errors import NotNow
from app.domain.stages import Election
from app.extensions import db

AT_ONCE = 150_000
"""So many entries are made while somebody waits (Kaltim's 50,000 take two seconds); more of them in the background."""


def entries_of_election(election: Election) -> int:
    """How many entries an election has."""
    return db.session.scalar(select(func.count()).where(Entry.election_id == election.id)) or 0


def is_begun(election: Election) -> bool:
    """Whether anybody worked on any entry of an election."""
    query = select(Entry.id).where(Entry.election_id == election.id, begun())
    return db.session.scalar(query.limit(1)) is not None


def clone_election(
    source: Election,
    code: str,
    name: str,
    voting_day: dt.date,
    *,
    in_use_from: dt.date,
    day: dt.date,
    by: Person,
    is_meant: bool = False,
) -> Election:
    """Make the next election from an earlier one, with its entries where they are few enough to wait for.

    The caller asks for the rest in the background (`is_large`). Refuses whoever does not govern all of it
    (NotAllowed) and what `stages.check_clone` refuses.
    """
    stages.govern(by, Permission.CALENDAR_MANAGE, source)
    election = stages.clone_election(
        source, code, name, voting_day, in_use_from=in_use_from, day=day, by=by, is_meant=is_meant
    )
    if not is_large(source):
        expect(election)
    return election


def is_large(like: Election) -> bool:
    """Whether an election of this size is prepared in the background."""
    return entries_of_election(like) > AT_ONCE


def prepare_part(election: Election, roots: Sequence[str], levels: Sequence[str]) -> int:
    """Make the entries of one part; returns how many. Safe to repeat."""
    return expect_of(election, current_versions(), roots=roots, levels=levels)


def make_current(election: Election, *, instead_of: int, is_ready: bool, by: Person) -> None:
    """Let the desks work on this election; the other one keeps all it has and can be made current again.

    Entries of one that nobody has worked on yet catch up with the library. Refuses whoever does not govern all of
    it (NotAllowed), and one whose entries are not prepared yet (NotNow).
    """
    stages.govern(by, Permission.CALENDAR_MANAGE, election)
    if not is_ready or not entries_of_election(election):
        raise NotNow("Isian Pemilihan ini belum selesai disiapkan. Tunggu sampai selesai, lalu berlakukan.")
    stages.make_current(election, instead_of=instead_of, by=by)
    if not is_begun(election) and not is_large(election):
        expect(election)
