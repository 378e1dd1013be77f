"""What stands in a final report beside its texts: the tables of its chapters, the recapitulations, the annexes.

Read in the moment it is sent, and frozen with it. Counts and institutions; of people only who holds which office in the
desk. Chapters and recapitulations (a) to (f) as domain.md 4b and 4c propose; legal grounds as domain.md 2b found them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain import accounts, checklists, logistics, regions, stages
from app.domain.accounts import Person
from app.domain.all_facts import facts_of
from app.domain.checklists import AREAS, AsOf, Gathered, Scope, Totals
from app.domain.once import asked_once
from app.domain.regions import FigureKind, FigureView, Level
from app.domain.registers import Fact
from app.domain.reports.recaps import RECAPS, Seen, by_place, called, recaps_of
from app.domain.reports.snapshot import Hindrance, Table
from app.domain.reports.voting import voting_of
from app.domain.stages import Election
from app.words import UNKNOWN, angka, persen, tanggal_panjang, tanggal_pendek

GROUNDS = (
    ("UU 10/2016", "Pemilihan Gubernur, Bupati, dan Wali Kota"),
    (
        "Permendagri 9/2005, Pasal 6 ayat (1)",
        "Pembentukan desk di provinsi dan kabupaten/kota, dan empat tugasnya",
    ),
    ("Permendagri 61/2011", "Pemantauan, pelaporan, dan evaluasi perkembangan politik di daerah"),
    ("Surat Mendagri 100.2.7/2944/SJ, 5 Juni 2023", "Pembentukan desk yang terhubung dengan Kemendagri"),
)
"""Those that domain.md 2b names; a desk adds its own decree in the text of the chapter."""
BODY_KINDS = (
    FigureKind.DISTRICTS,
    FigureKind.WARDS,
    FigureKind.VILLAGES,
    FigureKind.POLLING_STATIONS,
    FigureKind.SPECIAL_POLLING_STATIONS,
    FigureKind.VOTERS,
)
ITEM_HEADS = ("Butir", "Uraian", "Tingkat", "Selesai", "Bukti")
ANNEX = "lampiran"


def final_tables(
    person: Person, election: Election, region: str, day: dt.date, hindrances: Sequence[Hindrance]
) -> tuple[Table, ...]:
    """All tables of a final report of a region as of a day, within what this person reads.

    A few statements for each region right below, whatever the number of entries and records.
    """
    with asked_once():
        here = regions.find(region)
        places = [] if here.level is Level.VILLAGE else regions.children_of(region)
        seen = Seen(person, election, here, places, AsOf.of(election, day))
        told = {place.code: facts_of(place.code) for place in places}
        own = facts_of(region)
        found = [
            _grounds(),
            _desk(seen, day),
            _region(seen),
            *_tasks(seen),
            _stages(seen),
            _problems(hindrances),
            *_neutrality(seen, told, own),
            _turnout(own),
            *recaps_of(seen, told),
            *voting_of(seen, told, own),
            *_annexes(seen, told),
            *_stations(seen),
        ]
    return tuple(table for table in found if table.rows)


def _grounds() -> Table:
    return Table("dasar", "bab1", "Dasar hukum", ("Peraturan atau surat", "Isi"), GROUNDS)


def _desk(seen: Seen, day: dt.date) -> Table:
    """Who holds which office on that day; one line for each holder and office."""
    rows = {
        (holder.position or holder.role.label, holder.unit_name or "-", holder.name)
        for holder in accounts.holders_in(seen.region.code, day)
        if holder.role is not accounts.Role.ADMIN
    }
    return Table(
        "susunan", "bab1", "Susunan desk", ("Jabatan", "Perangkat daerah", "Nama"), tuple(sorted(rows))
    )


def _region(seen: Seen) -> Table:
    """The reference figures of the regions below and of the region itself, each in the version in force."""
    everywhere = [*seen.places, seen.region]
    figures = regions.current_figures([place.code for place in everywhere])
    rows = [
        (called(place, seen), *(_number(figures.get((place.code, kind))) for kind in BODY_KINDS))
        for place in everywhere
    ]
    note = "Setiap angka menurut sumber yang berlaku pada tanggal laporan; yang kosong belum diketahui."
    heads = ("Wilayah", *(kind.label for kind in BODY_KINDS))
    return Table("wilayah", "bab2", "Wilayah, pemilih, dan TPS", heads, tuple(rows), note)


def _tasks(seen: Seen) -> list[Table]:
    """What was asked and done in each area of work, then item by item."""
    overview = checklists.overview_of(seen.election, seen.region.code, seen.as_of)
    rows = [
        (AREAS[area], *_counted(overview.areas.get(area, Totals())))
        for area in AREAS
        if area in overview.areas
    ]
    rows.append(("Seluruhnya", *_counted(overview.whole.totals)))
    heads = ("Bidang tugas", "Target", "Realisasi", "Persen", "Terverifikasi", "Terkendala")
    tables = [Table("capaian", "bab3", "Capaian tiap bidang tugas", heads, tuple(rows))]
    scope = Scope(seen.region.code)
    own = checklists.entries_in(seen.person, seen.election, scope, seen.as_of, own=True)
    gathered = checklists.gathered_in(seen.person, seen.election, scope, seen.as_of)
    for area, name in AREAS.items():
        lines = [*_own_lines(one for one in own if one.area == area)]
        lines += [_gathered_line(one) for one in gathered if one.area == area]
        tables.append(
            Table(
                f"butir_{area.lower()}",
                "bab3",
                name,
                ("Butir", "Uraian", "Tingkat", "Selesai", "Bukti"),
                tuple(lines),
            )
        )
    return tables


def _own_lines(entries: Iterable[checklists.EntryRow]) -> Iterable[tuple[str | int | None, ...]]:
    """One line an item of the region itself: how many of its periods are done."""
    items: dict[str, list[checklists.EntryRow]] = {}
    for entry in entries:
        items.setdefault(entry.code, []).append(entry)
    for code, periods in items.items():
        done = Totals.of(str(one.standing) for one in periods)
        yield (
            code,
            periods[-1].title,
            "desk ini",
            f"{angka(done.done)} dari {angka(done.expected)}" if done.expected else "tidak berlaku",
            sum(one.evidence_count for one in periods),
        )


def _gathered_line(item: Gathered) -> tuple[str | int | None, ...]:
    return (
        item.code,
        item.title,
        Level(item.level).label,
        f"{angka(item.regions_done)} dari {angka(item.regions_total)} wilayah",
        item.evidence_count,
    )


def _stages(seen: Seen) -> Table:
    rows = [
        (
            window.name,
            tanggal_panjang(window.starts_on),
            tanggal_panjang(window.ends_on),
            window.reason or "-",
        )
        for window in stages.windows_in(seen.election, seen.region.code)
    ]
    return Table("tahapan", "bab4", "Tahapan", ("Tahapan", "Mulai", "Sampai", "Keterangan"), tuple(rows))


def _problems(hindrances: Sequence[Hindrance]) -> Table:
    rows = [
        (
            one.what,
            one.place,
            one.handling or "-",
            one.state or "-",
            one.owner or "-",
            tanggal_pendek(one.since) if one.since else "-",
        )
        for one in hindrances
    ]
    heads = ("Masalah", "Lokasi", "Penanganan", "Status", "Penanggung jawab", "Sejak")
    return Table("masalah", "bab5", "Permasalahan dan tindak lanjut", heads, tuple(rows))


def _neutrality(seen: Seen, told: dict[str, tuple[Fact, ...]], own: Sequence[Fact]) -> list[Table]:
    rows = _told_of(own, "ASN")
    tables = [Table("netralitas", "bab6", "Keadaan kasus dan edaran", ("Angka", "Nilai", "Sumber"), rows)]
    tables.append(by_place("kasus", RECAPS, "(c) Kasus netralitas tiap wilayah", seen, told, "netralitas."))
    return tables


def _turnout(facts: Sequence[Fact]) -> Table:
    return Table(
        "partisipasi",
        "bab7",
        "Sosialisasi dan partisipasi",
        ("Angka", "Nilai", "Sumber"),
        _told_of(facts, "SOS"),
    )


def _annexes(seen: Seen, told: dict[str, tuple[Fact, ...]]) -> list[Table]:
    """For each region below a table for each area of work: all that its registers tell."""
    return [
        Table(
            f"{ANNEX}_{place.code}_{area}",
            ANNEX,
            name,
            ("Angka", "Nilai", "Sumber"),
            rows,
            region=place.title,
        )
        for place in seen.places
        for area, name in AREAS.items()
        if (rows := _told_of(told[place.code], area))
    ]


def _stations(seen: Seen) -> list[Table]:
    """Every TPS that logistics were recorded for, a table for each kecamatan."""
    found: dict[str, list[tuple[str | int | None, ...]]] = {}
    for one in logistics.stations_in(seen.region.code):
        found.setdefault(one.district, []).append((one.village, one.station, one.voters, one.stand))
    heads = ("Kelurahan/desa", "TPS", "Pemilih", "Logistik")
    return [
        Table(f"tps_{number}", ANNEX, f"TPS Kecamatan {district}", heads, tuple(rows))
        for number, (district, rows) in enumerate(found.items(), start=1)
    ]


def _told_of(facts: Sequence[Fact], area: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (fact.label, fact.said, fact.source or UNKNOWN)
        for fact in facts
        if fact.area == area and not fact.is_silent
    )


def _counted(totals: Totals) -> tuple[int | str, ...]:
    return totals.expected, totals.done, persen(totals.percent_done), totals.verified, totals.terkendala


def _number(figure: FigureView | None) -> int | str | None:
    if figure is None or figure.value is None:
        return None
    return int(figure.value) if figure.value == int(figure.value) else angka(figure.value)
