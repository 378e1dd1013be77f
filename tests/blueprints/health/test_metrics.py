"""/metrik: off by default, bound to addresses, and it tells counts only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.domain import jobs

LINE = re.compile(r'desk_[a-z_]+(\{state="[a-z]+"\})? \d+(\.\d+)?')


def test_it_is_off_by_default(client: Any):
    assert client.get("/metrik").status_code == 404


@pytest.mark.parametrize(
    "readers, status", [("127.0.0.1", 200), ("10.0.0.7, 127.0.0.1", 200), ("10.0.0.7", 404)]
)
def test_it_answers_only_the_addresses_that_are_named(make_app: Any, readers: str, status: int):
    client = make_app(metrics=readers).test_client()
    assert client.get("/metrik").status_code == status
    assert client.get("/metrik", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == status


def test_it_tells_counts_and_nothing_else(make_app: Any, app: Flask, session: Any):
    jobs.show_alive("pekerja-1")
    session.commit()
    answer = make_app(metrics="127.0.0.1").test_client().get("/metrik")
    assert answer.mimetype == "text/plain"
    said = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert said
    assert [line for line in said if not LINE.fullmatch(line)] == []
    names = {line.partition(" ")[0].partition("{")[0] for line in said}
    assert names == {
        "desk_jobs",
        "desk_worker_silent_seconds",
        "desk_sessions",
        "desk_audit_links",
        "desk_disk_free_bytes",
    }
    assert "pekerja-1" not in answer.text
    assert 'desk_jobs{state="antre"} 0' in said
