"""The scene that all promises share, and those of the matrix: nothing of Berau's is shown, told or changed."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import Flask

from app.domain import accounts
from app.extensions import db
from tests.stress.doors import keeping, sowing
from tests.stress.doors.addresses import Address, addresses
from tests.stress.doors.browsing import Answer, Browser, SeenForm, at_once, forms_of
from tests.stress.doors.guests import IN_FORCE, OWN, PARENT, POWERFUL, Guest, enter, settle
from tests.stress.doors.matrix import Heard, Knock, knock_all, must_refuse
from tests.stress.plan import POSTGRESQL, Row, Way, at_least, nothing
from tests.stress.serving import Desk

FORM_PAGES = 50
"""Pages whose forms a short run reads."""
IN_SHORT, ON_POSTGRESQL = 600, 6_000
"""Knocks of each method in a short run, and in the long one on PostgreSQL; on SQLite the long one makes all."""
OF_ONESELF = ("account.", "auth.")
"""What changes nothing but one's own account."""


class Scene:
    """A desk with something of everything in Berau, everybody who knocks, and the server that answers."""

    def __init__(self, app: Flask, attacked: Desk, chance: random.Random) -> None:
        self.app, self.desk, self.chance = app, attacked, chance
        self.guests: list[Guest] = []
        self.powerful: list[Guest] = []
        self.addresses: list[Address] = []
        self.forms: dict[tuple[str, str], SeenForm] = {}
        self.turn = 0
        self.browser: Browser

    def fill(self) -> None:
        """Everybody and everything, before any server runs."""
        self.guests = settle(self.app)
        self.powerful = [enter(self.app, name) for name in POWERFUL]
        self.sow()

    def sow(self) -> list[str]:
        """One of everything more in Berau; which registers took a record."""
        self.turn += 1
        writer = accounts.person_of("operator.berau")
        assert writer is not None
        return sowing.sow(writer, self.turn)

    def meet(self, browser: Browser) -> None:
        """The server is there: Berau's own people ask for a paper and bring a sheet, then every address is known."""
        self.browser = browser
        operator, admin = enter(self.app, "operator.berau"), enter(self.app, "admin.berau")
        asked = browser.post("/laporan", [("csrf_token", operator.token), *ORDER], operator.cookie)
        assert asked.status == 303, asked.status
        brought = bring(browser, admin)
        assert brought.status == 303, brought.status
        with self.worker():
            made = fetched(browser, asked.location, operator)
        assert made.status == 200, made.status
        db.session.rollback()
        self.addresses = addresses(self.app)

    @contextmanager
    def worker(self) -> Iterator[None]:
        """The worker as it is shipped, as long as it is needed."""
        process = self.desk.start("-m", "flask", "--app", "wsgi", "pekerja")
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)

    def of(self, place: str) -> list[Guest]:
        """Those in office there."""
        return [one for one in self.guests if one.place == place and one.standing == IN_FORCE]

    def read_forms(self, reader: Guest, most: int | None = None) -> dict[tuple[str, str], SeenForm]:
        """Every form that this person is offered, on `most` pages only, by its address and path."""
        pages = [one.path for one in self.addresses if one.method == "GET"]
        pages = pages if most is None else self.chance.sample(pages, most)
        seen: dict[str, SeenForm] = {}
        for page, answer in zip(
            pages, at_once(lambda page: self.browser.ask("GET", page, reader.cookie), pages), strict=True
        ):
            if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
                seen |= {form.path: form for form in forms_of(page, answer.text)}
        posts = {one.path: one for one in self.addresses if one.method == "POST"}
        return {(posts[path].endpoint, path): form for path, form in seen.items() if path in posts}


ORDER = (
    ("wilayah", OWN),
    ("bentuk", "ringkas"),
    ("format", "xlsx"),
    ("kertas", "A4"),
)


PATIENCE_SECONDS = 90


def fetched(browser: Browser, job: str, asker: Guest) -> Answer:
    """What a worker has made of a job, as soon as it is there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        made = browser.ask("GET", f"{job.partition('?')[0]}/unduh", asker.cookie)
        if made.status == 200 or time.monotonic() > until:
            return made
        time.sleep(0.3)


def bring(browser: Browser, admin: Guest) -> Answer:
    """Bring the empty template of the people's sheet in."""
    sheet = browser.ask("GET", f"/impor/orang/templat?wilayah={OWN}", admin.cookie).body
    edge = "batas-batas-batas"
    head = f"--{edge}\r\nContent-Disposition: form-data; name="
    parts = [
        f'{head}"{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (("csrf_token", admin.token), ("wilayah", OWN), ("di", OWN))
    ]
    file = f'{head}"berkas"; filename="orang.xlsx"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
    body = b"".join([*parts, file, sheet, f"\r\n--{edge}--\r\n".encode()])
    return browser.ask(
        "POST", "/impor/orang", admin.cookie, body, Content_Type=f"multipart/form-data; boundary={edge}"
    )


def rows(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """The matrix itself."""
    scene.forms = scene.read_forms(scene.powerful[0], FORM_PAGES if way.short else None)
    yield at_least(
        part,
        way,
        "forms that Berau's own people are offered, to be sent by others",
        len(scene.forms),
        30 if way.short else 150,
        "forms",
    )
    yield from _reading(part, way, scene)
    yield from _doing(part, way, scene)
    yield from _counting(part, way, scene)


def _knocks(way: Way, scene: Scene, method: str) -> list[Knock]:
    all_of_them = [
        Knock(guest, address)
        for address in scene.addresses
        if address.method == method
        for guest in scene.guests
    ]
    if method == "POST":
        all_of_them = [knock for knock in all_of_them if must_refuse(knock)]
    most = IN_SHORT if way.short else ON_POSTGRESQL if way.database == POSTGRESQL else len(all_of_them)
    return scene.chance.sample(all_of_them, min(most, len(all_of_them)))


def _reading(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    heard = knock_all(scene.browser, _knocks(way, scene, "GET"), scene.forms)
    yield nothing(
        part, way, "reading: no guest gets further than right and place say", leaks(heard), f"{len(heard)}"
    )
    opened = sum(one.status == 200 for one in heard)
    yield at_least(part, way, "doors that do open to those who may", opened, len(heard) // 8, "pages")
    yield at_least(
        part,
        way,
        "pages that show Berau's words to those who may read them",
        sum(one.words > 0 for one in heard),
        10,
        "pages",
    )


def _doing(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    before = keeping.everything()
    heard = knock_all(scene.browser, _knocks(way, scene, "POST"), scene.forms)
    yield nothing(
        part, way, "deeds: every guest without right or place is refused", leaks(heard), f"{len(heard)}"
    )
    yield nothing(part, way, "tables that such deeds changed", keeping.changed(before), f"{len(before)}")


def leaks(heard: Sequence[Heard]) -> list[str]:
    """What was wrong, answer by answer."""
    return [one.leak for one in heard if one.leak]


def _counting(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """What happens in Berau changes no page, counter, list or search of whoever has no business there."""
    strangers = [
        guest for guest in scene.guests if guest.standing == IN_FORCE and guest.place not in (OWN, PARENT)
    ]
    if way.short:
        strangers = scene.chance.sample(strangers, 2)
    pages = [
        one.path for one in scene.addresses if one.method == "GET" and not one.belongs and one.mark != "open"
    ]
    pages += [
        f"{page}?cari=kenari"
        for page in pages
        if page.startswith(("/register", "/netralitas", "/daftar-periksa"))
    ]
    asked = [(guest, page) for guest in strangers for page in pages]
    before = look(scene, asked)
    began = time.monotonic()
    scene.sow()
    after = look(scene, asked)
    differs = [
        f"{page} ({guest})"
        for (guest, page), one, other in zip(asked, before, after, strict=True)
        if one.said != other.said
    ]
    yield nothing(
        part, way, "pages of strangers that tell something happened in Berau", differs, f"{len(asked)}"
    )
    told = [
        f"{page} ({guest})"
        for (guest, page), answer in zip(asked, after, strict=True)
        if sowing.leaked(answer.text, guest.person)
    ]
    yield nothing(
        part,
        way,
        "pages of strangers with a word of Berau's",
        told,
        f"{len(asked)}, {time.monotonic() - began:.0f} s",
    )


def look(scene: Scene, asked: list[tuple[Guest, str]]) -> list[Answer]:
    """Every page, as its guest sees it."""
    return list(at_once(lambda pair: scene.browser.ask("GET", pair[1], pair[0].cookie), asked))
