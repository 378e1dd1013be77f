"""`flask wilayah`: the region tree and the reference figures, from the shipped files or one's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from app import data
from app.cli.edge import NotDone, deed
from app.domain import audit, clock, regions, stations
from app.words import angka

KALTIM = "64"
SOURCE_VERSION = "Kepmendagri 300.2.2-2430/2025"
group = AppGroup("wilayah", help="Wilayah dan angka acuan.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def shipped(prefix: str | None) -> Iterator[dict[str, str]]:
    """The shipped regions: below `prefix` with the regions above it, or all of the country.

    Kalimantan Timur comes from its own file, which knows what people there call their villages.
    """
    if prefix is not None and regions.contains(KALTIM, prefix):
        rows: Iterator[dict[str, str]] = data.rows("kaltim_wilayah.csv")
    else:
        national = data.rows("nasional_wilayah.csv.gz")
        rows = chain(
            (row for row in national if not regions.contains(KALTIM, row["code"])),
            data.rows("kaltim_wilayah.csv"),
        )
    if prefix is None:
        return rows
    above = regions.ancestors(prefix)
    return (row for row in rows if row["code"] in above or regions.contains(prefix, row["code"]))


def load_tree(
    rows: Iterator[dict[str, str]], source_version: str, scope: str | None = None
) -> regions.Loaded:
    """Load the rows and put the load on record; commits nothing."""
    loaded = regions.load_regions(
        rows, source_version=source_version, today=clock.today(regions.zone_of(KALTIM)), scope=scope
    )
    if loaded.added or loaded.changed or loaded.retired:
        audit.record(
            "region:tree:load",
            by=None,
            subject=("region", "pohon"),
            changes={
                "added": [0, loaded.added],
                "changed": [0, loaded.changed],
                "retired": [0, loaded.retired],
                "source": [None, source_version],
            },
        )
    return loaded


@group.command("load")
@click.option("--prefix", help="Kode wilayah teratas, misalnya 65 (Kalimantan Utara) atau 64.03 (Berau).")
@click.option("--all", "everything", is_flag=True, help="Seluruh Indonesia, 91.599 wilayah.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas CSV sendiri dengan kolom code, name, kind, local_term.",
)
def load(prefix: str | None, everything: bool, path: Path | None) -> None:
    """Muat wilayah; tanpa pilihan: Kalimantan Timur.

    Boleh diulang: nama yang berubah diperbarui, kode yang hilang dari berkas ditandai tidak berlaku, tidak
    ada yang dihapus.
    """
    if sum([prefix is not None, everything, path is not None]) > 1:
        raise NotDone("Pilih salah satu: --prefix, --all, atau --file.")
    with deed():
        if path is not None:
            loaded = load_tree(data.rows(path.resolve()), path.name[:60])
        else:
            scope = None if everything else prefix or KALTIM
            loaded = load_tree(shipped(scope), SOURCE_VERSION, scope)
        if loaded.rows == 0:
            raise NotDone(f"Tidak ada wilayah dengan awalan {prefix or path}.")
    click.echo(
        f"{angka(loaded.rows)} wilayah dibaca: {angka(loaded.added)} baru, {angka(loaded.changed)} berubah, "
        f"{angka(loaded.same)} tetap; {angka(loaded.retired)} tidak berlaku lagi."
    )
    if loaded.added:
        click.echo(
            "Untuk wilayah baru, buat isian dan laporannya: flask checklists expect; flask report expect"
        )


@group.command("angka")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas CSV dengan kolom code, kind, value, source, document, dated_on, note.",
)
def figures(path: Path | None) -> None:
    """Catat angka acuan (DPT, TPS, ...) dengan sumbernya; tanpa pilihan: angka Kalimantan Timur."""
    with deed():
        recorded = load_figures(path)
    click.echo(f"{angka(recorded)} angka acuan dicatat.")


@group.command("tps")
@click.option(
    "--file",
    "path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas CSV dengan kolom code, number, host_kind, host_name, voters, source.",
)
def special_stations(path: Path) -> None:
    """Catat TPS lokasi khusus (lapas, perusahaan, rumah sakit, ...); yang sudah ada dilewati."""
    with deed():
        added = stations.load_stations(data.rows(path.resolve()))
    click.echo(f"{angka(added)} TPS lokasi khusus dicatat.")


def load_figures(path: Path | None = None) -> int:
    """Record the figures of a file, by default Kalimantan Timur's, with its special TPS; commits nothing."""
    rows = data.rows("kaltim_angka.csv" if path is None else path.resolve())
    recorded = regions.load_figures(rows, by="Sistem")
    if path is None:
        regions.load_polling_stations(data.rows("kaltim_tps_khusus.csv"))
    if recorded:
        audit.record(
            "region:figure:load",
            by=None,
            subject=("figure", "berkas"),
            changes={"recorded": [0, recorded], "file": [None, path.name if path else "kaltim_angka.csv"]},
        )
    return recorded
