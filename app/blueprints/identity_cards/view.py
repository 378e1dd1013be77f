"""What the board shows: one region as a whole, and each below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from app.domain import identity_cards, regions
from app.domain.identity_cards import Burn, Point, Standing
from app.domain.regions import Level, RegionRow
from app.domain.registers import Coverage, Missing, coverage_of, known_sum, missing_by_home
from app.web.curve import Curve, Day, curve, days_of
from app.words import angka, tanggal_pendek


class Place(NamedTuple):
    """A region with its newest figures, what becomes of the rest, and its kecamatan."""

    region: RegionRow
    standing: Standing
    enrolled: tuple[int | None, int | None]
    """(part, whole) where both are known."""
    printed: tuple[int | None, int | None]
    burn: Burn | None
    coverage: Coverage

    @property
    def finish_words(self) -> str:
        """When none is left at this pace."""
        burn = self.burn
        if burn is None:
            return "belum diketahui"
        if burn.is_done:
            return "selesai"
        if burn.pace is None:
            return "perlu angka hari lain"
        if burn.finishes_on is None:
            return "tidak berkurang" if burn.pace <= 0 else "lebih dari 10 tahun"
        return tanggal_pendek(burn.finishes_on)


class Board(NamedTuple):
    """All that the page of a region shows."""

    place: Place
    below: tuple[Place, ...]
    below_level: Level | None
    tells_below: bool
    """Whether a region below tells a figure; a province's are shown all the same, with their kecamatan."""
    days: tuple[Day, ...]
    curve: Curve | None
    certificates: int | None
    services: int
    served: int | None
    obstructed: int | None
    missing: Missing
    """The kecamatan that were not served, under their kabupaten/kota."""
    pace_words: str
    pace_regions: int
    """How many kabupaten/kota tell what is left, and so make up the curve."""


def board_of(region: RegionRow, voting_day: dt.date) -> Board:
    """The board of a region. At most eight statements, whatever the number of records."""
    codes = [region.code]
    found = identity_cards.newest(codes)
    left = identity_cards.remaining(codes, only_leading=region.level is Level.PROVINCE)
    services = identity_cards.held(codes)
    coverage = coverage_of(codes, (one.region for one in services))
    below = regions.children_of(region.code) if region.level in (Level.PROVINCE, Level.REGENCY) else []

    def place(row: RegionRow) -> Place:
        return _place(row, found, left, coverage.within(row.code), voting_day)

    whole, places = place(region), tuple(map(place, below))
    return Board(
        whole,
        places,
        below[0].level if below else None,
        region.level is Level.PROVINCE or any(one.standing.until for one in places),
        tuple(days_of(whole.burn.points)) if whole.burn else (),
        curve(whole.burn) if whole.burn else None,
        identity_cards.certificates(codes)[0],
        len(services),
        known_sum(one.served for one in services),
        known_sum(one.obstacle_people for one in services),
        missing_by_home(coverage),
        pace_words(whole.burn) if whole.burn else "",
        len({regions.kabkota_of(code) for code in left}),
    )


def _place(
    region: RegionRow,
    found: Mapping[str, Standing],
    left: Mapping[str, list[Point]],
    coverage: Coverage,
    voting_day: dt.date,
) -> Place:
    return Place(
        region,
        identity_cards.together(found, region.code),
        identity_cards.share(found, region.code, "enrolled", "obliged"),
        identity_cards.share(found, region.code, "printed", "enrolled"),
        identity_cards.burn(identity_cards.series(left, region.code), voting_day),
        coverage,
    )


def pace_words(burn: Burn) -> str:
    """The course of the rest in sentences."""
    first, newest = burn.baseline, burn.newest
    if burn.is_done:
        return f"Tidak ada lagi yang belum rekam sejak {tanggal_pendek(burn.finishes_on or newest.day)}."
    if burn.pace is None:
        return (
            f"Baru ada angka {tanggal_pendek(first.day)}: {angka(first.left)} belum rekam. Laju terlihat setelah ada "
            "angka hari lain."
        )
    told = [
        f"Belum rekam {angka(first.left)} pada {tanggal_pendek(first.day)}, {angka(newest.left)} pada "
        f"{tanggal_pendek(newest.day)}."
    ]
    if burn.pace <= 0:
        told.append("Sisanya tidak berkurang, jadi tidak ada tanggal selesai.")
    elif burn.finishes_on is None:
        told.append(f"Rata-rata {_per_day(burn)} sehari; dengan laju ini lebih dari 10 tahun lagi.")
    else:
        told.append(
            f"Rata-rata {_per_day(burn)} sehari; dengan laju ini selesai pada {tanggal_pendek(burn.finishes_on)}"
            f"{_against(burn)}."
        )
    if burn.is_late and burn.needed:
        told.append(f"Agar selesai sehari sebelum pemungutan suara perlu {angka(burn.needed)} orang sehari.")
    return " ".join(told)


def _per_day(burn: Burn) -> str:
    return f"{angka(round(float(burn.pace or 0), 1))} orang"


def _against(burn: Burn) -> str:
    days = ((burn.finishes_on or burn.newest.day) - burn.voting_day).days
    if days == 0:
        return ", tepat pada hari pemungutan suara"
    return f", {abs(days)} hari {'sesudah' if days > 0 else 'sebelum'} hari pemungutan suara"
