"""What an item may say: every rule of the library as a sentence at its field.

Nothing here asks the database; whoever checks brings the stages, the units and the library as it would be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.accounts import Unit
from app.domain.checklists.condition_rules import check_dependents, condition_fits
from app.domain.checklists.conditions import Condition
from app.domain.checklists.library import CROSS_STAGE, Wording
from app.domain.checklists.measures import COUNTED
from app.domain.checklists.rules import (
    AREAS,
    EVIDENCE_WORDS,
    LARGEST,
    ON_THE_DAY,
    TOTAL_RULE,
    Recurrence,
    total_rule,
)
from app.domain.errors import Invalid
from app.domain.regions import FigureKind, Level
from app.domain.stages import Election, Stage, h_text, shifted
from app.words import angka

CODE = re.compile(r"[A-Z]{3}-\d{2,3}")
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
FIGURE_LIKE = re.compile(r"([a-z]+(?:_[a-z0-9]+)+)(?:\s*[*+]\s*\d+)*")
"""What looks like the name of a figure; other words mean that each desk says the total itself."""
NUMBER_LIKE = re.compile(r"[-\u2212\u2013]?\s*\d(?:[.,]?\d)*")
"""What begins a fixed total, below zero or with the dots of thousands too."""
FIGURES = tuple(
    sorted(
        {
            kind
            for kind in (*COUNTED, *(k.value for k in FigureKind))
            if kind.startswith(("n_", "tps_", "dpt_"))
        }
    )
)
"""The reference figures that can be a measure's total."""
MOST_TIMES = 10**9
NO_RULE = (
    "Hitungan itu tidak dapat dipakai. Tulis satu angka acuan seperti tps_total, tps_total*2, atau n_kabkota + 1, "
    "satu bilangan, atau kata tanpa hitungan bila desk yang mengisi."
)
FARTHEST = 1_000
LONGEST = {
    "roles": 200,
    "title": 240,
    "measure_unit": 120,
    "measure_total": 60,
    "legal_basis": 300,
    "sla": 80,
}


@dataclass(frozen=True)
class Surroundings:
    """What a wording is judged by: the election with its stages, the units, and all items as they would be in force."""

    election: Election
    stages: Sequence[Stage]
    units: Mapping[int, Unit]
    library: Mapping[str, Wording] = field(default_factory=dict)


def tidy(wording: Wording, last: Wording | None = None) -> Wording:
    """The same said in the one way it is kept: blanks, order of levels and hours, a condition's form.

    Evidence stays in the order of the wording before (`last`), so that the same list is no change.
    """
    words: dict[str, Any] = {name: " ".join(getattr(wording, name).split()) for name in LONGEST}
    hours = sorted(hour.replace(".", ":").zfill(5) for hour in re.split(r"[\s,;]+", wording.times) if hour)
    evidence = _in_order(wording.evidence, list(EVIDENCE_WORDS))
    if last is not None and set(last.evidence.split()) == set(evidence.split()):
        evidence = last.evidence
    try:
        condition = Condition.read(wording.condition)
        said = condition.text if condition else ""
    except Invalid:
        said = wording.condition
    return replace(
        wording,
        **words,
        levels=_in_order(wording.levels, [level.value for level in Level]),
        evidence=evidence,
        times=" ".join(hours),
        condition=said,
    )


def _in_order(text: str, known: list[str]) -> str:
    """The words of a list once each, in their usual order, what is unknown at the end."""
    words = dict.fromkeys(text.replace(";", " ").split())
    return " ".join(sorted(words, key=lambda word: known.index(word) if word in known else len(known)))


def check_code(code: str, area: str, taken: Sequence[str]) -> None:
    """Refuse (Invalid) a new item's code that is no code, of another area, or in use, retired items' too."""
    if not CODE.fullmatch(code):
        raise Invalid(
            "Kode butir tidak tepat.", code="Tulis bidang, tanda hubung, dan nomor, misalnya LOG-20."
        )
    if area in AREAS and not code.startswith(f"{area}-"):
        raise Invalid(
            "Kode butir tidak tepat.", code=f"Butir bidang {AREAS[area]} berkode {next_code(area, taken)}."
        )
    if code in taken:
        raise Invalid(
            "Kode butir sudah dipakai.",
            code=f"{code} sudah dipakai, juga bila dipensiunkan. Yang masih kosong: {next_code(code[:3], taken)}.",
        )


def next_code(area: str, taken: Sequence[str]) -> str:
    """The first number after the last one of an area: "LOG-20"."""
    numbers = [int(code[4:]) for code in taken if code.startswith(f"{area}-") and code[4:].isdecimal()]
    return f"{area}-{max(numbers, default=0) + 1:02d}"


def check_wording(code: str, wording: Wording, around: Surroundings) -> None:
    """Refuse (Invalid, each sentence at its field) what cannot be asked of anybody.

    `around.library` must hold this wording under its code.
    """
    wrong: dict[str, str] = {}
    for rule in (_area, _texts, _levels, _unit, _days, _hours, _evidence, _total):
        wrong |= rule(code, wording, around)
    if "recurrence" not in wrong and "levels" not in wrong:
        wrong |= condition_fits(code, wording, around.library)
    if wrong:
        raise Invalid("Butir ini belum dapat diterbitkan.", **wrong)
    check_dependents(code, around.library)


def _area(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    if wording.area not in AREAS:
        return {"area": f"Pilih salah satu dari {', '.join(AREAS)}."}
    if not code.startswith(f"{wording.area}-"):
        return {
            "area": f"{code} tetap di bidangnya. Untuk bidang lain, pensiunkan butir ini lalu buat butir baru."
        }
    return {}


def _texts(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    wrong = {
        name: f"Paling banyak {limit} tanda; sekarang {len(getattr(wording, name))}."
        for name, limit in LONGEST.items()
        if len(getattr(wording, name)) > limit
    }
    if not wording.title:
        wrong["title"] = "Tuliskan apa yang harus dikerjakan."
    if not wording.roles:
        wrong["roles"] = "Sebutkan siapa saja yang ikut, misalnya Kesbangpol; KPU kab/kota."
    return wrong


def _levels(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    levels = wording.levels.split()
    if not levels or not set(levels) <= {level.value for level in Level}:
        return {"levels": "Pilih paling sedikit satu tingkat wilayah."}
    return {}


def _unit(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    unit = around.units.get(wording.unit_id or 0)
    if unit is None:
        return {"unit_id": "Pilih perangkat daerah yang bertanggung jawab."}
    if unit.retired_on is not None:
        return {"unit_id": f"{unit.name} tidak dipakai lagi. Pilih perangkat daerah lain."}
    if unit.is_source_only:
        return {
            "unit_id": f"{unit.name} hanya sumber data dan tidak pernah bertanggung jawab atas butir. "
            "Pilih perangkat daerah; sumbernya cukup disebut di Pelaksana."
        }
    return {}


def _days(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    if wording.recurrence not in set(Recurrence):
        return {"recurrence": "Pilih pengulangan dari daftar."}
    recurrence, first, last = Recurrence(wording.recurrence), wording.start_offset, wording.due_offset
    if abs(last) > FARTHEST or abs(first or 0) > FARTHEST:
        name = "due_offset" if abs(last) > FARTHEST else "start_offset"
        return {name: f"Isi antara -{FARTHEST} dan {FARTHEST} hari dari Hari-H."}
    if first is not None and first > last:
        return {"due_offset": "Tenggat harus sama atau sesudah hari mulai."}
    if recurrence in ON_THE_DAY and (last != 0 or first not in (None, 0)):
        return {"due_offset": "Pengulangan ini hanya untuk hari pemungutan suara: isi tenggat 0."}
    if recurrence is Recurrence.WEEKLY and not _has_monday(wording, around):
        return {"due_offset": "Tidak ada hari Senin di antara hari mulai dan tenggat."}
    return _inside_stage(wording, around)


def _has_monday(wording: Wording, around: Surroundings) -> bool:
    stage = next((stage for stage in around.stages if stage.code == wording.stage), None)
    first = wording.start_offset
    if first is None:
        first = min(stage.start_offset, wording.due_offset) if stage else wording.due_offset
    day = around.election.voting_day
    return any(shifted(day, n).weekday() == 0 for n in range(first, min(first + 7, wording.due_offset + 1)))


def _inside_stage(wording: Wording, around: Surroundings) -> dict[str, str]:
    """Offsets lie in their stage; the first one is open towards the past, the last one towards the future."""
    if wording.stage == CROSS_STAGE:
        return {}
    ordered = sorted(around.stages, key=lambda stage: stage.start_offset)
    stage = next((stage for stage in ordered if stage.code == wording.stage), None)
    if stage is None:
        return {"stage": "Pilih tahapan dari daftar."}
    low = -FARTHEST if stage is ordered[0] else stage.start_offset
    high = FARTHEST if stage is ordered[-1] else stage.end_offset
    day = around.election.voting_day
    for name in ("start_offset", "due_offset"):
        offset = getattr(wording, name)
        if offset is not None and not low <= offset <= high:
            first, last = (h_text(day, shifted(day, n)) for n in (stage.start_offset, stage.end_offset))
            return {
                name: f"{h_text(day, shifted(day, offset))} di luar tahapan {stage.name} ({first} sampai {last}). "
                "Ubah harinya, atau pilih tahapan lain."
            }
    return {}


def _hours(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    hours = wording.times.split()
    if not hours or wording.recurrence not in set(Recurrence):
        return {}
    count = ON_THE_DAY.get(Recurrence(wording.recurrence))
    if count is None:
        return {
            "times": "Jam hanya untuk butir yang berulang pada hari pemungutan. Kosongkan, atau ubah pengulangannya."
        }
    if not all(HOUR.fullmatch(hour) for hour in hours):
        return {"times": "Tulis jam sebagai 10.00 13.00, antara 00.00 dan 23.59."}
    if len(set(hours)) != count or len(hours) != count:
        return {"times": f"Pengulangan ini memerlukan {count} jam yang berbeda, atau tanpa jam sama sekali."}
    return {}


def _evidence(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    if not set(wording.evidence.split()) <= set(EVIDENCE_WORDS):
        return {"evidence": f"Pilih dari {', '.join(EVIDENCE_WORDS)}."}
    return {}


def _total(code: str, wording: Wording, around: Surroundings) -> dict[str, str]:
    if wording.measure_total and not wording.measure_unit:
        return {"measure_unit": "Sebutkan apa yang dihitung, misalnya TPS siap / TPS."}
    number = NUMBER_LIKE.match(wording.measure_total)
    if number and not (number[0].isdecimal() and int(number[0])):
        return {"measure_total": "Isi bilangan bulat lebih dari nol, tanpa titik, misalnya 27 atau 1588."}
    wrong = _arithmetic(wording.measure_total)
    return {"measure_total": wrong} if wrong else {}


def _arithmetic(total: str) -> str:
    """What is wrong with a total that counts, in a sentence; empty for a rule that works, and for words."""
    rule = total_rule(total)
    if rule is not None and rule.number is not None and rule.number > LARGEST:
        return "Bilangan itu terlalu besar: paling banyak 15 angka."
    if not FIGURE_LIKE.fullmatch(total):
        return NO_RULE if _counts(total) else ""
    if rule is None or rule.kind not in FIGURES:
        return f"Angka acuan itu tidak dikenal. Yang dapat dipakai: {', '.join(FIGURES)}."
    if not TOTAL_RULE.fullmatch(total):
        return NO_RULE
    if rule.times == 0:
        return "Angka acuan tidak dapat dikalikan nol. Tulis misalnya tps_total*2."
    if rule.times > MOST_TIMES or rule.plus > MOST_TIMES:
        return f"Pengali dan tambahannya paling banyak {angka(MOST_TIMES)}. Tulis misalnya tps_total*2."
    return ""


def _counts(total: str) -> bool:
    """Whether a text that is no rule looks like one: a sign of arithmetic with a figure or a bare number beside it."""
    parts = [part.strip() for part in re.split(r"[+;]", total)]
    if "*" in total or not all(any(sign.isalpha() for sign in part) for part in parts if len(parts) > 1):
        return True
    if len(parts) > 1 and any(FIGURE_LIKE.match(part) for part in parts):
        return True
    return bool(re.search(r"\D[\s\-\u2212\u2013/]+\d+$", total))
