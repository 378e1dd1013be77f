"""`flask docs`: the pages that the code itself writes, so that they cannot be wrong for long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.checklists import WORKFLOW, Standing
from config import Settings

group = AppGroup("docs", help="Dokumen yang dibuat dari kode.")
MARK = "access_mark"
"""Where a view keeps who may come in; app/web/access.py sets it, and commands never import app.web."""

SERVER = (
    ("PORT", "8000", "porta server"),
    ("DESK_BIND", "127.0.0.1", "alamat yang didengarkan server; 0.0.0.0 untuk semua"),
    ("DESK_WORKERS", "2", "banyak proses server; masing-masing melayani 8 permintaan sekaligus"),
    ("DESK_LOG_LEVEL", "warning", "banyaknya catatan server: debug, info, warning, error"),
)
"""Read by gunicorn.conf.py and scripts/serve.py before there is an application (a test compares)."""


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is written so that it stays inside."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def permissions_page() -> str:
    """docs/permissions.md: who may do what, what leads where, and which address asks for which right."""
    return "\n\n".join(
        [
            "# Who may do what",
            "Written by `flask docs permissions` from `app/domain/accounts/rules.py`, "
            "`app/domain/checklists/rules.py` and the mark above every view. Do not edit.",
            "A right comes from an appointment in force (role x region x unit x areas of work) and reaches "
            "the subtree of its region. Beyond it a row is not found (404); a deed without its right is 403.",
            "## Roles",
            _roles(),
            "## Deeds on an entry",
            _workflow(),
            "*Four eyes*: refused to everyone who had a hand in the entry, under whatever appointment. "
            "*Stays* leaves the standing as it is.",
            "Standings in words: "
            + ", ".join(f"`{standing.value}` {standing.label}" for standing in Standing)
            + ".",
            "## Addresses",
            _addresses(),
            "*everyone*: no account needed. *signed in*: any account, with or without an appointment.",
        ]
    )


def _roles() -> str:
    head = ["Permission", *(role.value for role in Role)]
    rows = [
        [f"`{permission.value}`", *("yes" if permission in PERMISSIONS[role] else "" for role in Role)]
        for permission in Permission
    ]
    return table(head, rows)


def _workflow() -> str:
    rows = [
        [
            f"`{verb.value}`",
            step.label,
            ", ".join(standing.value for standing in Standing if standing in step.sources),
            "stays" if step.target is None else step.target.value,
            f"`{step.permission.value}`",
            "yes" if step.four_eyes else "",
            "yes" if step.needs_reason else "",
        ]
        for verb, step in WORKFLOW.items()
    ]
    return table(["Verb", "Button", "From", "To", "Permission", "Four eyes", "Reason"], rows)


def _addresses() -> str:
    for room in current_app.extensions["rooms"].values():
        room.load()
    rows = []
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        mark = getattr(current_app.view_functions[rule.endpoint], MARK, None)
        rows.append([f"`{rule.rule}`", methods, f"`{rule.endpoint}`", *_who(mark)])
    return table(["Address", "Method", "View", "Right", "Roles"], sorted(rows))


def _who(mark: object) -> tuple[str, str]:
    if isinstance(mark, Permission):
        return f"`{mark.value}`", ", ".join(role.value for role in Role if mark in PERMISSIONS[role])
    return {"open": ("everyone", ""), "signed_in": ("signed in", "")}.get(str(mark), ("NOT SAID", ""))


def settings_page() -> str:
    """docs/settings.md: every environment variable with its default and meaning, as config.py says it."""
    declared = [
        (field.metadata["env"], field.metadata["default"], field.metadata["meaning"])
        for field in fields(Settings)
    ]
    return "\n\n".join(
        [
            "# Pengaturan",
            "Dibuat oleh `flask docs settings` dari `config.py`. Jangan disunting. Semua pengaturan berasal "
            "dari lingkungan (*environment*) proses; tidak ada berkas pengaturan.",
            "## Aplikasi",
            _settings(declared),
            "## Server",
            "Dibaca `make run` dan gunicorn sebelum aplikasi dimulai.",
            _settings(SERVER),
        ]
    )


def _settings(rows: Iterable[tuple[str, str, str]]) -> str:
    return table(
        ["Nama", "Bawaan", "Arti"],
        [(f"`{env}`", f"`{default}`" if default else "kosong", meaning) for env, default, meaning in rows],
    )


REAL = {
    "DESK_MODE": "production",
    "DESK_DATA": "/var/lib/desk-pilkada/data",
    "DESK_HOSTS": "desk.kaltara.internal",
    "DESK_COOKIE_SECURE": "1",
    "DESK_PROXY": "1",
}
"""What a desk behind a proxy on an office server chooses; the guide has the same lines."""
NOT_REAL = frozenset({"DESK_CLOCK", "DESK_DEMO_PASSWORD"})
"""For demos and tests: a real desk refuses them or has no use for them."""


def environment_example() -> str:
    """deploy/desk.env.example: the file that systemd and deploy/flask read, with every setting of a real desk."""
    lines = [
        "# Pengaturan desk ini, dibaca systemd dan deploy/flask. Salin ke /etc/desk-pilkada/desk.env, lalu tutup",
        "# untuk orang lain: chmod 600. Dibuat oleh `flask docs env` dari config.py; artinya di docs/settings.md.",
        "# Satu pengaturan satu baris, tanpa tanda kutip. Baris dengan tanda pagar memakai bawaannya.",
    ]
    declared = [
        (field.metadata["env"], field.metadata["default"], field.metadata["meaning"])
        for field in fields(Settings)
        if field.metadata["env"] not in NOT_REAL
    ]
    for env, default, meaning in (*declared, *SERVER):
        lines += ["", f"# {meaning}", f"{env}={REAL[env]}" if env in REAL else f"#{env}={default}"]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "permissions": permissions_page,
    "settings": settings_page,
    "env": environment_example,
}
ELSEWHERE = {"env": "deploy/desk.env.example"}


def path_of(name: str) -> Path:
    """Where a generated page lies."""
    return Path(current_app.root_path).parent / ELSEWHERE.get(name, f"docs/{name}.md")


def _write_or_check(name: str, check: bool) -> None:
    """Write the page, or end with code 1 when the one in the tree is another."""
    path, wanted = path_of(name), PAGES[name]() + "\n"
    shown = f"{path.parent.name}/{path.name}"
    if not check:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
        click.echo(f"{shown} ditulis.")
    elif not path.exists() or path.read_text(encoding="utf-8") != wanted:
        click.echo(f"{shown} tidak sama dengan kodenya. Tulis ulang dengan: flask docs {name}", err=True)
        sys.exit(1)
    else:
        click.echo(f"{shown} sesuai dengan kodenya.")


@group.command("permissions")
@click.option("--check", is_flag=True, help="Hanya bandingkan; kode 1 bila berbeda.")
def permissions(check: bool) -> None:
    """Tulis docs/permissions.md: hak tiap peran, alur tiap isian, dan hak tiap alamat."""
    _write_or_check("permissions", check)


@group.command("settings")
@click.option("--check", is_flag=True, help="Hanya bandingkan; kode 1 bila berbeda.")
def settings(check: bool) -> None:
    """Tulis docs/settings.md: semua pengaturan dari lingkungan."""
    _write_or_check("settings", check)


@group.command("env")
@click.option("--check", is_flag=True, help="Hanya bandingkan; kode 1 bila berbeda.")
def env(check: bool) -> None:
    """Tulis deploy/desk.env.example: contoh berkas lingkungan untuk systemd."""
    _write_or_check("env", check)
