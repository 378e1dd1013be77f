"""The kinds of import, one module a room."""

from __future__ import annotations

from app.jobs.importing import Importer

IMPORTERS: dict[str, Importer] = {}
"""Kind -> importer; the kind stands in the address /impor/<kind>."""
