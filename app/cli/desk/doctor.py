"""`flask desk doctor`: everything that can ail a desk on its server, each with what to do."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.desk import health, machine, signing, storing
from app.cli.desk.findings import Finding, Look, State, look_at

LOOKS: tuple[tuple[str, Look], ...] = (
    ("Python", machine.python),
    ("Basis data", machine.engine),
    ("Tabel", health.tables),
    ("Syarat menyala", health.start),
    ("Proksi", health.proxy),
    ("Berkas", health.files),
    ("Kunci", health.key_files),
    ("Sertifikat", signing.certificate),
    ("Ruang simpan", machine.disk),
    ("Zona waktu", machine.zones),
    ("Jam", machine.time),
    ("PDF", machine.printing),
    ("Server", machine.port),
    ("Pekerja", health.worker),
    ("Jejak", health.trail),
    ("Penghitung", health.counters),
    ("Penyimpanan", storing.store),
    ("Bukti", health.proofs),
    ("Cadangan", health.backups),
)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Untuk dibaca program lain.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Periksa server, pengaturan, dan isi desk ini; berakhir dengan kode 1 bila ada yang rusak.

    Tidak mengubah apa pun. Setiap baris ok, perhatian, atau rusak, dengan apa yang perlu dilakukan.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    found = look_at(app, LOOKS)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(line for one in found for line in told(one)))
        click.echo(f"\n{verdict(found)}")
    if any(one.state is State.BROKEN for one in found):
        sys.exit(1)


def told(finding: Finding) -> list[str]:
    """A finding as lines for the terminal."""
    lines = [f"{finding.state.value:<10} {finding.name:<15} {finding.words}"]
    if finding.mend:
        lines.append(f"{'':<26} -> {finding.mend}")
    return lines


def verdict(found: list[Finding]) -> str:
    """The whole in one sentence."""
    count = {state: sum(one.state is state for one in found) for state in State}
    if count[State.BROKEN]:
        return f"{count[State.BROKEN]} rusak, {count[State.ATTENTION]} perlu perhatian."
    if count[State.ATTENTION]:
        return f"Tidak ada yang rusak; {count[State.ATTENTION]} perlu perhatian."
    return "Semuanya baik."
