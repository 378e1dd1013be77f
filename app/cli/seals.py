"""`flask report verify` and `flask report key`: checking a sealed file anywhere, with no database."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from app.cli.edge import NotDone
from app.documents.report_proof import fingerprint
from app.documents.report_verdict import Outcome, verify_file
from app.domain import reports

MOST_BYTES = 200 * 1024 * 1024
_KEY = re.compile(r"desk-pilkada-ed25519 ([0-9a-f]{64})")


@click.command("key")
def key() -> None:
    """Tulis kunci umum desk, untuk memeriksa berkas bersegel di komputer lain. Kunci ini bukan rahasia."""
    public = reports.public_key()
    click.echo(f"desk-pilkada-ed25519 {public.hex()}")
    click.echo(f"Sidik kunci: {fingerprint(public)}", err=True)


@click.command("verify")
@click.argument("file", metavar="BERKAS.pdf", type=click.Path(path_type=Path))
@click.option(
    "--key", "key_file", metavar="BERKAS", type=click.Path(path_type=Path), help="Kunci umum dari key."
)
def verify(file: Path, key_file: Path | None) -> None:
    """Periksa berkas bersegel tanpa basis data; berakhir dengan kode 1 bila berubah, 2 bila bukan dari desk ini, 3 bila
    tidak selesai diperiksa.

    Tanpa --key dipakai kunci desk di DESK_DATA.
    """
    public = reports.public_key() if key_file is None else _read_key(key_file)
    found = verify_file(_read(file), public)
    click.echo(f"{found.outcome.value.upper()}: {found.words}")
    for line in found.details:
        click.echo(f"  {line}")
    click.echo(f"  Kunci yang dipakai: {fingerprint(public)}")
    if found.outcome is not Outcome.GENUINE:
        sys.exit({Outcome.CHANGED: 1, Outcome.UNREAD: 3}.get(found.outcome, 2))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotDone(f"{path.name} terlalu besar untuk laporan desk.")
        return path.read_bytes()
    except OSError:
        raise NotDone(f"{path} tidak dapat dibaca. Periksa nama dan letaknya.") from None


def _read_key(path: Path) -> bytes:
    found = _KEY.search(_read(path).decode("ascii", errors="replace"))
    if found is None:
        raise NotDone(f"{path.name} bukan berkas kunci. Buat dengan: flask report key > kunci.txt")
    return bytes.fromhex(found[1])
