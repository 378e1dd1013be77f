"""`flask evidence`: checking that every kept file is still the one that was brought."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from app.cli.edge import deed
from app.domain import evidence
from app.words import angka

group = AppGroup("evidence", help="Berkas bukti.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("check")
def check() -> None:
    """Bandingkan setiap berkas bukti dengan sidiknya; berakhir dengan kode 1 bila ada yang hilang atau berubah."""
    with deed():
        found = evidence.check()
    for key, name in found.missing:
        click.echo(f"HILANG  {name}  {key}")
    for key, name in found.altered:
        click.echo(f"BERUBAH  {name}  {key}")
    if found.orphans:
        click.echo(f"{angka(len(found.orphans))} berkas tidak dipakai isian mana pun; tidak berbahaya.")
    if not found.is_whole:
        click.echo("Ambil kembali berkas itu dari cadangan.", err=True)
        sys.exit(1)
    click.echo(f"Utuh: {angka(found.files)} berkas bukti, {angka(found.bytes)} bita.")
