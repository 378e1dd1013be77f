"""Guessing passwords: in parallel, at several workers, around a restart, with other names, headers and addresses."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import text

from app.extensions import db
from tests.stress.doors.browsing import Answer, Browser, at_once
from tests.stress.plan import Row, Way, at_most
from tests.stress.serving import PASSWORD

if TYPE_CHECKING:
    from tests.stress.doors.knocking import Scene

MOST = 10
"""Guesses at one account in five minutes."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VICTIM, COLLEAGUE = "pimpinan.berau", "penyelia.berau"
SPELLINGS = ("pimpinan.berau", "PIMPINAN.BERAU", " pimpinan.berau ", "Pimpinan.Berau\u00a0")
HEADERS = ("X_Forwarded_For", "X_Real_IP", "Forwarded", "X_Client_IP")


def sign_in(browser: Browser, name: str, password: str = PASSWORD, **headers: str) -> tuple[str, Answer]:
    """The form, fetched and sent: the cookie of before, and the answer."""
    page = browser.ask("GET", "/masuk")
    cookie = page.headers.get("set-cookie", "").partition(";")[0]
    found = TOKEN.search(page.text)
    assert found, page.status
    fields = [("csrf_token", found[1]), ("akun", name), ("sandi", password)]
    return cookie, browser.post("/masuk", fields, cookie, **headers)


def rows(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """The throttle, who is not caught by it, and what the time tells."""
    forget_tries()
    sign_in(scene.browser, COLLEAGUE)
    looked_at = guess(scene.browser, 60)
    with scene.desk.server(DESK_WORKERS="2", DESK_HOSTS="127.0.0.1") as another:
        looked_at += guess(Browser(another.port), 20)
    yield at_most(
        part,
        way,
        "guesses at an account in five minutes, 80 at once, at 5 workers",
        looked_at,
        MOST,
        "guesses",
    )
    flood(scene.browser)
    status = sign_in(scene.browser, COLLEAGUE)[1].status
    yield Row(
        part, way.database, "a colleague at the guesser's address gets in", "303", str(status), status == 303
    )
    closed = sign_in(scene.browser, VICTIM)[1].status
    yield Row(
        part,
        way.database,
        "the guessed account stays closed, even to its password",
        "429",
        str(closed),
        closed == 429,
    )
    yield _timing(part, way, scene)


def forget_tries() -> None:
    """As if the last quarter of an hour had been quiet."""
    db.session.execute(text("DELETE FROM login_attempt"))
    db.session.commit()


def guess(browser: Browser, times: int) -> int:
    """Guess from eight browsers at once; how many guesses were looked at."""

    def one(number: int) -> bool:
        said = {HEADERS[number % len(HEADERS)]: f"10.0.{number}.7"}
        answer = sign_in(browser, SPELLINGS[number % len(SPELLINGS)], f"tebakan-{number}", **said)[1]
        return answer.status != 429

    return sum(at_once(one, range(times), hands=8))


def flood(browser: Browser) -> None:
    """Close the address: more names than it may try."""
    list(at_once(lambda number: sign_in(browser, f"orang.{number}", "tebakan"), range(32)))


def _timing(part: str, way: Way, scene: Scene) -> Row:
    """Names that are there and names that are not, in turns; 0.5 is no difference, 1 is all."""
    rounds, bound = (20, 0.3) if way.short else (100, 0.15)
    names = [guest.name for guest in scene.guests if guest.name]
    there, not_there = [], []
    for number in range(rounds):
        if number % 10 == 0:
            forget_tries()
        for name, kept in ((names[number % len(names)], there), (f"tidak.ada.{number}", not_there)):
            kept.append(_seconds(scene.browser, name))
    higher = sum((one > other) + 0.5 * (one == other) for one in there for other in not_there)
    share = higher / (len(there) * len(not_there))
    medians = f"{1000 * statistics.median(there):.0f} and {1000 * statistics.median(not_there):.0f} ms"
    promise = "time tells apart an account from none (0 no better than chance, 0.5 always)"
    row = at_most(part, way, promise, abs(share - 0.5), bound, "")
    return row._replace(found=f"{row.found.strip()}, medians {medians}")


def _seconds(browser: Browser, name: str) -> float:
    page = browser.ask("GET", "/masuk")
    cookie, found = page.headers.get("set-cookie", "").partition(";")[0], TOKEN.search(page.text)
    assert found
    fields = [("csrf_token", found[1]), ("akun", name), ("sandi", "bukan-kata-sandinya")]
    began = time.perf_counter()
    answer = browser.post("/masuk", fields, cookie)
    took = time.perf_counter() - began
    assert answer.status == 422, f"{name}: {answer.status}"
    return took
