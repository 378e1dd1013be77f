"""Who attacks: people of every role, signed in, and what each of them finds when walking through the desk."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests.stress.hostile.pages import Form, Page
from tests.stress.hostile.wire import Asked, Reply, send
from tests.stress.hostile.words import encoded
from tests.stress.serving import PASSWORD

PEOPLE = (
    *(
        "operator.berau",
        "penyelia.berau",
        "admin.kaltim",
        "operator.kaltim",
        "penyelia.kaltim",
        "admin.berau",
    ),
    *("pimpinan.kaltim", "inspektorat.kaltim", "operator.sambaliung", "operator.kutim"),
)
NEVER = frozenset({"auth.leave"})
"""Deeds that would only end the attack."""
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Visitor:
    """One of them: name, cookie, token for forms; what was found."""

    name: str
    port: int
    cookie: str = ""
    token: str = ""
    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def ask(self, path: str) -> Reply:
        """A page, as a browser asks for it."""
        return self.take(
            send(self.port, Asked("", self.name, "GET", path.encode()).raw(self.port, self.cookie))
        )

    def take(self, reply: Reply) -> Reply:
        """Keep the cookie and the token that came with an answer."""
        for key, value in reply.headers:
            if key.lower() == "set-cookie" and value.startswith("desk="):
                self.cookie = value.partition(";")[0]
        found = TOKEN.search(reply.body) if reply.is_page else None
        if found:
            self.token = found[1].decode()
        return reply

    def sign_in(self) -> bool:
        """Whether the door is open to them (still)."""
        self.cookie = ""
        self.ask("/masuk")
        body = encoded([("csrf_token", self.token), ("akun", self.name), ("sandi", PASSWORD)])
        kind = [(b"Content-Type", b"application/x-www-form-urlencoded")]
        asked = Asked("", self.name, "POST", b"/masuk", body, kind)
        return self.take(send(self.port, asked.raw(self.port, self.cookie))).status == 303

    def is_in(self) -> bool:
        """Whether the front page is shown to them."""
        return self.ask("/").status == 200

    def walk(self, desk: Map, most: int, chance: random.Random) -> None:
        """Follow links from the front page, a few of each kind of address; remember links and forms."""
        waiting, seen, often = ["/"], set[str](), dict[str, int]()
        while waiting and len(self.links) < most:
            path = waiting.pop(chance.randrange(len(waiting)))
            endpoint = desk.endpoint(path)
            if path in seen or often.get(endpoint, 0) >= 3 or not endpoint:
                continue
            seen.add(path)
            often[endpoint] = often.get(endpoint, 0) + 1
            reply = self.ask(path)
            if reply.status != 200:
                continue
            self.links.append(path)
            desk.learn(path)
            if reply.is_page:
                page = Page(path, reply.body.decode())
                waiting.extend(page.links - seen)
                self.forms += [form for form in page.forms if desk.endpoint(form.action, form.method)]


class Map:
    """The addresses of the application, and what may stand in their places."""

    def __init__(self, app: Flask) -> None:
        self._adapter = app.url_map.bind("127.0.0.1")
        self.rules: list[Rule] = [
            rule for rule in app.url_map.iter_rules() if rule.endpoint not in {"static", *NEVER}
        ]
        self.known: dict[str, set[str]] = {}

    def endpoint(self, path: str, method: str = "GET") -> str:
        """Whose address this is; empty for nobody's and for those never asked."""
        found = self._match(path, method)
        return "" if found is None or found[0] in {"static", *NEVER} else found[0]

    def learn(self, path: str) -> None:
        """Remember what stood in the places of an address that exists."""
        found = self._match(path, "GET")
        for name, value in (found[1] if found else {}).items():
            self.known.setdefault(name, set()).add(str(value))

    def _match(self, path: str, method: str) -> tuple[str, dict[str, Any]] | None:
        try:
            endpoint, values = self._adapter.match(urlsplit(path).path, method)
        except HTTPException:
            return None
        return str(endpoint), dict(values)
