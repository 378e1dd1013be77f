"""`flask audit`: checking the trail."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from app.cli.edge import deed
from app.domain import audit
from app.words import angka

group = AppGroup("audit", help="Jejak audit.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("verify")
def verify() -> None:
    """Periksa rantai jejak dan ekornya; menyebut mata rantai pertama
    yang putus dan berakhir dengan kode 1.
    """
    with deed():
        verdict = audit.verify()
    if verdict.first_break is not None:
        click.echo(
            f"PUTUS pada nomor {angka(verdict.first_break.seq)}: {verdict.first_break.why}. "
            f"{angka(verdict.links)} mata rantai sebelumnya utuh.",
            err=True,
        )
        sys.exit(1)
    click.echo(f"Utuh: {angka(verdict.links)} mata rantai, kepala {verdict.head_hash}.")
