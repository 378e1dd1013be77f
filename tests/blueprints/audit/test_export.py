"""/jejak/unduh: the links that the filters show, as a file, and that they went out."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from app.blueprints.audit import routes
from app.domain import audit, checklists
from app.extensions import db
from tests import cast


def lines_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def deeds(session: Any, operator: Any, stranger: Any) -> None:
    for who, region in ((operator, cast.BERAU), (stranger, cast.PASER)):
        entry = cast.entry_of("KTP-11", region, "2024-11-25")
        note = checklists.Filling(note='=HYPERLINK("x")', measure_value=5)
        checklists.tick(entry, by=who, version=entry.version, filling=note)
    db.session.commit()


def test_the_file_holds_the_links_with_their_whole_hashes(client: Any, deeds: None):
    answer = cast.signed_in(client, "inspektorat.kaltim").post(
        "/jejak/unduh", data={"jenis": "checklist_entry"}
    )
    assert answer.mimetype == "text/csv"
    assert "filename=jejak-2024-11-25.csv" in answer.headers["Content-Disposition"]
    newest, oldest, *_ = lines_of(answer)
    assert (newest["Orang"], oldest["Orang"]) == ("Operator Paser (demo)", "Operator Berau (demo)")
    assert newest["Perbuatan"] == "menandai selesai"
    assert "KTP-11" in newest["Tentang"]
    assert newest["Sidik sebelumnya"] == oldest["Sidik"]
    assert len(newest["Sidik"]) == 64
    assert not any(text.startswith(("=", "+", "@")) for line in lines_of(answer) for text in line.values())


def test_the_filters_of_the_page_hold_for_the_file(client: Any, deeds: None):
    cast.signed_in(client, "inspektorat.kaltim")
    answer = client.post("/jejak/unduh", data={"wilayah": cast.BERAU, "jenis": "checklist_entry"})
    assert {line["Orang"] for line in lines_of(answer)} == {"Operator Berau (demo)"}


def test_that_it_went_out_is_on_the_trail(client: Any, session: Any, deeds: None):
    cast.signed_in(client, "inspektorat.kaltim").post("/jejak/unduh", data={"wilayah": cast.BERAU})
    entries, _ = audit.search(("64",), audit.Filters(action="audit:trail:export"), page=1)
    assert [(entry.actor_name, entry.region_code) for entry in entries] == [
        ("Inspektorat Kaltim (demo)", cast.BERAU)
    ]
    assert "wilayah 64.03" in entries[0].changes


def test_it_refuses_another_province(client: Any, deeds: None):
    assert (
        cast.signed_in(client, "inspektorat.kaltim").post("/jejak/unduh", data={"wilayah": "65"}).status_code
        == 404
    )


def test_it_refuses_whoever_does_not_audit(client: Any, deeds: None):
    assert cast.signed_in(client, "operator.berau").post("/jejak/unduh").status_code == 403


def test_it_refuses_a_get(client: Any):
    assert cast.signed_in(client, "inspektorat.kaltim").get("/jejak/unduh").status_code in (404, 405)


def test_too_many_links_are_refused_and_nothing_goes_out(
    client: Any, deeds: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(routes, "MOST", 1)
    answer = cast.signed_in(client, "inspektorat.kaltim").post(
        "/jejak/unduh", data={"jenis": "checklist_entry"}
    )
    assert answer.status_code == 422
    assert "Persempit tanggalnya" in answer.text


def test_a_date_that_is_none_is_refused_and_kept_as_typed(client: Any, deeds: None):
    answer = cast.signed_in(client, "inspektorat.kaltim").post("/jejak/unduh", data={"dari": "kemarin"})
    assert answer.status_code == 422
    assert 'value="kemarin"' in answer.text
