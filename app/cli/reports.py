"""`flask report`: the rows of reports that desks owe."""

from __future__ import annotations

import datetime as dt

import click
from flask import Flask
from flask.cli import AppGroup

from app.cli import seals
from app.cli.edge import IsoDate, deed
from app.domain import audit, reports, stages
from app.words import angka

group = AppGroup("report", help="Laporan yang wajib dibuat desk.")


def install(app: Flask) -> None:
    """Register the commands."""
    group.add_command(seals.verify)
    group.add_command(seals.key)
    app.cli.add_command(group)


@group.command("expect")
@click.option(
    "--since",
    type=IsoDate(),
    help="Pertama kali: laporan mulai hari itu; kosong: hari desk mulai mencatat. Sesudahnya hanya yang akan datang.",
)
def expect(since: dt.date | None) -> None:
    """Siapkan laporan yang wajib dibuat setiap desk menurut iramanya; boleh diulang kapan saja."""
    with deed():
        election = stages.current_election()
        made = reports.expect(election, since=since or election.in_use_from)
        if made:
            audit.record(
                "report:report:expect",
                by=None,
                subject=("election", election.id),
                changes={"made": [0, made]},
            )
    click.echo(f"{angka(made)} laporan disiapkan.")
