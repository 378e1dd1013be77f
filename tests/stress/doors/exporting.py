"""What leaves the desk in files: sheets, tables and papers of strangers, opened and searched for Berau's words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from app.domain.all_registers import REGISTERS
from tests.stress.doors import sowing
from tests.stress.doors.browsing import Answer, at_once
from tests.stress.doors.guests import CHILD, ELSEWHERE, OWN, SIBLING, Guest
from tests.stress.doors.knocking import Scene, fetched
from tests.stress.plan import Row, Way, at_least, nothing

NARROWED: tuple[tuple[tuple[str, str], ...], ...] = ((), (("wilayah", OWN),), (("cari", "kenari"),))
SAMPLE = {True: 12, False: 60}
"""Files that each guest asks for, in a short run and in the long one."""


class Order(NamedTuple):
    """A file that somebody asks for."""

    guest: Guest
    path: str
    fields: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.path} {dict(self.fields)} ({self.guest})"


def rows(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """Strangers, and Berau's own supervisor: in their files the words must be found, or nothing was looked for."""
    own = next(one for one in scene.of(OWN) if one.role == "penyelia")
    strangers = [
        guest
        for place in (CHILD, SIBLING, ELSEWHERE)
        for guest in scene.of(place)
        if guest.role != "pengamat"
    ]
    if way.short:
        strangers = scene.chance.sample(strangers, 3)
    orders = [order for guest in (own, *strangers) for order in _of(way, scene, guest)]
    with scene.worker():
        answers = list(at_once(lambda order: _fetched(scene, order), orders))
    texts = [answer.text if answer.status == 200 else "" for answer in answers]
    told = [
        f"{order}"
        for order, text in zip(orders, texts, strict=True)
        if sowing.leaked(text, order.guest.person)
    ]
    yield nothing(part, way, "files of strangers with a word of Berau's", told, f"{sum(map(bool, texts))}")
    faults = [
        f"{order}: {one.status}" for order, one in zip(orders, answers, strict=True) if one.status >= 500
    ]
    yield nothing(part, way, "faults while files were made", faults, f"{len(orders)}")
    seen = sum(
        bool(sowing.found_in(text)) for order, text in zip(orders, texts, strict=True) if order.guest is own
    )
    yield at_least(part, way, "files of Berau's own with its words", seen, 2 if way.short else 10, "files")


def _of(way: Way, scene: Scene, guest: Guest) -> list[Order]:
    sheets = [
        (path, (("format", form), *narrow))
        for path in (
            *(f"/register/{one.key}/unduh" for one in REGISTERS),
            "/netralitas/unduh",
            "/jejak/unduh",
        )
        for form, narrow in product(("csv", "xlsx"), NARROWED)
    ]
    papers = [
        (
            "/laporan",
            (
                ("wilayah", place),
                ("bentuk", kind),
                ("format", form),
                ("kertas", "F4"),
            ),
        )
        for place, kind, form in product((guest.place, OWN), ("ringkas", "rinci"), ("xlsx", "csv"))
    ]
    printed = [(f"/register/{key}/unduh", (("format", "pdf"),)) for key in ("insiden", "risiko")]
    printed += [
        ("/netralitas/unduh", (("format", "pdf"),)),
        ("/pelaporan/senin/2024-11-25", (("kertas", "F4"),)),
    ]
    reports = [one.path for one in scene.addresses if one.endpoint in ("reports.pdf", "reports.xlsx")]
    asked = [*sheets, *papers, *printed, *((path, ()) for path in reports)]
    chosen = scene.chance.sample(asked, SAMPLE[way.short])
    return [Order(guest, path, fields) for path, fields in chosen]


def _fetched(scene: Scene, order: Order) -> Answer:
    """The file itself, also when a worker has to make it first; the refusal where there is none."""
    answer = scene.browser.post(
        order.path, [("csrf_token", order.guest.token), *order.fields], order.guest.cookie
    )
    if answer.status != 303 or "/pekerjaan/" not in answer.location:
        return answer
    return fetched(scene.browser, answer.location, order.guest)
