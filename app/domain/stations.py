"""Special polling stations (TPS lokasi khusus): who hosts one, and the desk's deeds on them.

Beside the rooms, because the room of regions lies below the trail. Ordinary TPS are counted by a reference figure.
Source: seed 004 (one at a lapas, two at companies).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.domain import audit, regions
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotFound
from app.domain.regions import Level, PollingStation
from app.extensions import db

SUBJECT = "polling_station"
HOSTS = {
    "lapas": "Lembaga pemasyarakatan",
    "rutan": "Rumah tahanan",
    "perusahaan": "Perusahaan",
    "rumah_sakit": "Rumah sakit",
    "kampus": "Kampus",
    "pesantren": "Pesantren",
    "panti": "Panti",
    "lainnya": "Lainnya",
}
LEVELS = (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
MOST_VOTERS = 100_000
LIMITS = {"number": 20, "host_name": 120, "source": 300}


class Station(NamedTuple):
    """What is said of one special TPS; `voters` None is "belum diketahui", never zero."""

    region_code: str
    number: str
    host_kind: str
    host_name: str = ""
    voters: int | None = None
    source: str = ""


def add_station(said: Station, *, by: Person | None) -> int:
    """Add a special TPS and return its number of ours; `by` None is the terminal.

    Refuses (Invalid) a kind of host that is none, a number that the region has already, a level above the
    kabupaten/kota, no source, and voters below zero; NotFound for an unknown region, NotAllowed without region:manage.
    """
    if by is not None:
        by.require(Permission.REGION_MANAGE, region=said.region_code)
    _check(said)
    row = PollingStation(
        region_code=said.region_code,
        number=said.number,
        host_kind=said.host_kind,
        host_name=said.host_name or None,
        voters=said.voters,
        source=said.source,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise _taken(said) from None
    changes = {name: [None, value] for name, value in _facts(row).items() if value is not None}
    audit.record(
        "region:station:record", by=by, subject=(SUBJECT, row.id), region=said.region_code, changes=changes
    )
    return row.id


def remove_station(station_id: int, *, reason: str, by: Person) -> None:
    """Take a special TPS out that was entered by mistake; all that was said of it stays on the trail.

    Raises NotFound, NotAllowed, Invalid (no reason).
    """
    row = db.session.get(PollingStation, station_id)
    if row is None or row.host_kind is None:
        raise NotFound("TPS itu tidak ada.")
    by.require(Permission.REGION_MANAGE, region=row.region_code)
    if not reason.strip() or len(reason) > 300:
        raise Invalid("Tuliskan alasannya.", reason="Mengapa TPS ini dikeluarkan, paling banyak 300 tanda.")
    changes = {name: [value, None] for name, value in _facts(row).items() if value is not None}
    region = row.region_code
    db.session.delete(row)
    db.session.flush()
    audit.record(
        "region:station:remove",
        by=by,
        subject=(SUBJECT, station_id),
        region=region,
        changes={**changes, "reason": [None, reason.strip()]},
    )


def load_stations(rows: Iterable[Mapping[str, str]]) -> int:
    """Add every special TPS of a file, all or none; returns how many. Those that are there already are passed over.

    Columns: code, number, host_kind, host_name, voters (empty: unknown), source. Raises Invalid or NotFound, naming
    the line.
    """
    added = 0
    for line, row in enumerate(rows, start=2):
        try:
            said = Station(
                row["code"].strip(),
                row["number"].strip(),
                row["host_kind"].strip(),
                row["host_name"].strip(),
                _voters(row["voters"].strip()),
                row["source"].strip(),
            )
            if not _is_there(said):
                add_station(said, by=None)
                added += 1
        except KeyError as missing:
            raise Invalid(f"Kolom {missing.args[0]} tidak ada dalam berkas.") from None
        except (Invalid, NotFound) as refusal:
            told = " ".join([refusal.message, *getattr(refusal, "fields", {}).values()])
            raise Invalid(f"Baris {line}: {told}") from None
    return added


def _voters(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Invalid(
            "Jumlah pemilih bukan bilangan.", voters=f"«{text[:20]}»: kosongkan bila belum diketahui."
        )
    return int(text)


def _check(said: Station) -> None:
    if regions.find(said.region_code).level not in LEVELS:
        raise Invalid(
            "TPS berada di kabupaten/kota.", region="Pilih kabupaten/kota, kecamatan, atau kelurahan/desa."
        )
    if said.host_kind not in HOSTS:
        raise Invalid("Jenis lokasi tidak dikenal.", host_kind=f"Pilih salah satu dari {', '.join(HOSTS)}.")
    for name, label in (("number", "Nomor atau sebutan TPS"), ("source", "Sumber")):
        if not getattr(said, name):
            raise Invalid(f"{label} wajib diisi.", **{name: f"{label} wajib diisi."})
    for name, most in LIMITS.items():
        if len(getattr(said, name)) > most:
            raise Invalid("Isian terlalu panjang.", **{name: f"Paling banyak {most} tanda."})
    if said.voters is not None and not 0 <= said.voters <= MOST_VOTERS:
        raise Invalid("Jumlah pemilih tidak masuk akal.", voters="Isi nol atau lebih, atau kosongkan.")
    if _is_there(said):
        raise _taken(said)


def _is_there(said: Station) -> bool:
    same = select(func.count()).where(
        PollingStation.region_code == said.region_code, PollingStation.number == said.number
    )
    return bool(db.session.scalar(same))


def _taken(said: Station) -> Invalid:
    return Invalid("TPS itu sudah tercatat.", number=f"«{said.number}» sudah ada di wilayah ini.")


def _facts(row: PollingStation) -> dict[str, object]:
    return {
        "station": row.number,
        "host_kind": HOSTS.get(row.host_kind or "", row.host_kind),
        "host_name": row.host_name,
        "voters": row.voters,
        "source": row.source,
    }
