"""Whether two desks are the same: every row, every file, and a report's sealed file byte by byte."""

from __future__ import annotations

import hashlib

from flask import Flask

from app.cli.backup.crossing import tally
from app.cli.backup.making import EVIDENCE, STORES
from app.documents.report_paper import render_report_pdf
from app.documents.report_proof import proof_of, stamp
from app.domain import reports
from app.extensions import db
from tests.tables import every_table

OF_THE_RESTORING = frozenset({"audit_entry", "login_session"})
"""Restoring ends every session and puts itself on the trail."""


def paper(report_id: int) -> bytes:
    """A sealed report as its file."""
    sealed = reports.seals_of(report_id)[0]
    proof = proof_of(sealed.snapshot, sealed.marks, reports.sign, reports.public_key())
    return stamp(render_report_pdf(sealed.snapshot, sealed.marks, {}, proof), reports.sign)


def tallies() -> dict[str, tuple[int, int]]:
    """Every table's rows, as a number that is the same on both databases."""
    connection = db.session.connection()
    found = {table.name: tally(connection, table) for table in every_table()}
    db.session.rollback()
    return found


def files(app: Flask) -> dict[str, str]:
    """Every kept file with its hash."""
    data = app.config["SETTINGS"].data_dir
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for store in (EVIDENCE, *STORES)
        for path in (data / store).rglob("*")
        if path.is_file()
    }
