"""A crowd at work in the hour before the daily deadline: each person reads, writes, and thinks for a moment in between.

Runs in a process of its own (`python -m tests.stress.crowd`), so that the server does not share its interpreter. Reads
a plan as JSON on standard input, writes what it saw as JSON to standard output:

    {"port": 8001, "password": "...", "seed": 1, "run": 1, "seconds": 300, "people": [{"username": "...",
     "region": "64.03", "entries": [[id, version], ...], "report": id or 0, "writes": 0.35}, ...]}
    {"times": {"front": [ms, ...]}, "errors": ["..."], "logged_in_after": s, "actions": n, "written": n,
     "people": [...]}
"""

from __future__ import annotations

import asyncio
import gzip
import html
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.stress.crew import packed

PAUSE = (1.0, 3.0)
"""Seconds between two actions of one person."""
PATIENCE = 60.0
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HIDDEN = re.compile(r'name="versi" value="(\d+)"')
SECTION = re.compile(r'name="(teks_[a-z_]+)"')
PHOTO = b"Berita acara pemeriksaan gudang.\n" * 400
READS = (
    ("front page", "/", 4),
    ("checklist", "/daftar-periksa", 5),
    ("region", "/wilayah/{region}", 2),
    ("reports owed", "/pelaporan", 3),
    ("situation", "/situasi?wilayah={region}", 2),
    ("logistics board", "/logistik?wilayah={region}", 1),
    ("register", "/register", 1),
)
WATCHED = 0.5
"""How often who waits for a paper looks after it; in between they work on."""
QUEUE = ("what waits for a judge", "/verifikasi", 6)
"""Of a supervisor, who has nothing to tick."""


class Reply(NamedTuple):
    """One answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        raw = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return raw.decode()


class Seen:
    """What all of them saw."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.written = self.actions = 0
        self.logged_in_after = 0.0


class Someone:
    """One person at a browser."""

    def __init__(self, plan: Mapping[str, Any], about: Mapping[str, Any], seen: Seen, seed: int) -> None:
        self.port, self.password, self.seen = plan["port"], plan["password"], seen
        self.run = plan["run"]
        self.username, self.region, self.report = about["username"], about["region"], about["report"]
        self.entries, self.writes = [list(one) for one in about["entries"]], about["writes"]
        self.chance = random.Random(seed)
        self.cookies: dict[str, str] = {}
        self.token = self.text = ""
        self.draft = 0
        self.fields: list[str] = []
        self.job = 0
        self.sent = 0

    async def exchange(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request on a connection of its own, as through a proxy."""
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: close",
            "Accept-Encoding: gzip",
            f"Cookie: {'; '.join(f'{name}={value}' for name, value in self.cookies.items())}",
            *(f"{name}: {value}" for name, value in (headers or {}).items()),
        ]
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
            if not headers or "Content-Type" not in headers:
                lines.append("Content-Type: application/x-www-form-urlencoded")
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            head, _, content = (await asyncio.wait_for(reader.read(-1), PATIENCE)).partition(b"\r\n\r\n")
        finally:
            writer.close()
        first, *rest = head.decode("latin-1").split("\r\n")
        known: dict[str, str] = {}
        for line in rest:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, worth = value.partition(";")[0].partition("=")
                self.cookies[cookie] = worth
            known[name.lower()] = value
        if not first.startswith("HTTP/1.1 "):
            raise ConnectionError("no answer")
        return Reply(int(first[9:12]), known, content)

    async def do(
        self,
        kind: str,
        method: str,
        path: str,
        form: Mapping[str, Any] | None = None,
        file: bytes | None = None,
        *,
        partial: bool = False,
    ) -> Reply | None:
        """One action, timed; None where the desk did not do what it should, which is an error.

        `partial` asks for a part of a page, as a page that stays open does.
        """
        body, headers = b"", dict[str, str]()
        if form is not None:
            self.sent += 1
            key = f"{self.username}-{self.run}-{self.sent}-{self.chance.randrange(10**9)}"
            body, headers = packed({"csrf_token": self.token, "kunci": key, **form}, file)
            self.seen.written += 1
        if partial or form is not None:
            headers = {**headers, **HTMX}
        self.seen.actions += 1
        began = time.perf_counter()
        try:
            reply = await self.exchange(method, path, body, headers)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.seen.errors.append(f"{kind}: {error!r}")
            return None
        self.seen.times[kind].append((time.perf_counter() - began) * 1000)
        astray = reply.headers.get("location", "").startswith("/masuk")
        if reply.status not in (200, 204, 303) or astray:
            self.seen.errors.append(f"{kind}: {reply.status} {path}")
            return None
        return reply

    async def sign_in(self) -> None:
        """Come in by the door; a page and a form."""
        page = await self.exchange("GET", "/masuk")
        found = TOKEN.search(page.text)
        assert found
        form = urlencode({"csrf_token": found[1], "akun": self.username, "sandi": self.password}).encode()
        began = time.perf_counter()
        reply = await self.exchange("POST", "/masuk", form)
        self.seen.times["signing in"].append((time.perf_counter() - began) * 1000)
        if reply.status != 303:
            self.seen.errors.append(f"signing in: {reply.status}")
            return
        page = await self.exchange("GET", "/daftar-periksa")
        token = TOKEN.search(page.text)
        if token is None:
            self.seen.errors.append(f"signing in: {page.status}, no form")
            return
        self.token = token[1]

    async def work(self, seconds: float) -> None:
        """Act and pause until it is over."""
        until = time.monotonic() + seconds
        await asyncio.sleep(self.chance.uniform(0, PAUSE[1]))
        while time.monotonic() < until and self.token:
            await self.one()
            await asyncio.sleep(self.chance.uniform(*PAUSE))

    async def one(self) -> None:
        """One action: what is being waited for, a deed, or a look."""
        if self.job and self.chance.random() < WATCHED:
            await self.look_after_job()
        elif self.chance.random() < self.writes:
            await self.write()
        else:
            looks = READS if self.entries else (*READS, QUEUE)
            kind, path, _ = self.chance.choices(looks, [weight for *_, weight in looks])[0]
            await self.do(kind, "GET", path.format(region=self.region))

    async def write(self) -> None:
        """Mostly a tick; now and then a file, a paper; a report where it is this person's to write."""
        drawn = self.chance.random()
        if self.report and drawn < 0.5:
            await self.write_report()
        elif drawn < 0.9 or not self.entries:
            await self.tick()
        elif drawn < 0.985 or self.job:
            await self.bring_file()
        else:
            await self.ask_for_paper()

    async def tick(self) -> None:
        """Tick, or take the last tick back."""
        if not self.entries:
            return
        entry = self.chance.choice(self.entries)
        target = "proses" if entry[2:] else "selesai"
        path = f"/daftar-periksa/{entry[0]}/{target}"
        if await self.do("tick", "POST", path, {"versi": entry[1], "kembali": "/"}):
            entry[1] += 1
            entry[2:] = [] if entry[2:] else [True]

    async def bring_file(self) -> None:
        """A small file of evidence, another one each time."""
        entry = self.chance.choice(self.entries)
        content = PHOTO + f"{self.username} {self.run} {self.sent}\n".encode()
        path = f"/daftar-periksa/{entry[0]}/bukti"
        if await self.do("upload", "POST", path, {"versi": entry[1]}, content):
            entry[1] += 1

    async def write_report(self) -> None:
        """The page saves itself while somebody types."""
        if not self.fields:
            page = await self.do("writing page", "GET", f"/pelaporan/{self.report}/tulis")
            if page is not None:
                self.fields = sorted(set(SECTION.findall(page.text)))
                self.draft = int(next(iter(HIDDEN.findall(page.text)), 0))
            return
        words = f"Terpantau {self.sent} kali."
        form = {"versi": self.draft, "keadaan": "aman", **dict.fromkeys(self.fields, words)}
        reply = await self.do("saving a draft", "POST", f"/pelaporan/{self.report}/simpan", form)
        if reply is not None:
            self.draft = int(next(iter(HIDDEN.findall(html.unescape(reply.text))), self.draft + 1))

    async def ask_for_paper(self) -> None:
        """The checklist of the desk as PDF, one at a time; its progress is asked for until it is there."""
        form = {
            "wilayah": self.region,
            "bentuk": "ringkas",
            "format": "pdf",
            "kertas": "F4",
            "penomoran": "sendiri",
        }
        reply = await self.do("asking for a PDF", "POST", "/laporan", form)
        if reply is not None:
            to = reply.headers.get("hx-redirect") or reply.headers.get("location", "")
            number = re.search(r"/pekerjaan/(\d+)", to)
            self.job = int(number[1]) if number else 0

    async def look_after_job(self) -> None:
        """As the page of a paper does, every two seconds."""
        reply = await self.do("polling a job", "GET", f"/pekerjaan/{self.job}/keadaan", partial=True)
        if reply is not None and "/unduh" in reply.text:
            await self.do("fetching a PDF", "GET", f"/pekerjaan/{self.job}/unduh")
            self.job = 0


async def run(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Everybody comes in at once, then works."""
    seen = Seen()
    people = [Someone(plan, about, seen, plan["seed"] + n) for n, about in enumerate(plan["people"])]
    began = time.monotonic()
    await asyncio.gather(*(one.sign_in() for one in people))
    seen.logged_in_after = time.monotonic() - began
    await asyncio.gather(*(one.work(plan["seconds"]) for one in people))
    return {
        "times": seen.times,
        "errors": seen.errors,
        "actions": seen.actions,
        "written": seen.written,
        "logged_in_after": seen.logged_in_after,
        "people": [{"username": one.username, "entries": one.entries} for one in people],
    }


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
