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
    """The facts as they will be kept. Refuses (Invalid) at the field what cannot be."""
    said = replace(
        said,
        agency=_needed(plain_text(said.agency, "agency", most=160), "agency", "Tuliskan instansinya."),
        account=_needed(plain_text(said.account, "account"), "account", "Tuliskan uraian singkatnya."),
        breach_words=plain_text(said.breach_words, "breach_words", most=200),
        occurred_note=plain_text(said.occurred_note, "occurred_note", most=200),
        place=plain_text(said.place, "place", most=200),
        name=plain_text(said.name, "name", most=120),
        nip_tail=said.nip_tail.strip(),
    )
    if said.breach == OTHER_BREACH:
        _needed(said.breach_words, "breach_words", "Tuliskan pelanggarannya.")
    elif said.breach not in breaches():
        raise Invalid("Pilih jenis pelanggaran.", breach="Pilih salah satu dari daftar.")
    else:
        said = replace(said, breach_words="")
    if said.nip_tail and not re.fullmatch(r"[0-9]{1,4}", said.nip_tail):
        sentence = "Paling banyak 4 angka terakhir NIP, tanpa tanda lain."
        raise Invalid(sentence, nip_tail=sentence)
    return _checked_days(said, region)


def _checked_days(said: CaseSaid, region: str) -> CaseSaid:
    _not_to_come(said.known_on, region, "known_on")
    if said.occurred_on is None:
        _needed(
            said.occurred_note, "occurred_note", "Tanggal kejadian kosong: tuliskan mengapa belum diketahui."
        )
        return said
    _not_to_come(said.occurred_on, region, "occurred_on")
    if said.occurred_on > said.known_on:
        sentence = "Tanggal diketahui mendahului tanggal kejadian. Periksa keduanya."
        raise Invalid(sentence, known_on=sentence)
    return replace(said, occurred_note="")


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
    if verb is Verb.FORWARD and said.receiver not in ROUTES[kind].receivers:
        words = " atau ".join(ROUTES[kind].receivers)
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
    if day > clock.today(zone_of(region)):
        sentence = "Tanggal ini belum tiba. Catat sesudah terjadi."
        raise Invalid(sentence, **{field: sentence})
    if day < EARLIEST:
        sentence = "Tanggal ini terlalu lama. Periksa tahunnya."
        raise Invalid(sentence, **{field: sentence})
