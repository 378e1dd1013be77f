"""What the application ships of published vulnerability, brought into the registers as a sheet would be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.registers import Line, Register, apply, plan
from app.domain.security.registers import VULNERABILITIES, VULNERABLE_STATIONS
from app.domain.security.rules import DATASETS

NAMES = {"IKP Pemilu": "ikp_2022", "Pemetaan Kerawanan": "pemetaan_2024"}
"""How the file calls the datasets that are taken; the others name no author, and are left out."""
COUNTED_ON = dt.date(2024, 11, 19)
"""Bawaslu Kalimantan Timur mapped its polling stations from 14 to 19 November 2024."""


def load_published(
    measured: Iterable[Mapping[str, str]], counted: Iterable[Mapping[str, str]], *, region: str, by: Person
) -> Counter[str]:
    """Record what is published of a province; returns how many lines did what, so a second load changes nothing.

    Takes rows as ikp_kaltim.csv and tps_rawan_indikator.csv have them. Refuses (Invalid) a line that cannot be,
    and a region where the person does not record.
    """
    done: Counter[str] = Counter()
    for register, lines in (
        (VULNERABILITIES, [line for row in measured if (line := _measured(row))]),
        (VULNERABLE_STATIONS, [_counted(row, region) for row in counted]),
    ):
        done += _brought(register, [Line(number + 2, *line) for number, line in enumerate(lines)], region, by)
    return done


def _brought(register: Register, lines: list[Line], region: str, by: Person) -> Counter[str]:
    planned, wrong = plan(register, lines, by=by, within=region)
    if wrong:
        raise Invalid(f"{register.title}, baris {wrong[0].row}: {wrong[0].message}")
    return apply(register, planned, by=by, progress=lambda done, whole: None)


def _measured(row: Mapping[str, str]) -> tuple[str, dict[str, Any]] | None:
    dataset = next((key for name, key in NAMES.items() if row["dataset"].startswith(name)), None)
    if dataset is None:
        return None
    return row["code"], {
        "dataset": dataset,
        "score": Decimal(row["value"]) if row["value"] else None,
        "level": row["category"],
        "place": f"peringkat {note}" if (note := row["rank_note"])[:1].isdigit() else note,
        "published_on": DATASETS[dataset].published_on,
        "source": f"Bawaslu, dikutip {row['source']}"[:300],
    }


def _counted(row: Mapping[str, str], region: str) -> tuple[str, dict[str, Any]]:
    count = row["kaltim_tps_count"]
    return region, {
        "indicator": row["code"],
        "stations": int(count) if count else None,
        "published_on": COUNTED_ON,
        "source": f"Bawaslu, pemetaan 14-19 November 2024, dikutip {row['source']}"[:300],
    }
