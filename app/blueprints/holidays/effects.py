"""What a change of the list of holidays moves, in sentences."""

from __future__ import annotations

from app.domain import all_clocks
from app.domain.stages import Day, DayOff, Holiday, Shift
from app.words import angka

ENTRIES_STAY = (
    "Tenggat isian daftar periksa tidak ikut bergeser: semuanya dihitung dalam hari kalender dari hari pemungutan "
    "suara."
)


def effects(*, added: list[Day] | None = None, removed: Holiday | None = None) -> list[str]:
    """What saving this would move, as sentences."""
    gone: list[DayOff] = [] if removed is None else [(removed.day, removed.region_code)]
    new: list[DayOff] = [(said.day, said.region_code) for said in added or []]
    shifts = all_clocks.shifts_of(added=new, removed=gone)
    told = [sentence for one, shift in shifts.items() for sentence in _of_one_kind(one, shift)]
    return [*told, ENTRIES_STAY]


def _of_one_kind(one: str, shift: Shift) -> list[str]:
    """Of all clocks of a kind; `one` is what it calls one, in small letters."""
    if not shift.running:
        return [f"Tidak ada {one} yang batas waktunya sedang berjalan."]
    if not shift.moved:
        return [f"Tidak ada batas waktu yang bergeser; {angka(shift.running)} {one} sedang berjalan."]
    told = [
        f"Batas waktu {angka(number)} dari {angka(shift.running)} {one} yang sedang berjalan menjadi lebih {word}."
        for number, word in ((shift.later, "lambat"), (shift.earlier, "cepat"))
        if number
    ]
    if shift.becoming_over:
        told.append(f"{angka(shift.becoming_over)} {one} menjadi lewat batas hari ini.")
    if shift.over_no_more:
        told.append(f"{angka(shift.over_no_more)} {one} yang sekarang lewat batas tidak lagi lewat.")
    return told
