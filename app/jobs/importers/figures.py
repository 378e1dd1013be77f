"""Reference figures by a sheet: what sources say of many regions, old and new side by side before it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from app.documents.tables import Checked, RowError, SheetColumn, SheetRow, day_of
from app.domain import clock, figures, regions
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid
from app.domain.figures import UNKNOWN, Statement
from app.domain.regions import FigureKind, RegionRow, Said
from app.jobs.importers.naming import name_of

Key = tuple[str, FigureKind]
SHOWN = 50
HEAD = ("Baris", "Wilayah", "Angka", "Sekarang", "Menjadi", "Keterangan")
KINDS = {kind.label.casefold(): kind for kind in FigureKind} | {kind.value: kind for kind in FigureKind}
TWO_WAYS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
"""In a figure with decimals: 716.531 typed as text is a thousand times what it is as a cell's number."""
DECIMAL_CELL = re.compile(r"[0-9]+\.[0-9]+")
NEW, CHANGED, SAME, BESIDE = "baru", "berubah", "tetap", "tercatat di samping sumber yang dipilih"
OLDER = "tercatat di samping, sebab dokumennya lebih lama"


@dataclass(frozen=True)
class Planned:
    """One row that can be recorded: what it says, where, and what its figure is before and after."""

    row: int
    place: str
    statement: Statement
    before: Said | None
    after: Said

    @property
    def is_new(self) -> bool:
        """Whether it says anything that its source has not said before."""
        spoken = () if self.before is None else self.before.statements
        wanted = self.statement
        return not any(
            (old.source, old.value, old.document, old.dated_on, old.note)
            == (wanted.source, wanted.value, wanted.document, wanted.dated_on, wanted.note)
            for old in spoken
        )

    @property
    def is_outdated(self) -> bool:
        """Whether it is only kept, because the figure in force has a newer document."""
        return self.is_new and self.before is not None and self.before.outdates(self.after.statements[0])

    @property
    def remark(self) -> str:
        """What becomes of it, in words."""
        if not self.is_new:
            return SAME
        if self.is_outdated:
            return OLDER
        if self.after.in_force is not self.after.statements[0]:
            return BESIDE
        said = NEW if self.before is None else CHANGED
        if self.after.is_open:
            others = {
                o.value for o in self.after.statements[1:] if o.value not in (None, self.statement.value)
            }
            said += ", berbeda dengan " + ", ".join(sorted(map(_words, others)))
        return said


class FiguresImporter:
    """Kind `angka`; see `app.jobs.importing.Importer`."""

    kind = "angka"
    title = "Angka acuan"
    permission = Permission.REGION_MANAGE
    governs = False
    is_secret = False
    back = "figures.index"
    back_values: ClassVar[dict[str, str]] = {}

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """Where, what, how much, and who says so."""
        labels = tuple(kind.label for kind in FigureKind)
        return (
            SheetColumn("code", "Kode wilayah", "Kode Kemendagri.", required=True, example=region, width=16),
            SheetColumn(
                "place", "Wilayah", "Nama, untuk mencocokkan kodenya.", example=name_of(region), width=26
            ),
            SheetColumn(
                "kind", "Jenis angka", "Apa yang dihitung.", required=True, choices=labels, example="TPS"
            ),
            SheetColumn(
                "value",
                "Nilai",
                f"Angkanya, atau «{UNKNOWN}». Kosong tidak dianggap nol.",
                required=True,
                example="475",
            ),
            SheetColumn(
                "source", "Sumber", "Siapa yang menyebutnya.", required=True, example="KPU Berau", width=34
            ),
            SheetColumn("document", "Dokumen", "Nomor dan judulnya.", example="SK Nomor 12", width=30),
            SheetColumn("dated_on", "Tanggal", "Tanggal dokumen.", example="20/09/2024", width=14),
            SheetColumn("note", "Catatan", "Paling banyak 300 tanda.", width=34),
        )

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """All that `apply` would refuse, row by row, or old and new of each figure with what that moves."""
        plan, errors = _plan(rows, by, region)
        if errors:
            return Checked(tuple(errors), ())
        return Checked((), _facts(plan), HEAD, tuple(map(_line, plan[:SHOWN])))

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> str:
        """Record every row that says anything new; raises Invalid when a row cannot be recorded any more."""
        plan, errors = _plan(rows, by, region)
        if errors:
            raise Invalid(f"Baris {errors[0].row}: {errors[0].message}")
        new = [planned.statement for planned in plan if planned.is_new]
        progress(0, len(new))
        if new:
            figures.record_many(new, by=by)
        same = len(plan) - len(new)
        return f"{len(new)} angka dicatat" + (f", {same} sudah sama." if same else ".")


def _plan(rows: Sequence[SheetRow], by: Person, region: str) -> tuple[list[Planned], list[RowError]]:
    """What each row says against what is said already; a later row of the sheet sees the earlier ones."""
    places = regions.found(row.values["code"] for row in rows)
    errors: list[RowError] = []
    read: list[tuple[SheetRow, Statement]] = []
    for row in rows:
        statement = _read(row, places, by, region, errors)
        if statement is not None:
            read.append((row, statement))
    errors += _repeated(read)
    said = regions.said_of(sorted({statement.code for _, statement in read})) if not errors else {}
    plan = []
    for row, statement in read if not errors else []:
        before = said.get((statement.code, statement.kind))
        planned = Planned(
            row.number, places[statement.code].title, statement, before, figures.said_after(before, statement)
        )
        plan.append(planned)
        if planned.is_new:
            said[statement.code, statement.kind] = planned.after
    return plan, sorted(errors, key=lambda error: error.row)


def _read(
    row: SheetRow, places: dict[str, RegionRow], by: Person, region: str, errors: list[RowError]
) -> Statement | None:
    said = {key: " ".join(text.split()) for key, text in row.values.items()}
    kind = KINDS.get(said["kind"].casefold())
    faults = {
        "code": _fault_of_place(said["code"], places, by, region),
        "place": _fault_of_name(said["place"], places.get(said["code"])),
        "kind": "" if kind else "Pilih jenis angka dari daftar pada templat.",
        "source": "" if said["source"] else "Tuliskan sumbernya.",
    }
    value, faults["value"] = _value(said["value"], kind) if kind else (None, "")
    day, faults["dated_on"] = _day(said["dated_on"], said["code"])
    for key, most in (("source", 400), ("document", 200), ("note", 300)):
        if len(said[key]) > most:
            faults[key] = f"Paling banyak {most} tanda."
    wrong = [RowError(row.number, key, sentence) for key, sentence in faults.items() if sentence]
    errors += wrong
    if wrong or kind is None:
        return None
    return Statement(said["code"], kind, value, said["source"], said["document"], day, said["note"])


def _fault_of_place(code: str, places: dict[str, RegionRow], by: Person, region: str) -> str:
    if code not in places:
        return f"Kode «{code[:20]}» tidak ada dalam daftar wilayah." if code else "Isi kode wilayahnya."
    if not by.may(Permission.REGION_MANAGE, region=code):
        return f"{places[code].title} di luar penugasan Anda."
    if not regions.contains(region, code):
        return f"{places[code].title} di luar wilayah yang Anda pilih untuk impor ini."
    return ""


def _fault_of_name(name: str, place: RegionRow | None) -> str:
    """A name that belongs to another region tells that the code was mistyped."""
    if not name or place is None or place.name.casefold() in name.casefold():
        return ""
    bare = place.name.casefold().removeprefix("kabupaten ").removeprefix("kota ")
    return "" if bare in name.casefold() else f"Kode ini milik {place.title}. Cocokkan kode dengan namanya."


def _value(text: str, kind: FigureKind) -> tuple[Decimal | None, str]:
    if not text:
        return None, f"Isi angkanya, atau tulis «{UNKNOWN}». Kosong tidak dianggap nol."
    if text.casefold() == UNKNOWN:
        return None, ""
    if not kind.is_whole and TWO_WAYS.fullmatch(text):
        return None, f"«{text}» dapat berarti dua hal. Bulatkan menjadi dua angka di belakang koma."
    try:
        is_cell = not kind.is_whole and DECIMAL_CELL.fullmatch(text)
        value = Decimal(text) if is_cell else regions.read_number(text)
        regions.check_value(kind, value)
    except Invalid as refusal:
        return None, refusal.message
    return value, ""


def _day(text: str, code: str) -> tuple[dt.date | None, str]:
    if not text:
        return None, ""
    day = day_of(text)
    if day is None:
        return None, "Tanggal tidak dikenal. Contoh: 25/11/2024."
    if day > clock.today(regions.zone_of(code)):
        return None, "Tanggal dokumen belum tiba. Periksa tahunnya."
    return day, ""


def _repeated(read: Sequence[tuple[SheetRow, Statement]]) -> list[RowError]:
    """The same figure of the same source twice: with another value nobody knows which one is meant."""
    first: dict[tuple[str, FigureKind, str], tuple[int, Statement]] = {}
    errors = []
    for row, statement in read:
        key = (statement.code, statement.kind, statement.source.casefold())
        number, before = first.setdefault(key, (row.number, statement))
        if number == row.number:
            continue
        if before.value == statement.value:
            errors.append(RowError(row.number, "", f"Mengulang baris {number}. Hapus salah satunya."))
        else:
            sentence = f"Sumber yang sama menyebut nilai lain pada baris {number}. Sisakan yang benar."
            errors.append(RowError(row.number, "value", sentence))
    return errors


def _facts(plan: Sequence[Planned]) -> tuple[tuple[str, str], ...]:
    new = [planned for planned in plan if planned.is_new]
    first: dict[Key, Said | None] = {}
    last: dict[Key, Said] = {}
    for planned in new:
        key = planned.statement.code, planned.statement.kind
        first.setdefault(key, planned.before)
        last[key] = planned.after
    changes = {
        key: (None if before is None else before.in_force.value, last[key].in_force.value)
        for key, before in first.items()
    }
    moved = figures.moves(changes, examples=0)
    facts = [
        ("Angka yang dicatat", str(len(new))),
        ("Sudah sama", str(len(plan) - len(new))),
        ("Sumber menyebut angka berbeda", str(sum(said.is_open for said in last.values()))),
        ("Isian terbuka yang jumlah seluruhnya berubah", str(moved.moved)),
    ]
    outdated = sum(planned.is_outdated for planned in new)
    if outdated:
        facts.append(("Dokumennya lebih lama daripada yang berlaku", f"{outdated} dicatat, belum dipakai"))
    if moved.kept:
        facts.append(("Isian yang jumlahnya sudah tercatat", f"{moved.kept} tetap memakai yang tercatat"))
    return tuple(facts)


def _line(planned: Planned) -> tuple[str, ...]:
    before = planned.before
    return (
        str(planned.row),
        planned.place,
        planned.statement.kind.label,
        "–" if before is None else _words(before.in_force.value),
        _words(planned.after.in_force.value if planned.is_new or before is None else before.in_force.value),
        planned.remark,
    )


def _words(value: Decimal | None) -> str:
    if value is None:
        return UNKNOWN
    text = f"{value:,.3f}".translate(str.maketrans(",.", ".,"))
    return text.rstrip("0").rstrip(",")
