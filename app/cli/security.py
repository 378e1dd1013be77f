"""`flask kerawanan`: what Bawaslu has published of Kalimantan Timur's vulnerability, from the shipped files."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from app import data
from app.cli.edge import NotDone, deed
from app.cli.regions import KALTIM
from app.domain import accounts, security
from app.domain.accounts import Person
from app.domain.registers import CHANGED, NEW, SAME

group = AppGroup("kerawanan", help="Kerawanan seperti diterbitkan Bawaslu.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("muat")
@click.option("--oleh", required=True, metavar="AKUN", help="Operator provinsi yang mencatat.")
def load(oleh: str) -> None:
    """Muat IKP 2022, pemetaan 2024, dan TPS rawan Kalimantan Timur; yang sudah ada tidak diulang."""
    person = accounts.person_of(oleh)
    if person is None:
        raise NotDone(f"Akun {oleh} tidak ada.")
    with deed():
        done = load_kaltim(person)
    click.echo(f"{done[NEW]} catatan baru, {done[CHANGED]} berubah, {done[SAME]} tetap.")


def load_kaltim(by: Person) -> dict[str, int]:
    """Bring the shipped files in; commits nothing. Returns how many records are new, changed and the same."""
    done = security.load_published(
        data.rows("ikp_kaltim.csv"), data.rows("tps_rawan_indikator.csv"), region=KALTIM, by=by
    )
    return {what: done[what] for what in (NEW, CHANGED, SAME)}
