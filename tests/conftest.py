"""The harness: one application and one database per test process, fresh rows for every test.

    pytest                                    on SQLite
    pytest --database=postgresql              the same tests on a private PostgreSQL started by this run
    pytest -n 2                               on two processes, each with a database of its own

Fixtures: `app` (the application on a fresh database), `client` (a browser without JavaScript), `session` (the
database session, inside an application context), `make_app` (an application with settings of its own), `csrf`
(forms are checked for their token in this test), `database` ("sqlite" or "postgresql"). People and places
come from tests/cast.py.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.domain import clock
from app.domain.accounts import passwords
from app.extensions import db
from tests import inspection
from tests.databases import PostgresStore, SQLiteStore, Store
from tests.desk import AFTER_RESPONSE, TestDesk, Visitor
from tests.hashing import Remembering
from tests.postgres import Cluster, fast_directory

pytest_plugins = ["tests.cast", "tests.buckets", "tests.ordering"]
AFTER_RESPONSE.append(inspection.look)

HERE = Path(__file__).parent
DRAWN = frozenset({"documents", "templates"})
"""What is tested there is drawn from what the domain has read already; the domain's tests ask both databases."""
CLUSTER = pytest.StashKey[Cluster]()
SOCKET = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default=os.environ.get("DESK_TEST_DATABASE", "sqlite"),
        help="which database the tests run on",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for the whole run; test processes are told where it is."""
    for name in [name for name in os.environ if name.startswith("DESK_") and name != "DESK_CHROMIUM"]:
        del os.environ[name]  # a developer's own desk must not reach into the tests
    if config.getoption("database") != "postgresql" or config.getoption("collectonly"):
        return
    told = getattr(config, "workerinput", None)
    if told is not None:
        config.stash[SOCKET] = told["postgres_socket"]
        return
    cluster = Cluster()
    config.stash[CLUSTER] = cluster
    cluster.start()
    config.stash[SOCKET] = str(cluster.home)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """pytest-xdist: what a new test process is told."""
    node.workerinput["postgres_socket"] = node.config.stash.get(SOCKET, "")


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A pass takes what concerns its database; PostgreSQL's repeats nothing that never asks one, and of a
    paper or a template that is tried with many words it hears the first: the others ask the same of the database.
    """
    on_postgres = config.getoption("database") == "postgresql"
    whole = any("::" in str(asked) for asked in config.args)  # somebody asks for this very test
    first = first_sayings(items)
    kept, left = [], []
    for item in items:
        other = item.get_closest_marker("sqlite" if on_postgres else "postgres")
        indifferent = on_postgres and (
            item.get_closest_marker("one_database")
            or not uses_database(item)
            or (is_drawn(item) and not whole and saying(item) > first[promise(item)])
        )
        (left if other or indifferent else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: the garbage collector need not walk through them every time."""
    gc.collect()
    gc.freeze()


def is_drawn(item: pytest.Item) -> bool:
    """Whether a test looks at papers or templates."""
    return item.path.relative_to(HERE).parts[0] in DRAWN


def promise(item: pytest.Item) -> str:
    """The test without its parameters."""
    return item.nodeid.partition("[")[0]


def saying(item: pytest.Item) -> tuple[int, ...]:
    """Which of its parameters, in the order in which they are written."""
    call = getattr(item, "callspec", None)
    return tuple(call.indices[name] for name in sorted(call.indices)) if call else ()


def first_sayings(items: list[pytest.Item]) -> dict[str, tuple[int, ...]]:
    first: dict[str, tuple[int, ...]] = {}
    for item in items:
        first[promise(item)] = min(first.get(promise(item), saying(item)), saying(item))
    return first


def uses_database(item: pytest.Item) -> bool:
    return bool({"database", "desk"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """ "sqlite" or "postgresql"; asking for it puts a test into both passes."""
    return str(request.config.getoption("database"))


@pytest.fixture(scope="session")
def store(database: str, worker_name: str, pytestconfig: pytest.Config) -> Iterator[Store]:
    """This process's database and data directory."""
    with tempfile.TemporaryDirectory(
        prefix="desk-", dir=fast_directory(), ignore_cleanup_errors=True
    ) as home:
        if database == "sqlite":
            yield SQLiteStore(Path(home))
            return
        server = PostgresStore(Path(home), pytestconfig.stash[SOCKET], worker_name)
        yield server
        server.close()


@pytest.fixture(scope="session")
def worker_name() -> str:
    """gw0, gw1, ... under pytest-xdist, else main."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def whole_desk(store: Store) -> Iterator[TestDesk]:
    """The application of this test process; tests ask for `app`, which gives it fresh rows."""
    from tests import cast  # not earlier: pytest rewrites its assertions when it loads it as a plugin

    plain, passwords.HASHER = passwords.HASHER, Remembering(passwords.HASHER)
    made = TestDesk(store, cast.FILLINGS, cast.USUAL)
    yield made
    made.let_go()
    passwords.HASHER = plain


@pytest.fixture
def desk(whole_desk: TestDesk, request: pytest.FixtureRequest) -> Iterator[TestDesk]:
    """Fresh rows from the template that the test's marker names, else the usual one."""
    marker = request.node.get_closest_marker("template")
    whole_desk.begin(marker.args[0] if marker else whole_desk.usual)
    yield whole_desk
    clock.set_real()


@pytest.fixture
def app(desk: TestDesk) -> Flask:
    """The application on fresh rows; no context is pushed (see `session`)."""
    return desk.app


@pytest.fixture
def session(app: Flask) -> Iterator[Any]:
    """The database session, inside an application context that lasts as long as the test."""
    with app.app_context():
        yield db.session
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Visitor:
    """Somebody at a browser without JavaScript, not signed in."""
    return cast_visitor(app)


@pytest.fixture
def csrf(app: Flask) -> Iterator[None]:
    """In this test every form must bring its token."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def make_app(desk: TestDesk) -> Iterator[Callable[..., Flask]]:
    """`make_app(idle_minutes="1")`: an application with settings of its own on this test's rows."""
    made: list[Flask] = []

    def make(**chosen: Any) -> Flask:
        made.append(desk.make_app(**chosen))
        return made[-1]

    yield make
    for application in made:
        with application.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    desk.take_over()


def cast_visitor(app: Flask) -> Visitor:
    """`app.test_client()`, with the type that it has here."""
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor
