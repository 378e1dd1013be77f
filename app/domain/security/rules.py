"""Classes, datasets and the steps of a risk."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from app.domain.registers import JUDGE, RECORD, Flow
from app.domain.workflow import Step


class Dataset(NamedTuple):
    """A published measurement: its own scale, its own day. Numbers of two of them say nothing about one another."""

    name: str
    short: str
    scale: str
    most: Decimal
    is_whole: bool
    published_on: dt.date


DATASETS = {
    "ikp_2022": Dataset(
        "IKP Pemilu dan Pemilihan Serentak 2024 (Bawaslu, 16 Desember 2022)",
        "IKP 2022",
        "skor 0-100",
        Decimal(100),
        False,
        dt.date(2022, 12, 16),
    ),
    "pemetaan_2024": Dataset(
        "Pemetaan Kerawanan Pemilihan Serentak 2024 (Bawaslu, 26 Agustus 2024)",
        "Pemetaan Agustus 2024",
        "banyaknya dari 27 indikator",
        Decimal(27),
        True,
        dt.date(2024, 8, 26),
    ),
}
"""The third measurement, TPS rawan of November 2024, counts polling stations by indicator: a register of its own."""
LEVELS = {"rendah": "Rendah", "sedang": "Sedang", "tinggi": "Tinggi"}
DEGREES = {"kecil": "Kecil", "sedang": "Sedang", "besar": "Besar"}


def level_of(likelihood: str, impact: str) -> str:
    """A risk's level by its likelihood and impact: the product of 1 to 3 each; 6 and 9 are high, 1 and 2 low.

    A desk's own convention, as usual in risk registers; no rule of the election sets it.
    """
    order = list(DEGREES)
    product = (order.index(likelihood) + 1) * (order.index(impact) + 1)
    return "tinggi" if product >= 6 else "sedang" if product >= 3 else "rendah"


class RiskState(StrEnum):
    """Where a risk stands."""

    OPEN = "terbuka"
    MITIGATED = "dimitigasi"
    CAME_TRUE = "terjadi"
    CLOSED = "ditutup"


class RiskVerb(StrEnum):
    """What is done with a risk."""

    MITIGATE = "mitigate"
    COME_TRUE = "come_true"
    CLOSE = "close"
    REOPEN = "reopen"


_R = RiskState
RISK_FLOW = Flow(
    table={
        RiskVerb.MITIGATE: Step(
            "Catat mitigasi", frozenset({_R.OPEN}), _R.MITIGATED, RECORD, needs_reason=True
        ),
        RiskVerb.COME_TRUE: Step(
            "Catat bahwa terjadi", frozenset({_R.OPEN, _R.MITIGATED}), _R.CAME_TRUE, RECORD
        ),
        RiskVerb.CLOSE: Step(
            "Tutup",
            frozenset({_R.OPEN, _R.MITIGATED, _R.CAME_TRUE}),
            _R.CLOSED,
            JUDGE,
            four_eyes=True,
            needs_reason=True,
        ),
        RiskVerb.REOPEN: Step("Buka kembali", frozenset({_R.CLOSED}), _R.OPEN, JUDGE, needs_reason=True),
    },
    start=_R.OPEN,
    words={
        _R.OPEN: "potensi, belum dimitigasi",
        _R.MITIGATED: "potensi, sudah dimitigasi",
        _R.CAME_TRUE: "terjadi",
        _R.CLOSED: "ditutup",
    },
    ended=frozenset({_R.CLOSED}),
    apart=frozenset({RiskVerb.COME_TRUE}),
)
STILL_POSSIBLE = frozenset({_R.OPEN.value, _R.MITIGATED.value})
"""States in which a risk is a possibility; what came true is an incident, and counts there."""
