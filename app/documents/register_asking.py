"""What a person asks of a register: the filters of an address as words, and the printed list that they may become.

The words go with the job and are read again by the worker, in the same way as those of the page.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from app.documents.asking import slug
from app.domain import registers
from app.domain.accounts import Permission, Person
from app.domain.all_registers import register_of
from app.domain.errors import Invalid, NotFound
from app.domain.registers import Column, Filters, Register
from app.web.forms import parse_day, small_number
from app.words import angka, tanggal_panjang

LIST_JOB = "register_list"
"""The kind of job that prints a register's list."""

MOST_IN_PDF = 7_000
"""Records on paper: all TPS of Kalimantan Timur, some 300 pages, which a small server prints within a minute."""


def field_name(column: Column) -> str:
    """What the column's field is called in forms and addresses: its label without signs and blanks."""
    plain = unicodedata.normalize("NFKD", column.label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


class Asked(NamedTuple):
    """The filters of an address as they were chosen, and what they mean; what is unknown is no filter."""

    typed: dict[str, str]
    filters: Filters

    @property
    def in_words(self) -> str:
        """What was asked for, as the trail keeps it."""
        return ", ".join(f"{name} {text}" for name, text in self.typed.items() if text)


def asked(register: Register, words: Mapping[str, str]) -> Asked:
    """The filters of an address, of the form that downloads what they show, or of a job."""
    picked = {column: field_name(column) for column in register.filters}
    names = ("wilayah", "cari", "keadaan", "sejak", "sampai", "batal", *picked.values())
    typed = {name: words.get(name, "").strip()[:80] for name in names}
    picks = {column.name: typed[name] for column, name in picked.items() if typed[name] in column.choices}
    for column, name in picked.items():
        typed[name] = picks.get(column.name, "")
    states = {state.value for state in register.flow.words} if register.flow else set()
    typed["keadaan"] = typed["keadaan"] if typed["keadaan"] in states else ""
    typed["batal"] = "ya" if typed["batal"] == "ya" else ""
    since, until = _day(typed, "sejak"), _day(typed, "sampai")
    parents: dict[str, int] = {}
    for name in register.parents:
        number = small_number(words.get(name, ""))
        if number is not None:
            parents[name], typed[name] = number, str(number)
    filters = Filters(
        typed["wilayah"],
        typed["cari"],
        typed["keadaan"],
        since,
        until,
        picks,
        parents,
        typed["batal"] == "ya",
    )
    return Asked(typed, filters)


def _day(typed: dict[str, str], name: str) -> dt.date | None:
    day = parse_day(typed[name])
    typed[name] = day.isoformat() if day else ""
    return day


@dataclass(frozen=True)
class ListAsk:
    """One printed list. `region` is the desk whose letterhead it carries.

    `reach` and `trusted` are the tops of what the person read when they asked, of all and of restricted records.
    """

    register: Register
    said: Asked
    region: str
    reach: tuple[str, ...]
    trusted: tuple[str, ...]

    @classmethod
    def of(cls, register: Register, said: Asked, person: Person, home: str) -> Self:
        """What this person asks for, on the paper of the chosen region's desk, else of the desk they work at."""
        reach = registers.roots(person, register)
        at_home = registers.may(person, register, Permission.REGISTER_READ, home)
        region = said.filters.region or (home if at_home else reach[0])
        return cls(register, said, region, reach, _trusted(register, person))

    def to_params(self) -> dict[str, Any]:
        """Plain values for the job's row."""
        return {
            "register": self.register.key,
            "words": {name: text for name, text in self.said.typed.items() if text},
            "region": self.region,
            "reach": list(self.reach),
            "trusted": list(self.trusted),
            "format": "pdf",
        }

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """What `to_params` made, read again. Raises NotFound for a register that is no more."""
        register = register_of(params["register"])
        said = asked(register, params["words"])
        return cls(register, said, params["region"], tuple(params["reach"]), tuple(params["trusted"]))

    def is_still_for(self, person: Person) -> bool:
        """Whether the person reads all that they read when they asked: else the file is not for them any more."""
        read = Permission.REGISTER_READ
        return all(registers.may(person, self.register, read, code) for code in self.reach) and all(
            registers.may(person, self.register, Permission.REGISTER_RESTRICTED, code)
            for code in self.trusted
        )

    def file_name(self, region_name: str, today: dt.date) -> str:
        """edaran-netralitas-kabupaten-berau-2024-11-25.pdf: plain letters that every system can keep."""
        return f"{slug(f'{self.register.key} {region_name}')[:100]}-{today.isoformat()}.pdf"


def _trusted(register: Register, person: Person) -> tuple[str, ...]:
    if not register.restricted_by:
        return ()
    return registers.roots(person, register, Permission.REGISTER_RESTRICTED)


def refuse_too_many(records: int, what: str = "catatan") -> None:
    """Refuse (Invalid) a list on paper that nobody could leaf through; `what` its lines are called."""
    most = MOST_IN_PDF
    if records > most:
        raise Invalid(
            f"PDF memuat paling banyak {angka(most)} {what}, sedangkan saringan ini memuat {angka(records)}. "
            "Persempit saringannya, atau unduh CSV."
        )


def filters_in_words(register: Register, filters: Filters, person: Person) -> list[str]:
    """The filters as a reader of paper understands them; the region, which stands apart there, left out."""
    columns = register.by_name
    said = [
        f"{register.by_name[name].label}: {register.by_name[name].words(value)}"
        for name, value in filters.picks.items()
    ]
    if filters.state:
        said.append(f"Keadaan: {register.state_words(filters.state)}")
    if register.day and filters.since:
        said.append(f"{columns[register.day].label} sejak {tanggal_panjang(filters.since)}")
    if register.day and filters.until:
        said.append(f"{columns[register.day].label} sampai {tanggal_panjang(filters.until)}")
    if filters.text:
        said.append(f"Memuat kata “{filters.text}”")
    said += [_kin(register.parents[name], number, person) for name, number in filters.parents.items()]
    if filters.with_withdrawn:
        said.append("Termasuk yang dibatalkan")
    return said


def _kin(parent: Register, record_id: int, person: Person) -> str:
    try:
        row = registers.find(parent, record_id, person)
    except NotFound:
        return f"Bagian dari satu {parent.one}"
    return f"Bagian dari {parent.one} {row.number}, {row.region_name}"
