"""Every door of the desk that takes a file: where it is, who may use it, and what came of a file that was sent."""

from __future__ import annotations

import html
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.jobs.importers import IMPORTERS
from tests.stress.corpus import Bad
from tests.stress.hostile.pages import Form, Page
from tests.stress.hostile.visitors import Visitor
from tests.stress.hostile.wire import Asked, Reply, send
from tests.stress.hostile.words import as_bytes

EDGE = b"x7z-batas"
SENTENCE = re.compile(r'<p class="err"[^>]*>.*?<span>(.*?)</span></p>|role="alert"[^>]*>(.*?)</div>', re.S)
CHECKED = re.compile(r'<span class="state[^"]*">.*?</span></p>\s*<p>(.*?)</p>', re.S)
TAG = re.compile(r"<[^>]+>")
PATIENCE_SECONDS = 60


@dataclass
class Door:
    """One form with a file in it, and who holds the key."""

    name: str
    who: Visitor
    form: Form
    kind: str
    """evidence, logo, sheet or compare: what becomes of a file there."""


class Fate(NamedTuple):
    """What came of a file: refused, taken, compared; the status, and the sentence that the person read."""

    verdict: str
    status: int
    sentence: str


KEYS = ("operator.berau", "admin.kaltim", "operator.kaltim")
PATHS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("bukti isian", "operator.berau", "/daftar-periksa", (r"/daftar-periksa/\d+$",), "evidence"),
    ("bukti kisi", "operator.berau", "/daftar-periksa/kisi?wilayah=64.03&butir=LOG-12", (), "evidence"),
    (
        "bukti register",
        "operator.berau",
        "/register",
        (r"/register/[a-z-]+$", r"/register/[a-z-]+/\d+$"),
        "evidence",
    ),
    ("bukti netralitas", "operator.berau", "/netralitas", (r"/netralitas/\d+$",), "evidence"),
    ("salinan laporan", "operator.berau", "/pelaporan/{report}/berkas", (), "evidence"),
    ("tanda terima", "operator.kaltim", "/pengiriman/{transmission}", (), "evidence"),
    ("logo kop surat", "admin.kaltim", "/kop-surat/64", (), "logo"),
    ("bandingkan", "", "/cek", (), "compare"),
)
"""Name, person, where to begin, the links to follow one after the other, what becomes of a file."""


def doors(port: int, numbers: dict[str, int]) -> list[Door]:
    """All doors that are open to somebody on this desk: those above, and one for each kind of import.

    `numbers` fill the places in the paths.
    """
    people = {name: Visitor(name, port) for name in KEYS}
    for person in people.values():
        if not person.sign_in():
            raise RuntimeError(f"{person.name} could not sign in")
    people[""] = Visitor("nobody", port)
    found = []
    for name, who, start, links, kind in PATHS:
        form = next(_forms(people[who], start.format_map(numbers), links), None)
        if form is not None:
            found.append(Door(name, people[who], form, kind))
    for kind in IMPORTERS:
        for who in ("admin.kaltim", "operator.berau"):
            form = next(_forms(people[who], f"/impor/{kind}", ()), None)
            if form is not None:
                found.append(Door(f"impor {kind}", people[who], form, "sheet"))
                break
    return found


def _forms(who: Visitor, path: str, links: tuple[str, ...]) -> Iterator[Form]:
    """Forms with a file on the pages that these links lead to; at most a dozen pages a step."""
    reply = who.ask(path)
    if reply.status != 200 or not reply.is_page:
        return
    page = Page(path, reply.body.decode())
    if not links:
        yield from (form for form in page.forms if form.files and form.is_multipart)
        return
    for link in sorted(link for link in page.links if re.search(links[0], link))[:12]:
        yield from _forms(who, link, links[1:])


def bring(door: Door, bad: Bad, content: bytes) -> Fate:
    """Send the file there as a browser would, wait for what is checked in the background, and give up what was kept."""
    reply = _sent(door, bad.name, content)
    told = said(reply)
    if reply.status in (413, 422):
        return Fate("refused", reply.status, told)
    if reply.status != 303:
        return Fate(
            "compared" if door.kind == "compare" and reply.status == 200 else "odd", reply.status, told
        )
    return _checked(door, reply) if door.kind == "sheet" else Fate("taken", 303, "")


def _checked(door: Door, reply: Reply) -> Fate:
    """What the worker found in a sheet; what still lies there afterwards is given up, as the person would."""
    path = reply.header("location")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        page = door.who.ask(path)
        text = page.body.decode()
        if "data-poll" not in text and "/keadaan" not in text:
            break
        if time.monotonic() > deadline:
            return Fate("odd", 0, "the worker never looked at it")
        time.sleep(0.2)
    found = CHECKED.search(text)
    sentence = plain(found[1]) if found else ""
    if f'action="{path}/batal"' in text:
        token = f"csrf_token={door.who.token}".encode()
        kind = [(b"Content-Type", b"application/x-www-form-urlencoded")]
        asked = Asked("", door.who.name, "POST", f"{path}/batal".encode(), token, kind)
        send(door.who.port, asked.raw(door.who.port, door.who.cookie))
    ready = f'action="{path}/terapkan"' in text
    return Fate("ready" if ready else "refused", 303, sentence)


def _sent(door: Door, name: str, content: bytes) -> Reply:
    typed = [(key, values[0]) for key, values in door.form.fields if key not in ("csrf_token", "kunci")]
    typed += [("csrf_token", door.who.token), ("kunci", secrets.token_urlsafe(16))]
    parts = [b'name="%s"\r\n\r\n%s' % (key.encode(), value.encode()) for key, value in typed]
    given = as_bytes(name).replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
    parts += [
        b'name="%s"; filename="%s"\r\nContent-Type: application/octet-stream\r\n\r\n%s'
        % (field.encode(), given, content)
        for field in door.form.files[:1]
    ]
    body = b"".join(b"--%s\r\nContent-Disposition: form-data; %s\r\n" % (EDGE, part) for part in parts)
    body += b"--%s--\r\n" % EDGE
    kind = [(b"Content-Type", b"multipart/form-data; boundary=" + EDGE)]
    asked = Asked("", door.who.name, "POST", door.form.action.encode(), body, kind)
    return door.who.take(send(door.who.port, asked.raw(door.who.port, door.who.cookie)))


def said(reply: Reply) -> str:
    """The sentence at the file, or that of the whole page."""
    if not reply.is_page:
        return ""
    text = reply.body.decode("utf-8", "replace")
    found = next((one for pair in SENTENCE.findall(text) for one in pair if plain(one)), "")
    main = text.partition("<main")[2]
    return plain(found) or plain(main)[:300]


def plain(markup: str) -> str:
    """The words of a piece of a page."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())
