"""The sheet of the library: an item to cells and back, so that what goes out comes in unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from app.documents.tables import RowError, SheetColumn, SheetRow
from app.domain.accounts import Unit
from app.domain.checklists import FIGURES, Recurrence, Wording
from app.domain.checklists.library import CROSS_STAGE
from app.domain.checklists.rules import EVIDENCE_WORDS
from app.domain.regions import Level
from app.domain.stages import Stage
from app.words import kapital

OFFSET = re.compile(r"(?:hari-h|h)?\s*([+-]?)\s*(\d{1,5})?", re.IGNORECASE)
CROSS = "Lintas tahapan"
LEVELS = {level.label: level.value for level in Level}
RECURRENCES = {kapital(one.label): one.value for one in Recurrence}
EVIDENCE = {kapital(words): key for key, words in EVIDENCE_WORDS.items()}
COLUMN_OF = {
    "code": "code", "area": "code", "stage": "stage", "levels": "levels", "unit_id": "unit", "roles": "roles",
    "title": "title", "recurrence": "recurrence", "start_offset": "start", "due_offset": "due", "times": "times",
    "evidence": "evidence", "measure_unit": "measure_unit", "measure_total": "measure_total",
    "legal_basis": "legal_basis", "sla": "sla", "condition": "condition",
}  # fmt: skip
"""Field of a wording -> column of the sheet."""


def columns(stages: Iterable[Stage], units: Iterable[Unit]) -> tuple[SheetColumn, ...]:
    """The sheet's columns; stages and units are those of this desk."""
    stage_names = (*(stage.name for stage in stages), CROSS)
    names = tuple(unit.name for unit in units if not unit.is_source_only and not unit.retired_on)
    return (
        SheetColumn(
            "code",
            "Kode",
            "Bidang, tanda hubung, nomor. Kode yang baru menjadi butir baru.",
            True,
            (),
            "LOG-20",
        ),
        SheetColumn("title", "Judul", "Yang harus dikerjakan.", True, (), "Periksa gudang logistik", 60),
        SheetColumn("stage", "Tahapan", "Tahapan butir ini.", True, stage_names, stage_names[0], 24),
        SheetColumn(
            "levels",
            "Tingkat",
            f"Dipisah titik koma: {'; '.join(LEVELS)}.",
            True,
            (),
            "Kabupaten/kota; Kecamatan",
            26,
        ),
        SheetColumn(
            "unit", "Perangkat daerah", "Yang bertanggung jawab: nama atau kodenya.", True, names, "", 34
        ),
        SheetColumn(
            "roles",
            "Pelaksana",
            "Semua yang ikut, dipisah titik koma. Kosong: perangkat daerahnya.",
            example="Kesbangpol; KPU",
            width=30,
        ),
        SheetColumn("recurrence", "Pengulangan", "Seberapa sering.", True, tuple(RECURRENCES), "Sekali", 24),
        SheetColumn(
            "start", "Mulai", "Hari dari Hari-H. Kosong: sejak tahapannya mulai.", example="H-63", width=10
        ),
        SheetColumn(
            "due", "Tenggat", "Hari dari Hari-H; untuk yang berulang hari terakhirnya.", True, (), "H-14", 10
        ),
        SheetColumn("times", "Jam", "Hanya untuk hari pemungutan.", example="10.00 13.00"),
        SheetColumn(
            "evidence",
            "Bukti",
            f"Dipisah titik koma: {'; '.join(EVIDENCE)}.",
            example="Foto; Berita acara",
            width=26,
        ),
        SheetColumn(
            "measure_unit", "Yang dihitung", "Bagian dan keseluruhannya.", example="TPS siap / TPS", width=26
        ),
        SheetColumn(
            "measure_total",
            "Jumlah seluruhnya",
            f"Bilangan, kata, atau angka acuan: {', '.join(FIGURES)}.",
            example="tps_total",
            width=22,
        ),
        SheetColumn("legal_basis", "Dasar", "Dasar hukum atau sumbernya.", example="PKPU 12/2024", width=30),
        SheetColumn("sla", "Batas waktu tanggapan", "Bila ada.", example="1 hari kerja"),
        SheetColumn(
            "condition",
            "Hanya bila",
            "Butir lain dan jawabannya: selesai, tidak berlaku, atau > bilangan.",
            example="LOG-04 selesai",
        ),
    )


def cells(
    code: str, wording: Wording, stages: Mapping[str, str], units: Mapping[int, str]
) -> tuple[str, ...]:
    """An item as texts in the order of the columns; `stages` and `units` give names."""
    return (
        code,
        wording.title,
        CROSS if wording.stage == CROSS_STAGE else stages.get(wording.stage, wording.stage),
        "; ".join(Level(level).label for level in wording.levels.split()),
        units.get(wording.unit_id or 0, ""),
        wording.roles,
        kapital(Recurrence(wording.recurrence).label),
        day_text(wording.start_offset),
        day_text(wording.due_offset),
        wording.times.replace(":", "."),
        "; ".join(kapital(EVIDENCE_WORDS.get(word, word)) for word in wording.evidence.split()),
        wording.measure_unit,
        wording.measure_total,
        wording.legal_basis,
        wording.sla,
        wording.condition,
    )


def day_text(offset: int | None) -> str:
    """H-14, H+3, Hari-H, or nothing."""
    if offset is None:
        return ""
    return "Hari-H" if offset == 0 else f"H{offset:+d}"


T = TypeVar("T")


@dataclass
class Reader:
    """Reads rows; what cannot be read stands in `errors`."""

    stages: Mapping[str, str]
    """Name or code, folded -> code."""
    stage_names: Mapping[str, str]
    units: Mapping[str, int]
    """Name or code, folded -> number, mere sources too: the rules say why they are refused."""
    unit_names: Mapping[int, str]
    errors: list[RowError] = field(default_factory=list)

    def read(self, row: SheetRow) -> tuple[str, Wording]:
        """The item's code and wording; a faulty cell is told and read as nothing."""
        said = row.values
        code = said["code"].upper()
        unit_id = self._one(row, "unit", self.units, "Perangkat daerah ini tidak ada dalam daftar.")
        due = self._day(row, "due")
        return code, Wording(
            area=code[:3],
            stage=self._one(row, "stage", self.stages, "Tahapan ini tidak ada. Pilih dari daftar.") or "",
            levels=self._several(row, "levels", LEVELS),
            unit_id=unit_id,
            roles=said["roles"] or self.unit_names.get(unit_id or 0, ""),
            title=said["title"],
            recurrence=self._one(
                row, "recurrence", _folded(RECURRENCES), "Pengulangan ini tidak ada. Pilih dari daftar."
            )
            or "",
            start_offset=self._day(row, "start"),
            due_offset=due if due is not None else 0,
            times=said["times"],
            evidence=self._several(row, "evidence", EVIDENCE),
            measure_unit=said["measure_unit"],
            measure_total=said["measure_total"],
            legal_basis=said["legal_basis"],
            sla=said["sla"],
            condition=said["condition"],
        )

    def _one(self, row: SheetRow, key: str, known: Mapping[str, T], message: str) -> T | None:
        text = row.values[key]
        if text and text.casefold() not in known:
            self.errors.append(RowError(row.number, key, message))
        return known.get(text.casefold())

    def _several(self, row: SheetRow, key: str, known: Mapping[str, str]) -> str:
        folded, found = _folded(known), []
        for word in re.split(r"[;,]", row.values[key]):
            if word.strip():
                value = folded.get(" ".join(word.split()).casefold())
                if value is None:
                    choices = "; ".join(known)
                    message = f"«{word.strip()}» tidak dikenal. Pilih dari: {choices}."
                    self.errors.append(RowError(row.number, key, message))
                else:
                    found.append(value)
        return " ".join(found)

    def _day(self, row: SheetRow, key: str) -> int | None:
        text = row.values[key].replace("\u2212", "-")
        if not text:
            return None
        match = OFFSET.fullmatch(text)
        if match is None or (match[2] is None and match[1]):
            self.errors.append(
                RowError(row.number, key, "Tulis hari dari Hari-H, misalnya H-14, H+3, atau 0.")
            )
            return None
        return int(f"{match[1]}{match[2] or 0}")


def _folded(known: Mapping[str, str]) -> dict[str, str]:
    """Words and keys, folded -> key."""
    return {word.casefold(): key for word, key in known.items()} | {
        key.casefold(): key for key in known.values()
    }
