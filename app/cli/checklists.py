"""`flask library`, `flask checklists` and `flask progress`: the
library, expected entries, and the counters.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from app import data
from app.cli.edge import deed
from app.cli.regions import KALTIM
from app.domain import accounts, audit, checklists, regions, stages
from app.words import angka

library = AppGroup("library", help="Pustaka butir daftar periksa.")
entries = AppGroup("checklists", help="Isian daftar periksa.")
counters = AppGroup("progress", help="Penghitung kemajuan.")


def install(app: Flask) -> None:
    """Register the commands."""
    for group in (library, entries, counters):
        app.cli.add_command(group)


def load_library(path: Path | None = None) -> tuple[int, int]:
    """Load units and items, by default the shipped 120; commits nothing.

    A desk outside Kalimantan Timur gets the laws that an item cites, and not what that province's desks have said.
    Returns (items read, wordings published).
    """
    accounts.load_units(data.rows("perangkat_daerah.csv"))
    accountable = accounts.Accountability(data.rows("perangkat_daerah.csv"))
    rows = data.rows("checklist_items.csv" if path is None else path.resolve())
    return checklists.load_library(rows, unit_for=accountable.unit_for, cite=_cite_here())


def _cite_here() -> Callable[[str], str]:
    return data.cite if regions.provinces() == [KALTIM] else data.cite_elsewhere


@library.command("load")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas CSV dengan kolom yang sama dengan app/data/checklist_items.csv.",
)
def load(path: Path | None) -> None:
    """Terbitkan butir pustaka; butir yang berubah mendapat versi baru, isian lama tetap pada versinya."""
    with deed():
        read, published = load_library(path)
    click.echo(f"{angka(read)} butir dibaca, {angka(published)} rumusan baru diterbitkan.")


def expect(roots: tuple[str, ...] = (), codes: tuple[str, ...] = ()) -> int:
    """Make the entries that are missing in the current election and put it on record; commits nothing."""
    election = stages.current_election()
    for code in roots:
        regions.find(code)
    for code in codes:
        checklists.item_by_code(code)
    made = checklists.expect(election, roots=roots, codes=codes)
    if made:
        audit.record(
            "checklist:entry:expect",
            by=None,
            subject=("election", election.id),
            changes={"made": [0, made], "roots": [None, list(roots)], "items": [None, list(codes)]},
        )
    return made


@entries.command("expect")
@click.option("--root", "roots", multiple=True, help="Hanya wilayah ini dan di bawahnya; boleh berulang.")
@click.option("--item", "codes", multiple=True, help="Hanya butir ini, misalnya LOG-12; boleh berulang.")
def expect_command(roots: tuple[str, ...], codes: tuple[str, ...]) -> None:
    """Buat isian yang seharusnya ada dan belum ada; boleh diulang kapan saja."""
    with deed():
        made = expect(roots, codes)
    click.echo(f"{angka(made)} isian baru dibuat.")


@counters.command("check")
def check() -> None:
    """Bandingkan penghitung dengan isian; berakhir dengan kode 1 bila ada selisih."""
    with deed():
        drifts = checklists.progress.check(stages.current_election())
    for drift in drifts:
        click.echo(drift)
    if drifts:
        click.echo(f"{angka(len(drifts))} selisih. Hitung ulang dengan: flask progress rebuild", err=True)
        sys.exit(1)
    click.echo("Penghitung cocok dengan isian.")


@counters.command("rebuild")
@click.option("--root", "roots", multiple=True, help="Hanya wilayah ini dan di bawahnya; boleh berulang.")
def rebuild(roots: tuple[str, ...]) -> None:
    """Hitung ulang penghitung dari isian."""
    with deed():
        for code in roots:
            regions.find(code)
        checklists.progress.rebuild(stages.current_election(), roots)
    click.echo("Penghitung dihitung ulang.")
