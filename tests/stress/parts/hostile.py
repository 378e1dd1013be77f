"""Random bad requests over every form, parameter and path, by people of every role, on a desk that is all its own.

One request at a time, so that whatever a refused one changed is found between it and the next.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

from app import create_app
from config import Settings
from tests.house.test_hostile import ASKED, FIELDS
from tests.stress.hostile.judging import Watch, beyond, faults, live_formulas
from tests.stress.hostile.running import served
from tests.stress.hostile.shapes import Shaper
from tests.stress.hostile.visitors import PEOPLE, Map, Visitor
from tests.stress.hostile.wire import Asked, Reply, send
from tests.stress.hostile.words import encoded
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way, at_least, nothing
from tests.stress.serving import Desk, desk

NAME = "hostile"
DATABASES = (SQLITE, POSTGRESQL)
REQUESTS = {
    (True, SQLITE): 1_000,
    (True, POSTGRESQL): 500,
    (False, SQLITE): 30_000,
    (False, POSTGRESQL): 20_000,
}
"""Unless STRESS_REQUESTS says another number."""
PAGES = {True: 25, False: 120}
"""How many pages each person walks through before they begin."""
LEAST_PEOPLE = {True: 8, False: 5}
"""Of those who attack; a long attack may close an account to its owner, and who cannot come in again leaves."""
LEAST_FILES = {True: 10, False: 20}


def rows(way: Way) -> Iterator[Row]:
    """What was answered, what came back, what changed, what leaves."""
    with desk(way) as attacked, served(attacked) as (port, log):
        fight = Fight(way, attacked, port)
        try:
            count = int(os.environ.get("STRESS_REQUESTS") or REQUESTS[way.short, way.database])
            fight.go(count)
            exports = list(fight.exports())
        finally:
            fight.watch.close()
        yield at_least(NAME, way, "bad requests were sent", fight.sent, count, "requests")
        signed = 100 * fight.signed / max(1, fight.sent)
        yield at_least(NAME, way, "by somebody who was signed in", round(signed), 80, "%")
        still = [who for who in fight.people if who.name != "nobody" and who.is_in()]
        yield at_least(
            NAME, way, "people still in at the end", len(still), LEAST_PEOPLE[way.short], f"of {len(PEOPLE)}"
        )
        share = 100 * fight.statuses[422] / max(1, fight.sent)
        yield at_least(NAME, way, "and reached what a form is read for (422)", round(share, 1), 3, "%")
        said = log.read_text(errors="replace").splitlines()
        traces = [line for line in said if '"level":"ERROR"' in line or "Traceback" in line]
        of = f"{fight.sent:,}"
        yield nothing(NAME, way, "no answer of 500 and above, no trace in one", fight.found["500"], of)
        yield nothing(NAME, way, "no fault in the server's log", [trace[-600:] for trace in traces])
        yield nothing(
            NAME,
            way,
            "nothing slips out: markup, script, header, foreign address",
            fight.found["slipped"],
            of,
        )
        yield nothing(
            NAME, way, "a refused request changes nothing", fight.found["changed"], str(fight.refused)
        )
        yield nothing(NAME, way, "no request without an answer", fight.found["silent"], of)
        live = [f"{path}: {cell!r}" for path, cells in exports for cell in cells]
        yield at_least(NAME, way, "files that leave were read", len(exports), LEAST_FILES[way.short], "files")
        yield nothing(NAME, way, "no live formula in a file that leaves", live, f"{len(exports)} files")


class Fight:
    """The attack, and the book of it."""

    def __init__(self, way: Way, attacked: Desk, port: int) -> None:
        self.way, self.port = way, port
        self.chance = random.Random(way.seed)
        self.watch = Watch(attacked)
        settings = Settings(mode="demo", data=str(attacked.data), database_url=attacked.url)
        self.map = Map(create_app(settings))
        self.people = [person for name in PEOPLE if (person := Visitor(name, port)).sign_in()]
        for person in self.people:
            person.walk(self.map, PAGES[way.short], self.chance)
        self.people.append(Visitor("nobody", port, links=["/masuk", "/cek", "/masuk/kode"]))
        self.shaper = Shaper(self.chance, self.map, sorted({*FIELDS, *ASKED}))
        self.sent = self.signed = self.refused = 0
        self.statuses: Counter[int] = Counter()
        self.found: dict[str, list[str]] = {kind: [] for kind in ("500", "slipped", "changed", "silent")}

    def go(self, count: int) -> None:
        """Send so many."""
        self.watch.look()
        while self.sent < count:
            who = self.chance.choice(self.people)
            asked = self.shaper.one(who)
            reply = send(self.port, asked.raw(self.port, who.cookie))
            self.sent += 1
            self.statuses[reply.status] += 1
            self._judge(asked, reply)
            self.signed += self._stay(who, asked, reply)

    def _judge(self, asked: Asked, reply: Reply) -> None:
        told = f"[{asked.who}] {asked.method} {asked.target[:120]!r} {asked.what[:200]}"
        for kind, said in faults(asked, reply):
            self.found[kind].append(f"{said} for {told}")
        changed = self.watch.look()
        if reply.status == 0 and asked.length is None:
            self.found["silent"].append(told)
        if 400 <= reply.status < 500:
            self.refused += 1
            if fault := beyond(asked.target, changed):
                self.found["changed"].append(f"{reply.status} and {fault} for {told}")

    def _stay(self, who: Visitor, asked: Asked, reply: Reply) -> bool:
        """Whether it came from somebody signed in. Who has lost the session comes in again; who cannot, leaves."""
        own_cookie = not any(name.lower() == b"cookie" for name, _ in asked.headers)
        if own_cookie:
            who.take(reply)
        if who.name == "nobody" or not own_cookie:
            return False
        if reply.status != 303 or not reply.header("location").startswith("/masuk"):
            return True
        if not who.sign_in():
            self.people.remove(who)
        self.watch.look()
        return False

    def exports(self) -> Iterator[tuple[str, list[str]]]:
        """Every file that a form of a page hands out at once, and its live formulas."""
        for who in self.people:
            doors = {form.action.partition("?")[0] for form in who.forms if "/unduh" in form.action}
            for path in sorted(doors):
                for form in ("csv", "xlsx"):
                    typed = encoded([("csrf_token", who.token), ("format", form)])
                    kind = [(b"Content-Type", b"application/x-www-form-urlencoded")]
                    asked = Asked("", who.name, "POST", path.encode(), typed, kind)
                    reply = send(self.port, asked.raw(self.port, who.cookie))
                    if "attachment" in reply.header("content-disposition"):
                        yield f"{path} ({form})", live_formulas(reply.body, reply.header("content-type"))
