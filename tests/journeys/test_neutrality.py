"""Berau's three cases, as its Sekda told them, are read back from the list, its counts, the case and the file."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import cast
from tests.pages import words

pytestmark = pytest.mark.template("demo")


def test_the_three_cases_of_berau_are_told_as_the_source_tells_them(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    page = client.get("/netralitas")
    assert "3 kasus: 1 kepala kampung, 1 PNS, 1 PPPK" in words(page)
    rows = dict(re.findall(r'href="(/netralitas/\d+)">([^<]+)</a>', page.text))
    found = {pseudonym: words(client.get(path)) for path, pseudonym in rows.items()}
    assert set(found) == {"Kades-1", "PNS-1", "PPPK-1"}
    for pseudonym in ("PNS-1", "PPPK-1"):
        assert "Rekomendasi BKN" in found[pseudonym]
        assert "tanggal tidak diketahui" in found[pseudonym]
        assert "Bupati selaku PPK kepegawaian" in found[pseudonym]
    assert "Kades-1 · Dicatat" in found["Kades-1"]
    assert "BKN" not in found["Kades-1"]
    assert all(
        "Nama tidak dicatat" in text and "tidak disebut dalam paparan" in text for text in found.values()
    )


def test_the_province_and_the_file_count_the_same_three(client: Any, session: Any):
    for who in ("operator.berau", "pimpinan.kaltim"):
        cast.signed_in(client, who)
        assert "3 kasus: 1 kepala kampung, 1 PNS, 1 PPPK" in words(client.get("/netralitas?wilayah=64.03"))
        lines = client.post("/netralitas/unduh").data.decode("utf-8-sig").splitlines()
        assert len(lines) == 4
        assert sorted(line.split(";")[2] for line in lines[1:]) == ["Kades-1", "PNS-1", "PPPK-1"]
