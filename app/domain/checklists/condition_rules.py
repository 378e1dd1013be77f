"""Rules of conditions: the first item is there, asked wherever the second one is, and nothing waits in a circle."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.checklists.conditions import (
    Answer,
    Condition,
    circle_in,
    condition_codes,
    dependents_of,
    waits_by_period,
)
from app.domain.checklists.library import Wording
from app.domain.checklists.rules import ON_THE_DAY, Recurrence
from app.domain.errors import Invalid
from app.domain.regions import Level

MOST_DEPENDENTS = 20


def condition_fits(code: str, wording: Wording, library: Mapping[str, Wording]) -> dict[str, str]:
    """What is wrong with a wording's condition, field -> sentence; `library` holds all items as they would be."""
    try:
        condition = Condition.read(wording.condition)
    except Invalid as refusal:
        return refusal.fields
    if condition is None:
        return {}
    first = library.get(condition.code)
    if condition.code == code:
        return {"condition": "Butir tidak dapat menunggu jawaban atas dirinya sendiri. Pilih butir lain."}
    if first is None:
        return {"condition": f"Butir {condition.code} tidak ada, atau sudah dipensiunkan. Pilih butir lain."}
    waiting = condition_codes((one, known.condition) for one, known in library.items())
    circle = circle_in(waiting, code)
    if circle:
        return {"condition": f"Syaratnya berputar: {' → '.join(circle)}. Lepaskan salah satunya."}
    if len(dependents_of(condition.code, waiting)) > MOST_DEPENDENTS:
        return {
            "condition": f"Paling banyak {MOST_DEPENDENTS} butir menunggu {condition.code}. Pilih butir lain."
        }
    return _fits(wording, condition, first)


def _fits(wording: Wording, condition: Condition, first: Wording) -> dict[str, str]:
    """Whether the first item is asked wherever and whenever the one that waits is."""
    elsewhere = [
        Level(one).label.lower() for one in wording.levels.split() if one not in first.levels.split()
    ]
    recurrence, earlier = Recurrence(wording.recurrence), Recurrence(first.recurrence)
    if recurrence is Recurrence.PER_EVENT:
        return {
            "condition": "Butir per kejadian dibuat saat kejadiannya dicatat, jadi tidak dapat menunggu butir lain."
        }
    if elsewhere:
        return {
            "condition": f"{condition.code} tidak ditanyakan di tingkat {', '.join(elsewhere)}. "
            "Samakan tingkatnya, atau pilih butir lain."
        }
    if Recurrence.ONCE not in (recurrence, earlier) and not waits_by_period(recurrence, earlier):
        return {
            "condition": f"{condition.code} ditanyakan {earlier.label}, butir ini {recurrence.label}. "
            "Samakan pengulangannya, atau pilih butir yang ditanyakan sekali."
        }
    if recurrence in ON_THE_DAY and recurrence is earlier and wording.times != first.times:
        return {"condition": f"Samakan jamnya dengan {condition.code}."}
    if condition.answer is Answer.ABOVE and not first.measure_unit:
        return {"condition": f"{condition.code} tidak mencatat angka. Pilih selesai atau tidak berlaku."}
    return {}


def check_dependents(code: str, library: Mapping[str, Wording]) -> None:
    """Refuse (Invalid) a change that leaves another item waiting for an answer that cannot come."""
    waiting = condition_codes((one, known.condition) for one, known in library.items())
    for one in dependents_of(code, waiting):
        wrong = condition_fits(one, library[one], library)
        if wrong:
            raise Invalid(
                f"{one} menunggu jawaban {code}, dan itu tidak cocok lagi: {wrong['condition']} "
                f"Ubah {one} lebih dahulu."
            )


def check_retiring(code: str, reason: str, library: Mapping[str, Wording]) -> None:
    """Refuse (Invalid) retiring without a reason, or an item that others in force wait for.

    `library` must be the library without it.
    """
    if not reason.strip() or len(reason) > 400:
        raise Invalid("Tuliskan alasannya.", reason="Alasan wajib diisi, paling banyak 400 tanda.")
    waiting = condition_codes((one, known.condition) for one, known in library.items())
    others = dependents_of(code, waiting)
    if others:
        raise Invalid(
            f"{', '.join(others)} hanya ditanyakan setelah {code} dijawab. "
            f"Ubah atau pensiunkan {'butir itu' if len(others) == 1 else 'butir-butir itu'} lebih dahulu."
        )
