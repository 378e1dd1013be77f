"""Reference figures (angka acuan): which there are, the one in force,
its history, and how a new one is recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import func, select

from app.domain import clock
from app.domain.errors import Invalid
from app.domain.regions.models import Figure
from app.extensions import db


class FigureKind(StrEnum):
    """What is counted. The value is the key in measure definitions and imports."""

    POLLING_STATIONS = "tps_total"
    SPECIAL_POLLING_STATIONS = "tps_lokasi_khusus"
    SPECIAL_VOTERS = "pemilih_lokasi_khusus"
    VOTERS = "dpt_total"
    VOTERS_MALE = "dpt_laki"
    VOTERS_FEMALE = "dpt_perempuan"
    DISTRICTS = "n_kecamatan"
    WARDS = "n_kelurahan"
    VILLAGES = "n_desa"
    BALLOTS = "surat_suara_per_jenis"
    SECURITY_PERSONNEL = "personel_pengamanan"
    POPULATION = "penduduk"
    AREA_KM2 = "luas_km2"
    TURNOUT_TARGET = "target_partisipasi_pct"

    @property
    def label(self) -> str:
        """The figure's name for people."""
        return LABELS[self]


LABELS = {
    FigureKind.POLLING_STATIONS: "TPS",
    FigureKind.SPECIAL_POLLING_STATIONS: "TPS lokasi khusus",
    FigureKind.SPECIAL_VOTERS: "Pemilih di TPS lokasi khusus",
    FigureKind.VOTERS: "Pemilih dalam DPT",
    FigureKind.VOTERS_MALE: "DPT laki-laki",
    FigureKind.VOTERS_FEMALE: "DPT perempuan",
    FigureKind.DISTRICTS: "Kecamatan",
    FigureKind.WARDS: "Kelurahan",
    FigureKind.VILLAGES: "Desa/kampung",
    FigureKind.BALLOTS: "Surat suara per jenis Pemilihan",
    FigureKind.SECURITY_PERSONNEL: "Personel pengamanan",
    FigureKind.POPULATION: "Penduduk",
    FigureKind.AREA_KM2: "Luas (km²)",
    FigureKind.TURNOUT_TARGET: "Target partisipasi (%)",
}


@dataclass(frozen=True)
class FigureView:
    """One version of one figure; `value` None is "belum diketahui", never zero."""

    id: int
    region_code: str
    kind: FigureKind
    value: Decimal | None
    source: str
    document: str
    dated_on: dt.date | None
    note: str
    recorded_at: dt.datetime
    recorded_by: str

    @property
    def label(self) -> str:
        """The figure's name for people."""
        return self.kind.label


def _view(row: Figure) -> FigureView:
    return FigureView(
        row.id,
        row.region_code,
        FigureKind(row.kind),
        row.value,
        row.source,
        row.document,
        row.dated_on,
        row.note,
        row.recorded_at,
        row.recorded_by,
    )


def current_figures(codes: Sequence[str]) -> dict[tuple[str, FigureKind], FigureView]:
    """The latest version of every figure of these regions, by (region code, kind). One statement."""
    latest = (
        select(func.max(Figure.id))
        .where(Figure.region_code.in_(codes))
        .group_by(Figure.region_code, Figure.kind)
    )
    rows = db.session.scalars(select(Figure).where(Figure.id.in_(latest))).all()
    return {(row.region_code, FigureKind(row.kind)): _view(row) for row in rows}


def figure_history(code: str, kind: FigureKind) -> list[FigureView]:
    """All versions of one figure, newest first."""
    query = (
        select(Figure).where(Figure.region_code == code, Figure.kind == kind.value).order_by(Figure.id.desc())
    )
    return [_view(row) for row in db.session.scalars(query)]


def record_figure(
    code: str,
    kind: FigureKind,
    value: Decimal | int | None,
    *,
    by: str,
    source: str,
    document: str = "",
    dated_on: dt.date | None = None,
    note: str = "",
) -> Figure:
    """Add a version of a figure; the older ones stay. Refuses a negative value or no source (Invalid)."""
    if value is not None and value < 0:
        raise Invalid(
            "Angka acuan tidak boleh negatif.",
            value="Isi nol atau lebih, atau kosongkan bila belum diketahui.",
        )
    if not source.strip():
        raise Invalid("Angka acuan harus menyebut sumbernya.", source="Sumber wajib diisi.")
    row = Figure(
        region_code=code,
        kind=kind.value,
        value=None if value is None else Decimal(value),
        source=source.strip(),
        document=document,
        dated_on=dated_on,
        note=note,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    db.session.add(row)
    db.session.flush()
    return row
