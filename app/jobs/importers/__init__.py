"""The kinds of import, one module a room."""

from __future__ import annotations

from app.domain.all_registers import REGISTERS
from app.jobs.importers.figures import FiguresImporter
from app.jobs.importers.library import LibraryImporter
from app.jobs.importers.neutrality import NeutralityImporter
from app.jobs.importers.people import PeopleImporter
from app.jobs.importers.registers import RegisterImporter
from app.jobs.importing import Importer

_ALL: tuple[Importer, ...] = (
    PeopleImporter(),
    LibraryImporter(),
    FiguresImporter(),
    NeutralityImporter(),
    *(RegisterImporter(register) for register in REGISTERS),
)
IMPORTERS: dict[str, Importer] = {one.kind: one for one in _ALL}
"""Kind -> importer; the kind stands in the address /impor/<kind>."""
