"""The note that a backup leaves in the data directory, so that the desk can say whether one was ever made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NOTE = "backup.json"


def note(data: Path, path: Path, at: str, *, with_keys: bool) -> None:
    """Note a finished backup at `path`, made at the moment `at` (ISO); one moment's file replaces the other."""
    keys_at = at if with_keys else last_backup(data).get("keys_at", "")
    unfinished = data / f"{NOTE}.new"
    unfinished.write_text(json.dumps({"at": at, "file": str(path), "keys_at": keys_at}), encoding="utf-8")
    unfinished.replace(data / NOTE)


def last_backup(data: Path) -> dict[str, Any]:
    """What is known of the last backup: at, file, keys_at; empty where none was made, or where the note is lost."""
    try:
        said = json.loads((data / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
