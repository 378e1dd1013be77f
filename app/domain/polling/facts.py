"""What this room tells reports and the situation room."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import clock, stages
from app.domain.polling import queries
from app.domain.polling.registers import AREA
from app.domain.regions import zone_of
from app.domain.registers import Fact, cited, known_sum

STATIONS = "TPS"
FIGURES = (
    ("tps_dibuka", "TPS yang sudah dibuka", "opened", True),
    ("tps_terlambat", "TPS yang terlambat dibuka", "late", False),
    ("tps_tertunda", "TPS yang tertunda atau terhenti", "halted", False),
    ("tps_memungut", "TPS yang selesai memungut suara", "closed", True),
    ("tps_menghitung", "TPS yang selesai menghitung suara", "counted", True),
)
"""(key, label, measure, whether it is told "of all stations")."""


def facts(codes: Sequence[str]) -> list[Fact]:
    """How far voting is in these subtrees by their newest records; nothing before voting day. At most three
    statements.
    """
    if not codes or clock.today(zone_of(codes[0])) < stages.current_election().voting_day:
        return []
    found, stations = queries.newest(codes), queries.stations_of(codes)
    parts = [queries.standing_of(found, code, stations.get(code)) for code in codes]
    moments = [
        one.until.wall.replace(tzinfo=clock.zone(zone_of(code)))
        for one, code in zip(parts, codes, strict=True)
        if one.until
    ]
    whole = None if any(one.stations is None for one in parts) else known_sum(one.stations for one in parts)
    sources = tuple(dict.fromkeys(source for one in parts for source in one.sources))
    source, as_of = cited(sources), max(moments, default=None)

    def fact(key: str, label: str, value: int | None, unit: str, of: int | None = None) -> Fact:
        return Fact(f"pemungutan.{key}", AREA, label, value, unit, of, source=source, as_of=as_of)

    return [
        *(
            fact(key, label, known_sum(one[measure] for one in parts), STATIONS, whole if is_share else None)
            for key, label, measure, is_share in FIGURES
        ),
        fact(
            "tps_tepat",
            "TPS yang dibuka tepat waktu",
            known_sum(one.in_time for one in parts),
            STATIONS,
            whole,
        ),
        fact("pemilih", "Pemilih yang sudah datang", known_sum(one["voters"] for one in parts), "pemilih"),
    ]
