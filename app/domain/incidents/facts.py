"""What this room tells reports and the situation room."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.incidents.registers import (
    AREA,
    CALM,
    INCIDENTS,
    NIL,
    OBSTACLES,
    SITUATIONS,
    STATUSES,
    TEAM,
)
from app.domain.incidents.rules import INCIDENT_FLOW, IncidentState
from app.domain.regions import contains
from app.domain.registers import Fact, RecordRow, records_in

SOURCE = "Register desk"
WORST_FIRST = ("tidak_kondusif", "waspada", CALM)


def facts(codes: Sequence[str]) -> list[Fact]:
    """Incidents by step, violations by campaign teams, obstacles, and what the desks say of their situation.

    Where nobody has said anything the situation is unknown, not calm. About ten statements.
    """
    incidents, obstacles = records_in(INCIDENTS, codes), records_in(OBSTACLES, codes)
    latest = _latest_of_each_region(records_in(SITUATIONS, codes))
    return [
        *_of_incidents(incidents),
        Fact(
            "keamanan.kendala_terbuka",
            AREA,
            "Kendala yang masih terbuka",
            sum(not row.has_ended for row in obstacles),
            "kendala",
            whole=len(obstacles),
            source=SOURCE,
            as_of=_last(obstacles),
        ),
        *_of_statements(latest, codes, incidents, obstacles),
    ]


def _of_incidents(rows: Sequence[RecordRow]) -> list[Fact]:
    states = Counter(row.state for row in rows)
    unended = [row for row in rows if not row.has_ended]
    team = [
        row for row in rows if row.values["actor"] == TEAM and row.state != IncidentState.NOT_PROVEN.value
    ]
    told = [
        ("kejadian_terbuka", "Kejadian yang belum selesai", len(unended), len(rows)),
        (
            "kejadian_berat",
            "Kejadian berat yang belum selesai",
            sum(row.values["severity"] == "berat" for row in unended),
            len(unended),
        ),
        (
            "kejadian_lewat_batas",
            "Kejadian yang melewati batas waktunya",
            sum(row.silence.over > 0 for row in unended),
            len(unended),
        ),
        ("pelanggaran_tim_paslon", "Dugaan pelanggaran oleh tim pasangan calon", len(team), len(rows)),
        *(
            (f"kejadian.{state.value}", f"Kejadian yang {words}", states[state.value], len(rows))
            for state, words in INCIDENT_FLOW.words.items()
        ),
    ]
    as_of = _last(rows)
    return [
        Fact(f"keamanan.{key}", AREA, label, value, "kejadian", whole=whole, source=SOURCE, as_of=as_of)
        for key, label, value, whole in told
    ]


def _of_statements(
    latest: Mapping[str, RecordRow],
    codes: Sequence[str],
    incidents: Sequence[RecordRow],
    obstacles: Sequence[RecordRow],
) -> list[Fact]:
    own = [latest[code] for code in codes if code in latest]
    as_of = _last(own)
    worst = min(
        (row.values["status"] for row in own if row.values["status"]), key=WORST_FIRST.index, default=""
    )
    nil = [row for row in latest.values() if row.values["incidents"] == NIL]
    against = [row for row in latest.values() if _is_contradicted(row, incidents, obstacles)]
    said = (
        ("situasi", "Situasi wilayah", STATUSES.get(worst, "").lower()),
        ("kejadian_dinyatakan", "Kejadian menonjol menurut desk", _said(own, "incidents")),
        ("kendala_dinyatakan", "Kendala menurut desk", _said(own, "obstacles")),
        ("suasana_kampanye", "Suasana kampanye", _said(own, "campaign")),
    )
    source = "; ".join(dict.fromkeys(row.values["source"] for row in own if row.values["source"])) or SOURCE
    return [
        *(
            Fact(f"keamanan.{key}", AREA, label, None, words=words, source=source, as_of=as_of)
            for key, label, words in said
        ),
        Fact(
            "keamanan.wilayah_nihil",
            AREA,
            "Wilayah yang menyatakan nihil kejadian",
            len(nil),
            "wilayah",
            whole=len(latest),
            source=SOURCE,
            as_of=_last(list(latest.values())),
        ),
        Fact(
            "keamanan.pernyataan_bertentangan",
            AREA,
            "Pernyataan nihil yang bertentangan dengan register",
            len(against),
            "wilayah",
            whole=len(latest),
            source=SOURCE,
            as_of=_last(list(latest.values())),
        ),
    ]


def _said(rows: Sequence[RecordRow], name: str) -> str:
    """What these desks say, the less quiet answer first; empty where none of them says it."""
    column = SITUATIONS.by_name[name]
    values = {row.values[name] for row in rows} - {""}
    order = [value for value in reversed(list(column.choices)) if value in values]
    return column.words(order[0]).lower() if order else ""


def _is_contradicted(row: RecordRow, incidents: Sequence[RecordRow], obstacles: Sequence[RecordRow]) -> bool:
    pairs = (("incidents", incidents), ("obstacles", obstacles))
    return any(
        row.values[name] == NIL
        and any(not one.has_ended and contains(row.region_code, one.region_code) for one in rows)
        for name, rows in pairs
    )


def _latest_of_each_region(rows: Sequence[RecordRow]) -> dict[str, RecordRow]:
    by_day = sorted(rows, key=lambda row: (row.values["dated_on"], row.id))
    return {row.region_code: row for row in by_day}


def _last(rows: Sequence[RecordRow]) -> dt.datetime | None:
    return max((row.changed_at for row in rows), default=None)
