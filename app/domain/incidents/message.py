"""The rapid report: one incident as a short text for WhatsApp, between the daily reports and without names (F76)."""

from __future__ import annotations

import re

from app.domain import clock, stages
from app.domain.incidents.registers import ACTORS, CATEGORIES, SEVERITIES, SOURCES
from app.domain.incidents.rules import IncidentState, IncidentVerb
from app.domain.regions import path_of, zone_of
from app.domain.registers import RecordRow, moves_of, today_in
from app.words import tanggal, waktu_panjang

MOST_SIGNS = 1_500
"""WhatsApp folds longer texts away."""
ROOM = 480
"""Signs of each of the two free texts."""
_CALLED = re.compile(
    r"\b(Sdri?|Saudarai?|Bapak|Ibu|Pak|Bu|Tuan|Nyonya|Haji|Hajah|Hj?|Drs|Dra|Dr|Ir|KH|Ustaz|bernama|a\.n)\.?\s+"
    r"(?!Kota\b)[A-Z][\w'’]+(?:\s+(?:bin(?:ti)?\b|[A-Z][\w'’]+))*"
)


def without_names(text: str) -> str:
    """The text with what follows a form of address ("Bapak ...", "Sdr. ...") taken out.

    A help only: a name without one is not recognised, so the page asks to read the text before it is sent.
    """
    return _CALLED.sub(lambda found: f"{found[1]} (nama tidak disebut)", text)


def rapid_message(row: RecordRow) -> str:
    """The incident as it stands, under MOST_SIGNS signs. A restricted one tells neither its place nor its course.

    Three statements. Refuses nothing: who may read the record may read its text.
    """
    values = row.values
    path = path_of(row.region_code)
    desk = path[1] if len(path) > 1 else path[0]
    zone = zone_of(row.region_code)
    now = clock.local(clock.now(), zone)
    election = stages.current_election()
    kind = f"{CATEGORIES[values['category']]}, tingkat {SEVERITIES[values['severity']].lower()}"
    lines = [
        f"*KABAR CEPAT DESK PILKADA {desk.title.upper()}*",
        f"{waktu_panjang(now, clock.abbreviation(zone))} "
        f"({stages.h_text(election.voting_day, today_in(row.region_code))})",
        "",
        f"*Kejadian {row.number}* (dugaan): {kind}",
        f"*Waktu*: {_when(row)}",
    ]
    if values["is_restricted"]:
        lines.append("*Rincian*: terbatas, dapat dibaca di aplikasi desk oleh yang berwenang")
    else:
        lines += _details(row, ", ".join(place.title for place in reversed(path[1:])) or desk.title)
    lines += [f"*Keadaan*: {_standing(row)}", "", f"Sumber: {SOURCES[values['source']]}."]
    if row.state == IncidentState.RECORDED:
        lines.append("Belum diverifikasi.")
    return "\n".join(lines)


def _when(row: RecordRow) -> str:
    at = row.values["happened_at"]
    zone = clock.abbreviation(zone_of(row.region_code))
    return tanggal(row.values["happened_on"]) + (f" pukul {at} {zone}" if at else ", jam belum diketahui")


def _details(row: RecordRow, where: str) -> list[str]:
    values = row.values
    actor = ACTORS[values["actor"]]
    if values["pair_number"] is not None:
        actor += f" nomor urut {values['pair_number']}"
    spot = without_names(values["place"])
    told = [
        f"*Tempat*: {f'{spot}, ' if spot else ''}{where}",
        f"*Pelaku (dugaan)*: {actor}",
        f"*Korban*: {_victims(values['victims'])}",
        f"*Uraian*: {_short(values['what'])}",
    ]
    return [*told, f"*Penanganan*: {_short(values['handling']) or 'belum ada'}"]


def _victims(count: int | None) -> str:
    return "belum diketahui" if count is None else "nihil" if count == 0 else f"{count} orang"


def _short(text: str) -> str:
    flat = without_names(" ".join(text.split()))
    if len(flat) <= ROOM:
        return flat
    return flat[: ROOM - 3].rsplit(" ", 1)[0][: ROOM - 3] + " ..."


def _standing(row: RecordRow) -> str:
    """Where it stands; to whom it went, with the number of the letter."""
    if row.is_withdrawn:
        return f"dibatalkan ({row.withdrawn_reason})"
    if row.state != IncidentState.FORWARDED:
        return row.state_words
    move = [one for one in moves_of(row) if one.verb == IncidentVerb.FORWARD][-1]
    letter = f", surat nomor {move.letter_number}" if move.letter_number else ""
    return f"diteruskan kepada {move.receiver}{letter}"
