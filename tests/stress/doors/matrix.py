"""The matrix: every address x every guest, as the code says it should be answered and as the server answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from app.domain.accounts import Permission
from tests.stress.doors.addresses import NO_REGION, Address
from tests.stress.doors.browsing import Answer, Browser, SeenForm, at_once
from tests.stress.doors.guests import OWN, Guest
from tests.stress.doors.sowing import found_in, leaked

REFUSALS = frozenset({403, 404})


class Knock(NamedTuple):
    """One guest at one address."""

    guest: Guest
    address: Address

    def __str__(self) -> str:
        return f"{self.address.method} {self.address.path} ({self.guest})"


class Heard(NamedTuple):
    """What a knock was answered with; `of_nothing` is the answer to the same where nothing is."""

    knock: Knock
    status: int
    leak: str
    words: int
    """Kinds of Berau's words that this guest was rightly shown."""


def must_refuse(knock: Knock) -> bool:
    """Whether the code says that this guest gets no further: by right, by place, or as not the owner."""
    guest, address = knock
    if address.mark == "open":
        return False
    if guest.person is None:
        return True
    if isinstance(address.mark, Permission) and not guest.person.may(address.mark):
        return True
    return _is_elsewhere(knock)


def _is_elsewhere(knock: Knock) -> bool:
    guest, address = knock
    if address.belongs == "owner":
        return True
    if address.belongs != "region" or guest.person is None:
        return False
    return isinstance(address.mark, Permission) and not guest.person.may(address.mark, region=OWN)


def knock_all(
    browser: Browser, knocks: Iterable[Knock], forms: dict[tuple[str, str], SeenForm]
) -> list[Heard]:
    """Every knock, answered."""
    return list(at_once(lambda knock: hear(browser, knock, forms), knocks))


def hear(browser: Browser, knock: Knock, forms: dict[tuple[str, str], SeenForm]) -> Heard:
    """One knock, judged."""
    answer = _asked(browser, knock, knock.address.path, forms)
    text = answer.text
    return Heard(knock, answer.status, _judged(browser, knock, answer, text, forms), len(found_in(text)))


def _judged(browser: Browser, knock: Knock, answer: Answer, text: str, forms: dict[Any, SeenForm]) -> str:
    guest = knock.guest
    shown = leaked(text, guest.person)
    if shown:
        return f"{knock}: {answer.status} shows {', '.join(sorted(shown))}"
    if answer.status >= 500:
        return f"{knock}: {answer.status}"
    if not must_refuse(knock):
        return ""
    if guest.person is None:
        sent_in = answer.status == 303 and answer.location.startswith("/masuk")
        return "" if sent_in else f"{knock}: {answer.status} {answer.location}"
    if answer.status not in REFUSALS:
        return f"{knock}: {answer.status}"
    holds = not isinstance(knock.address.mark, Permission) or guest.person.may(knock.address.mark)
    if not holds:
        return "" if answer.status == 403 else f"{knock}: {answer.status} instead of 403"
    if answer.status == 404 and knock.address.nothing:
        nothing = _asked(browser, knock, knock.address.nothing, forms)
        if _alike(nothing, knock.address.nothing) != _alike(answer, knock.address.path):
            return f"{knock}: 404 is not the 404 of nothing ({nothing.status})"
    return ""


def _alike(answer: Answer, path: str) -> tuple[int, str]:
    status, said = answer.said
    return status, said.replace(path, "").replace(NO_REGION, "").replace(OWN, "")


def _asked(browser: Browser, knock: Knock, path: str, forms: dict[tuple[str, str], SeenForm]) -> Answer:
    guest, address = knock
    if address.method == "GET":
        return browser.ask("GET", path, guest.cookie)
    form = forms.get((address.endpoint, address.path)) or SeenForm(path, PLAUSIBLE)
    return browser.post(path, form.with_token(guest.token), guest.cookie)


PLAUSIBLE = (
    ("versi", "1"),
    ("di", OWN),
    ("wilayah", OWN),
    ("alasan", "Kenari uji, sebab contoh."),
    ("catatan", "Kenari uji"),
    ("nama", "Kenari Uji"),
    ("tanggal", "2024-11-25"),
    ("tenggat", "2024-11-26"),
    ("jumlah", "1"),
    ("nilai", "1"),
    ("format", "xlsx"),
    ("bentuk", "xlsx"),
    ("pesan", "Kenari uji"),
)
