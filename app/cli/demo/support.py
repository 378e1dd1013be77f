"""What is published of the grants and the ad hoc bodies of Kaltim: nphd_kaltim.csv and badan_adhoc_personel.csv.

Rupiah come in billions there and are kept whole. A region of which nothing is published has no record.
Of the tranches only Balikpapan's are: all of it was handed over at once, on a day that the source does not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app import data
from app.cli.demo.acting import Desk
from app.cli.demo.people import DISTRICTS, KALTIM
from app.domain import registers, support

PLACES = {place.code: place.key for place in (KALTIM, *DISTRICTS)}
PAID_AT_ONCE = ("64.71",)
BODIES = {
    "PPK": "ppk",
    "PPS": "pps",
    "KPPS": "kpps",
    "PETUGAS_KETERTIBAN": "ketertiban",
    "PANWASCAM": "panwascam",
    "PKD": "pkd",
    "PTPS": "ptps",
}
SECRETARIATS = {"SEKRETARIAT_PPK": "ppk", "SEKRETARIAT_PPS": "pps"}
INSTITUTIONS = {
    "KPU": "kpu",
    "Bawaslu": "bawaslu",
    "Polda": "polri",
    "Polres": "polri",
    "Kodam": "tni",
    "Korem": "tni",
    "Kodim": "tni",
}
Row = Mapping[str, str]


def support_of_kaltim(desk: Desk) -> None:
    """Record them, each region's by its own operator; commits nothing."""
    for row in data.rows("nphd_kaltim.csv"):
        if row["amount_miliar_rp"]:
            _grant(desk, row)
    _bodies(desk, data.rows("badan_adhoc_personel.csv"))


def _grant(desk: Desk, row: Row) -> None:
    by = desk.person(f"operator.{PLACES[row['region']]}")
    total = int(Decimal(row["amount_miliar_rp"]) * 10**9)
    remark = row["status"].removeprefix("sourced").lstrip(", ")
    said = {
        "institution": INSTITUTIONS[row["recipient"].split()[0]],
        "recipient": row["recipient"],
        "letter_number": "",
        "signed_on": None,
        "total": total,
        "source": row["source"],
        "note": "Sumbernya menyebut Rp7,045 miliar sebagai 40 persen; keduanya tidak cocok."
        if remark
        else "",
    }
    made = registers.record(support.AGREEMENTS, row["region"], said, by=by)
    if row["region"] in PAID_AT_ONCE:
        tranche = {
            "ordinal": 1,
            "due_on": None,
            "amount": total,
            "transferred": total,
            "transferred_on": None,
            "source": row["source"],
            "note": "Diserahkan sekaligus pada 2023; tanggalnya tidak disebut.",
        }
        registers.record(support.TRANCHES, row["region"], tranche, by=by, parents={"agreement_id": made})


def _bodies(desk: Desk, rows: Iterable[Row]) -> None:
    by = desk.person("operator.kaltim")
    for row in rows:
        if row["code"] in BODIES:
            published = int(row["kaltim_count"]) if row["status"].startswith("sourced") else None
            said = _measure(row, BODIES[row["code"]], published)
            registers.record(support.AD_HOC, KALTIM.code, said, by=by)
        elif row["code"] in SECRETARIATS:
            said = _measure(row, SECRETARIATS[row["code"]], None) | {"letter_number": ""}
            registers.record(support.STAFF, KALTIM.code, said, by=by)


def _measure(row: Row, body: str, real: int | None) -> dict[str, Any]:
    how = f"{row['per_unit']} orang tiap {row['unit']}"
    return {
        "body": body,
        "target": int(row["kaltim_count"]),
        "real": real,
        "counted_on": None,
        "source": row["source"] or "Rasio tanpa sumber",
        "note": f"{how}." if real is not None else f"Dihitung: {how}. Yang nyata belum diketahui.",
    }
