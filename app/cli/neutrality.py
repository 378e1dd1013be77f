"""`flask netralitas`: what the desk must not keep for ever."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.cli.edge import deed
from app.domain import neutrality
from app.domain.neutrality import Forgotten
from app.words import angka, tanggal_panjang

group = AppGroup("netralitas", help="Kasus netralitas.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("bersihkan")
@click.option("--coba", "pretend", is_flag=True, help="Hanya sebutkan berapa; tidak ada yang dihapus.")
def clean(pretend: bool) -> None:
    """Hapus nama dan angka terakhir NIP dari kasus yang sudah lama berakhir; boleh diulang kapan saja.

    Lamanya DESK_NAME_DAYS. Selama tahapan Pemilihan atau jadwal khususnya belum selesai, tidak ada yang dihapus.
    """
    days = int(current_app.config["SETTINGS"].name_days)
    with deed():
        found = neutrality.forget_names(days, pretend=pretend)
    for line in _lines(found, days, pretend):
        click.echo(line)


def _lines(found: Forgotten, days: int, pretend: bool) -> list[str]:
    done = "Akan dihapus" if pretend else "Dihapus"
    lines = [
        f"{done}: nama pada {angka(found.cleared)} kasus yang berakhir sedikitnya {angka(days)} hari lalu."
    ]
    if found.recent:
        lines.append(f"Belum waktunya: {angka(found.recent)} kasus yang berakhir kurang dari itu.")
    if found.held:
        lines.append(f"Ditahan, sebab Pemilihannya belum selesai: {angka(found.held)} kasus.")
    for name, last_day in found.held_by:
        until = f"tahapannya sampai {tanggal_panjang(last_day)}" if last_day else "tahapannya belum disiapkan"
        lines.append(f"  {name}: {until}.")
    if pretend:
        lines.append("Percobaan: tidak ada yang diubah.")
    return lines
