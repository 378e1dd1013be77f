"""/pengaturan: each sees what they may set, and nobody else sees the page."""

from __future__ import annotations

from typing import Any

from app.blueprints.office.places import PLACES
from tests import cast


def test_an_admin_finds_every_place(client: Any, app: Any):
    page = cast.signed_in(client, "admin.kaltim").get("/pengaturan").text
    for place in PLACES:
        assert place.title in page
        assert place.endpoint in app.view_functions


def test_whoever_may_set_nothing_is_told_whom_to_ask(client: Any):
    answer = cast.signed_in(client, "operator.berau").get("/pengaturan")
    assert answer.status_code == 403
    assert "Hubungi admin" in answer.text
    assert 'href="/pengaturan"' not in cast.signed_in(client, "operator.berau").get("/").text
