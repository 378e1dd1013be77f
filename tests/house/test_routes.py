"""The house's rules about addresses: each names who may come in, and a GET changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, literal_column, select, union_all

from app.domain import checklists, stages
from app.domain.accounts import Permission
from app.domain.audit import AuditEntry
from app.extensions import db
from app.web.access import mark_of
from tests import cast
from tests.tables import every_table

ROLES = ("operator", "penyelia", "pimpinan", "inspektorat", "admin")
COUNTED = {"reports.show_code": {"seal_check"}}
"""A wrong code is counted, so that nobody tries them without end; it writes nothing else."""
READING_IS_TOLD = frozenset(
    {
        "checklists.open_file",
        "papers.download",
        "neutrality.open_file",
        "registers.open_file",
        "reports.open_scan",
        "reports.open_receipt",
    }
)
"""GETs whose reading is itself written to the trail (F125)."""
WHOLE_ELECTION = frozenset({"holidays.load"})
"""Deeds without a form on what the whole election shares: the admin of one kabupaten is refused by the command."""


def addresses(app: Flask, method: str) -> list[tuple[str, str]]:
    return sorted(
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and rule.endpoint != "static"
    )


def newest_job(session: Any) -> int:
    from app.domain.jobs import Job

    return session.query(Job.id).order_by(Job.id.desc()).limit(1).scalar() or 1


THERE: dict[str, object] = {
    "<int:entry_id>": lambda session: cast.entry_of("LOG-14", cast.BERAU).id,
    "<int:use_id>": 1,
    "<int:job_id>": newest_job,
    "<int:seq>": lambda session: session.query(AuditEntry.seq).limit(1).scalar() or 1,
    "<int:station_id>": 1,
    "<int:import_id>": 1,
    "<int:session_id>": 999_999,
    "<int:unit_id>": 1,
    "<int:account_id>": lambda session: cast.person("rekan.berau").id,
    "<int:appointment_id>": lambda session: cast.person("rekan.berau").appointments[0].id,
    "<int:move_id>": 1,
    "<int:holiday_id>": 1,
    "<int:election_id>": lambda session: stages.current_election().id,
    "<int:case_id>": 1,
    "<int:record_id>": 1,
    "<int:report_id>": 1,
    "<int:exception_id>": 1,
    "<name>": "harian",
    "<int:transmission_id>": 1,
    "<int:number>": 1,
    "<day>": "2024-11-25",
    "<book>": "edaran-netralitas",
    "<verb>": "verify",
    "<area>": "LOG",
    "<step_code>": "rekomendasi",
    "<stage_code>": "MASA_TENANG",
    "<code>": cast.BERAU,
    "<kind>": "tps_total",
    "<chapter>": "mulai",
    "<picture>": "masuk-390.png",
    "<region_code>": cast.BERAU,
}
"""What may stand in an address, and how to find one that exists: asked only where the address has it."""


def filled_in(rule: str, session: Any) -> str:
    """The address with numbers and names of things that exist."""
    for part, find in THERE.items():
        if part in rule:
            rule = rule.replace(part, str(find(session) if callable(find) else find))
    assert "<" not in rule, f"tell this test what {rule} takes"
    return rule


@pytest.mark.one_database
def test_every_address_names_who_may_come_in(app: Flask):
    nameless = [
        endpoint
        for method in ("GET", "POST")
        for endpoint, _ in addresses(app, method)
        if mark_of_in(app, endpoint) is None
    ]
    assert nameless == []


def mark_of_in(app: Flask, endpoint: str) -> Any:
    with app.app_context():
        return mark_of(endpoint)


@pytest.mark.one_database
def test_an_address_is_open_to_all_only_by_name(app: Flask):
    open_ones = {e for m in ("GET", "POST") for e, _ in addresses(app, m) if mark_of_in(app, e) == "open"}
    assert open_ones == {
        "auth.enter",
        "auth.sign_in",
        "auth.code",
        "auth.check_code",
        "health.alive",
        "health.ready",
        "health.measure",
        "reports.ask_code",
        "reports.compare_any",
        "reports.compare_with",
        "reports.show_code",
    }


@pytest.mark.one_database
def test_nobody_gets_anywhere_without_signing_in(app: Flask, session: Any, client: Any):
    for method in ("GET", "POST"):
        for endpoint, rule in addresses(app, method):
            if mark_of(endpoint) == "open":
                continue
            answer = client.open(filled_in(rule, session), method=method)
            assert answer.status_code == 303, (method, rule, answer.status_code)
            assert answer.location.startswith("/masuk"), rule


@pytest.mark.parametrize("role", ROLES)
def test_the_role_decides_as_its_permissions_say(app: Flask, session: Any, client: Any, role: str):
    person = cast.person(f"{role}.berau")
    cast.signed_in(client, person.username)
    for method in ("GET", "POST"):
        for endpoint, rule in addresses(app, method):
            mark = mark_of(endpoint)
            if not isinstance(mark, Permission):
                continue
            answer = client.open(filled_in(rule, session), method=method)
            if person.may(mark) and endpoint not in WHOLE_ELECTION:
                assert answer.status_code not in (401, 403, 500), (method, rule, answer.status_code)
            else:
                assert answer.status_code == 403, (method, rule, answer.status_code)


def test_a_get_changes_nothing(app: Flask, session: Any, client: Any):
    """Row counts of all tables and every entry's version stay as they are."""
    for role in ROLES:
        cast.signed_in(client, f"{role}.berau")
        before = everything()
        for endpoint, rule in addresses(app, "GET"):
            if endpoint in READING_IS_TOLD:
                continue
            path = filled_in(rule, session)
            client.get(path)
            client.ask(path)
            now = everything()
            changed = {name for name in now if now[name] != before[name]}
            assert changed == COUNTED.get(endpoint, set()), rule
            before = now


def everything() -> dict[str, int]:
    """How many rows each table has, and how often entries were changed, asked at once."""
    versions = select(literal_column("'versions'"), func.coalesce(func.sum(checklists.Entry.version), 0))
    counts = (
        select(literal_column(f"'{table.name}'"), func.count()).select_from(table) for table in every_table()
    )
    return {row[0]: row[1] for row in db.session.execute(union_all(versions, *counts))}


@pytest.mark.one_database
def test_a_deed_refuses_a_get(app: Flask, session: Any, client: Any):
    cast.signed_in(client, "operator.berau")
    readable = {rule for _, rule in addresses(app, "GET")}
    for _, rule in addresses(app, "POST"):
        if rule not in readable:
            assert client.get(filled_in(rule, session)).status_code == 405, rule


@pytest.mark.one_database
@pytest.mark.usefixtures("csrf")
def test_a_deed_refuses_a_form_without_its_token(app: Flask, session: Any, client: Any):
    cast.signed_in(client, "operator.berau")
    for _, rule in addresses(app, "POST"):
        answer = client.post(filled_in(rule, session))
        assert answer.status_code == 400, (rule, answer.status_code)
        assert "Muat ulang halaman" in answer.text


@pytest.mark.one_database
def test_every_answer_carries_the_safe_headers(app: Flask, session: Any, client: Any):
    cast.signed_in(client, "operator.berau")
    for path in ("/", "/masuk", "/sehat", "/tidak-ada", "/static/desk.css"):
        answer = client.get(path)
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Request-ID"]
    assert client.get("/").headers["Cache-Control"] == "no-store"


@pytest.mark.one_database
def test_the_election_is_there_for_these_tests(session: Any):
    assert stages.current_election().voting_day.isoformat() == "2024-11-27"
