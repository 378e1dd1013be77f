"""Every address of the application, filled in with what lies in Berau, and with what lies nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from sqlalchemy import text

from app.domain.accounts import Permission
from app.domain.all_registers import REGISTERS
from app.extensions import db
from app.web.access import mark_of
from app.web.rooms import load_all
from tests.stress.doors.guests import OWN

NOTHING, NO_REGION = "2147480000", "64.99"
BELONGS = (
    "<int:entry_id>",
    "<int:case_id>",
    "<int:record_id>",
    "<int:report_id>",
    "<int:transmission_id>",
    "<int:station_id>",
    "<int:account_id>",
    "<int:seq>",
    "<code>",
)
"""Parts of an address that lie in a region. An item of the library has a `code` too and lies in none."""
OWNED = ("job_id", "import_id", "session_id")
"""Parts of an address that are one person's own."""
There = dict[str, tuple[str, str]]
ONE_SELF = frozenset({"auth.leave", "auth.sign_in", "auth.check_code"})


class Address(NamedTuple):
    """One address with a method. `nothing` is the same with a thing that does not exist, "" where it names none."""

    endpoint: str
    method: str
    path: str
    nothing: str
    mark: Permission | str | None
    belongs: str
    """"region" of Berau, "owner" for what is one person's, "" for what is nobody's in particular."""


def addresses(app: Flask) -> list[Address]:
    """All of them; an address of registers once for each that has a record in Berau."""
    load_all(app)
    known: dict[tuple[str, int], There] = {}
    return [
        one
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint != "static"
        for one in _filled(rule.endpoint, method, rule.rule, known)
    ]


def _filled(endpoint: str, method: str, rule: str, known: dict[tuple[str, int], There]) -> Iterator[Address]:
    room = endpoint.partition(".")[0]
    books = _books() if "<book>" in rule else [("", 0)]
    for book, record_id in books:
        path = nothing = rule.replace("<book>", book)
        key = (room, record_id)
        if key not in known:
            known[key] = _there(room, record_id)
        for part, (there, not_there) in known[key].items():
            path = path.replace(part, there)
            nothing = nothing.replace(part, not_there)
        assert "<" not in path, f"tell this part of the run what {rule} takes"
        belongs = "owner" if any(f":{part}>" in rule for part in OWNED) else ""
        if not belongs and not endpoint.startswith(("library.", "reports.show_code", "reports.compare")):
            belongs = "region" if any(part in rule for part in BELONGS) else ""
        yield Address(endpoint, method, path, nothing if nothing != path else "", mark_of(endpoint), belongs)


def _books() -> list[tuple[str, int]]:
    found = [
        (
            register.key,
            _one(f"SELECT max(id) FROM {register.model.__tablename__} WHERE region_code = '{OWN}'"),
        )
        for register in REGISTERS
    ]
    return [(key, int(number)) for key, number in found if number != "0"]


def _there(room: str, record_id: int) -> There:
    """Part of a rule -> (what is there in Berau, what is nowhere)."""
    tables = {"incidents": "incident", "security": "risk", "meetings": "meeting"}
    uses = {"checklists": "checklist_entry", "neutrality": "neutrality_case"}
    record = str(record_id) if record_id else _of(tables.get(room, "incident"))
    named = {
        "<int:entry_id>": _one(
            "SELECT min(subject_id) FROM evidence_use WHERE subject_kind = 'checklist_entry'"
            f" AND region_code = '{OWN}'"
        ),
        "<int:use_id>": _one(
            f"SELECT max(id) FROM evidence_use WHERE region_code = '{OWN}'"
            f" AND subject_kind = '{uses.get(room, 'checklist_entry')}'"
        ),
        "<int:job_id>": _one(f"SELECT min(id) FROM job WHERE region_code = '{OWN}'"),
        "<int:seq>": _one(f"SELECT max(seq) FROM audit_entry WHERE region_code = '{OWN}'"),
        "<int:station_id>": _of("polling_station"),
        "<int:import_id>": _one("SELECT min(id) FROM sheet_import"),
        "<int:session_id>": _one(
            "SELECT s.id FROM login_session s JOIN account o ON o.id = s.account_id WHERE o.username = 'operator.berau'"
        ),
        "<int:account_id>": _one("SELECT id FROM account WHERE username = 'operator.berau'"),
        "<int:appointment_id>": _one(
            "SELECT a.id FROM appointment a JOIN account o ON o.id = a.account_id"
            " WHERE o.username = 'operator.berau'"
        ),
        "<int:holiday_id>": _one("SELECT max(id) FROM holiday WHERE region_code IS NULL"),
        "<int:case_id>": _of("neutrality_case"),
        "<int:record_id>": record,
        "<int:report_id>": _one(
            "SELECT max(report_id) FROM report_version v JOIN report r ON r.id = v.report_id"
            f" WHERE r.region_code = '{OWN}'"
        ),
        "<int:transmission_id>": _one(
            "SELECT max(t.id) FROM report_transmission t JOIN report r ON r.id = t.report_id"
            f" WHERE r.region_code = '{OWN}'"
        ),
        "<int:exception_id>": "1",
        "<int:move_id>": "1",
    }
    return {part: (there, NOTHING) for part, there in named.items()} | {
        "<int:unit_id>": ("1", "1"),
        "<int:election_id>": (_one("SELECT id FROM election WHERE is_current"),) * 2,
        "<int:number>": ("1", "1"),
        "<name>": ("harian", "harian"),
        "<day>": ("2024-11-25", "2024-11-25"),
        "<verb>": ("verify", "verify"),
        "<area>": ("LOG", "LOG"),
        "<step_code>": ("rekomendasi", "rekomendasi"),
        "<stage_code>": ("MASA_TENANG", "MASA_TENANG"),
        "<region_code>": (OWN, NO_REGION),
        "<code>": ("LOG-14", "LOG-14") if room == "library" else (OWN, NO_REGION),
        "<kind>": ("tps_total", "tps_total") if room == "figures" else ("orang", "orang"),
        "<chapter>": ("mulai", "mulai"),
        "<picture>": ("masuk-390.png", "masuk-390.png"),
    }


def _of(table: str) -> str:
    return _one(f"SELECT max(id) FROM {table} WHERE region_code = '{OWN}'")


def _one(query: str) -> str:
    """The number that a query finds, "0" for none."""
    return str(db.session.scalar(text(query)) or 0)
