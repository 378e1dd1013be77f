"""What a desk is founded with: read from plain words and checked before anything is written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from app.cli.regions import shipped
from app.cli.stages import last_day
from app.domain import accounts, clock, regions, stages
from app.domain.errors import Invalid
from app.words import tanggal

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
EVERYWHERE = "semua"
YEARS = range(1945, 3000)
OFFICES = {"gub": "gubernur", "bup": "bupati", "wali": "wali kota"}


@dataclass(frozen=True)
class Desk:
    """A province or kabupaten/kota in which a head is elected."""

    code: str
    name: str
    kind: str

    @property
    def office(self) -> str:
        """Which office is elected there: "bupati"."""
        return OFFICES[stages.race_kind(self.code, self.kind)]


@dataclass(frozen=True)
class Province:
    """A province of the shipped list with those of its desks that hold an election."""

    code: str
    name: str
    desks: tuple[Desk, ...]

    @property
    def zone(self) -> str:
        """WIB, WITA or WIT."""
        return clock.abbreviation(regions.zone_of(self.code))

    @property
    def today(self) -> dt.date:
        """The day that it is there."""
        return clock.today(regions.zone_of(self.code))


@dataclass(frozen=True)
class Plan:
    """All that founding needs; every part was read by a function of this module."""

    province: Province
    code: str
    name: str
    voting_day: dt.date
    in_use_from: dt.date
    desks: tuple[Desk, ...]
    username: str
    person: str
    document: str
    password: str
    is_generated: bool

    @property
    def scopes(self) -> tuple[str, ...]:
        """The subtrees to load: the province where its governor is elected, else the kabupaten/kota that vote."""
        codes = tuple(desk.code for desk in self.desks)
        return (self.province.code,) if self.province.code in codes else codes


def read_province(text: str) -> Province:
    """The province with this code. Refuses (Invalid) what is no province of the shipped list."""
    code = text.strip()
    if not re.fullmatch(r"\d\d", code):
        raise Invalid("Tulis kode provinsi dua angka menurut Kemendagri, misalnya 65 untuk Kalimantan Utara.")
    rows = [row for row in shipped(code) if len(row["code"]) <= len("65.01")]
    if not rows:
        raise Invalid(f"Tidak ada provinsi berkode {code}.")
    desks = tuple(
        Desk(row["code"], row["name"], row["kind"]) for row in rows if stages.is_elected(row["code"])
    )
    return Province(code, rows[0]["name"], desks)


def read_zone(text: str, province: Province) -> str:
    """The zone again, as a confirmation. Refuses (Invalid) another one than the law gives the province."""
    if text.strip().upper() != province.zone:
        raise Invalid(
            f"{province.name} memakai {province.zone} (Keputusan Presiden 41/1987). Periksa kode provinsinya; "
            "zona waktu selalu mengikuti provinsi."
        )
    return province.zone


def read_day(text: Any) -> dt.date:
    """A date typed as 2029-11-28. Refuses (Invalid) anything else."""
    try:
        return text if isinstance(text, dt.date) else dt.date.fromisoformat(str(text).strip())
    except ValueError:
        raise Invalid(f"{text!r} bukan tanggal; tulis seperti 2029-11-28.") from None


def read_voting_day(said: Any, today: dt.date) -> dt.date:
    """Voting day, typed once, or twice where it is an unusual one ("2020-12-09 2020-12-09", or a tuple).

    Refuses (Invalid) two different days, a year out of reach, and, unless it is said twice, a day whose election was
    over before anything could be recorded, or one more than ten years ahead: both are mostly a mistyped year.
    """
    parts = said if isinstance(said, tuple) else str(said).split()
    days = [read_day(part) for part in parts] or [read_day(said)]
    day = days[0]
    if any(other != day for other in days):
        raise Invalid(f"Disebut dua hari yang berbeda: {', '.join(map(tanggal, days))}. Sebutkan yang benar.")
    if day.year not in YEARS:
        raise Invalid(f"Tahun {day.year} tidak mungkin tahun Pemilihan. Periksa tahunnya.")
    doubt = stages.voting_day_doubt(day, today, last_day=last_day(day))
    if doubt and len(days) < 2:
        raise Invalid(
            f"{doubt} Periksa tahunnya. Bila memang begitu, sebutkan hari itu dua kali: "
            f"--voting-day {day} --voting-day {day}, atau ketik {day} {day}."
        )
    return day


def read_start(text: Any, voting_day: dt.date) -> dt.date:
    """The first day of recording. Refuses (Invalid) a day after the last stage of that election."""
    day, last = read_day(text), last_day(voting_day)
    if day > last:
        raise Invalid(
            f"Hari mulai sesudah tahapan terakhir pemilihan ini ({tanggal(last)}). Periksa tahunnya."
        )
    return day


def read_code(text: str) -> str:
    """The election's short code. Refuses (Invalid) what would not do in an address or a file name."""
    code = text.strip()
    if not CODE.fullmatch(code):
        raise Invalid(
            "Kode pemilihan: huruf kecil, angka, dan garis, 2 sampai 40 tanda, misalnya pilkada-2029."
        )
    return code


def read_name(text: str, limit: int) -> str:
    """A name of an election or a person. Refuses (Invalid) an empty or a very long one."""
    name = " ".join(text.split())
    if not name or len(name) > limit:
        raise Invalid(f"Nama wajib diisi, paling banyak {limit} tanda.")
    return name


def read_desks(text: str, province: Province) -> tuple[Desk, ...]:
    """Where a head is elected: "semua" or codes. Refuses (Invalid) a code that elects nobody in this province."""
    if text.strip().lower() == EVERYWHERE:
        return province.desks
    known = {desk.code: desk for desk in province.desks}
    wanted = text.replace(",", " ").split()
    strangers = [code for code in wanted if code not in known]
    if strangers or not wanted:
        raise Invalid(
            f"Tidak ada pemilihan kepala daerah di {', '.join(strangers) or 'wilayah tanpa kode'}. "
            f"Yang ada di {province.name}: {', '.join(known)}; atau tulis {EVERYWHERE}."
        )
    return tuple(desk for code, desk in known.items() if code in wanted)


def read_username(text: str) -> str:
    """The admin's account name. Refuses (Invalid) one that no account may have."""
    accounts.check_username(text.strip())
    return text.strip()


def read_password(text: str, username: str) -> str:
    """The admin's password. Refuses (Invalid) a weak one."""
    accounts.check_password(text, username)
    return text


def summary(plan: Plan) -> list[str]:
    """What is about to be made, one line each, to be read before "ya"."""
    offices: dict[str, list[str]] = {}
    for desk in plan.desks:
        short = desk.name.removeprefix("Kabupaten ").removeprefix("Kota ")
        offices.setdefault(desk.office, []).append(short)
    held = "; ".join(f"{office} {', '.join(names)}" for office, names in offices.items())
    past = "  (sudah lewat)" if plan.voting_day < plan.province.today else ""
    return [
        f"Wilayah            {plan.province.name} ({plan.province.code}), {plan.province.zone}",
        f"Pemilihan          {plan.name} ({plan.code})",
        f"Pemungutan suara   {tanggal(plan.voting_day)}{past}",
        f"Mulai mencatat     {tanggal(plan.in_use_from)}",
        f"Yang dipilih       {held}",
        f"Admin pertama      {plan.username}, {plan.person}",
    ]
