"""What the doctor looks at in the place of evidence: whether an object store answers, and what guards it."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from app.cli.desk.findings import Finding, attention, broken, ok
from app.domain import evidence
from app.words import angka
from config import Settings

NAME = "Penyimpanan"


def store(app: Flask) -> Iterator[Finding]:
    """The object store, where one is set: asked for the names it holds; nothing is written. Never its secret."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.evidence_store:
        yield ok(NAME, "berkas bukti di direktori evidence")
        return
    yield from _guards(settings)
    here = set(evidence.LocalDirectory(settings.data_dir / "evidence").keys())
    try:
        there = set(evidence.in_use().keys())
    except evidence.StoreAway as away:
        yield broken(
            NAME, str(away.strerror), "Periksa server penyimpanan, jaringannya, dan pengaturan DESK_STORE_*."
        )
        return
    if here - there:
        yield attention(
            NAME,
            f"{angka(len(here - there))} berkas bukti masih hanya di direktori evidence",
            "Jalankan: flask evidence move",
        )
    else:
        yield ok(NAME, f"{settings.evidence_store} di {settings.store_endpoint} menjawab")


def _guards(settings: Settings) -> Iterator[Finding]:
    """The line and the file with the secret; files have no such modes on Windows."""
    if settings.store_endpoint.startswith("http://") and not _is_here(settings.store_endpoint):
        yield attention(
            NAME,
            "tanpa HTTPS: berkas bukti terbaca di jaringan",
            "Pakai alamat https:// di DESK_STORE_ENDPOINT; sertifikat kantor disebut di DESK_STORE_CA_FILE.",
        )
    path = Path(settings.store_secret_file)
    if os.name == "posix" and path.is_file() and path.stat().st_mode & 0o077:
        yield broken(NAME, "rahasianya terbaca oleh orang lain", f"Jalankan: chmod 600 {path}")


def _is_here(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
