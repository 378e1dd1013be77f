"""Rows of the people sheet, read one by one: what is said in them, and what of it cannot be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.documents.tables import RowError, SheetColumn, SheetRow, day_of
from app.domain import accounts, clock, regions
from app.domain.accounts import Person, Proposal, Role, Standing, Unit
from app.domain.checklists import AREAS
from app.domain.errors import Invalid
from app.domain.regions import RegionRow

ROLES = {role.label.casefold(): role for role in Role} | {role.value: role for role in Role}
STANDINGS = {standing.value.casefold().strip("."): standing for standing in Standing}
YES, NO = frozenset({"ya", "y", "1"}), frozenset({"", "tidak", "t", "0", "-"})


def columns(units: list[Unit], region: str) -> tuple[SheetColumn, ...]:
    """The template's columns; the units are those of this desk, and the region is the example."""
    roles = tuple(role.label for role in Role)
    standings = tuple(standing.value for standing in Standing)
    names = tuple(unit.name for unit in units)
    return (
        SheetColumn("name", "Nama", "Nama lengkap orangnya.", required=True, example="Siti Aminah", width=30),
        SheetColumn(
            "username",
            "Nama akun",
            "Untuk masuk: huruf kecil, angka, titik. Kosong: dibuat dari nama.",
            example="siti.aminah",
            width=22,
        ),
        SheetColumn("role", "Peran", "Perannya di desk.", required=True, choices=roles, example="Operator"),
        SheetColumn(
            "region", "Kode wilayah", "Kode Kemendagri wilayah tugasnya.", required=True, example=region
        ),
        SheetColumn(
            "unit",
            "Perangkat daerah",
            "Nama atau kodenya. Kosong: tidak terbatas pada satu perangkat daerah.",
            choices=names,
            width=30,
        ),
        SheetColumn(
            "areas",
            "Bidang",
            f"Kode bidang, dipisah koma: {', '.join(AREAS)}. Kosong: semua bidang.",
            example="LOG, KTP",
        ),
        SheetColumn(
            "standing", "Status jabatan", "Kosong: definitif.", choices=standings, example="definitif"
        ),
        SheetColumn(
            "position",
            "Jabatan",
            "Seperti pada blok tanda tangan.",
            example="Kepala Bidang Politik Dalam Negeri",
            width=34,
        ),
        SheetColumn("rank", "Pangkat", "Pangkat dan golongan.", example="Pembina, IV/a"),
        SheetColumn("number", "NIP", "18 angka.", example="198503172010012003", width=22),
        SheetColumn(
            "starts_on", "Mulai", "Hari pertama bertugas. Kosong: hari ini.", example="01/11/2024", form="day"
        ),
        SheetColumn(
            "ends_on",
            "Sampai",
            "Hari terakhir bertugas. Kosong: sampai diakhiri.",
            example="31/12/2024",
            form="day",
        ),
        SheetColumn("document", "Nomor SK", "Surat penugasannya.", example="200.2/118/KPTS/2024", width=26),
        SheetColumn(
            "signs", "Menandatangani", "Ya bila menandatangani laporan desk.", choices=("Ya", "Tidak")
        ),
        SheetColumn(
            "on_behalf_of",
            "Atas nama (a.n.)",
            "Jabatan yang diatasnamakan saat menandatangani. Kosong: atas jabatan sendiri.",
            example="Bupati Berau",
            width=26,
        ),
        SheetColumn(
            "through",
            "Untuk beliau (u.b.)",
            "Jabatan di antara keduanya. Hanya bila a.n. diisi.",
            example="Sekretaris Daerah",
            width=26,
        ),
    )


@dataclass(frozen=True)
class Scope:
    """What rows are read against: who imports, where, and what exists there."""

    by: Person
    region: str
    regions: Mapping[str, RegionRow]
    """The regions in force within `region`, by code."""
    elsewhere: Mapping[str, str]
    """Other regions that the rows name, code to name."""
    units: Mapping[str, Unit]
    """By code and by name, both in small letters."""

    @classmethod
    def of(cls, by: Person, region: str, codes: set[str]) -> Scope:
        """Read what these region codes are, and the units. Three statements."""
        here = {row.code: row for row in regions.regions_under([region])}
        units: dict[str, Unit] = {}
        for unit in accounts.units():
            units[unit.code.casefold()] = units[unit.name.casefold()] = unit
        return cls(by, region, here, regions.names_of(codes - here.keys()), units)


@dataclass
class ReadRow:
    """A row as it was understood; only one without errors has a `proposal`."""

    number: int
    name: str
    username: str
    proposal: Proposal | None = None
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, column: str, message: str) -> None:
        """Note what is wrong in a column."""
        self.errors.append(RowError(self.number, column, message))


def read(row: SheetRow, scope: Scope) -> ReadRow:
    """Understand a row by itself, whatever stands in the others."""
    said = row.values
    found = ReadRow(row.number, " ".join(said["name"].split()), said["username"].casefold())
    _check_person(found)
    role = ROLES.get(said["role"].casefold())
    if role is None and said["role"]:
        found.refuse("role", f"Peran tidak dikenal. Pilih: {', '.join(role.label for role in Role)}.")
    place = _place(said["region"], found, scope)
    unit = scope.units.get(said["unit"].casefold())
    if unit is None and said["unit"]:
        found.refuse("unit", "Perangkat daerah ini tidak ada dalam daftar. Pilih dari daftar pada templat.")
    areas = _areas(said["areas"], found)
    standing = STANDINGS.get(said["standing"].casefold().strip(".") or Standing.DEFINITIVE.value)
    if standing is None:
        found.refuse("standing", f"Status jabatan tidak dikenal. Pilih: {', '.join(Standing)}.")
    starts_on, ends_on = _days(said, found, place)
    number = re.sub(r"[\s.]", "", said["number"])
    signs = said["signs"].casefold()
    if signs not in YES | NO:
        found.refuse("signs", "Isi Ya atau Tidak.")
    _check_terms(found, starts_on, ends_on, number, said)
    _check_manner(found, signs in YES, said)
    if found.errors or role is None or place is None or standing is None or starts_on is None:
        return found
    if not accounts.holds(scope.by, place.code, unit.id if unit else None, areas):
        found.refuse(
            "", "Penugasan Anda sebagai admin terbatas, jadi ini tidak dapat Anda berikan. Minta admin lain."
        )
        return found
    found.proposal = Proposal(
        role=role,
        region=place.code,
        starts_on=starts_on,
        ends_on=ends_on,
        unit_code=unit.code if unit else None,
        areas=areas,
        standing=standing,
        position=said["position"],
        rank=said["rank"],
        employee_number=number,
        signs=signs in YES,
        on_behalf_of=said["on_behalf_of"],
        through=said["through"],
        document=said["document"],
    )
    return found


def _check_person(found: ReadRow) -> None:
    try:
        if found.name:
            accounts.check_name(found.name)
        if found.username:
            accounts.check_username(found.username)
    except Invalid as refusal:
        for column, message in refusal.fields.items():
            found.refuse(column, message)


def _place(code: str, found: ReadRow, scope: Scope) -> RegionRow | None:
    place = scope.regions.get(code)
    if place is not None or not code:
        return place
    if code not in scope.elsewhere:
        found.refuse(
            "region",
            f"Wilayah dengan kode {code[:20]} tidak ada. Tulis kodenya sebagai teks, dengan titik dan nolnya.",
        )
    elif regions.contains(scope.region, code):
        found.refuse("region", f"{scope.elsewhere[code]} sudah tidak berlaku. Pilih wilayah penggantinya.")
    else:
        found.refuse(
            "region",
            f"{scope.elsewhere[code]} di luar wilayah impor ini. Minta admin di sana, atau hapus barisnya.",
        )
    return None


def _areas(text: str, found: ReadRow) -> tuple[str, ...]:
    """Codes in the text, by code or by name."""
    names = {name.casefold(): code for code, name in AREAS.items()}
    codes: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;/]", text))):
        if part.casefold() in names:
            codes.append(names[part.casefold()])
        else:
            codes += part.upper().split()
    unknown = [code for code in codes if code not in AREAS]
    if unknown:
        found.refuse("areas", f"Bidang {unknown[0][:20]} tidak ada. Pilih: {', '.join(AREAS)}.")
    return tuple(dict.fromkeys(codes))


def _days(
    said: Mapping[str, str], found: ReadRow, place: RegionRow | None
) -> tuple[dt.date | None, dt.date | None]:
    days: list[dt.date | None] = []
    for column in ("starts_on", "ends_on"):
        day = day_of(said[column])
        if said[column] and (day is None or not 2000 <= day.year <= 2100):
            found.refuse(column, "Tanggal tidak dikenal. Contoh: 25/11/2024.")
            day = None
        days.append(day)
    starts_on, ends_on = days
    if not said["starts_on"] and place is not None:
        starts_on = clock.today(regions.zone_of(place.code))
    return starts_on, ends_on


def _check_manner(found: ReadRow, signs: bool, said: Mapping[str, str]) -> None:
    """Whose name is signed in, as `appoint` asks it."""
    try:
        accounts.check_manner(signs, said["position"], said["on_behalf_of"], said["through"])
    except Invalid as refusal:
        for column, message in refusal.fields.items():
            found.refuse(column, message)


COLUMN_OF = {"employee_number": "number"}


def _check_terms(
    found: ReadRow, starts_on: dt.date | None, ends_on: dt.date | None, number: str, said: Mapping[str, str]
) -> None:
    """What `appoint` itself refuses, each where it stands."""
    texts = [{name: said[name]} for name in ("position", "rank", "document", "on_behalf_of", "through")]
    first = starts_on or ends_on or dt.date.max
    for last, employee_number, text in (
        (ends_on, "", {}),
        (None, number, {}),
        *((None, "", t) for t in texts),
    ):
        try:
            accounts.check_terms(first, last, employee_number, **text)
        except Invalid as refusal:
            for column, message in refusal.fields.items():
                found.refuse(COLUMN_OF.get(column, column), message)
