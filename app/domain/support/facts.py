"""What this room tells reports and the situation room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from app.domain.registers import DESK, Fact, RecordRow, today_in
from app.domain.support.registers import (
    AD_HOC,
    AGREEMENTS,
    AREA,
    HEALTH_CHECKS,
    LENT_ROOMS,
    STAFF,
    TRANCHES,
    TRANSPORT,
)
from app.domain.support.rules import INSTITUTIONS
from app.domain.support.tally import Grants, Records, grants, measure, records_of

MEASURED = (
    (STAFF, "asn", "ASN yang diperbantukan", "orang", "Badan yang dibantu ASN", "badan"),
    (AD_HOC, "adhoc", "Personel badan ad hoc", "orang", "Badan ad hoc yang tercatat", "badan"),
    (LENT_ROOMS, "ruang", "Ruang yang dipinjamkan", "ruang", "Badan yang dipinjami ruang", "badan"),
    (
        HEALTH_CHECKS,
        "kesehatan",
        "Pemeriksaan kesehatan",
        "orang",
        "Badan yang diperiksa kesehatannya",
        "badan",
    ),
    (TRANSPORT, "angkutan", "Angkutan yang dipinjamkan", "unit", "Keperluan angkutan", "keperluan"),
)


def facts(codes: Sequence[str]) -> list[Fact]:
    """Grants by institution, and target and real of the rest, of these subtrees. Some fourteen statements."""
    records = records_of(codes)
    today = today_in(codes[0]) if codes else dt.date.min
    told = _of_grants(records, today)
    for register, key, label, unit, kinds, kind_unit in MEASURED:
        found = measure(records[register.key])
        latest = _latest(records[register.key])
        partly = found.untold if found.real is not None else 0
        rest = f", tanpa {partly} yang belum diketahui" if partly else ""
        told.append(_fact(key, f"{label}{rest}", found.real, unit, latest, whole=found.whole))
        told.append(_fact(f"{key}_jenis", kinds, found.kinds, kind_unit, latest))
    return told


def _of_grants(records: Records, today: dt.date) -> list[Fact]:
    agreements, tranches = records[AGREEMENTS.key], records[TRANCHES.key]
    all_ = grants(agreements, tranches, today)
    latest = _latest([*agreements, *tranches])
    sent = f"NPHD ditransfer{_of_how_many(all_)}"
    told = [
        _fact("nphd", "NPHD tercatat", all_.count, "naskah", latest),
        _fact("nphd_nilai", "Nilai NPHD", all_.total, "rupiah", latest),
        _fact("nphd_ditransfer", sent, all_.paid, "rupiah", latest, whole=all_.paid_of),
        _fact("nphd_persen", sent, all_.percent, "persen", latest),
        _fact(
            "tahap_terlambat",
            "Tahap NPHD lewat jatuh tempo",
            all_.overdue,
            "tahap",
            latest,
            whole=all_.tranches,
        ),
    ]
    for institution, words in INSTITUTIONS.items():
        own = [row for row in agreements if row.values["institution"] == institution]
        if own:
            part = grants(own, tranches, today)
            label = f"NPHD {words} ditransfer{_of_how_many(part)}"
            told += [
                _fact(f"nphd_nilai_{institution}", f"Nilai NPHD {words}", part.total, "rupiah", latest),
                _fact(f"nphd_persen_{institution}", label, part.percent, "persen", latest),
            ]
    return told


def _of_how_many(part: Grants) -> str:
    """What a percentage does not speak of, in words: the agreements without a tranche."""
    partly = part.recorded and not part.is_all_recorded
    return f", dari {part.recorded} di antara {part.count} naskah" if partly else ""


def _latest(rows: Sequence[RecordRow]) -> dt.datetime | None:
    return max((row.changed_at for row in rows), default=None)


def _fact(
    key: str,
    label: str,
    value: int | Decimal | None,
    unit: str,
    latest: dt.datetime | None,
    whole: int | None = None,
) -> Fact:
    return Fact(f"dukungan.{key}", AREA, label, value, unit, whole=whole, source=DESK, as_of=latest)
