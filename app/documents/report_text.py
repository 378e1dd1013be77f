"""A report as a text for WhatsApp: short, bold headings, and no personal names (domain.md 4d)."""

from __future__ import annotations

import re

from app.documents.report_totals import totals_of
from app.domain import clock, incidents
from app.domain.regions import FigureKind
from app.domain.registers import Fact
from app.domain.reports import Kind, Marks, SectionText, Snapshot, State
from app.words import angka, tanggal, waktu_panjang

MOST_SIGNS = 1_500
"""WhatsApp folds longer texts away."""
ROOMS = (420, 300, 220, 160, 120, 90, 64, 44)
"""Signs that one section may take, tried from the widest."""
LEADING = (
    "logistik.kecamatan_lengkap",
    "logistik.tps_khusus_lengkap",
    "logistik.daerah_lengkap",
    "netralitas.kasus",
    "ktp.rekam",
    "ktp.kecamatan_terlayani",
    "sosialisasi.kecamatan",
    "partisipasi.proyeksi",
    "keamanan.personel",
    "keamanan.kejadian_terbuka",
    "dukungan.nphd_persen",
    "tindak_lanjut.terbuka",
    "kunjungan.wilayah",
)
"""Figures that a text tells before any other, in this order (domain.md 4d)."""
STATIONS = (FigureKind.POLLING_STATIONS.label, FigureKind.SPECIAL_POLLING_STATIONS.label)
_FORMATTING = re.compile(r"[*_~`]")
_LONG_NUMBERS = re.compile(r"\b\d{16,18}\b")
TITLES = {
    Kind.DAILY: "LAPORAN HARIAN",
    Kind.WEEKLY: "LAPORAN MINGGUAN",
    Kind.BRIEF: "LAPORAN KESIAPAN",
    Kind.FINAL: "LAPORAN AKHIR",
}
STATES = {
    State.SENT: "terkirim, belum diverifikasi",
    State.VERIFIED: "diverifikasi",
    State.ENDORSED: "disahkan",
}


def whatsapp_text(snapshot: Snapshot, marks: Marks) -> str:
    """The version as a text of at most MOST_SIGNS signs; its totals are those of the paper.

    Sections get as much room as fits; what is left out is said. Names after a form of address are taken out, numbers
    as long as a NIK or NIP are covered, and signs that WhatsApp would read as formatting are dropped.
    """
    head, foot = _head(snapshot), _foot(snapshot, marks)
    for room in ROOMS:
        text = _joined(head, _body(snapshot, room), foot)
        if len(text) <= MOST_SIGNS:
            return text
    return _cut(head, _body(snapshot, ROOMS[-1]), foot)


def _joined(head: list[str], body: list[str], foot: list[str]) -> str:
    numbered = [f"{number}. {line}" for number, line in enumerate(body, start=1)]
    return "\n".join([*head, "", *numbered, "", *foot])


def _cut(head: list[str], body: list[str], foot: list[str]) -> str:
    """As many sections as fit, and how many do not."""
    for kept in range(len(body) - 1, -1, -1):
        left = f"... {len(body) - kept} bagian lain ada di laporan lengkap."
        text = _joined(head, body[:kept], [left, *foot])
        if len(text) <= MOST_SIGNS:
            return text
    return _joined(head, [], foot)[:MOST_SIGNS]


def _head(snapshot: Snapshot) -> list[str]:
    kind = TITLES[snapshot.of_kind]
    moment = clock.local(snapshot.cut_off_at, snapshot.zone)
    when = ", ".join(filter(None, [snapshot.reading.h_text, ", ".join(snapshot.reading.stages)]))
    lines = ["SIMULASI, bukan laporan resmi"] if snapshot.is_simulated else []
    lines.append(f"*{kind}{' NIHIL' if snapshot.is_nil else ''} {_short(snapshot.desk_name.upper(), 120)}*")
    if snapshot.title and snapshot.of_kind is Kind.BRIEF:
        lines.append(_short(snapshot.title, 120))
    told = waktu_panjang(moment, clock.abbreviation(snapshot.zone))
    if moment.date() != snapshot.day:
        told = f"{tanggal(snapshot.day)}; data {told}"
    lines.append(told + (f" ({_short(when, 100)})" if when else ""))
    to = (
        f"Yth. {_short(snapshot.above_name, 100)}, izin melaporkan:"
        if snapshot.above_name
        else "Izin melaporkan:"
    )
    return [*lines, "", to]


def _body(snapshot: Snapshot, room: int) -> list[str]:
    reason = f", {_short(snapshot.grade_reason, room)}" if snapshot.grade_reason else ""
    lines = [f"*Situasi*: {snapshot.of_grade.label.lower()}{reason}"]
    lines += [f"*{line.label}*: {line.said}" for line in totals_of(snapshot)]
    lines += _stations(snapshot)
    for section in snapshot.sections:
        said = _said(snapshot.figures_of(section), section, room)
        if said:
            lines.append(f"*{section.title}*: {said}")
    silent = snapshot.reading.silent
    if silent:
        lines.append(f"*Belum melapor*: {_listed(list(silent), room)}")
    return lines


def _stations(snapshot: Snapshot) -> list[str]:
    """How many TPS there are, and how many of them at special locations; nothing where that is not known."""
    known = {one.label: one.value for one in snapshot.reading.reference if one.value is not None}
    whole, special = (known.get(label) for label in STATIONS)
    if whole is None:
        return []
    return [f"*TPS*: {angka(whole)}" + (f" ({angka(special)} lokasi khusus)" if special else "")]


def _said(figures: tuple[Fact, ...], section: SectionText, room: int) -> str:
    """The section's leading figures, as many as fit, then its text in what room is left."""
    leading = sorted((fact for fact in figures if _leads(fact)), key=lambda fact: LEADING.index(fact.key))
    told = ""
    for fact in leading or figures:
        more = "; ".join(filter(None, [told, _plain(f"{fact.label} {fact.said}")]))
        if told and len(more) > room:
            break
        told = more
    left = room - len(told)
    text = _short(section.text, left) if section.text and left >= ROOMS[-1] else ""
    return "; ".join(filter(None, [told, text]))


def _leads(fact: Fact) -> bool:
    """A figure of the list that says something: a kabupaten that counts itself does not."""
    return fact.key in LEADING and not (fact.whole == 1 and fact.unit == "kabupaten/kota")


def _listed(parts: list[str], room: int) -> str:
    """As many parts as fit, and how many are left off; the first always stands."""
    parts = [_plain(part) for part in parts]
    kept: list[str] = []
    for part in parts:
        if kept and len("; ".join([*kept, part])) > room:
            break
        kept.append(part)
    left = len(parts) - len(kept)
    return "; ".join(kept) + (f"; {left} lagi di laporan lengkap" if left else "")


def _foot(snapshot: Snapshot, marks: Marks) -> list[str]:
    sources = dict.fromkeys(
        fact.source for fact in snapshot.reading.figures if fact.source and not fact.is_silent
    )
    state = STATES.get(State(marks.state), State(marks.state).label.lower())
    code = f" Kode cek: {marks.code}." if marks.code else ""
    listed = _listed([*sources], 160) if sources else snapshot.desk_name
    return [
        f"Sumber: {listed}. Angka lain ada di laporan lengkap.",
        f"Keadaan: {state}, versi {snapshot.version}.{code}",
    ]


def _plain(text: str) -> str:
    flat = _FORMATTING.sub("", incidents.without_names(" ".join(text.split())))
    return _LONG_NUMBERS.sub("(nomor ditutup)", flat)


def _short(text: str, room: int) -> str:
    """The text in one line, cut at a word where it is too long."""
    flat = _plain(text)
    if len(flat) <= room:
        return flat
    return flat[: room - 3].rsplit(" ", 1)[0][: room - 3] + "..."
