"""What this room tells reports and the situation room."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.outreach import queries
from app.domain.outreach.queries import Held
from app.domain.outreach.registers import AREA, PEOPLE
from app.domain.outreach.words import ALL_RACES, AUDIENCES, FIGURES, RACES, TURNOUT_KINDS
from app.domain.registers import DESK, Fact, coverage_of, known_sum


def facts(codes: Sequence[str]) -> list[Fact]:
    """What was held in these subtrees and, of one region, what is said of its participation. Four statements.

    Percentages of several regions are never added up.
    """
    events = queries.held(codes)
    as_of = max((one.changed_at for one in events), default=None)
    coverage = coverage_of(codes, (one.region for one in events))
    told = [
        Fact(
            "sosialisasi.kegiatan",
            AREA,
            "Kegiatan sosialisasi terlaksana",
            sum(one.events for one in events),
            "kegiatan",
        ),
        Fact(
            "sosialisasi.dijangkau",
            AREA,
            "Orang yang dijangkau",
            known_sum(e.reached for e in events),
            PEOPLE,
        ),
        Fact(
            "sosialisasi.laki",
            AREA,
            "Laki-laki yang dijangkau",
            known_sum(e.reached_male for e in events),
            PEOPLE,
        ),
        Fact(
            "sosialisasi.perempuan",
            AREA,
            "Perempuan yang dijangkau",
            known_sum(e.reached_female for e in events),
            PEOPLE,
        ),
        Fact(
            "sosialisasi.kecamatan",
            AREA,
            "Kecamatan yang sudah dijangkau sosialisasi",
            coverage.count,
            "kecamatan",
            whole=coverage.whole,
        ),
        *(_ticked(events, name, f"Sosialisasi untuk {words.lower()}") for name, words in AUDIENCES.items()),
        *(
            _ticked(events, name, f"Sosialisasi mengundang {words.lower()}")
            for name, words in FIGURES.items()
        ),
    ]
    dated = [Fact(o.key, o.area, o.label, o.value, o.unit, o.whole, source=DESK, as_of=as_of) for o in told]
    return [*dated, *(_turnout(codes[0]) if len(codes) == 1 else [])]


def _ticked(events: Sequence[Held], name: str, label: str) -> Fact:
    count = sum(one.ticked[name] for one in events)
    return Fact(f"sosialisasi.{name.replace('_', '-')}", AREA, label, count, "kegiatan")


def _turnout(code: str) -> list[Fact]:
    """Every kind for all races, unknown or not; of a single race only what is known."""
    standing = queries.turnout_of([code])[code]
    told = []
    for kind, label in TURNOUT_KINDS.items():
        for race, of in RACES.items():
            said = standing.get((kind, race))
            if said is None and race != ALL_RACES:
                continue
            key = f"partisipasi.{kind}" + ("" if race == ALL_RACES else f".{race}")
            words = f"Partisipasi: {label.lower()}" + ("" if race == ALL_RACES else f", {of.lower()}")
            told.append(
                Fact(key, AREA, words, said.percent, "%", source=said.source, as_of=said.changed_at)
                if said
                else Fact(key, AREA, words, None, "%")
            )
    return told
