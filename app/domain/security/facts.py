"""What this room tells reports and the situation room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.domain.registers import DESK, Fact, RecordRow, records_in, today_in
from app.domain.security.registers import (
    AREA,
    INDICATORS,
    INSTITUTIONS,
    PERSONNEL,
    RISKS,
    STATION_CLASSES,
    STATION_CLASSES_OF,
    VULNERABILITIES,
    VULNERABLE_STATIONS,
)
from app.domain.security.rules import DATASETS, LEVELS, STILL_POSSIBLE, RiskState, level_of
from app.domain.security.standing import (
    classes,
    classes_of,
    latest_published,
    strength_of,
    strengths,
)
from app.words import angka


def facts(codes: Sequence[str]) -> list[Fact]:
    """Personnel, polling stations by class, each published measurement in its own words, and risks.

    A region's own statement counts before the sum of those below; what nobody states is unknown. About fifteen
    statements.
    """
    return [
        *_personnel(codes),
        *_stations(codes),
        *_published(codes),
        *_indicators(codes),
        *_risks(codes),
    ]


def _personnel(codes: Sequence[str]) -> list[Fact]:
    rows = records_in(PERSONNEL, codes)
    stated = strengths(rows)
    found = [one for code in codes if (one := strength_of(code, stated)) is not None]
    source = "; ".join(dict.fromkeys(one.source for one in found if one.source)) or DESK
    told: list[tuple[str, str, int | None]] = [
        ("personel", "Personel pengamanan", sum(one.people for one in found) if found else None)
    ]
    for key, words in INSTITUTIONS.items():
        said = [one.by_institution[key] for one in found if key in one.by_institution]
        if said:
            told.append((f"personel.{key}", f"Personel {words}", sum(said)))
    as_of = _last(rows)
    return [
        *(
            Fact(f"keamanan.{key}", AREA, label, value, "orang", source=source, as_of=as_of)
            for key, label, value in told
        ),
        Fact(
            "keamanan.personel_wilayah",
            AREA,
            "Wilayah yang menyebut personelnya",
            sum(one.regions for one in found),
            "wilayah",
            source=DESK,
            as_of=as_of,
        ),
    ]


def _stations(codes: Sequence[str]) -> list[Fact]:
    rows = records_in(STATION_CLASSES, codes)
    stated = classes(rows)
    found = [one for code in codes if (one := classes_of(code, stated)) is not None]
    told = []
    for key, words in STATION_CLASSES_OF.items():
        parts = [one.by_class[key] for one in found]
        wholes = [one.total for one in found]
        told.append((key, words, _sum(parts), _sum(wholes)))
    return [
        Fact(
            f"keamanan.tps.{key}",
            AREA,
            f"TPS {words.lower()}",
            value,
            "TPS",
            whole=whole,
            source=DESK,
            as_of=_last(rows),
        )
        for key, words, value, whole in told
    ]


def _sum(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _published(codes: Sequence[str]) -> list[Fact]:
    """A class is of the region that was measured: it is never derived from those below or above."""
    rows = records_in(VULNERABILITIES, codes)
    latest = latest_published(rows, "dataset")
    told = []
    for key, dataset in DATASETS.items():
        own = [latest[code, key] for code in codes if (code, key) in latest]
        told.append(
            Fact(
                f"keamanan.kerawanan.{key}",
                AREA,
                f"{dataset.name}, potensi",
                None,
                words="; ".join(map(published_words, own)),
                source="; ".join(dict.fromkeys(row.values["source"] for row in own)) or DESK,
                as_of=_last(own),
            )
        )
    return told


def published_words(row: RecordRow) -> str:
    """A measurement as one says it: "tinggi, 77,04 (skor 0-100), ke-5 nasional"."""
    values = row.values
    dataset = DATASETS[values["dataset"]]
    level = LEVELS.get(values["level"], "kelas belum diketahui").lower()
    score = (
        f"{angka(values['score'])} ({dataset.scale})"
        if values["score"] is not None
        else "nilai belum diketahui"
    )
    return ", ".join(filter(None, [level, score, values["place"]]))


def _indicators(codes: Sequence[str]) -> list[Fact]:
    rows = records_in(VULNERABLE_STATIONS, codes)
    latest = latest_published(rows, "indicator")
    told = []
    for key, words in INDICATORS.items():
        own = [latest[code, key] for code in codes if (code, key) in latest]
        if own:
            told.append(
                Fact(
                    f"keamanan.tps_rawan.{key}",
                    AREA,
                    f"TPS rawan: {words}",
                    _sum([row.values["stations"] for row in own]),
                    "TPS",
                    source="; ".join(dict.fromkeys(row.values["source"] for row in own)),
                    as_of=_last(own),
                )
            )
    return told


def _risks(codes: Sequence[str]) -> list[Fact]:
    rows = records_in(RISKS, codes)
    possible = [row for row in rows if row.state in STILL_POSSIBLE]
    high = [row for row in possible if risk_level(row) == "tinggi"]
    due = [row for row in possible if is_due(row)]
    told = (
        ("risiko_terbuka", "Risiko yang masih mungkin (potensi)", len(possible), len(rows)),
        ("risiko_tinggi", "Di antaranya risiko tinggi", len(high), len(possible)),
        ("risiko_perlu_ditinjau", "Risiko yang waktunya ditinjau", len(due), len(possible)),
        (
            "risiko_terjadi",
            "Risiko yang terjadi",
            sum(row.state == RiskState.CAME_TRUE for row in rows),
            len(rows),
        ),
    )
    return [
        Fact(f"keamanan.{key}", AREA, label, value, "risiko", whole=whole, source=DESK, as_of=_last(rows))
        for key, label, value, whole in told
    ]


def risk_level(row: RecordRow) -> str:
    """The level of a recorded risk."""
    return level_of(row.values["likelihood"], row.values["impact"])


def is_due(row: RecordRow) -> bool:
    """Whether the day on which a risk was to be looked at again has come."""
    review: dt.date | None = row.values["review_on"]
    return review is not None and review <= today_in(row.region_code)


def _last(rows: Sequence[RecordRow]) -> dt.datetime | None:
    return max((row.changed_at for row in rows), default=None)
