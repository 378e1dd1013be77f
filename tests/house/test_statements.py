"""How many statements the pages of every day and a click ask of the database, and that rows do not add to them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain import checklists, stages
from app.domain.checklists import Entry, Filters
from app.extensions import db
from tests.cast import BERAU, entry_of, person, signed_in
from tests.counting import statements
from tests.desk import htmx_headers

MOST = {
    "/": 15,
    "/daftar-periksa?baris=120": 15,
    "/wilayah/64.03": 15,
    "/daftar-periksa/kisi?butir=LOG-12": 15,
}


def asked(app: Flask, client: FlaskClient, path: str) -> list[str]:
    """The statements of one page."""
    with app.app_context(), statements() as seen:
        assert client.get(path).status_code == 200
    return list(seen)


@pytest.mark.parametrize(
    "who, path",
    [
        *(("operator.berau", path) for path in MOST),
        *(("operator.kaltim", path) for path in MOST),
        ("penyelia.berau", "/"),
        ("penyelia.berau", "/verifikasi"),
        ("operator.sambaliung", "/"),
        ("operator.sambaliung", "/wilayah/64.03.03"),
    ],
)
def test_a_page_asks_for_no_more_than_its_share(app: Flask, client: FlaskClient, who: str, path: str) -> None:
    visitor = signed_in(client, who)
    assert len(asked(app, visitor, path)) <= MOST.get(path, 15)


@pytest.mark.parametrize("path", MOST)
def test_more_entries_do_not_mean_more_statements(app: Flask, client: FlaskClient, path: str) -> None:
    visitor = signed_in(client, "operator.berau")
    before = len(asked(app, visitor, path))
    _work_on_everything(app)
    assert len(asked(app, visitor, path)) <= before


def test_a_full_queue_asks_no_more_than_one_of_two(app: Flask, client: FlaskClient) -> None:
    visitor = signed_in(client, "penyelia.berau")
    _send_back_and_fill_again(app, ("2024-11-24",))
    before = len(asked(app, visitor, "/verifikasi"))
    _work_on_everything(app)
    _send_back_and_fill_again(app, ("2024-11-25", "2024-11-26"))
    assert len(asked(app, visitor, "/verifikasi")) <= before


def _send_back_and_fill_again(app: Flask, periods: tuple[str, ...]) -> None:
    """Entries that were judged before: the queue shows what has changed since."""
    with app.app_context():
        by, judge = person("operator.berau"), person("penyelia.berau")
        for period in periods:
            said = checklists.Filling(reason="alasan", no_evidence_reason="alasan")
            for code in ("KTP-10", "KTP-11"):
                entry = entry_of(code, BERAU, period)
                if entry.standing in checklists.OPEN:
                    entry = checklists.tick(entry, by=by, version=entry.version, filling=said)
                checklists.send_back(entry, by=judge, version=entry.version, reason="kurang")
                entry = entry_of(code, BERAU, period)
                checklists.tick(entry, by=by, version=entry.version, filling=said)
        db.session.commit()


def _work_on_everything(app: Flask) -> None:
    """Many deeds of every kind, so that each group of a page has rows."""
    with app.app_context():
        by, election = person("operator.berau"), stages.current_election()
        as_of = checklists.AsOf.of(election, election.voting_day)
        rows = checklists.list_page(by, election, Filters(region=BERAU), as_of, per_page=200).rows
        said = checklists.Filling(reason="alasan", no_evidence_reason="alasan")
        for number, entry in enumerate(row for row in rows if row.standing in checklists.OPEN):
            deed = (checklists.start, checklists.tick, checklists.block, checklists.waive)[number % 4]
            deed(entry, by=by, version=entry.version, filling=said)
        db.session.commit()


@pytest.mark.parametrize("who", ["operator.berau", "operator.kaltim"])
def test_a_tick_asks_at_most_twelve_and_answers_in_four_kilobytes(
    app: Flask, client: FlaskClient, who: str
) -> None:
    visitor = signed_in(client, who)
    with app.app_context():
        number, version = db.session.execute(
            db.select(Entry.id, Entry.version).where(Entry.id == entry_of("KTP-11", BERAU, "2024-11-25").id)
        ).one()
    sent: dict[str, Any] = {
        "versi": version,
        "kunci": f"a1B2c3D4e5F6-{number}-1",
        "kembali": "/daftar-periksa",
    }
    with app.app_context(), statements() as seen:
        answer = visitor.post(f"/daftar-periksa/{number}/selesai", data=sent, headers=htmx_headers({}))
    assert answer.status_code == 200
    assert f'id="checklist-entry-{number}"' in answer.text
    assert "Kemajuan" in answer.text
    assert len(seen) <= 12
    assert len(answer.data) < 4096
