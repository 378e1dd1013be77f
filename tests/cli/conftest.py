"""The command line of the application under test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.domain import checklists, evidence
from app.jobs.results import SEALED, SHEETS, Results
from tests import cast
from tests.cli.running import REASON
from tests.databases import PostgresStore
from tests.desk import TestDesk


@pytest.fixture
def flask(app: Flask) -> Callable[..., Result]:
    """`flask("audit", "verify")`: the result of that command, its output as people see it."""

    def run(*words: str) -> Result:
        result = app.test_cli_runner().invoke(args=list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "cadangan"


@pytest.fixture
def full(app: Flask, session: Any) -> Flask:
    """A desk with a tick, a file of evidence and a finished paper."""
    operator = cast.person("operator.berau")
    entry = cast.entry_of("LOG-14", cast.BERAU)
    evidence.LocalDirectory(app.config["SETTINGS"].data_dir / "evidence").put(b"berita acara")
    checklists.tick(entry, by=operator, version=entry.version, filling=REASON)
    Results.of(app).keep(b"laporan")
    Results.of(app, SEALED).keep(b"laporan bersegel")
    Results.of(app, SHEETS).keep(b"lembar")
    slips = app.config["SETTINGS"].data_dir / "kata-sandi"
    slips.mkdir()
    (slips / "acak").write_text("kata sandi sementara")
    session.commit()
    cast.signed_in(app.test_client(), "operator.berau")
    return app


@pytest.fixture
def make(flask: Any, place: Path) -> Any:
    """`make("--keep", "2")`: the command; the path of the archive."""

    def run(*options: str) -> Path:
        said = flask("cadangan", "buat", str(place), *options)
        assert said.exit_code == 0, said.output
        return Path(said.output.split(":")[0])

    return run


@pytest.fixture
def elsewhere(desk: TestDesk, make_app: Any, tmp_path: Path) -> Any:
    """`elsewhere()`: an application in an empty place, with a database of its own of the same kind."""
    store = desk.store
    made: list[str] = []

    def start(**other: Any) -> Flask:
        folder = tmp_path / "baru"
        folder.mkdir(mode=0o700, exist_ok=True)
        url = f"sqlite+desk:///{folder / 'desk.db'}"
        if isinstance(store, PostgresStore):
            name = f"{store.name}_baru"
            if not made:
                store._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                store._run(f"CREATE DATABASE {name} TEMPLATE template0")
                made.append(name)
            url = store.url.replace(f"/{store.name}?", f"/{name}?")
        return make_app(**{"data": str(folder), "database_url": url, **other})

    yield start
    if isinstance(store, PostgresStore):
        for name in made:
            store._run(f"DROP DATABASE {name} WITH (FORCE)")
