"""What is different since the report before, in plain sentences, each tied to the figures that it tells of.

Not known is never zero: a figure that becomes known, or is no longer known, is told as that. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.domain.checklists import AREAS
from app.domain.registers import Fact
from app.domain.reports.rules import TROUBLES
from app.domain.reports.snapshot import AreaProgress, Change, Hindrance, Reading, ReferenceFigure, Value
from app.words import UNKNOWN, angka

NOTHING = "Tidak ada angka dan kendala yang berubah sejak laporan sebelumnya."
FIRST = "Belum ada laporan sebelumnya, jadi belum ada yang dapat dibandingkan."
DETAILS = ("keamanan.kejadian.",)
"""Beginnings of keys whose changes another figure tells already."""
MOST_APPEARED = 3
"""Figures of an area that are told one by one when they are new; a first report would else be nothing but news."""
MOST_NAMED = 4
"""Hindrances or figures that a sentence names; the rest are counted."""


def changes_since(before: Reading | None, now: Reading) -> tuple[Change, ...]:
    """The sentences from one reading to the next; that nothing changed is said too, and that there is no one before."""
    if before is None:
        return (Change(FIRST),)
    found = (
        *_figures(before.figures, now.figures),
        *_progress(before.progress, now.progress),
        *_hindrances(before.hindrances, now.hindrances),
        *_references(before.reference, now.reference),
    )
    return found or (Change(NOTHING),)


def merged(stored: Sequence[Change], fresh: Sequence[Change]) -> tuple[Change, ...]:
    """The computed sentences, with those that somebody wrote anew in the place of the ones on the same figures.

    What was written on figures that no longer differ stays too, at the end: nothing typed is lost.
    """
    edited = {one.figures[:1]: one for one in stored if one.is_edited}
    placed = tuple(
        one._replace(text=edited.pop(one.figures[:1]).text, is_edited=True)
        if one.figures[:1] in edited
        else one
        for one in fresh
    )
    return (*placed, *edited.values())


def _figures(before: Sequence[Fact], now: Sequence[Fact]) -> Iterator[Change]:
    then = {fact.key: fact for fact in before}
    appeared: dict[str, list[Fact]] = {}
    for fact in now:
        old = then.pop(fact.key, None)
        told = _sentence(old, fact)
        if not told or fact.key.startswith(DETAILS):
            continue
        if old is None or old.is_silent:
            appeared.setdefault(fact.area, []).append(fact)
            if len(appeared[fact.area]) > MOST_APPEARED:
                continue
        yield Change(told, (fact.key,))
    for area, facts in appeared.items():
        if len(facts) > MOST_APPEARED:
            yield _gathered(area, facts[MOST_APPEARED:])
    for gone in then.values():
        if not gone.is_silent and not gone.key.startswith(DETAILS):
            yield Change(f"{gone.label} tidak lagi ada dalam data; sebelumnya {gone.said}.", (gone.key,))


def _gathered(area: str, facts: Sequence[Fact]) -> Change:
    """What else an area tells for the first time, in one sentence that belongs to all of these figures."""
    named = "; ".join(f"{fact.label} {fact.said}" for fact in facts[:MOST_NAMED])
    more = f"; dan {angka(len(facts) - MOST_NAMED)} angka lain" if len(facts) > MOST_NAMED else ""
    keys = tuple(fact.key for fact in facts)
    return Change(f"{AREAS.get(area, area)}, juga tercatat untuk pertama kali: {named}{more}.", keys)


def _sentence(then: Fact | None, fact: Fact) -> str:
    """One figure then and now; empty where nothing is different."""
    if then is None or then.is_silent:
        return "" if fact.is_silent else _appeared(then, fact)
    if fact.is_silent:
        return _vanished(then, fact)
    if then.value is None or fact.value is None:
        return _in_words(then, fact)
    if then.value == fact.value:
        return _unmoved(then, fact)
    return _moved(then, then.value, fact, fact.value)


def _appeared(then: Fact | None, fact: Fact) -> str:
    if then is not None and then.value is None:
        return f"{fact.label} kini diketahui: {fact.said}; sebelumnya {UNKNOWN}."
    return f"{fact.label} kini tercatat: {fact.said}; sebelumnya belum ada yang tercatat."


def _vanished(then: Fact, fact: Fact) -> str:
    if fact.value is None:
        return f"{fact.label} kini {UNKNOWN}; sebelumnya {then.said}."
    return f"{fact.label} kini tidak ada; sebelumnya {then.said}."


def _in_words(then: Fact, fact: Fact) -> str:
    """At least one of them is no number."""
    if then.said == fact.said:
        return ""
    return f"{fact.label} berubah dari «{then.said}» menjadi «{fact.said}»."


def _unmoved(then: Fact, fact: Fact) -> str:
    if then.whole != fact.whole and fact.key not in TROUBLES:
        return f"{fact.label} tetap {angka(fact.value)}, {_wholes(then.whole, fact.whole)}."
    if then.words != fact.words:
        return f"{fact.label} tetap {angka(fact.value)} {fact.unit}".rstrip() + (
            f", kini {fact.words}." if fact.words else f"; sebelumnya {then.words}."
        )
    return ""


def _wholes(then: Value, now: Value) -> str:
    if then is None:
        return f"kini dari {angka(now)}"
    if now is None:
        return f"keseluruhannya kini {UNKNOWN}, sebelumnya {angka(then)}"
    return f"keseluruhannya berubah dari {angka(then)} menjadi {angka(now)}"


def _moved(then: Fact, was: int | Decimal, fact: Fact, value: int | Decimal) -> str:
    """ "Kecamatan yang logistiknya lengkap bertambah dari 9 menjadi 11 dari 13." """
    unit = "" if not fact.unit or fact.label.lower().startswith(fact.unit.lower()) else f" {fact.unit}"
    share = "" if fact.whole is None else f" dari {angka(fact.whole)}"
    words = f": {fact.words}" if fact.words and fact.words != then.words else ""
    if fact.key in TROUBLES and value == 0:
        return f"{fact.label} tidak ada lagi; sebelumnya {then.said}."
    if fact.key not in TROUBLES and value == fact.whole and value > was:
        return f"{fact.label} kini seluruhnya: {angka(value)}{share}{unit}, sebelumnya {angka(was)}{words}."
    verb = "bertambah" if value > was else "berkurang"
    grown = then.whole != fact.whole and fact.key not in TROUBLES
    other = f"; {_wholes(then.whole, fact.whole)}" if grown else ""
    return f"{fact.label} {verb} dari {angka(was)} menjadi {angka(value)}{share}{unit}{words}{other}."


def _progress(before: Sequence[AreaProgress], now: Sequence[AreaProgress]) -> Iterator[Change]:
    then = {one.area: one.totals for one in before}
    for one in now:
        totals, was = one.totals, then.get(one.area)
        key = (f"daftar_periksa.{one.area}",)
        if was is None or was.done == totals.done:
            continue  # that entries open each day is no news
        if totals.done == totals.expected:
            told = f"kini selesai seluruhnya: {angka(totals.done)} isian, sebelumnya {angka(was.done)}"
        else:
            verb = "bertambah" if totals.done > was.done else "berkurang"
            told = f"isian selesai {verb} dari {angka(was.done)} menjadi {angka(totals.done)}"
            told += f" dari {angka(totals.expected)}"
        yield Change(f"Daftar periksa {one.label}: {told}.", key)


def _hindrances(before: Sequence[Hindrance], now: Sequence[Hindrance]) -> Iterator[Change]:
    def named(some: Sequence[Hindrance], others: Sequence[Hindrance]) -> list[str]:
        known = {(one.place, one.what) for one in others}
        return [f"{one.what.rstrip('.')} ({one.place})" for one in some if (one.place, one.what) not in known]

    for key, opening, told in (
        ("kendala.baru", "Kendala baru", named(now, before)),
        ("kendala.selesai", "Tidak lagi menjadi kendala", named(before, now)),
    ):
        if told:
            rest = f"; dan {angka(len(told) - MOST_NAMED)} lainnya" if len(told) > MOST_NAMED else ""
            yield Change(f"{opening}: {'; '.join(told[:MOST_NAMED])}{rest}.", (key,))


def _references(before: Sequence[ReferenceFigure], now: Sequence[ReferenceFigure]) -> Iterator[Change]:
    then = {one.label: one.value for one in before}
    for one in now:
        if one.label not in then or then[one.label] == one.value:
            continue
        was, key = then[one.label], (f"acuan.{one.label}",)
        source = f" ({one.source})" if one.source else ""
        yield Change(
            f"Angka acuan {one.label} berubah dari {angka(was)} menjadi {angka(one.value)}{source}.", key
        )
