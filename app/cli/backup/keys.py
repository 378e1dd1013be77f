"""The keys of a desk: a mark that tells whether one fits, and the file that carries them apart from a backup."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from pathlib import Path

from flask import Flask

from app.cli.edge import NotDone

FILES = {"secret.key": "SECRET_KEY", "audit.key": "AUDIT_KEY", "field.key": "FIELD_KEY"}
"""File in the data directory -> key of the configuration."""
ENVIRONMENT = {"secret.key": "DESK_SECRET_KEY", "audit.key": "DESK_AUDIT_KEY", "field.key": "DESK_FIELD_KEY"}


def mark(key: str) -> str:
    """What a manifest says of the trail's key: enough to compare, nothing to go back from."""
    return hmac.new(key.encode(), b"desk-pilkada: kunci jejak", hashlib.sha256).hexdigest()[:32]


def in_use(app: Flask) -> dict[str, str]:
    """The keys that this process works with, wherever they come from."""
    return {name: app.config[option] for name, option in FILES.items()}


def write_file(path: Path, keys: dict[str, str]) -> None:
    """Write them to a new private file."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(keys, file, indent=1)


def read_file(path: Path) -> dict[str, str]:
    """Read them again. Raises NotDone for what is no file of keys."""
    try:
        keys = json.loads(path.read_text(encoding="ascii"))
        if set(keys) != set(FILES) or not all(isinstance(key, str) and key for key in keys.values()):
            raise ValueError("not the three keys")
    except (OSError, ValueError, TypeError):
        raise NotDone(f"{path.name} bukan berkas kunci desk.") from None
    return {str(name): str(key) for name, key in keys.items()}


def place(folder: Path, keys: dict[str, str]) -> None:
    """Put them into a data directory in which nothing depends on others yet."""
    for name, key in keys.items():
        path = folder / name
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
