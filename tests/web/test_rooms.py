"""Rooms are known by their addresses from the start and loaded when somebody asks for one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, url_for

from app.web import rooms
from app.web.access import mark_of

Build = Callable[..., Flask]

ROUTES = """
from flask import Blueprint
from app.web.access import open_to_all, signed_in

bp = Blueprint("{name}", __name__)

@bp.get("/teh/<int:cup_id>")
@open_to_all
def pour(cup_id):
    return f"gelas {{cup_id}}"

@bp.post("/teh")
@signed_in
def boil():
    return "mendidih"
"""


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Build]:
    """`build(teh=source)`: an application whose rooms are packages with these routes."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(**sources: str) -> Flask:
        for name, source in sources.items():
            folder = tmp_path / "kedai" / name
            folder.mkdir(parents=True)
            (folder / "routes.py").write_text(source.format(name=name))
        app = Flask("kedai")
        rooms.install(app, tmp_path / "kedai", "kedai", frozenset(f"{name}.pour" for name in sources))
        return app

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] == "kedai"]:
        del sys.modules[name]


def is_loaded(name: str) -> bool:
    return f"kedai.{name}.routes" in sys.modules


def test_an_address_is_named_without_its_room(build: Build):
    app = build(teh=ROUTES)
    with app.test_request_context():
        assert url_for("teh.pour", cup_id=3) == "/teh/3"
    assert app.test_client().get("/teh").status_code == 405
    assert not is_loaded("teh")


def test_the_first_who_asks_loads_the_room_and_only_that(build: Build):
    other = ROUTES.replace("/teh", "/kopi")
    app = build(teh=ROUTES, kopi=other)
    client = app.test_client()
    assert client.get("/teh/3").text == "gelas 3"
    assert client.post("/teh").text == "mendidih"
    assert (is_loaded("teh"), is_loaded("kopi")) == (True, False)
    assert app.view_functions["teh.pour"].__module__ == "kedai.teh.routes", "no door is left in the way"


@pytest.mark.parametrize("frozen, asked, kept", [(300_000, 1, 2), (0, 2, 0)], ids=["a server", "a command"])
def test_a_server_keeps_what_it_loads_and_is_known_as_one_from_the_first_room_on(
    build: Build, monkeypatch: pytest.MonkeyPatch, frozen: int, asked: int, kept: int
):
    heard: list[str] = []
    monkeypatch.setattr(rooms._no_garbage, "_is_server", False)
    monkeypatch.setattr(rooms.gc, "get_freeze_count", lambda: heard.append("asked") or frozen)
    monkeypatch.setattr(rooms.gc, "freeze", lambda: heard.append("kept"))
    rooms.load_all(build(teh=ROUTES, kopi=ROUTES.replace("/teh", "/kopi")))
    assert (heard.count("asked"), heard.count("kept")) == (asked, kept)


def test_the_mark_is_the_views_own(build: Build):
    app = build(teh=ROUTES)
    with app.app_context():
        assert (mark_of("teh.pour"), mark_of("teh.boil"), mark_of("teh.none")) == ("open", "signed_in", None)


@pytest.mark.parametrize(
    "said",
    [
        '@bp.get("/teh/lain")\ndef naked():\n    return ""\n',
        '@bp.get("/teh/lain")\n@str\ndef other_mark():\n    return ""\n',
        '@bp.route("/teh/lain")\n@open_to_all\ndef by_route():\n    return ""\n',
        '@bp.get("/teh/" + "lain")\n@open_to_all\ndef reckoned():\n    return ""\n',
    ],
)
def test_no_application_is_made_with_an_address_in_another_form(build: Build, said: str):
    with pytest.raises(RuntimeError, match=r"routes\.py: an address must stand as"):
        build(teh=ROUTES + said)


@pytest.mark.parametrize(
    "said",
    [
        'bp.add_url_rule("/teh/lain", "hidden", boil)\n',
        "signed_in = lambda view: view\n",
    ],
)
def test_a_room_that_is_not_what_was_read_answers_nobody(build: Build, said: str):
    head, marker, tail = ROUTES.partition("@bp.get")
    app = build(teh=f"{head}{said}{marker}{tail}" if "lambda" in said else ROUTES + said)
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"are not those of the start|does not say who may come in"):
            app.extensions["rooms"]["teh"].load()
    assert isinstance(app.view_functions["teh.pour"], rooms.Door)


def test_no_application_is_made_with_an_open_address_that_the_short_list_does_not_name(build: Build):
    said = '@bp.get("/teh/lain")\n@open_to_all\ndef slipped_in():\n    return ""\n'
    with pytest.raises(RuntimeError, match=r"open to all and not in the list.*teh\.slipped_in"):
        build(teh=ROUTES + "\n" + said)


def test_no_application_is_made_whose_short_list_names_what_is_not_open(build: Build):
    with pytest.raises(RuntimeError, match=r"open to all and not in the list.*teh\.pour"):
        build(teh=ROUTES.replace("@open_to_all", "@signed_in"))


def test_no_application_is_made_with_an_address_that_belongs_to_no_room(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    build(teh=ROUTES)
    app = Flask("kedai")
    app.add_url_rule("/pintu-belakang", "back_door", lambda: "")
    with pytest.raises(RuntimeError, match=r"belong to no room.*back_door"):
        rooms.install(app, tmp_path / "kedai", "kedai", frozenset({"teh.pour"}))


def test_all_are_loaded_for_whoever_wants_all(build: Build):
    app = build(teh=ROUTES, kopi=ROUTES.replace("/teh", "/kopi"))
    rooms.load_all(app)
    assert is_loaded("teh")
    assert is_loaded("kopi")
