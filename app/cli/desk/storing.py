"""What the doctor looks at in the place of evidence: whether an object store answers, and over which line."""

from __future__ import annotations

from collections.abc import Iterator

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
    if settings.store_is_overheard:
        yield attention(
            NAME,
            "tanpa HTTPS: berkas bukti terbaca di jaringan",
            "Pakai alamat https:// di DESK_STORE_ENDPOINT; sertifikat kantor disebut di DESK_STORE_CA_FILE.",
        )
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
