"""/bantuan: the short guide."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast


@pytest.mark.parametrize("who", ["operator.berau", "inspektorat.kaltim", "mantan.berau"])
def test_everybody_who_is_signed_in_may_read_it(client: Any, session: Any, who: str):
    answer = cast.signed_in(client, who).get("/bantuan")
    assert answer.status_code == 200
    assert "Panduan singkat" in answer.text
    assert "Terverifikasi" in answer.text


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Any):
    answer = client.get("/bantuan")
    assert (answer.status_code, answer.location) == (303, "/masuk?lanjut=/bantuan")


def test_every_page_leads_to_it(client: Any, session: Any):
    assert 'href="/bantuan"' in cast.signed_in(client, "operator.berau").get("/akun").text
