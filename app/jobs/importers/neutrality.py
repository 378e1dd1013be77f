"""Cases of neutrality by a sheet. Names go from the cell into the lock: no error, preview or trail repeats them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from app.documents.tables import Checked, RowError, SheetColumn, SheetRow, day_of
from app.domain import neutrality
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotAllowed
from app.domain.neutrality import (
    BEGINNINGS,
    OTHER_BREACH,
    ROUTES,
    CaseSaid,
    CaseState,
    Kind,
    Line,
    MoveSaid,
    Planned,
    Source,
    breach_title,
    breaches,
)
from app.jobs.importers.naming import misnamed, name_of

SHOWN = 50
HEAD = ("Baris", "Wilayah", "Jenis orang", "Pelanggaran", "Langkah", "Nama", "Yang terjadi")
NO_NAMES = "Tanpa nama orang dan tanpa nomor identitas."
UNREADABLE = "Tanggal tidak dikenal. Contoh: 25/11/2024."
PICK = "Pilih salah satu dari daftar pada templat."
STEP_CELLS = ("done_on", "letter_number", "letter_date", "receiver", "note")


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


KINDS = {
    kind.words(village).casefold(): kind for kind in Kind for village in ("kampung/desa", "kampung", "desa")
}
SOURCES = {source.label.casefold(): source for source in Source}
STATES = {"": CaseState.RECORDED} | {state.label.casefold(): state for state in BEGINNINGS}


class NeutralityImporter:
    """Kind `netralitas`; see `app.jobs.importing.Importer`."""

    kind = "netralitas"
    title = "Netralitas"
    permission = Permission.NEUTRALITY_HANDLE
    governs = False
    is_secret = True
    back = "neutrality.index"
    back_values: ClassVar[dict[str, str]] = {}

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """What the form asks for. Refuses (NotAllowed) who handles cases in no region of their own."""
        if not neutrality.own_regions(by, Permission.NEUTRALITY_HANDLE):
            raise NotAllowed(
                "Kasus diimpor oleh operator kabupaten/kota atau provinsi yang membidangi netralitas. "
                "Hubungi admin desk bila seharusnya Anda."
            )
        return (*_facts_columns(region), *_step_columns())

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """All that `apply` would refuse, row by row, or which cases are new and which are there word for word."""
        planned, errors = _plan(rows, by, region)
        if errors:
            return Checked(tuple(errors), ())
        return Checked((), _facts(planned), HEAD, tuple(map(_line, planned[:SHOWN])))

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> str:
        """Record the cases that are not there yet; raises Invalid when a row cannot be any more."""
        planned, errors = _plan(rows, by, region)
        if errors:
            raise Invalid(f"Baris {errors[0].row}: {errors[0].message}")
        new = [one.case for one in planned if one.is_new]
        if new:
            neutrality.record_many(new, by=by, progress=progress)
        return f"{len(new)} kasus dicatat, {len(planned) - len(new)} tetap."


def _facts_columns(region: str) -> tuple[SheetColumn, ...]:
    kinds = tuple(_title(kind.words()) for kind in Kind)
    known = tuple(one.words for one in breaches().values())
    sources = tuple(source.label for source in Source)
    return (
        SheetColumn(
            "region",
            "Kode wilayah",
            "Kode Kemendagri kabupaten/kota atau provinsi tempat Anda sendiri ditugaskan.",
            required=True,
            example=region,
            width=16,
        ),
        SheetColumn(
            "region_name", "Wilayah", "Nama, untuk mencocokkan kodenya.", example=name_of(region), width=26
        ),
        SheetColumn("kind", "Jenis orang", "Kasus ini tentang siapa.", True, kinds, "PNS", 22),
        SheetColumn(
            "breach",
            "Jenis pelanggaran",
            "Pilih dari daftar, atau tulis kodenya. Kosong: isi Pelanggaran lain.",
            choices=known,
            example="DS2",
            width=40,
        ),
        SheetColumn(
            "breach_words",
            "Pelanggaran lain",
            "Dengan kata sendiri, hanya bila tidak ada dalam daftar.",
            width=30,
        ),
        SheetColumn("source", "Sumber", "Dari mana diketahui.", True, sources, sources[0], 22),
        SheetColumn(
            "agency",
            "Instansi",
            f"Secara umum. {NO_NAMES}",
            required=True,
            example="Dinas di lingkungan Pemerintah Kabupaten",
            width=34,
        ),
        SheetColumn(
            "occurred_on",
            "Tanggal kejadian",
            "Kosongkan bila tidak diketahui.",
            example="20/11/2024",
            form="day",
        ),
        SheetColumn(
            "occurred_note",
            "Mengapa tanggalnya tidak diketahui",
            "Wajib bila Tanggal kejadian kosong.",
            example="Tidak disebut dalam laporan",
            width=30,
        ),
        SheetColumn(
            "known_on", "Tanggal diketahui desk", "Kapan desk tahu.", True, (), "22/11/2024", form="day"
        ),
        SheetColumn("place", "Tempat", "Tempat kejadian.", example="Media sosial", width=26),
        SheetColumn("account", "Uraian singkat", NO_NAMES, True, (), "Membagikan unggahan calon", 40),
        SheetColumn(
            "name",
            "Nama",
            "Disimpan terkunci; tidak tampil di pemeriksaan impor, daftar, laporan, atau jejak. Kosongkan bila tidak "
            "diperlukan. Berkas ini dihapus dari server begitu diterapkan atau dibatalkan; hapus juga yang di komputer "
            "Anda.",
            width=26,
        ),
        SheetColumn("nip_tail", "Angka terakhir NIP", "Paling banyak 4 angka.", example="1001", width=14),
    )


def _step_columns() -> tuple[SheetColumn, ...]:
    states = tuple(state.label for state in BEGINNINGS)
    receivers = tuple(sorted({words for route in ROUTES.values() for words in route.receivers}))
    return (
        SheetColumn(
            "state",
            "Sudah sampai di langkah",
            "Kosong: baru dicatat.",
            choices=states,
            example=states[1],
            width=22,
        ),
        SheetColumn("done_on", "Tanggal langkah itu", "Kosong: jelaskan di Catatan langkah.", form="day"),
        SheetColumn("letter_number", "Nomor surat", "Untuk Diteruskan dan Rekomendasi.", width=26),
        SheetColumn("letter_date", "Tanggal surat", "Untuk Diteruskan dan Rekomendasi.", form="day"),
        SheetColumn("receiver", "Diteruskan ke", "Kosong: menurut jenis orang.", choices=receivers, width=24),
        SheetColumn(
            "note",
            "Catatan langkah",
            f"Jelaskan di sini bila tanggal atau nomor suratnya belum diketahui. {NO_NAMES}",
            width=34,
        ),
    )


def _plan(rows: Sequence[SheetRow], by: Person, region: str) -> tuple[list[Planned], list[RowError]]:
    errors: list[RowError] = []
    lines = [line for row in rows if (line := _read(row, errors)) is not None]
    planned, wrong = neutrality.plan(lines, by=by, within=region)
    errors += [RowError(one.row, one.field, one.message) for one in wrong]
    if not errors:
        errors = misnamed(rows)
    return ([], sorted(errors, key=lambda error: error.row)) if errors else (planned, [])


def _read(row: SheetRow, errors: list[RowError]) -> Line | None:
    """A row as a line; a cell that cannot be read is noted with the others of its row."""
    said = {key: text.strip() for key, text in row.values.items()}
    faults: dict[str, str] = {}
    kind, source = KINDS.get(said["kind"].casefold()), SOURCES.get(said["source"].casefold())
    state = STATES.get(said["state"].casefold())
    breach = _breach(said, faults)
    for column, found in (("kind", kind), ("source", source), ("state", state)):
        if found is None:
            faults[column] = PICK
    days = {
        column: _day(said, column, faults) for column in ("occurred_on", "known_on", "done_on", "letter_date")
    }
    if not said["known_on"]:
        faults["known_on"] = "Tuliskan tanggalnya."
    if state is CaseState.RECORDED and any(said[column] for column in STEP_CELLS):
        faults["state"] = (
            "Pilih langkahnya, atau kosongkan tanggal, surat, dan catatan langkah di sebelahnya."
        )
    errors += [RowError(row.number, column, sentence) for column, sentence in faults.items()]
    known_on = days["known_on"]
    if faults or kind is None or source is None or state is None or known_on is None:
        return None
    words = {
        key: said[key] for key in ("agency", "account", "breach_words", "occurred_note", "place", "name")
    }
    facts = CaseSaid(
        breach=breach,
        source=source,
        known_on=known_on,
        occurred_on=days["occurred_on"],
        nip_tail=said["nip_tail"],
        **words,
    )
    return Line(row.number, said["region"], kind, facts, state, _step(said, state, days))


def _step(said: dict[str, str], state: CaseState, days: dict[str, dt.date | None]) -> MoveSaid | None:
    """The last step that was taken; None where the case begins with the sheet."""
    if state is CaseState.RECORDED:
        return None
    return MoveSaid(
        days["done_on"], said["letter_number"], days["letter_date"], said["receiver"], said["note"]
    )


def _breach(said: dict[str, str], faults: dict[str, str]) -> str:
    """The code of what was picked or typed; own words where the list has none."""
    text, own = said["breach"].casefold(), said["breach_words"]
    if text and own:
        faults["breach_words"] = "Isi salah satu: jenis pelanggaran dari daftar, atau kata sendiri."
    if not text:
        if not own:
            faults["breach"] = "Pilih dari daftar, atau isi Pelanggaran lain."
        return OTHER_BREACH
    for code, one in breaches().items():
        if text in (code.casefold(), one.words.casefold()):
            return code
    faults["breach"] = PICK
    return ""


def _day(said: dict[str, str], column: str, faults: dict[str, str]) -> dt.date | None:
    if not said[column]:
        return None
    day = day_of(said[column])
    if day is None:
        faults[column] = UNREADABLE
    return day


def _facts(planned: Sequence[Planned]) -> tuple[tuple[str, str], ...]:
    new = [one.case for one in planned if one.is_new]
    kinds = Counter(one.kind.words() for one in new)
    facts = [("Baru", str(len(new))), ("Tetap, sudah tercatat sama persis", str(len(planned) - len(new)))]
    if new:
        named = sum(bool(one.said.name) for one in new)
        facts.append(
            ("Menurut jenis orang", ", ".join(f"{count} {words}" for words, count in kinds.most_common()))
        )
        facts.append(("Dengan nama, disimpan terkunci", str(named)))
    return tuple(facts)


def _line(one: Planned) -> tuple[str, ...]:
    said = one.case.said
    return (
        str(one.row),
        one.place.title,
        _title(one.case.kind.words()),
        breach_title(said.breach, said.breach_words),
        one.case.state.words(one.case.kind),
        "terkunci" if said.name and one.is_new else "–",
        "baru" if one.is_new else "tetap",
    )
