"""Bad requests: forms with bad words, addresses with bad places, bodies and heads that are not what they say."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.stress.hostile.pages import Form
from tests.stress.hostile.visitors import Map, Visitor
from tests.stress.hostile.wire import Asked, Headers
from tests.stress.hostile.words import as_bytes, bad_word, encoded, quoted

FORM = b"application/x-www-form-urlencoded"
KINDS = (
    *(
        b"application/json",
        b"text/plain",
        b"text/xml",
        b"application/xml",
        b"application/octet-stream",
        b"text/html",
    ),
    *(b"multipart/mixed; boundary=x", b"application/x-www-form-urlencoded; charset=utf-7", b"image/png", b""),
    *(b"application/x-url-encoded", b"multipart/form-data", b"application/x-www-form-urlencoded, text/plain"),
)
"""Thirteen content types that no form of ours has."""
HEADERS = (
    *(
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "HX-Request",
        "HX-Target",
        "HX-Current-URL",
        "HX-Request-Type",
    ),
    *(
        "Referer",
        "Origin",
        "User-Agent",
        "If-None-Match",
        "If-Modified-Since",
        "Range",
        "Cookie",
        "Host",
        "Expect",
    ),
    *(
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-HTTP-Method-Override",
        "Authorization",
        "X-Request-ID",
        "Content-Type",
    ),
)
OWN = frozenset({"csrf_token", "kunci"})
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
Typed = list[tuple[str, str]]


class Shaper:
    """Makes one bad request after the other, from what people found and from all that the desk has."""

    def __init__(self, chance: random.Random, desk: Map, names: list[str]) -> None:
        self.chance, self.desk, self.names = chance, desk, names
        self.shapes: tuple[tuple[int, Callable[[Visitor], Asked]], ...] = (
            (40, self.form),
            (15, self.query),
            (15, self.address),
            (6, self.kind),
            (8, self.parts),
            (6, self.head),
            (6, self.frame),
            (4, self.blind),
        )

    def one(self, who: Visitor) -> Asked:
        """The next request of this person."""
        weights = [weight for weight, _ in self.shapes]
        return self.chance.choices([shape for _, shape in self.shapes], weights)[0](who)

    def form(self, who: Visitor) -> Asked:
        """A form of theirs with one to four bad words in it, or with fields that are doubled or missing."""
        form = self._form_of(who)
        typed, said = self.spoilt(self.filled(form, who))
        if form.method == "GET":
            target = f"{form.action.partition('?')[0]}?{encoded(typed).decode()}"
            return Asked(said, who.name, "GET", target.encode("latin-1", "replace"))
        if form.is_multipart:
            return self._as_parts(form, typed, said, who)
        return Asked(said, who.name, "POST", _target(form.action), encoded(typed), [(b"Content-Type", FORM)])

    def blind(self, who: Visitor) -> Asked:
        """Any deed of the desk with every field that any form has, and 3,000 more now and then."""
        rule = self.chance.choice([rule for rule in self.desk.rules if "POST" in (rule.methods or ())])
        typed = [(name, bad_word(self.chance)) for name in self.chance.sample(self.names, 40)]
        if self.chance.random() < 0.3:
            typed += [(f"x{number}", "1") for number in range(3_000)]
        typed.append(("csrf_token", who.token))
        place = self._placed(rule.rule, bad=0.05)
        return Asked(
            "all fields", who.name, "POST", place, encoded(typed)[:490_000], [(b"Content-Type", FORM)]
        )

    def query(self, who: Visitor) -> Asked:
        """A page of theirs asked with bad words."""
        path = self.chance.choice(who.links).partition("?")[0] if who.links else "/masuk"
        asked = [
            (self.chance.choice(self.names), bad_word(self.chance))
            for _ in range(self.chance.randrange(1, 5))
        ]
        partial = (
            [(b"HX-Request", b"true"), (b"HX-Request-Type", b"partial")] if self.chance.random() < 0.3 else []
        )
        return Asked(
            f"query {asked!r}"[:160], who.name, "GET", f"{path}?".encode() + encoded(asked), b"", partial
        )

    def address(self, who: Visitor) -> Asked:
        """Any address with bad words in its places, by its own or another method."""
        rule = self.chance.choice(self.desk.rules)
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        if self.chance.random() < 0.1:
            method = self.chance.choice(["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "X7Z"])
        place = self._placed(rule.rule, bad=0.6)
        body = encoded([("csrf_token", who.token), ("versi", "1")]) if method == "POST" else b""
        return Asked("address", who.name, method, place, body, [(b"Content-Type", FORM)] if body else [])

    def kind(self, who: Visitor) -> Asked:
        """A form that says it is something else."""
        form, kind = self._form_of(who), self.chance.choice(KINDS)
        body = encoded(self.filled(form, who)) or b"x=1"
        if self.chance.random() < 0.5:
            body = self.chance.choice([b'{"a":1}', b"<x/>", b"\xff\xfe\x00", b"--x\r\n\r\n--x--", body])
        return Asked(
            f"type {kind!r}", who.name, "POST", _target(form.action), body, [(b"Content-Type", kind)]
        )

    def parts(self, who: Visitor) -> Asked:
        """A form in parts whose parts are broken."""
        form = self._form_of(who)
        asked = self._as_parts(form, self.filled(form, who), "parts", who)
        body, cut = asked.body, self.chance.randrange(1, max(2, len(asked.body)))
        asked.body = self.chance.choice(
            [
                body[:cut],
                body.replace(b"\r\n", b"\n"),
                body.replace(b"form-data;", b"form-data; name*=utf-8''%ff;", 1),
                body.replace(b'name="', b'name="\xff\x00', 1),
                body.replace(b"Content-Disposition", b"X" * 70_000, 1),
                body.replace(b"--x7z\r\n", b"--x7z\r\nContent-Type: text/plain; charset=utf-16\r\n"),
                b'--x7z\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1_200 + body,
                b"\0" * 5_000 + body,
                body + body,
            ]
        )
        return asked

    def head(self, who: Visitor) -> Asked:
        """A page or a form with bad or very long headers."""
        form = self._form_of(who)
        name = self.chance.choice(HEADERS)
        word = (
            as_bytes(bad_word(self.chance))[:60_000]
            .replace(b"\r", b"")
            .replace(b"\n", b"")
            .replace(b"\0", b"")
        )
        value = self.chance.choice(
            [word, b"x7z" * self.chance.choice([10, 1_000, 3_000, 20_000]), b"", b"desk=" + word]
        )
        headers: Headers = [(name.encode(), value)]
        if self.chance.random() < 0.2:
            headers *= self.chance.choice([2, 150])
        said = f"header {name}: {value[:60]!r} ({len(value)}) x {len(headers)}"
        if form.method == "POST":
            body = encoded(self.filled(form, who))
            return Asked(
                said, who.name, "POST", _target(form.action), body, [*headers, (b"Content-Type", FORM)]
            )
        return Asked(said, who.name, "GET", self.chance.choice(who.links or ["/"]).encode(), b"", headers)

    def frame(self, who: Visitor) -> Asked:
        """A form whose length or encoding is not what the head says."""
        form = self._form_of(who)
        body = encoded(self.filled(form, who)) or b"x=1"
        wrong = [
            str(len(body) // 2),
            str(len(body) + 50),
            "-1",
            "9" * 20,
            "0x10",
            "abc",
            "",
            f"+{len(body)}",
            "\u0663",
        ]
        length = self.chance.choice(wrong).encode()
        asked = Asked(
            f"length {length!r} for {len(body)}",
            who.name,
            "POST",
            _target(form.action),
            body,
            [(b"Content-Type", FORM)],
        )
        asked.length = length
        if self.chance.random() < 0.4:
            chunked = self.chance.choice(
                [
                    b"5\r\nabc",
                    b"zz\r\nabc\r\n0\r\n\r\n",
                    b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
                    b"-5\r\nabc\r\n",
                ]
            )
            asked.body, asked.what = chunked, f"chunked {chunked[:20]!r}, length {length!r}"
            asked.headers.append(
                (b"Transfer-Encoding", self.chance.choice([b"chunked", b"Chunked, identity", b"x"]))
            )
        return asked

    # --- What they are made of ------------------------------------------------------------------------------

    def filled(self, form: Form, who: Visitor) -> Typed:
        """The form as somebody might send it who means well."""
        typed = [(name, self.chance.choice(values)) for name, values in form.fields if name not in OWN]
        if any(name == "kunci" for name, _ in form.fields):
            typed.append(
                ("kunci", f"{self.chance.getrandbits(96):024x}")
            )  # or it would be the same sending again
        return [*typed, ("csrf_token", who.token)] if form.method == "POST" else typed

    def spoilt(self, typed: Typed) -> tuple[Typed, str]:
        """The same with something bad in it, and what that is; the token stays."""
        said = []
        for _ in range(self.chance.randrange(1, 5)):
            places = [place for place, (name, _) in enumerate(typed) if name != "csrf_token"]
            if not places:
                break
            place, word = self.chance.choice(places), bad_word(self.chance)
            name, deed = typed[place][0], self.chance.random()
            if deed < 0.8:
                typed[place] = (name, word)
            elif deed < 0.9:
                typed.insert(place, (name, word))
            elif deed < 0.97:
                typed.pop(place)
            else:
                typed[place] = (word[:200], typed[place][1])
            said.append(f"{name}={word[:40]!r}")
        return typed, ", ".join(said)

    def _form_of(self, who: Visitor) -> Form:
        return (
            self.chance.choice(who.forms) if who.forms else Form("/masuk", "POST", False, [("akun", ("x",))])
        )

    def _as_parts(self, form: Form, typed: Typed, said: str, who: Visitor) -> Asked:
        parts = [
            b'Content-Disposition: form-data; name="%s"\r\n\r\n%s'
            % (quoted(name, " ").encode(), as_bytes(value))
            for name, value in typed
        ]
        for name in form.files:
            given = (
                as_bytes(bad_word(self.chance))[:500]
                .replace(b"\r", b"")
                .replace(b"\n", b"")
                .replace(b'"', b"'")
            )
            content = self.chance.choice(
                [b"", b"a;b\n1;=x7z", b"PK\x03\x04", b"%PDF-1.7", b"\xff\xd8\xff", b"<svg>"]
            )
            head = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n' % (
                name.encode(),
                given,
            )
            parts.append(head + content)
        body = b"".join(b"--x7z\r\n%s\r\n" % part for part in parts) + b"--x7z--\r\n"
        kind = [(b"Content-Type", b"multipart/form-data; boundary=x7z")]
        return Asked(said, who.name, "POST", _target(form.action), body, kind)

    def _placed(self, rule: str, bad: float) -> bytes:
        def place(found: re.Match[str]) -> str:
            known = self.desk.known.get(found[1])
            if self.chance.random() < bad or not known:
                return quoted(bad_word(self.chance)[:3_000], safe=self.chance.choice(["", "/."])) or "x"
            return self.chance.choice(sorted(known))

        return PLACE.sub(place, rule).encode()


def _target(action: str) -> bytes:
    return quoted(action, safe="/?=&%+-._~:,").encode()
