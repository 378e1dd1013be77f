"""What a person says about a case or a step, checked field by field before anything is written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from app.domain import clock
from app.domain.errors import Invalid
from app.domain.neutrality.breaches import breaches
from app.domain.neutrality.rules import (
    BEGINNINGS,
    MOST_WORDS,
    OTHER_BREACH,
    ROUTES,
    WITH_LETTER,
    WORKFLOW,
    CaseState,
    Kind,
    Source,
    Verb,
    plain_text,
)
from app.domain.regions import zone_of

EARLIEST = dt.date(2020, 1, 1)
_TEXTS = {
    "agency": 160,
    "account": MOST_WORDS,
    "breach_words": 200,
    "occurred_note": 200,
    "place": 200,
    "name": 120,
}
"""Facts in free words, and how long each may be."""


@dataclass(frozen=True)
class CaseSaid:
    """The facts of a case; `occurred_on` None is unknown and wants `occurred_note`."""

    agency: str
    breach: str
    source: Source
    known_on: dt.date
    account: str
    breach_words: str = ""
    occurred_on: dt.date | None = None
    occurred_note: str = ""
    place: str = ""
    name: str = ""
    nip_tail: str = ""


@dataclass(frozen=True)
class MoveSaid:
    """A step; `done_on` None and an empty letter number are unknown and want a note."""

    done_on: dt.date | None = None
    letter_number: str = ""
    letter_date: dt.date | None = None
    receiver: str = ""
    note: str = ""


def checked_case(said: CaseSaid, region: str) -> CaseSaid:
    """The facts as they will be kept. Refuses (Invalid) what cannot be, each at its field, all at once."""
    faults = Faults()
    texts = {name: faults.text(said, name, most) for name, most in _TEXTS.items()}
    said = replace(said, **texts, nip_tail=said.nip_tail.strip())  # type: ignore[arg-type]
    for name, sentence in (("agency", "Tuliskan instansinya."), ("account", "Tuliskan uraian singkatnya.")):
        if not getattr(said, name):
            faults.note(name, sentence)
    if said.breach == OTHER_BREACH:
        if not said.breach_words:
            faults.note("breach_words", "Tuliskan pelanggarannya.")
    elif said.breach not in breaches():
        faults.note("breach", "Pilih salah satu dari daftar.")
    else:
        said = replace(said, breach_words="")
    if said.nip_tail and not re.fullmatch(r"[0-9]{1,4}", said.nip_tail):
        faults.note("nip_tail", "Paling banyak 4 angka terakhir NIP, tanpa tanda lain.")
    _note_days(faults, said, region)
    faults.refuse()
    return said if said.occurred_on is None else replace(said, occurred_note="")


class Faults:
    """What is wrong with what was said, field by field; the first that was found of each."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def note(self, field: str, sentence: str) -> None:
        """Keep one, where the field has none yet."""
        self._told.setdefault(field, sentence)

    def text(self, said: CaseSaid, field: str, most: int) -> str:
        """`plain_text` of a field, or what was said where that is refused."""
        text: str = getattr(said, field)
        try:
            return plain_text(text, field, most=most)
        except Invalid as refusal:
            self.note(field, refusal.message)
            return text

    def refuse(self) -> None:
        """Raise Invalid where anything was noted."""
        if self._told:
            raise Invalid(next(iter(self._told.values())), **self._told)


def _note_days(faults: Faults, said: CaseSaid, region: str) -> None:
    known = _fault_of_day(said.known_on, region)
    if known:
        faults.note("known_on", known)
    if said.occurred_on is None:
        if not said.occurred_note:
            faults.note("occurred_note", "Tanggal kejadian kosong: tuliskan mengapa belum diketahui.")
        return
    occurred = _fault_of_day(said.occurred_on, region)
    if occurred:
        faults.note("occurred_on", occurred)
    elif said.occurred_on > said.known_on:
        faults.note("known_on", "Tanggal diketahui mendahului tanggal kejadian. Periksa keduanya.")


def checked_beginning(state: CaseState, kind: Kind, said: MoveSaid, region: str) -> MoveSaid:
    """How far a case was when the desk first heard of it. Refuses (Invalid) a state that is no beginning."""
    if state not in BEGINNINGS:
        raise Invalid("Pilih langkahnya.", state="Pilih salah satu dari daftar.")
    if state is CaseState.RECORDED:
        return replace(said, letter_number="", letter_date=None, receiver="")
    verb = next(verb for verb, step in WORKFLOW.items() if step.target is state)
    return checked_move(verb, kind, said, region)


def checked_move(verb: Verb, kind: Kind, said: MoveSaid, region: str) -> MoveSaid:
    """A step as it will be kept. Refuses (Invalid) at the field what cannot be, or what its chain still wants."""
    said = replace(
        said,
        letter_number=plain_text(said.letter_number, "letter_number", most=80),
        receiver=plain_text(said.receiver, "receiver", most=120),
        note=plain_text(said.note, "note"),
    )
    receivers = ROUTES[kind].receivers
    if verb is Verb.FORWARD and not said.receiver and len(receivers) == 1:
        said = replace(said, receiver=receivers[0])  # where there is nothing to choose, nothing is asked
    if verb is Verb.FORWARD and said.receiver not in receivers:
        words = " atau ".join(receivers)
        raise Invalid(f"Kasus ini diteruskan ke {words}.", receiver=f"Pilih {words}.")
    if verb is not Verb.FORWARD:
        said = replace(said, receiver="")
    if verb is Verb.SANCTION:
        _needed(said.note, "note", "Tuliskan sanksi yang dijatuhkan.")
    for day, field in ((said.done_on, "done_on"), (said.letter_date, "letter_date")):
        if day is not None:
            _not_to_come(day, region, field)
    if verb in WITH_LETTER and not said.note:
        if not said.letter_number:
            sentence = "Tuliskan nomor surat. Bila belum diketahui, jelaskan di catatan."
            raise Invalid(sentence, letter_number=sentence)
        if said.letter_date is None:
            sentence = "Tuliskan tanggal surat. Bila belum diketahui, jelaskan di catatan."
            raise Invalid(sentence, letter_date=sentence)
    if said.done_on is None and not said.note:
        sentence = "Tuliskan tanggalnya. Bila tidak diketahui, jelaskan di catatan."
        raise Invalid(sentence, done_on=sentence)
    return said


def _needed(text: str, field: str, sentence: str) -> str:
    if not text:
        raise Invalid(sentence, **{field: sentence})
    return text


def _not_to_come(day: dt.date, region: str, field: str) -> None:
    sentence = _fault_of_day(day, region)
    if sentence:
        raise Invalid(sentence, **{field: sentence})


def _fault_of_day(day: dt.date, region: str) -> str:
    if day > clock.today(zone_of(region)):
        return "Tanggal ini belum tiba. Catat sesudah terjadi."
    return "Tanggal ini terlalu lama. Periksa tahunnya." if day < EARLIEST else ""
