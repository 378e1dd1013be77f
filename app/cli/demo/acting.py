"""The demo's people at work: each deed by its own hand, through the commands that everybody uses."""

from __future__ import annotations

import datetime as dt

from app.domain import accounts, checklists, evidence, stages
from app.domain.accounts import Person
from app.domain.checklists import EntryRow, Filling

LATER = "Disampaikan lisan dalam rapat; dokumen menyusul."


class Desk:
    """The demo's people at work on the entries of one election."""

    def __init__(self, election: stages.Election) -> None:
        self.election = election

    def person(self, username: str) -> Person:
        """Somebody of the cast, with the appointments of the moment."""
        found = accounts.person_of(username)
        if found is None:
            raise LookupError(username)
        return found

    def entry(self, code: str, region: str, period: str = "") -> EntryRow:
        """The entry as it stands now."""
        return checklists.expected(self.election, code, region, period)

    def start(self, who: str, code: str, region: str, period: str = "", **filling: object) -> None:
        """Say that it is under way."""
        entry = self.entry(code, region, period)
        checklists.start(entry, by=self.person(who), version=entry.version, filling=Filling(**filling))  # type: ignore[arg-type]

    def tick(
        self,
        who: str,
        code: str,
        region: str,
        period: str = "",
        proof: tuple[str, bytes] | None = None,
        **filling: object,
    ) -> None:
        """Say that it is done, with a file (name, content) or with the reason why there is none yet."""
        by = self.person(who)
        entry = self.entry(code, region, period)
        if proof is not None:
            checklists.attach(entry, evidence.inspect(proof[1], proof[0]), by=by)
            entry = checklists.fresh(entry.id)
        elif checklists.needs_file(entry.evidence_needed):
            filling.setdefault("no_evidence_reason", LATER)
        checklists.tick(entry, by=by, version=entry.version, filling=Filling(**filling))  # type: ignore[arg-type]

    def verify(self, who: str, code: str, region: str, period: str = "") -> None:
        """Find it right."""
        entry = self.entry(code, region, period)
        checklists.verify(entry, by=self.person(who), version=entry.version)

    def event(self, who: str, code: str, region: str, title: str, due_on: dt.date) -> str:
        """Record that something happened; returns the period of its entry."""
        entry_id = checklists.open_event(
            self.election, code, region, by=self.person(who), title=title, due_on=due_on
        )
        return checklists.fresh(entry_id).period
