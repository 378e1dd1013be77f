"""`flask evidence`: checking that every kept file is still the one that was brought, and moving all of them."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.cli.edge import NotDone, deed, with_store
from app.domain import evidence
from app.words import angka

group = AppGroup("evidence", help="Berkas bukti.")
TOLD_EVERY = 100


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("check")
def check() -> None:
    """Bandingkan setiap berkas bukti dengan sidiknya; berakhir dengan kode 1 bila ada yang hilang atau berubah."""
    with with_store(), deed():
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


@group.command("move")
@click.option("--back", is_flag=True, help="Sebaliknya: dari penyimpanan S3 ke direktori data.")
@with_appcontext
def move(back: bool) -> None:
    """Salin semua berkas bukti dari direktori data ke penyimpanan S3 menurut DESK_EVIDENCE_STORE.

    Setiap berkas dibandingkan dengan sidiknya; yang sudah ada dilewati, dan tidak ada yang dihapus. Boleh diulang, juga
    selagi desk bekerja. Berakhir dengan kode 1 bila ada berkas yang berubah; berkas itu tidak disalin.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.evidence_store:
        raise NotDone("DESK_EVIDENCE_STORE kosong. Isi dahulu pengaturan penyimpanan S3, lalu ulangi.")
    places = evidence.LocalDirectory(settings.data_dir / "evidence"), evidence.in_use()
    source, target = reversed(places) if back else places
    with with_store():
        moved = evidence.move(source, target, _tell)
    for key in moved.altered:
        click.echo(f"BERUBAH  {key}")
    click.echo(f"Disalin: {angka(moved.copied)} berkas; sudah ada: {angka(moved.there)}.")
    if moved.altered:
        click.echo("Berkas yang berubah tidak disalin. Ambil kembali dari cadangan, lalu ulangi.", err=True)
        sys.exit(1)
    click.echo("Lalu periksa: flask evidence check")


def _tell(done: int, total: int) -> None:
    if done % TOLD_EVERY == 0 and done < total:
        click.echo(f"{angka(done)} dari {angka(total)} berkas ...")
