"""Writing a report in a real browser: it saves itself, and what was typed survives the end of a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.domain import reports
from app.domain.reports import ReportRow
from app.extensions import db
from tests import cast
from tests.domain.reports.written import owed

pytestmark = [pytest.mark.one_database]


@pytest.fixture
def row(session: Any) -> ReportRow:
    """Berau's daily report of today, which nobody has begun."""
    found = owed(cast.person("operator.berau"))
    db.session.commit()
    return found


def kept(row: ReportRow, section: str) -> str:
    """What is stored of a section."""
    db.session.rollback()
    found = reports.kept_draft(row)[0].section(section)
    return "" if found is None else found.text


def test_it_saves_itself_one_saving_after_the_other(enter: Callable[..., Page], row: ReportRow):
    page = enter("operator.berau")
    page.goto(f"/pelaporan/{row.id}/tulis")
    page.locator("[name=teks_umum]").fill("Situasi terpantau.")
    expect(page.locator("#draft-saved")).to_contain_text("Tersimpan")
    version = page.locator("#draft-saved [name=versi]").input_value()
    page.locator("[name=teks_cuaca]").fill("Cerah.")
    expect(page.locator("#draft-saved [name=versi]")).not_to_have_value(version)
    assert (kept(row, "umum"), kept(row, "cuaca")) == ("Situasi terpantau.", "Cerah.")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_was_typed_comes_back_after_the_session_ended(enter: Callable[..., Page], row: ReportRow):
    page = enter("operator.berau")
    page.goto(f"/pelaporan/{row.id}/tulis")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("[name=teks_antisipasi]").fill("Patroli malam di Segah.")
    page.wait_for_url("**/masuk**")
    page.context.add_cookies(cookies)
    page.goto(f"/pelaporan/{row.id}/tulis")
    expect(page.locator("[name=teks_antisipasi]")).to_have_value("Patroli malam di Segah.")
    expect(page.locator("#status")).to_contain_text("dikembalikan")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.locator("#status")).to_contain_text("Draf tersimpan.")
    assert kept(row, "antisipasi") == "Patroli malam di Segah."
    page.goto(f"/pelaporan/{row.id}/tulis")
    expect(page.locator("#status")).not_to_contain_text("dikembalikan")
