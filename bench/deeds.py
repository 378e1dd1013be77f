"""Random deeds on random entries, as several people do them at once: for the drift of the counters."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from flask import Flask

from app.domain import accounts, checklists
from app.domain.accounts import Person
from app.domain.checklists import EntryRow, Filling
from app.domain.errors import Refusal
from app.extensions import db

PLACES = (
    "paser",
    "kukar",
    "berau",
    "kubar",
    "kutim",
    "ppu",
    "mahulu",
    "balikpapan",
    "samarinda",
    "bontang",
    "kaltim",
)
REASON = "alasan untuk pengukuran"
Deed = Callable[[EntryRow, Person, int], object]


class Chance:
    """One person after another does whatever an entry allows, and much that it refuses."""

    def __init__(self, app: Flask, chance: random.Random, ids: list[int]) -> None:
        self._app, self._chance = app, chance
        # Half of the deeds fall on a few entries, where people meet; the rest everywhere.
        self._ids, self._busy = ids, chance.sample(ids, 40)
        with app.app_context():
            people = [
                accounts.person_of(f"{role}.{place}") for role in ("operator", "penyelia") for place in PLACES
            ]
        self._people = [person for person in people if person is not None]
        self._deeds: tuple[Deed, ...] = (
            self._fill,
            self._fill,
            self._fill,
            self._judge,
            self._judge,
            self._move,
        )

    def one(self) -> bool:
        """Try one deed in a transaction of its own; whether it was allowed."""
        number = self._chance.choice(self._busy if self._chance.random() < 0.5 else self._ids)
        with self._app.app_context():
            try:
                entry = checklists.fresh(number)
                fitting = [p for p in self._people if p.home and self._reaches(p, entry)]
                version = entry.version - (self._chance.random() < 0.02)  # now and then somebody is too late
                self._chance.choice(self._deeds)(entry, self._chance.choice(fitting), version)
                if self._chance.random() < 0.02:
                    db.session.rollback()  # and now and then the power fails before the commit
                    return False
                db.session.commit()
            except Refusal:
                db.session.rollback()
                return False
            return True

    @staticmethod
    def _reaches(person: Person, entry: EntryRow) -> bool:
        return person.may(accounts.Permission.CHECKLIST_READ, region=entry.region_code)

    def _fill(self, entry: EntryRow, by: Person, version: int) -> None:
        deed = self._chance.choice(list(checklists.FILL_DEEDS.values()))
        said = Filling(reason=REASON, no_evidence_reason=REASON, note=str(self._chance.random()))
        deed(entry, by=by, version=version, filling=said)

    def _judge(self, entry: EntryRow, by: Person, version: int) -> None:
        kind = self._chance.randrange(4)
        if kind < 2:
            checklists.verify(entry, by=by, version=version)
        elif kind == 2:
            checklists.send_back(entry, by=by, version=version, reason=REASON)
        else:
            checklists.reopen(entry, by=by, version=version, reason=REASON)

    def _move(self, entry: EntryRow, by: Person, version: int) -> None:
        day = entry.due_on + dt.timedelta(days=self._chance.randrange(-2, 5))
        checklists.reschedule(entry, by=by, version=version, due_on=day, reason=REASON)
