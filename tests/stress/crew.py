"""People at work while their desk is killed: they send until they are answered, and remember what was confirmed."""

from __future__ import annotations

import hashlib
import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench.visiting import Answer, Visitor
from tests.stress.serving import PASSWORD

PATIENCE = 30.0
"""Seconds that one answer may take before it is sent again."""
REASON = "Ada yang perlu diperbaiki."
DONE, UNDER_WAY = "selesai", "proses"
AWAY = (http.client.HTTPException, OSError, EOFError)


class PowerCut(Exception):
    """A sending that nobody will ever answer."""


class Confirmed(NamedTuple):
    """A deed that the desk said it had done: how the trail calls it, and on what."""

    action: str
    kind: str
    number: int


@dataclass
class Entry:
    """One entry of the checklist that nobody but its writer touches, as it must stand now."""

    id: int
    version: int
    standing: str
    files: list[str] = field(default_factory=list)
    """SHA-256 of what was put on it."""


@dataclass
class Report:
    """One report that nobody but its writer touches."""

    id: int
    version: int
    draft: int
    moves: int
    """Steps that it had taken before."""
    sent: int = 0
    is_out: bool = False


@dataclass
class Book:
    """What all writers together saw."""

    confirmed: list[Confirmed] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    """Answers that no sending of theirs deserved."""
    spared: Counter[str] = field(default_factory=Counter)
    """Answers for which they sent again: broken lines, 500, 503."""
    dark: threading.Event = field(default_factory=threading.Event)
    """The power has failed: nobody sends any more, and what was under way stays unknown."""

    def confirm(self, action: str, kind: str, number: int) -> None:
        """Note a deed as done; one append, which needs no lock."""
        self.confirmed.append(Confirmed(action, kind, number))


class Writer(threading.Thread):
    """One person: ticks, takes ticks back, brings files, sends and recalls a report, asks for papers."""

    def __init__(
        self,
        port: int,
        username: str,
        region: str,
        entries: list[Entry],
        report: Report | None,
        book: Book,
        seed: int,
    ) -> None:
        super().__init__(name=f"{username}-{seed}", daemon=True)
        self.visitor = Visitor(port, patience=PATIENCE)
        self.username, self.region = username, region
        self.entries, self.report, self.book = entries, report, book
        self.chance = random.Random(seed)
        self.over = threading.Event()
        self.papers_left = 2
        self.token = ""
        self._sent = 0

    def sign_in(self) -> None:
        """Come in by the door."""
        self.token = self.visitor.sign_in(self.username, PASSWORD)

    def run(self) -> None:
        """Work until it is over; what was begun is finished first."""
        try:
            while not self.over.is_set():
                self.one()
        except PowerCut:
            return
        except Exception as error:
            self.book.unexpected.append(f"{self.username}: {error!r}")

    def one(self) -> None:
        """One deed, mostly a tick."""
        drawn = self.chance.random()
        if drawn < 0.04:
            self.bring_file(self.chance.choice(self.entries))
        elif drawn < 0.07 and self.report:
            self.move_report(self.report)
        elif drawn < 0.075 and self.papers_left:
            self.ask_for_paper()
        else:
            self.tick(self.chance.choice(self.entries))

    def tick(self, entry: Entry) -> None:
        """Tick what is not ticked, and take the tick back from what is."""
        target = UNDER_WAY if entry.standing == DONE else DONE
        answer = self.send(f"/daftar-periksa/{entry.id}/{target}", {"versi": entry.version})
        if self.is_done(answer):
            action = "checklist:entry:undo" if target == UNDER_WAY else "checklist:entry:tick"
            entry.version, entry.standing = entry.version + 1, target
            self.book.confirm(action, "checklist_entry", entry.id)

    def bring_file(self, entry: Entry) -> None:
        """Put a small file on an entry, as evidence."""
        content = f"Berita acara {entry.id} {self.chance.random()} {'isi ' * self.chance.randint(10, 2_000)}\n".encode()
        answer = self.send(f"/daftar-periksa/{entry.id}/bukti", {"versi": entry.version}, content)
        if self.is_done(answer):
            entry.files.append(hashlib.sha256(content).hexdigest())
            entry.version += 1
            self.book.confirm("checklist:entry:attach", "checklist_entry", entry.id)

    def move_report(self, report: Report) -> None:
        """Send the report, or recall what was sent."""
        if report.is_out:
            form: dict[str, Any] = {"versi": report.version, "alasan": REASON}
            answer = self.send(f"/pelaporan/{report.id}/tarik", form)
        else:
            answer = self.send(f"/pelaporan/{report.id}/kirim", {"versi": report.draft})
        if self.is_done(answer):
            self.book.confirm(f"report:report:{'recall' if report.is_out else 'send'}", "report", report.id)
            report.version, report.sent = report.version + 1, report.sent + (not report.is_out)
            report.is_out = not report.is_out

    def ask_for_paper(self) -> None:
        """Ask the worker for the checklist as a sheet."""
        self.papers_left -= 1
        form = {
            "wilayah": self.region,
            "bentuk": "ringkas",
            "format": "csv",
            "kertas": "F4",
            "penomoran": "sendiri",
        }
        answer = self.send("/laporan", form)
        if self.is_done(answer):
            number = answer.headers.get("location", "").rpartition("/")[2]
            self.book.confirm("job:paper:ask", "job", int(number) if number.isdigit() else 0)

    def send(self, path: str, form: dict[str, Any], file: bytes | None = None) -> Answer:
        """Send until there is an answer that is not an excuse; always the very same sending, with the same key."""
        self._sent += 1
        key = f"{self.name}-{self._sent}-{self.chance.randrange(10**9)}"
        fields = {"csrf_token": self.token, "kunci": key, **form}
        body, headers = packed(fields, file)
        while True:
            if self.book.dark.is_set():
                raise PowerCut
            try:
                answer = self.visitor.ask("POST", path, body, headers)
            except AWAY:
                self.book.spared["no answer"] += 1
            else:
                if answer.status < 500 and answer.status != 429:
                    return answer
                self.book.spared[str(answer.status)] += 1
            time.sleep(self.chance.uniform(0.05, 0.3))

    def is_done(self, answer: Answer) -> bool:
        """Whether the desk confirmed; anything else was not deserved and is noted."""
        to = answer.headers.get("location", "")
        if answer.status == 303 and not to.startswith("/masuk"):
            return True
        self.book.unexpected.append(f"{self.username}: {answer.status} {to} {_heading(answer)}"[:300])
        return False


def _heading(answer: Answer) -> str:
    text = answer.text
    return " ".join(text[text.find("<main") :].split())[:200] if "<main" in text else ""


def packed(fields: dict[str, Any], file: bytes | None) -> tuple[bytes, dict[str, str]]:
    """A form's body and its headers, with a file in it where there is one."""
    if file is None:
        return urlencode(fields).encode(), {}
    mark = "----desk-stress-7f3a"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="berita-acara.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    body = "".join(parts).encode() + file + f"\r\n--{mark}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={mark}"}
