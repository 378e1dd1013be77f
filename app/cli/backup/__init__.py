"""`flask cadangan`: the whole desk in one file while people go on working, and back out of it."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.words import angka

group = AppGroup("cadangan", help="Cadangan desk: membuat, memeriksa, memulihkan.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("buat")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="Simpan sebanyak ini; yang lebih lama dihapus.")
@click.option("--with-keys", is_flag=True, help="Tulis juga ketiga kunci ke berkas tersendiri di sampingnya.")
def make(folder: Path, keep: int | None, with_keys: bool) -> None:
    """Buat cadangan di FOLDER selagi desk bekerja, dan periksa sesudah ditulis."""
    from app.cli.backup import making

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    made = making.make(app, folder, with_keys=with_keys)
    click.echo(f"{made.path}: {angka(made.files)} berkas, {angka(made.bytes)} bita, sudah diperiksa.")
    if made.keys is not None:
        click.echo(f"{made.keys}: kunci desk. Simpan di tempat lain, terpisah dari cadangannya.")
    for gone in making.rotate(folder, keep) if keep else ():
        click.echo(f"Dihapus karena lebih lama: {gone.name}")


@group.command("periksa")
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Bandingkan setiap berkas dalam cadangan dengan sidiknya; berakhir dengan kode 1 bila ada yang salah."""
    from app.cli.backup import archive

    manifest = archive.inspect(file, key=current_app.config["SETTINGS"].backup_key)
    click.echo(
        f"Utuh: {angka(len(manifest.files))} berkas, dibuat {manifest.made_at}, {manifest.database}, "
        f"tabel versi {manifest.migration}, jejak sampai nomor {angka(manifest.audit_head)}."
    )


@group.command("pulihkan")
@click.argument("file", type=FILE)
@click.option("--keys", type=FILE, help="Berkas kunci yang dibuat dengan --with-keys.")
@click.option("--without-keys", is_flag=True, help="Pulihkan walau kunci jejaknya hilang.")
def restore(file: Path, keys: Path | None, without_keys: bool) -> None:
    """Pulihkan cadangan ke DESK_DATA (dan DESK_DATABASE_URL) yang masih kosong; dari SQLite boleh ke PostgreSQL."""
    from app.cli.backup import restoring

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    manifest = restoring.restore(app, file, key_file=keys, without_keys=without_keys)
    click.echo(f"Dipulihkan: {angka(len(manifest.files))} berkas dari {manifest.made_at}.")
    if manifest.rows:
        click.echo(
            f"Dibandingkan dengan cadangannya: {angka(len(manifest.rows))} tabel, "
            f"{angka(sum(manifest.rows.values()))} baris, jejak nomor {angka(manifest.audit_head)}; semuanya sama."
        )
    click.echo("Semua orang harus masuk lagi.")
    if manifest.migration != restoring.newest(app):
        click.echo("Tabelnya lebih lama daripada aplikasi. Jalankan dahulu: flask db upgrade")
    click.echo("Lalu periksa: flask audit verify, flask evidence check, flask progress check")
