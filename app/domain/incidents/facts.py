"""What this room tells reports and the situation room."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from app.domain.incidents.counts import Obstacles, Tally, obstacles_of, situations_of, tallies
from app.domain.incidents.registers import AREA, CALM, NIL, SITUATIONS, STATUSES
from app.domain.incidents.rules import INCIDENT_FLOW, IncidentState
from app.domain.regions import contains
from app.domain.registers import DESK, Fact, RecordRow

WORST_FIRST = ("tidak_kondusif", "waspada", CALM)


def facts(codes: Sequence[str]) -> list[Fact]:
    """Incidents by step, violations by campaign teams, obstacles, and what the desks say of their situation.

    Where nobody has said anything the situation is unknown, not calm. About ten statements.
    """
    incidents, obstacles, latest = tallies(codes), obstacles_of(codes), situations_of(codes)
    return [
        *_of_incidents(incidents),
        Fact(
            "keamanan.kendala_terbuka",
            AREA,
            "Kendala yang masih terbuka",
            sum(one.number for one in obstacles if one.is_open),
            "kendala",
            whole=sum(one.number for one in obstacles),
            source=DESK,
            as_of=max((one.as_of for one in obstacles), default=None),
        ),
        *_of_statements(latest, codes, _open_places(incidents, obstacles)),
    ]


def _of_incidents(counted: Sequence[Tally]) -> list[Fact]:
    def how_many(wanted: Callable[[Tally], bool] = lambda one: True) -> int:
        return sum(one.number for one in counted if wanted(one))

    whole, unended = how_many(), how_many(lambda one: one.is_open)
    proven = IncidentState.NOT_PROVEN.value
    told = [
        ("kejadian_terbuka", "Kejadian yang belum selesai", unended, whole),
        (
            "kejadian_berat",
            "Kejadian berat yang belum selesai",
            how_many(lambda one: one.is_open and one.severity == "berat"),
            unended,
        ),
        (
            "kejadian_lewat_batas",
            "Kejadian yang melewati batas waktunya",
            how_many(lambda one: one.is_silent),
            unended,
        ),
        (
            "pelanggaran_tim_paslon",
            "Dugaan pelanggaran oleh tim pasangan calon",
            how_many(lambda one: one.is_team and one.state != proven),
            whole,
        ),
    ]
    states = Counter[str]()
    for one in counted:
        states[one.state] += one.number
    told += [
        (f"kejadian.{state.value}", f"Kejadian yang {words}", states[state.value], whole)
        for state, words in INCIDENT_FLOW.words.items()
    ]
    as_of = max((one.as_of for one in counted), default=None)
    return [
        Fact(f"keamanan.{key}", AREA, label, value, "kejadian", whole=part_of, source=DESK, as_of=as_of)
        for key, label, value, part_of in told
    ]


def _open_places(incidents: Sequence[Tally], obstacles: Sequence[Obstacles]) -> dict[str, set[str]]:
    """Column of a statement -> the regions where something of its kind is still open."""
    return {
        "incidents": {one.region for one in incidents if one.is_open},
        "obstacles": {one.region for one in obstacles if one.is_open},
    }


def _of_statements(
    latest: Sequence[RecordRow], codes: Sequence[str], still: Mapping[str, set[str]]
) -> list[Fact]:
    own = [row for row in latest if row.region_code in codes]
    as_of = _last(own)
    worst = min(
        (row.values["status"] for row in own if row.values["status"]), key=WORST_FIRST.index, default=""
    )
    nil = [row for row in latest if row.values["incidents"] == NIL]
    against = [row for row in latest if _is_contradicted(row, still)]
    said = (
        ("situasi", "Situasi wilayah", STATUSES.get(worst, "").lower()),
        ("kejadian_dinyatakan", "Kejadian menonjol menurut desk", _said(own, "incidents")),
        ("kendala_dinyatakan", "Kendala menurut desk", _said(own, "obstacles")),
        ("suasana_kampanye", "Suasana kampanye", _said(own, "campaign")),
    )
    counts = (
        ("wilayah_nihil", "Wilayah yang menyatakan nihil kejadian", len(nil)),
        (
            "pernyataan_bertentangan",
            "Pernyataan nihil yang bertentangan dengan register",
            len(against),
        ),
    )
    source = "; ".join(dict.fromkeys(row.values["source"] for row in own if row.values["source"])) or DESK
    last = _last(latest)
    return [
        *(
            Fact(f"keamanan.{key}", AREA, label, None, words=words, source=source, as_of=as_of)
            for key, label, words in said
        ),
        *(
            Fact(f"keamanan.{key}", AREA, label, n, "wilayah", whole=len(latest), source=DESK, as_of=last)
            for key, label, n in counts
        ),
    ]


def _said(rows: Sequence[RecordRow], name: str) -> str:
    """What these desks say, the less quiet answer first; empty where none of them says it."""
    column = SITUATIONS.by_name[name]
    values = {row.values[name] for row in rows} - {""}
    order = [value for value in reversed(list(column.choices)) if value in values]
    return column.words(order[0]).lower() if order else ""


def _is_contradicted(row: RecordRow, still: Mapping[str, set[str]]) -> bool:
    return any(
        row.values[name] == NIL and any(contains(row.region_code, place) for place in places)
        for name, places in still.items()
    )


def _last(rows: Sequence[RecordRow]) -> dt.datetime | None:
    return max((row.changed_at for row in rows), default=None)
