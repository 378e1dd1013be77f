"""The library by a sheet: what goes out may be changed and brought in again; what it does not name stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.documents import library_sheet
from app.documents.library_sheet import COLUMN_OF, CROSS, Reader
from app.documents.sheet_template import make_template
from app.documents.tables import Checked, RowError, SheetColumn, SheetRow
from app.domain import accounts, checklists, stages
from app.domain.accounts import Permission, Person
from app.domain.checklists import Change, Proposal
from app.domain.checklists.library import CROSS_STAGE
from app.domain.errors import Invalid, NotNow
from app.domain.stages import Election
from app.words import angka

SHOWN = 50
HEAD = ("Kode", "Isian", "Sebelum", "Sesudah")


@dataclass(frozen=True)
class _Plan:
    """What a sheet would do: the changes, how many rows change nothing, and the differences as lines."""

    changes: tuple[Proposal, ...]
    same: int
    lines: tuple[tuple[str, ...], ...]


class LibraryImporter:
    """Kind `pustaka`; see `app.jobs.importing.Importer`."""

    kind = "pustaka"
    title = "Pustaka butir"
    permission = Permission.LIBRARY_MANAGE
    governs = True
    is_secret = False
    back = "library.index"
    back_values: ClassVar[dict[str, str]] = {}

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """An item's fields; stages and units are those of this desk."""
        return library_sheet.columns(stages.stages_of(stages.current_election()), accounts.units())

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """All that `apply` would refuse, row by row, or what changes and what that does to the entries."""
        election = stages.current_election()
        stages.govern(by, self.permission, election)
        plan, errors = _plan(election, rows)
        if errors:
            return Checked(tuple(errors), ())
        return Checked((), _facts(election, plan), HEAD, plan.lines[:SHOWN])

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> str:
        """Publish all changes together; where very many entries would follow, keep them as drafts instead.

        Raises NotNow when the library has changed so that a row no longer fits.
        """
        election = stages.current_election()
        stages.govern(by, self.permission, election)
        plan, errors = _plan(election, rows)
        if errors:
            raise NotNow("Pustaka berubah selagi berkas ini diperiksa. Periksa lagi, lalu terapkan.")
        if not plan.changes:
            return "Tidak ada yang berubah: isi lembar sama dengan pustaka."
        progress(1, 2)
        if checklists.is_much(election, plan.changes):
            checklists.save_drafts(election, plan.changes, by=by)
            return (
                f"{angka(len(plan.changes))} butir disimpan sebagai rancangan, sebab isian yang mengikutinya sangat "
                "banyak. Terbitkan dari halaman Rancangan di Pustaka butir."
            )
        made = checklists.put_in_force(election, plan.changes, by=by)
        return f"{angka(len(plan.changes))} butir diterbitkan, {angka(made)} isian baru dibuat."


def whole_library(by: Person) -> bytes:
    """All items in force as XLSX in the columns of the import."""
    election = stages.current_election()
    named = {stage.code: stage.name for stage in stages.stages_of(election)}
    units = {unit.id: unit.name for unit in accounts.units()}
    importer = LibraryImporter()
    rows = [
        library_sheet.cells(code, checklists.wording_of(version), named, units)
        for code, (item, version) in checklists.known_items().items()
        if item.retired_at is None
    ]
    return make_template(importer.kind, importer.title, importer.columns(by, ""), rows=rows)


def _plan(election: Election, rows: Sequence[SheetRow]) -> tuple[_Plan, list[RowError]]:
    """What the rows ask for, and all that is wrong in them."""
    reader = _reader(election)
    items = checklists.known_items()
    drafted = {draft.code: draft.author_name for draft in checklists.drafts()}
    repeated = {
        code for code, count in Counter(row.values["code"].upper() for row in rows).items() if count > 1
    }
    changes: dict[int, Proposal] = {}
    same = 0
    for row in rows:
        known = len(reader.errors)
        code, said = reader.read(row)
        item, current = items.get(code, (None, None))
        wording = checklists.tidy(said, checklists.wording_of(current) if current else None)
        change = Proposal(code, Change.REWORD if item else Change.ADD, wording, "", item, current)
        if len(reader.errors) > known:
            continue
        refused = _refused(code, repeated, drafted, change)
        if refused:
            reader.errors.append(RowError(row.number, "code", refused))
        elif change.changes:
            changes[row.number] = change
        else:
            same += 1
    reader.errors += _against_rules(election, changes)
    lines = [line for change in changes.values() for line in _lines(change, reader)]
    return _Plan(tuple(changes.values()), same, tuple(lines)), reader.errors


def _reader(election: Election) -> Reader:
    names = {stage.code: stage.name for stage in stages.stages_of(election)} | {CROSS_STAGE: CROSS}
    units = accounts.units()
    return Reader(
        {word.casefold(): code for code, name in names.items() for word in (name, code)},
        names,
        {word.casefold(): unit.id for unit in units for word in (unit.code, unit.name)},
        {unit.id: unit.name for unit in units},
    )


def _refused(code: str, repeated: set[str], drafted: dict[str, str], change: Proposal) -> str:
    if code in repeated:
        return f"{code} ada di lebih dari satu baris. Sisakan satu."
    if not change.changes:  # what changes nothing is in nobody's way
        return ""
    if code in drafted:
        return f"{code} sedang dirancang {drafted[code]}. Terbitkan atau buang rancangan itu dahulu."
    if change.item is not None and change.item.retired_at is not None:
        return f"{code} sudah dipensiunkan. Pakai lagi butirnya di Pustaka butir, atau hapus baris ini."
    return ""


def _against_rules(election: Election, changes: dict[int, Proposal]) -> list[RowError]:
    """What the rules refuse in each changed row, with all rows in force together."""
    items = checklists.known_items()
    around = checklists.surroundings(election, checklists.library_after(items, changes.values()))
    errors = []
    for number, change in changes.items():
        try:
            checklists.check_change(change, around, items)
        except Invalid as refusal:
            told = refusal.fields or {"": refusal.message}
            errors += [RowError(number, COLUMN_OF.get(name, ""), words) for name, words in told.items()]
    return errors


def _lines(change: Proposal, reader: Reader) -> list[tuple[str, ...]]:
    """Each changed cell of a row; a new item is one line."""
    if change.current is None:
        return [(change.code, "Butir baru", "kosong", change.wording.title)]
    heads = [column.title for column in library_sheet.columns((), ())]
    before, after = (
        library_sheet.cells(change.code, wording, reader.stage_names, reader.unit_names)
        for wording in (checklists.wording_of(change.current), change.wording)
    )
    return [
        (change.code, head, old or "kosong", new or "kosong")
        for head, old, new in zip(heads, before, after, strict=True)
        if old != new
    ]


def _facts(election: Election, plan: _Plan) -> tuple[tuple[str, str], ...]:
    effects = checklists.effects_of(election, plan.changes)
    new = sum(change.kind is Change.ADD for change in plan.changes)
    facts = [
        ("Butir baru", angka(new)),
        ("Butir yang berubah", angka(len(plan.changes) - new)),
        ("Sama dengan pustaka", angka(plan.same)),
        ("Isian baru muncul", angka(sum(effect.appears.total for effect in effects))),
        ("Isian yang belum disentuh hilang", angka(sum(effect.goes.total for effect in effects))),
        ("Isian belum disentuh memakai rumusan baru", angka(sum(effect.rewritten for effect in effects))),
        (
            "Isian yang sudah dikerjakan tetap pada rumusannya",
            angka(sum(sum(e.kept.values()) for e in effects)),
        ),
    ]
    return tuple(facts)
