"""`flask pemilihan`: setting up an election for a desk that is not a demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click
from flask import Flask
from flask.cli import AppGroup

from app import data
from app.cli.edge import IsoDate, deed
from app.cli.regions import KALTIM
from app.domain import clock, regions, stages
from app.domain.errors import Invalid
from app.words import angka

group = AppGroup("pemilihan", help="Pemilihan dan tahapannya.")
OF_2024 = dt.date(2024, 11, 27)
"""The shipped official calendar (PKPU 2/2024) is that of this voting day, and of no other."""


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("create")
@click.argument("code")
@click.argument("name")
@click.argument("voting_day", type=IsoDate())
@click.option(
    "--region", "roots", multiple=True, required=True, help="Wilayah desk, misalnya 64; boleh berulang."
)
@click.option("--in-use-from", type=IsoDate(), help="Hari desk mulai mencatat di sini; kosong: hari ini.")
@click.option(
    "--unusual-day", is_flag=True, help="Pemilihan itu memang sudah selesai, atau lebih dari 10 tahun lagi."
)
def create(
    code: str,
    name: str,
    voting_day: dt.date,
    roots: tuple[str, ...],
    in_use_from: dt.date | None,
    unusual_day: bool,
) -> None:
    """Siapkan pemilihan dan jadikan yang berlaku, dengan tahapannya dan jenis Pemilihan tiap wilayah.

    CODE kode pendek, NAME namanya, VOTING_DAY hari pemungutan suara (2024-11-27).
    """
    with deed():
        today = clock.today(regions.zone_of(roots[0]))
        if not unusual_day:
            _refuse_a_mistyped_year(voting_day, today)
        start = in_use_from or today
        desks = _desks(roots)
        election = stages.create_election(code, name, voting_day, in_use_from=start)
        windows = stages.load_stages(election, data.rows("app_stages.csv"))
        if voting_day == OF_2024:
            stages.load_steps(election, steps_of_2024())
        stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None)
        races = stages.load_races(election, ((desk.code, desk.kind) for desk in desks))
    click.echo(f"Pemilihan {code} berlaku: {angka(windows)} tahapan, {angka(races)} jenis Pemilihan.")
    click.echo("Isian daftar periksa dibuat oleh: flask checklists expect; laporan: flask report expect")


def last_day(voting_day: dt.date) -> dt.date:
    """The last day of the last stage as it is shipped."""
    return voting_day + dt.timedelta(days=max(int(row["end_offset"]) for row in data.rows("app_stages.csv")))


def _refuse_a_mistyped_year(voting_day: dt.date, today: dt.date) -> None:
    doubt = stages.voting_day_doubt(voting_day, today, last_day=last_day(voting_day))
    if doubt:
        raise Invalid(f"{doubt} Periksa tahunnya. Bila memang begitu, tambahkan --unusual-day.")


def steps_of_2024() -> Iterator[dict[str, str]]:
    """The official calendar of 2024; outside Kalimantan Timur without what was held or cited there only."""
    here = KALTIM in regions.provinces()
    for row in data.rows("tahapan_pilkada_2024.csv"):
        if here:
            yield row
        elif row["pkpu_group"] != "kaltim":
            yield row | {"source": data.cite_elsewhere(row["source"])}


def _desks(roots: tuple[str, ...]) -> list[regions.RegionRow]:
    """The provinces and kabupaten/kota that vote: the roots, those above and those below. Raises NotFound."""
    found = {code: regions.find(code) for root in roots for code in regions.ancestors(root)[:2]}
    found |= {row.code: row for row in regions.regions_under(roots, regions.Level.REGENCY)}
    return [row for code, row in sorted(found.items()) if stages.is_elected(code)]


@group.command("list")
def list_elections() -> None:
    """Daftar pemilihan; yang berlaku ditandai."""
    with deed():
        for election in stages.elections():
            mark = "  (berlaku)" if election.is_current else ""
            click.echo(f"{election.code}  {election.name}  {election.voting_day}{mark}")
