"""Hostile files at every door that takes one: refused with a reason, or harmless; little memory, nothing left.

One file at a time, so that whatever lies on the disk afterwards is known to be its.
"""

from __future__ import annotations

import random
import re
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from bench.serving import peak_mib
from tests.stress.corpus import CORPUS, Bad, disguised_templates
from tests.stress.hostile.doors import PATHS, Door, Fate, bring, doors
from tests.stress.hostile.running import served
from tests.stress.plan import POSTGRESQL, SQLITE, Row, Way, at_least, at_most, nothing
from tests.stress.serving import Desk, desk

NAME = "files"
DATABASES = (SQLITE, POSTGRESQL)
FILES = {(True, SQLITE): 30, (True, POSTGRESQL): 12, (False, SQLITE): len(CORPUS), (False, POSTGRESQL): 60}
"""How many of the corpus go to the evidence of an entry; other doors get a sixth of them, and each
import two."""
MOST_MIB, CHILD_MIB = 300.0, 1024.0
TIDY_SECONDS = 5
ENGLISH = re.compile(r"\b(error|invalid|failed|exception|unexpected|cannot|must|please|the)\b", re.I)
FILLED = frozenset(
    {"our template: a formula", "our template: bad words", "our template: rows without a number"}
)
"""Those that are read to the end, by the rules of the register."""
APART = frozenset({"desk.db", "desk.db-wal", "desk.db-shm", "audit-head.log"})
"""Files of the desk itself, which grow with every deed."""


def rows(way: Way) -> Iterator[Row]:
    """What was let in, what was said, what stayed, and how much memory it took."""
    chance = random.Random(way.seed)
    with desk(way) as attacked, served(attacked, worker=True) as (port, log), measured(attacked) as peaks:
        raid = Raid(attacked)
        open_doors = some_of(doors(port, raid.numbers()), way, chance)
        met: set[str] = set()
        for door in open_doors:
            for bad in files_for(way, door, chance, is_first=door.kind not in met):
                raid.send(door, bad)
            met.add(door.kind)
        names = raid.bad_names()
        missing = sorted({path[0] for path in PATHS} - {door.name for door in open_doors})
        sent = f"{raid.sent} files at {len(open_doors)} doors"
        yield at_least(NAME, way, "hostile files that are known", len(CORPUS), 100, "files")
        yield at_least(NAME, way, "doors that take files were found", len(open_doors), 14, "doors")
        yield nothing(NAME, way, "no door without an attack", missing)
        yield nothing(NAME, way, "nothing is let in that is not harmless", raid.found["let in"], sent)
        yield nothing(NAME, way, "each refusal says why, in Indonesian", raid.found["wordless"], sent)
        yield nothing(NAME, way, "nothing stays on the disk of what was refused", raid.found["left"], sent)
        yield nothing(NAME, way, "what was kept has lost what it hid", raid.found["hidden"], sent)
        yield nothing(NAME, way, "no bad name is kept", names)
        said = log.read_text(errors="replace")
        yield nothing(
            NAME,
            way,
            "no trace in the logs of server and worker",
            re.findall(r"Traceback.*?\n\S.*", said, re.S),
        )
        yield at_most(NAME, way, "memory of the web and worker processes", peaks["own"], MOST_MIB, "MiB")
        yield at_most(
            NAME, way, "memory of the program that opens one file", peaks["child"], CHILD_MIB, "MiB"
        )


def some_of(found: list[Door], way: Way, chance: random.Random) -> list[Door]:
    """All doors in the long run; in a short one eight of the imports, which go one way from the door on."""
    imports = [door for door in found if door.kind == "sheet"]
    others = [door for door in found if door.kind != "sheet"]
    return others + (chance.sample(imports, 8) if way.short else imports)


def files_for(way: Way, door: Door, chance: random.Random, *, is_first: bool) -> list[Bad]:
    """What this door is sent: all of the corpus that there is time for at the first of its kind, a few at others; an
    import also what bears its own marks.
    """
    count = FILES[way.short, way.database]
    if door.kind != "sheet":
        return chance.sample(CORPUS, count if door.name == PATHS[0][0] else max(2, count // 6))
    made = disguised_templates(door.who.ask(f"{door.form.action.partition('?')[0]}/templat").body)
    if is_first:
        return chance.sample(CORPUS, max(2, count // 6)) + (chance.sample(made, 5) if way.short else made)
    return [
        chance.choice(CORPUS),
        *([chance.choice(made)] if way.short else [bad for bad in made if bad.what in FILLED]),
    ]


class Raid:
    """The files that were sent, and the book of what came of them."""

    def __init__(self, attacked: Desk) -> None:
        self.attacked, self.sent = attacked, 0
        self.found: dict[str, list[str]] = {kind: [] for kind in ("let in", "wordless", "left", "hidden")}
        self._there = lying(attacked)

    def send(self, door: Door, bad: Bad) -> None:
        """Bring one file to one door, and see."""
        self.sent += 1
        fate = bring(door, bad, bad.make())
        told = f"{bad.what} at {door.name}: {fate.verdict} {fate.status} {fate.sentence[:90]!r}"
        new = self._new(fate)
        if fate.verdict == "refused" and (len(fate.sentence.split()) < 5 or ENGLISH.search(fate.sentence)):
            self.found["wordless"].append(told)
        if not allowed(door, bad, fate):
            self.found["let in"].append(told)
        if fate.verdict != "taken" and new:
            self.found["left"].append(f"{sorted(new)[:3]} after {told}")
        if bad.trace and any(bad.trace in path.read_bytes() for path in new.values()):
            self.found["hidden"].append(told)
        self._there = lying(self.attacked)

    def _new(self, fate: Fate) -> dict[str, Path]:
        """What lies there now and did not before; of what was refused only what is still there a little later: the
        worker deletes a file as soon as the database has said for good that nobody needs it.
        """
        deadline = time.monotonic() + (0 if fate.verdict == "taken" else TIDY_SECONDS)
        while True:
            new = {path: place for path, place in lying(self.attacked).items() if path not in self._there}
            if not new or time.monotonic() > deadline:
                return new
            time.sleep(0.05)

    def numbers(self) -> dict[str, int]:
        """Where a report of Berau stands that has a version, and a transmission."""
        asked = {
            "report": "SELECT max(report_id) FROM report_version JOIN report ON report.id = report_id "
            "WHERE region_code = '64.03'",
            "transmission": "SELECT max(id) FROM report_transmission",
        }
        with self._line() as line:
            return {name: int(line.scalar(text(query)) or 0) for name, query in asked.items()}

    def bad_names(self) -> list[str]:
        """Names in the database that lead elsewhere, or hide or turn letters."""
        asked = text("SELECT name FROM evidence_file UNION SELECT file_name FROM sheet_import")
        with self._line() as line:
            names = [str(row[0]) for row in line.execute(asked)]
        return [repr(name) for name in names if not is_plain(name)]

    @contextmanager
    def _line(self) -> Iterator[Connection]:
        engine = create_engine(self.attacked.url or f"sqlite:///{self.attacked.data / 'desk.db'}")
        with engine.connect() as line:
            yield line
        engine.dispose()


def allowed(door: Door, bad: Bad, fate: Fate) -> bool:
    """Whether this may have come of it there."""
    if fate.verdict == "refused":
        return True
    if door.kind == "compare":
        return fate.verdict == "compared" and "asli" not in fate.sentence
    return door.kind in ("evidence", "logo") and fate.verdict == "taken" and bad.may_stay


def is_plain(name: str) -> bool:
    """Without paths, and without signs that nobody sees."""
    signs = all(unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp", "Cs") for sign in name)
    return signs and "/" not in name and "\\" not in name and len(name) <= 200


def lying(attacked: Desk) -> dict[str, Path]:
    """Everything that lies in the data directory and in the temporary one of server and worker."""
    found = (path for root in (attacked.data, attacked.data.parent / "tmp") for path in root.rglob("*"))
    return {
        str(path.relative_to(attacked.data.parent)): path
        for path in found
        if path.is_file() and path.name not in APART
    }


@contextmanager
def measured(attacked: Desk) -> Iterator[dict[str, float]]:
    """The most memory of any process of the desk, MiB, and of any program that one of them started for a file."""
    peaks = {"own": 0.0, "child": 0.0}
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            own = set(attacked.processes())
            for kind, numbers in (("own", own), ("child", {c for pid in own for c in openers(pid)} - own)):
                for pid in numbers:
                    try:
                        peaks[kind] = max(peaks[kind], peak_mib(pid))
                    except OSError:
                        continue  # it has ended

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def openers(pid: int) -> list[int]:
    """Children of any thread of a process."""
    found = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(number) for number in listed.read_text().split()]
        except OSError:
            continue
    return found
