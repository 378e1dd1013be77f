"""/sehat answers as long as the process lives; /siap says in three words what keeps the desk from working."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from flask import Flask

from app.blueprints.health import routes
from app.domain import jobs
from app.extensions import db

ALL_THERE = {"basis_data": True, "ruang_simpan": True, "pekerja": True}


def test_a_desk_with_its_worker_is_ready(client: Any, session: Any):
    jobs.show_alive("pekerja-1")
    session.commit()
    answer = client.get("/siap")
    assert (answer.status_code, answer.json) == (200, {"status": "siap", "pemeriksaan": ALL_THERE})


def test_without_a_worker_it_is_ready_and_says_so(client: Any, session: Any):
    answer = client.get("/siap")
    assert (answer.status_code, answer.json["pemeriksaan"]) == (200, {**ALL_THERE, "pekerja": False})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '0001'",
        "DROP TABLE alembic_version",
    ],
)
def test_a_database_of_another_version_is_not_ready(client: Any, session: Any, statement: str):
    session.execute(db.text(statement))
    session.commit()
    answer = client.get("/siap")
    assert (answer.status_code, answer.json["status"]) == (503, "belum siap")
    assert answer.json["pemeriksaan"]["basis_data"] is False
    assert client.get("/sehat").status_code == 200


def test_a_disk_that_is_almost_full_is_not_ready(
    app: Flask, client: Any, session: Any, monkeypatch: pytest.MonkeyPatch
):
    class Full:
        free = routes.LEAST_FREE

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Full)
    answer = client.get("/siap")
    assert (answer.status_code, answer.json["pemeriksaan"]["ruang_simpan"]) == (503, False)


def test_neither_needs_a_person_nor_says_anything_else(client: Any, session: Any):
    assert client.get("/sehat").json == {"status": "sehat"}
    assert set(client.get("/siap").json) == {"status", "pemeriksaan"}
