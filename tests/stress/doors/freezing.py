"""What was sent stays as it was sent: all unsafe addresses, used by two who may do everything, change no frozen row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.extensions import db
from tests.stress.doors.addresses import Address
from tests.stress.doors.browsing import SeenForm, at_once
from tests.stress.doors.guests import Guest
from tests.stress.doors.keeping import rows_of
from tests.stress.doors.matrix import PLAUSIBLE
from tests.stress.plan import Row, Way, at_least, nothing

if TYPE_CHECKING:
    from tests.stress.doors.knocking import Scene

FROZEN = ("report_version", "report_seal")
LEFT_OUT = ("auth.", "account.")
"""They would end the sessions of those who try."""
HEAVY = ("elections.", "library.publish")
"""They move the whole election, which takes longer than a short run has; the long one does them at its end."""


def rows(part: str, way: Way, scene: Scene) -> Iterator[Row]:
    """Several rounds, each with forms read afresh, since deeds open other deeds."""
    db.session.rollback()
    before = {table: rows_of(table) for table in FROZEN}
    done: Counter[str] = Counter()
    tried: set[str] = set()
    for turn in range(1 if way.short else 4):
        guest = scene.powerful[turn % 2]
        forms = scene.forms if turn == 0 else scene.read_forms(guest)
        for address, status in _all_deeds(way, scene, guest, forms):
            tried.add(address.endpoint)
            if status in (200, 303):
                done[address.endpoint] += 1
            elif status >= 500:
                done["of 500"] += 1
    db.session.rollback()
    lost = [
        f"{table}: {row[:60]}" for table, kept in before.items() for row in set(kept) - set(rows_of(table))
    ]
    frozen = sum(map(len, before.values()))
    yield nothing(
        part, way, "frozen rows that are not byte for byte as before all these deeds", lost, f"{frozen}"
    )
    yield at_least(part, way, "frozen rows that could have been changed", frozen, 10, "rows")
    yield at_least(
        part,
        way,
        "unsafe addresses tried by who may do everything",
        len(tried),
        40 if way.short else 120,
        "views",
    )
    yield at_least(
        part, way, "of them, deeds that were indeed done", len(done), 6 if way.short else 30, "views"
    )
    yield nothing(part, way, "faults on the way", ["500"] * done["of 500"], f"{len(tried)}")


def _all_deeds(
    way: Way, scene: Scene, guest: Guest, forms: dict[tuple[str, str], SeenForm]
) -> Iterator[tuple[Address, int]]:
    deeds = [one for one in scene.addresses if one.method == "POST" and not one.endpoint.startswith(LEFT_OUT)]
    heavy = [one for one in deeds if one.endpoint.startswith(HEAVY)]
    light = [one for one in deeds if one not in heavy]
    scene.chance.shuffle(light)
    asked = light[:120] if way.short else [*light, *heavy]

    def do(address: Address) -> tuple[Address, int]:
        form = forms.get((address.endpoint, address.path)) or SeenForm(address.path, PLAUSIBLE)
        return address, scene.browser.post(address.path, form.with_token(guest.token), guest.cookie).status

    yield from at_once(do, asked, hands=2)
