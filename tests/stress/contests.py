"""What people race for: an entry, a draft, a report's next step, a compilation, the next number.

Each function prepares what is raced for, lets two people race, and looks at what stands afterwards.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import text

from app.domain import audit, checklists, letterheads, registers, reports
from app.domain.accounts import Person, Role
from app.domain.checklists import Filling, Standing
from app.domain.circulars import CIRCULARS
from app.domain.reports import Draft, Report, ReportRow, State, Verb
from app.extensions import db
from bench.ticks import TICKABLE
from tests import cast
from tests.domain.letterheads.test_commands import BASE
from tests.domain.registers.letters import SAID
from tests.domain.reports import below, sent
from tests.domain.reports.test_sending import DRESS, reasoned, write
from tests.domain.reports.written import texts
from tests.stress.racing import Runner, Score, expect, judge, race

WHY = "Perlu dilihat lagi."


class Contests:
    """The people, the material, and the score. Everything is on a private copy of the demo's Kaltim."""

    def __init__(self, app: Flask, score: Score, chance: random.Random) -> None:
        self.app, self.score = app, score
        self.writers = [
            cast.person("operator.berau"),
            cast.add_person("rekan.berau", (Role.OPERATOR, cast.BERAU, {"starts_on": dt.date(2024, 11, 1)})),
        ]
        self.judges = [cast.person("penyelia.berau"), cast.person("penyelia.kaltim")]
        self.province = cast.person("operator.kaltim")
        keeper = cast.person("admin.berau")
        draft = letterheads.save_draft(cast.BERAU, BASE, by=keeper, version=0)
        letterheads.publish(cast.BERAU, by=keeper, version=draft.version)
        found = db.session.scalars(text(TICKABLE.replace("?", ":part")), {"part": f"{cast.BERAU}%"}).all()
        ids = list(found)
        chance.shuffle(ids)
        self._entries = iter(ids)
        self._slots = itertools.count(1_000)
        self.numbers: list[str] = []
        self.letters = itertools.count(1)
        above, *three = (below.owed(code, slot=999) for code in ("64", "64.01", "64.02", "64.03"))
        for one in three:
            below.freeze(one, below.fact("tps", 3, whole=5))
        self._above, self._below = above.id, [one.id for one in three]
        db.session.commit()

    def all(self) -> list[Callable[[], None]]:
        """Every contest."""
        return [
            self.tick,
            self.verify,
            self.verify_or_undo,
            self.reopen,
            self.edit,
            self.send,
            self.judge_report,
            self.verify_or_recall,
            self.reopen_report,
            self.compile,
            self.compile_or_reopen,
            self.register,
            self.take_number,
        ]

    def tick(self) -> None:
        """Two operators tick the same entry."""
        entry = self._entry()
        winners = self._race_for_entry(
            entry,
            *(
                lambda seen, by=by, said=said: checklists.tick(
                    seen, by=by, version=seen.version, filling=Filling(note=said)
                )
                for by, said in zip(self.writers, ("yang pertama", "yang kedua"), strict=True)
            ),
        )
        now = checklists.fresh(entry)
        said = [one.result.note for one in winners]
        expect(self.score, "tick", now.standing is Standing.DONE, [now.note] == said, self._links(entry) == 1)

    def verify(self) -> None:
        """Two supervisors verify the same entry."""
        entry = self._entry(ticked=True)
        self._race_for_entry(
            entry,
            *(lambda seen, by=by: checklists.verify(seen, by=by, version=seen.version) for by in self.judges),
        )
        once = self._links(entry, "checklist:entry:verify") == 1
        expect(self.score, "verify", checklists.fresh(entry).standing is Standing.VERIFIED, once)

    def verify_or_undo(self) -> None:
        """A supervisor verifies while the operator takes the tick back."""
        entry = self._entry(ticked=True)
        self._race_for_entry(
            entry,
            lambda seen: checklists.verify(seen, by=self.judges[0], version=seen.version),
            lambda seen: checklists.undo(seen, by=self.writers[0], version=seen.version),
        )
        expect(self.score, "verify or undo", self._links(entry) == 2)

    def reopen(self) -> None:
        """Two supervisors reopen the same verified entry."""
        entry = self._entry(ticked=True)
        seen = checklists.fresh(entry)
        checklists.verify(seen, by=self.judges[0], version=seen.version)
        db.session.commit()
        self._race_for_entry(
            entry,
            *(
                lambda seen, by=by: checklists.reopen(seen, by=by, version=seen.version, reason=WHY)
                for by in self.judges
            ),
        )
        expect(self.score, "reopen", self._links(entry, "checklist:entry:reopen") == 1)

    def edit(self) -> None:
        """Two writers save the same draft, the first time and the second."""
        row = self._report()
        for version in range(2):

            def look() -> tuple[ReportRow, Draft]:
                mine = sent.fresh(row.id)
                return mine, reports.open_draft(mine, by=self.writers[0])[0]

            winners = self._race(
                "edit",
                look,
                *(
                    lambda seen, by=by, version=version: reports.save_draft(
                        seen[0],
                        texts(seen[1]._replace(carried=()), umum=f"{by.name} {version}"),
                        by=by,
                        version=version,
                    )
                    for by in self.writers
                ),
            )
            kept, now = reports.kept_draft(sent.fresh(row.id))
            section = kept.section("umum")
            written = {f"{by.name} {version}" for by in self.writers}
            right = section is not None and section.text in written
            expect(self.score, "edit", right, now == version + 1, len(winners) == 1)

    def send(self) -> None:
        """Two writers send the same report."""
        row = self._report()
        version = write(row, self.writers[0])
        draft = reasoned(row, self.writers[0])._replace(carried=())
        _, reading, _ = reports.open_draft(row, by=self.writers[0])
        db.session.commit()
        self._race(
            "send",
            lambda: sent.fresh(row.id),
            *(
                lambda seen, by=by: reports.send(seen, draft, reading, DRESS, by=by, version=version)
                for by in self.writers
            ),
        )
        now = sent.fresh(row.id)
        expect(self.score, "send", now.number == 1, len(reports.versions_of(now)) == 1)

    def judge_report(self) -> None:
        """Two judges verify the same report."""
        row = self._report(is_sent=True)
        self._race(
            "verify a report",
            lambda: sent.fresh(row.id),
            *(lambda seen, by=by: reports.verify(seen, by=by, version=seen.version) for by in self.judges),
        )
        self._expect_moves("verify a report", row, [Verb.SEND, Verb.VERIFY])

    def verify_or_recall(self) -> None:
        """A judge verifies while the writer recalls."""
        row = self._report(is_sent=True)
        self._race(
            "verify or recall",
            lambda: sent.fresh(row.id),
            lambda seen: reports.verify(seen, by=self.judges[0], version=seen.version),
            lambda seen: reports.recall(seen, by=self.writers[0], version=seen.version, reason=WHY),
        )
        expect(self.score, "verify or recall", len(reports.moves_of(sent.fresh(row.id))) == 2)

    def reopen_report(self) -> None:
        """Two judges reopen the same verified report."""
        row = self._report(is_sent=True)
        reports.verify(row, by=self.judges[0], version=row.version)
        db.session.commit()
        self._race(
            "reopen a report",
            lambda: sent.fresh(row.id),
            *(
                lambda seen, by=by: reports.reopen(seen, by=by, version=seen.version, reason=WHY)
                for by in self.judges
            ),
        )
        self._expect_moves("reopen a report", row, [Verb.SEND, Verb.VERIFY, Verb.REOPEN])

    def compile(self) -> None:
        """Two people compile into the same report, each from other reports below."""
        version = reports.compiled_of(self._mine()).version
        winners = self._race(
            "compile",
            self._mine,
            *(
                lambda seen, chosen=chosen: reports.compile_into(
                    seen, chosen, by=self.province, version=version
                )
                for chosen in (set(self._below[:1]), set(self._below[1:]))
            ),
        )
        now = reports.compiled_of(self._mine())
        expect(self.score, "compile", now.version == version + 1, len(winners) == 1)

    def compile_or_reopen(self) -> None:
        """One compiles while a report that is taken is reopened: either may come first; what was taken is told."""
        version, child = reports.compiled_of(self._mine()).version, self._below[0]
        runners = race(
            self.app,
            Runner(
                self._mine,
                lambda seen: reports.compile_into(seen, {child}, by=self.province, version=version),
            ),
            Runner(
                lambda: sent.fresh(child),
                lambda seen: reports.reopen(seen, by=self.judges[1], version=seen.version, reason=WHY),
            ),
        )
        winners = judge(self.score, "compile or reopen", runners, contested=False)
        compiled = reports.compiled_of(self._mine())
        told = reports.overtaken(compiled.parts)
        held = bool(told) if runners[0] in winners else compiled.version == version
        reopened = sent.fresh(child).state is State.REOPENED
        expect(self.score, "compile or reopen", runners[1] in winners, reopened, held)
        report = db.session.get(Report, child, populate_existing=True)
        assert report is not None
        below.freeze(report, below.fact("tps", 4, whole=5))
        report.version += 1
        db.session.commit()

    def register(self) -> None:
        """Two records at the same moment: each gets a number that nobody else has."""
        letters = [f"800/{next(self.letters)}/2024" for _ in self.writers]
        runners = race(
            self.app,
            *(
                Runner(lambda: None, lambda _, by=by, letter=letter: self._recorded(by, letter))
                for by, letter in zip(self.writers, letters, strict=True)
            ),
        )
        winners = judge(self.score, "register", runners, contested=False)
        expect(self.score, "register", len(winners) == 2)

    def take_number(self) -> None:
        """Two papers at the same moment: each gets a number of its own."""
        day = dt.date(2024, 11, 25)
        runners = race(
            self.app,
            *(
                Runner(lambda: None, lambda _, by=by: letterheads.take_number(cast.BERAU, day, by=by))
                for by in self.writers
            ),
        )
        winners = judge(self.score, "take a number", runners, contested=False)
        expect(self.score, "take a number", len(winners) == 2)
        self.numbers += [one.result for one in winners]

    def _recorded(self, by: Person, letter: str) -> int:
        return registers.record(CIRCULARS, cast.BERAU, SAID | {"letter_number": letter}, by=by)

    def _entry(self, *, ticked: bool = False) -> int:
        """An entry that nobody has touched yet, or that the operator has ticked."""
        found = next(self._entries)
        if ticked:
            entry = checklists.fresh(found)
            checklists.tick(entry, by=self.writers[0], version=entry.version)
            db.session.commit()
        return found

    def _report(self, *, is_sent: bool = False) -> ReportRow:
        row = sent.owed(slot=next(self._slots))
        row = sent.put(row) if is_sent else row
        db.session.commit()
        return row

    def _mine(self) -> ReportRow:
        return reports.find(self._above, self.province)

    def _race_for_entry(self, entry: int, *deeds: Callable[[Any], Any]) -> list[Runner]:
        return self._race("entry", lambda: checklists.fresh(entry), *deeds)

    def _race(self, name: str, look: Callable[[], Any], *deeds: Callable[[Any], Any]) -> list[Runner]:
        winners = judge(self.score, name, race(self.app, *(Runner(look, deed) for deed in deeds)))
        db.session.rollback()
        db.session.expire_all()
        return winners

    def _links(self, entry: int, action: str = "checklist:entry:") -> int:
        told = audit.history_of("checklist_entry", entry)
        return sum(link.action.startswith(action) for link in told)

    def _expect_moves(self, name: str, row: ReportRow, verbs: list[Verb]) -> None:
        moves = [move.verb for move in reports.moves_of(sent.fresh(row.id))]
        expect(self.score, f"{name} {moves}", moves == verbs)


def numbers_of(rows: Iterator[str]) -> list[int]:
    """The running numbers in "007/XI/DESK/2024" and "7/2024"."""
    return sorted(int(one.partition("/")[0]) for one in rows)
