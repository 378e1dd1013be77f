"""Requests that no form of the desk makes: no token or another's, other verbs, paths, hosts and types."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urljoin, urlsplit

from flask_login.utils import encode_cookie

from tests.stress.doors import keeping
from tests.stress.doors.browsing import Answer, at_once
from tests.stress.doors.guests import enter
from tests.stress.doors.throttling import sign_in
from tests.stress.doors.tricks import EVIL, FILES, GUARDED, NEXT, OVERRIDES, PATHS, SECRETS, TYPES, VERBS
from tests.stress.plan import Row, Way, nothing

if TYPE_CHECKING:
    from tests.stress.doors.knocking import Scene


def rows(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """Each kind of trick, and that the database is as it was after all of them."""
    before = keeping.everything()
    yield _tokens(part, way, scene)
    yield _verbs(part, way, scene)
    yield _types(part, way, scene)
    yield _paths(part, way, scene)
    yield _hosts(part, way, scene)
    yield nothing(
        part, way, "tables that any of these tricks changed", keeping.changed(before), f"{len(before)}"
    )
    yield _next(part, way, scene)
    yield _cookies(part, way, scene)


def _tokens(part: str, way: Way, scene: Scene) -> Row:
    """Every unsafe address, asked by the most powerful there is: without a token, and with somebody else's."""
    strong, other = scene.powerful
    posts = [one for one in scene.addresses if one.method == "POST"]
    if way.short:
        posts = scene.chance.sample(posts, 60)
    tokens = ("", other.token, strong.token[::-1])

    def send(asked: tuple[object, str]) -> str:
        address, token = asked
        form = scene.forms.get((address.endpoint, address.path))  # type: ignore[attr-defined]
        fields = [pair for pair in (form.fields if form else ()) if pair[0] != "csrf_token"]
        fields += [("csrf_token", token)] if token else []
        answer = scene.browser.post(address.path, fields, strong.cookie)  # type: ignore[attr-defined]
        return "" if answer.status == 400 else f"{address.path}: {answer.status}"  # type: ignore[attr-defined]

    found = [wrong for wrong in at_once(send, product(posts, tokens)) if wrong]
    return nothing(
        part,
        way,
        "unsafe requests without a token or with a foreign one that pass",
        found,
        f"{len(posts) * 3}",
    )


def _verbs(part: str, way: Way, scene: Scene) -> Row:
    strong = scene.powerful[0]
    found, paths = (
        [],
        ("/", "/masuk", "/keluar", "/orang/baru", "/daftar-periksa/1/selesai", "/static/desk.css", "/sehat"),
    )
    for verb, path in product(VERBS, paths):
        answer = scene.browser.ask(verb, path, strong.cookie, X_Canary="kenari")
        if answer.status < 400 or b"kenari" in answer.body:
            found.append(f"{verb} {path}: {answer.status}")
    for headers in OVERRIDES:
        for path in ("/keluar", "/keluar?_method=POST", "/keluar?_method=DELETE"):
            answer = scene.browser.ask(
                "GET", path, strong.cookie, **{n.replace("-", "_"): v for n, v in headers.items()}
            )
            if answer.status != 405:
                found.append(f"GET {path} with {headers}: {answer.status}")
    if scene.browser.ask("GET", "/", strong.cookie).status != 200:
        found.append("the session is gone")
    return nothing(
        part, way, "other verbs and method overrides that are obeyed", found, f"{len(VERBS) * len(paths) + 9}"
    )


def _types(part: str, way: Way, scene: Scene) -> Row:
    """A deed that would succeed as a form, said as something else; the token is in it."""
    strong = scene.powerful[0]
    fields = {"csrf_token": strong.token, "nama": "Kenari", "kode": "kenari"}
    found = []
    for kind in TYPES:
        answer = scene.browser.ask(
            "POST", "/perangkat-daerah", strong.cookie, urlencode(fields).encode(), Content_Type=kind
        )
        if answer.status not in (400, 415, 422):
            found.append(f"{kind or 'no type'}: {answer.status}")
    squeezed = scene.browser.ask(
        "POST", "/perangkat-daerah", strong.cookie, b"\x1f\x8b\x08", Content_Encoding="gzip"
    )
    if squeezed.status not in (400, 415, 422):
        found.append(f"gzip: {squeezed.status}")
    return nothing(part, way, "bodies of another type that are taken for a form", found, f"{len(TYPES) + 1}")


def _paths(part: str, way: Way, scene: Scene) -> Row:
    operator = next(one for one in scene.guests if one.role == "operator" and one.place == "64.03")
    page = scene.browser.ask("GET", GUARDED, scene.powerful[0].cookie)
    mark = "<h1>Orang" if "<h1>Orang" in page.text else "/orang/baru"
    assert mark in page.text
    found = []
    for path, cookie in product((*PATHS, *FILES), ("", operator.cookie)):
        answer = raw(scene, f"GET {path} HTTP/1.1", cookie)
        text = answer.text
        shows = answer.status == 200 and (mark in text or any(secret in text for secret in SECRETS))
        if shows or answer.status >= 500 or _host_of(answer.location) not in ("", _own(scene)):
            found.append(f"{path}: {answer.status} {answer.location}")
    return nothing(
        part, way, "path tricks that show a page or a file, or lead away", found, f"{2 * len(PATHS + FILES)}"
    )


def raw(scene: Scene, line: str, cookie: str = "", host: str = "", *more: str) -> Answer:
    """A request line as it stands; what is no answer at all counts as 400."""
    head = [
        line,
        f"Host: {host or _own(scene)}",
        "Connection: close",
        *([f"Cookie: {cookie}"] if cookie else []),
        *more,
    ]
    with socket.create_connection(("127.0.0.1", scene.browser.port), timeout=30) as wire:
        wire.sendall("\r\n".join([*head, "", ""]).encode("utf-8"))
        content = b""
        while piece := wire.recv(65_536):
            content += piece
    top, _, body = content.partition(b"\r\n\r\n")
    first, *lines = top.decode("latin-1").split("\r\n")
    words = first.split(" ")
    known = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    return Answer(int(words[1]) if len(words) > 1 else 400, known, body)


def _own(scene: Scene) -> str:
    return f"127.0.0.1:{scene.browser.port}"


def _host_of(location: str) -> str:
    """Where a browser would go: it takes backslashes for slashes and reads over tabs and line ends."""
    tidy = "".join(sign for sign in location.strip() if sign not in "\t\r\n").replace("\\", "/")
    parts = urlsplit(urljoin("http://desk.here/x", tidy))
    if parts.scheme not in ("http", "https"):
        return tidy
    return "" if parts.netloc == "desk.here" else parts.netloc


def _hosts(part: str, way: Way, scene: Scene) -> Row:
    """The server answers to 127.0.0.1 only, and believes nobody who says that it was asked otherwise."""
    found = []
    for host in (EVIL, f"{EVIL}:80", f"127.0.0.1@{EVIL}", f"127.0.0.1.{EVIL}", "", "[::1]", "localhost"):
        answer = raw(scene, "GET /orang HTTP/1.1", "", host or " ")
        if answer.status != 400:
            found.append(f"Host {host!r}: {answer.status}")
    for header in (
        "X-Forwarded-Host",
        "X-Host",
        "X-Forwarded-Server",
        "Forwarded",
        "X-Original-URL",
        "X-Rewrite-URL",
    ):
        value = f"host={EVIL}" if header == "Forwarded" else "/sehat" if header.endswith("URL") else EVIL
        answer = raw(scene, "GET /orang HTTP/1.1", "", "", f"{header}: {value}")
        if answer.status != 303 or EVIL in answer.location:
            found.append(f"{header}: {answer.status} {answer.location}")
    for header in ("X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Script-Name", "X-Forwarded-Port"):
        answer = raw(scene, "GET /orang HTTP/1.1", "", "", f"{header}: /jahat")
        if answer.status != 303 or "jahat" in answer.location:
            found.append(f"{header}: {answer.status} {answer.location}")
    return nothing(part, way, "foreign hosts and forwarded headers that are believed", found, "17")


def _next(part: str, way: Way, scene: Scene) -> Row:
    """Where one goes after signing in, and where a form leads back to."""
    reader, found = scene.powerful[0], []
    targets = [one.format(e=EVIL) for one in NEXT]
    for target in targets:
        for name in ("lanjut", "next", "kembali", "url"):
            answer = raw(scene, f"GET /masuk?{name}={quote(target)} HTTP/1.1", reader.cookie)
            if answer.status not in (303, 400) or _host_of(answer.location):
                found.append(f"{name}={target!r}: {answer.status} {answer.location!r}")
    back = [form for form in scene.forms.values() if any(name == "kembali" for name, _ in form.fields)]
    for form, target in product(back[: 4 if way.short else 40], targets[:: 4 if way.short else 1]):
        fields = [
            (name, target if name == "kembali" else value) for name, value in form.with_token(reader.token)
        ]
        answer = scene.browser.post(form.path, fields, reader.cookie)
        if _host_of(answer.location):
            found.append(f"{form.path} kembali={target!r}: {answer.location!r}")
    return nothing(
        part,
        way,
        "addresses to go on to that lead away from the desk",
        found,
        f"{4 * len(targets)} and {len(back)} forms",
    )


def _cookies(part: str, way: Way, scene: Scene) -> Row:
    """A cookie set by another is worth nothing after signing in; one that was stolen, nothing after the end."""
    found, app = [], scene.app
    victim = enter(app, "penyelia.berau")
    kept = victim.cookie
    if scene.browser.ask("GET", "/", kept).status != 200:
        found.append("the session does not open the desk in the first place")
    scene.browser.post("/keluar", [("csrf_token", victim.token)], kept)
    if any(scene.browser.ask("GET", "/", kept).status == 200 for _ in range(12)):
        found.append("a stolen cookie after its owner has left")
    assert victim.person is not None
    for session_id in (victim.person.id, victim.person.session_id, 1):
        remembered = f"remember_token={encode_cookie(str(session_id), key=app.secret_key)}"  # type: ignore[arg-type]
        if scene.browser.ask("GET", "/", remembered).status == 200:
            found.append("a remember-cookie, even with the right signature")
    for forged in (kept[:-3] + "abc", "desk=eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "desk=", "desk=%00"):
        if scene.browser.ask("GET", "/", forged).status == 200:
            found.append(f"a forged cookie {forged[:20]}")
    found += _fixation(scene)
    return nothing(part, way, "cookies of another, of before or of after that open a session", found, "10")


def _fixation(scene: Scene) -> list[str]:
    """The attacker gives the victim a cookie of the sign-in page and looks whether it is signed in afterwards."""
    given, answer = sign_in(scene.browser, "penyelia.berau")
    if answer.status != 303:
        return [f"signing in: {answer.status}"]
    fresh = answer.headers.get("set-cookie", "").partition(";")[0]
    wrong = []
    if not fresh or fresh == given:
        wrong.append("the cookie is not new after signing in")
    if scene.browser.ask("GET", "/", given).status == 200:
        wrong.append("the cookie of before is signed in")
    return wrong
