"""`flask demo`: Kalimantan Timur on Monday 25 November 2024, to try the desk out and to train on."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.cli.demo import people, setting
from app.cli.edge import NotDone, deed
from app.domain import accounts, stages
from app.domain.errors import NotFound, Refusal
from app.extensions import db

group = AppGroup("demo", help="Demo dan hari simulasi.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def is_loaded() -> bool:
    """Whether the demo is there already: its election and its best-known account."""
    try:
        stages.current_election()
    except NotFound:
        return False
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        raise NotDone("Basis data belum disiapkan. Jalankan dahulu: flask db upgrade") from None
    return accounts.person_of("operator.berau") is not None


@group.command("load")
def load() -> None:
    """Siapkan demo; bila sudah ada, tidak ada yang diubah."""
    settings = setting.current()
    if settings.mode == "production":
        raise NotDone("DESK_MODE=production: demo tidak dimuat ke desk yang sungguhan.")
    if not is_loaded():
        if accounts.everyone():
            raise NotDone("Basis data ini sudah berisi akun. Muat demo ke DESK_DATA yang masih kosong.")
        click.echo("Menyiapkan demo Kalimantan Timur, sekali ini saja ...")
        with deed():
            fill(setting.password(settings))
    open_again()


def open_again() -> None:
    """What each start does for a demo that is there: its password, its clock, and the words that welcome people."""
    settings = setting.current()
    password = setting.password(settings)
    with deed():
        people.keep_password(password)
    setting.start_clock(settings)
    click.echo(setting.welcome(password))


def fill(password: str) -> None:
    """Regions, library, election, people and the day's deeds, under the clock of each; commits nothing."""
    from app.cli.demo import day, ground  # every room's: a demo that is there already starts without them

    with day.clock_put_back():
        day.at("2024-11-01 08:00")
        election = ground.prepare()
        people.appoint_all(password)
        try:
            day.tell(election)
        except Refusal as refusal:
            fields = " ".join(refusal.fields.values())
            raise RuntimeError(f"the demo's own deed was refused: {refusal.message} {fields}") from refusal


@group.command("national")
@click.option("--prefix", help="Hanya provinsi ini, misalnya 65; tanpa pilihan: seluruh Indonesia.")
def national_command(prefix: str | None) -> None:
    """Kelilingi demo dengan bangsa tiruan seukuran Indonesia, untuk melihat desk pada ukuran terbesarnya; sekali saja.

    Perlu beberapa menit dan beberapa gigabita. Jangan di desk yang dipakai berlatih.
    """
    from app.cli.demo import national  # only who asks for it loads it

    if setting.current().mode == "production":
        raise NotDone("DESK_MODE=production: bangsa tiruan tidak dimuat ke desk yang sungguhan.")
    if not is_loaded():
        raise NotDone("Bangsa tiruan mengelilingi demo. Muat dahulu demonya: flask demo load")
    if national.is_there():
        raise NotDone("Bangsa tiruan sudah ada di desk ini.")
    with deed():
        for said in national.surround(prefix):
            click.echo(said)


@group.command("clock")
def clock_command() -> None:
    """Kembalikan hari simulasi ke Senin, 25 November 2024 pukul 09.00 WITA."""
    settings = setting.current()
    if settings.mode == "production":
        raise NotDone("DESK_MODE=production: jam desk yang sungguhan tidak disimulasikan.")
    setting.start_clock(settings, anew=True)
    click.echo("Jam simulasi kembali ke Senin, 25 November 2024 pukul 09.00 WITA.")
    click.echo("Server dan pekerja yang sedang berjalan mengikutinya sesudah dimulai ulang.")
