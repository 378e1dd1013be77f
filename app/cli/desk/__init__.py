"""`flask desk`: founding a real desk on an office server, and finding out what ails one."""

from __future__ import annotations

from flask import Flask
from flask.cli import AppGroup

group = AppGroup("desk", help="Memasang desk yang sungguhan dan memeriksa kesehatannya.")


def install(app: Flask) -> None:
    """Register the commands."""
    from app.cli import backup
    from app.cli.desk.doctor import doctor
    from app.cli.desk.founding import init

    for command in (init, doctor):
        group.add_command(command)
    group.add_command(backup.make, "backup")  # the same commands under the names that English manuals use
    group.add_command(backup.restore, "restore")
    app.cli.add_command(group)
