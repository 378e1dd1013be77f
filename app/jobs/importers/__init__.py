"""The kinds of import, one module a room."""

from __future__ import annotations

from app.jobs.importers.figures import FiguresImporter
from app.jobs.importers.library import LibraryImporter
from app.jobs.importers.people import PeopleImporter
from app.jobs.importing import Importer

IMPORTERS: dict[str, Importer] = {
    one.kind: one for one in (PeopleImporter(), LibraryImporter(), FiguresImporter())
}
"""Kind -> importer; the kind stands in the address /impor/<kind>."""
