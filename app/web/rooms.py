"""Rooms of addresses: known to the URL map from the start, loaded when somebody first asks for one of them.

A server that loads every room before its first answer is ready later with each room that is added, and each of its
workers holds what nobody asked for. What a start needs of a room are its addresses, and these stand in its source in
one form: `@bp.get("/path")` or `@bp.post(...)`, one mark of app/web/access.py, `def view(`. They are read from there;
an address in any other form ends the start, so none is forgotten and none goes without its mark. Whoever marks one as
open to all must name it in the short list of app/blueprints/__init__.py too, or the start ends as well.
"""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Callable, Iterator
from glob import glob
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

MARK = "access_mark"
"""Where a view keeps who may come in."""
ROUTE = re.compile(r'(get|post)\("([^"\n]+)"\)\n@(requires\([\w.]+\)|signed_in|open_to_all)\ndef (\w+)\(')
BEGINS = "\n@bp."
_LOADING = threading.Lock()


class Address(NamedTuple):
    """One address of a room."""

    endpoint: str
    rule: str
    method: str
    is_open: bool = False
    """Whether it needs nobody signed in."""


class Room:
    """A package with a `routes` module whose `bp` has the package's name."""

    def __init__(self, app: Flask, folder: Path, package: str) -> None:
        self._app = app
        self._package = package
        self._loaded = False
        self.name = folder.name
        self.addresses = list(written_in(folder))
        for address in self.addresses:
            app.add_url_rule(
                address.rule,
                endpoint=address.endpoint,
                view_func=Door(self, address.endpoint),
                methods=[address.method],
            )

    def load(self) -> None:
        """Import the room and put its views in the place of their doors; others who ask meanwhile wait.

        RuntimeError when it has other addresses than its source had when this process started, or a view without mark.
        """
        with _LOADING:
            if self._loaded:
                return
            alone = Flask(self.name, static_folder=None)
            alone.url_map.converters = self._app.url_map.converters
            with _no_garbage():
                alone.register_blueprint(import_module(f"{self._package}.{self.name}.routes").bp)
            found = [
                Address(rule.endpoint, rule.rule, method, _is_open(alone.view_functions[rule.endpoint]))
                for rule in alone.url_map.iter_rules()
                for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            ]
            if sorted(found) != sorted(self.addresses):
                raise RuntimeError(
                    f"the addresses of {self.name} are not those of the start: restart the server"
                )
            for endpoint, view in alone.view_functions.items():
                if not hasattr(view, MARK):
                    raise RuntimeError(f"{endpoint} does not say who may come in (app/web/access.py)")
            self._app.view_functions.update(alone.view_functions)
            self._loaded = True

    def view(self, endpoint: str) -> Callable[..., Any]:
        """The view itself; loads the room."""
        self.load()
        return self._app.view_functions[endpoint]


class Door:
    """Stands for a view until its room is loaded."""

    def __init__(self, room: Room, endpoint: str) -> None:
        self.__name__ = endpoint
        self._room = room

    def __call__(self, **values: Any) -> Any:
        return self.open()(**values)

    def open(self) -> Callable[..., Any]:
        """The view behind it; loads the room."""
        return self._room.view(self.__name__)


def written_in(folder: Path) -> Iterator[Address]:
    """The addresses in the modules of a room. RuntimeError naming the module that has one in another form."""
    for path in sorted(glob(f"{folder}/*.py")):
        with open(path, encoding="utf-8") as file:
            _, *routes = file.read().split(BEGINS)
        for text in routes:
            found = ROUTE.match(text)
            if found is None:
                raise RuntimeError(
                    f"{path}: an address must stand as @bp.get(...) or @bp.post(...) with one path, then its mark "
                    f"(@requires, @signed_in or @open_to_all), then its view: @bp.{text.splitlines()[0]}"
                )
            method, rule, mark, view = found.groups()
            yield Address(f"{folder.name}.{view}", rule, method.upper(), mark == "open_to_all")


def _is_open(view: Callable[..., Any]) -> bool:
    return getattr(view, MARK, None) == "open"


def install(app: Flask, folder: Path, package: str, public: frozenset[str]) -> None:
    """Make the addresses of all rooms in the folder known; each package with a `routes` module is one.

    RuntimeError, which ends the start, when an address is open to all that `public` does not name, when `public` names
    one that is not, or when the application has an address outside the rooms, whose view no mark guards.
    """
    rooms = [Room(app, path.parent, package) for path in sorted(folder.glob("*/routes.py"))]
    app.extensions["rooms"] = {room.name: room for room in rooms}
    known = {address for room in rooms for address in room.addresses}
    opened = {address.endpoint for address in known if address.is_open}
    if opened != public:
        raise RuntimeError(
            f"open to all and not in the list of such addresses, or the other way round: {sorted(opened ^ public)}"
        )
    guarded = {address.endpoint for address in known} | {"static"}
    outside = {rule.endpoint for rule in app.url_map.iter_rules()} - guarded
    if outside:
        raise RuntimeError(f"addresses that belong to no room: {sorted(outside)}")


def load_all(app: Flask) -> None:
    """Load every room, for whoever wants all views or all tables."""
    for room in app.extensions["rooms"].values():
        room.load()


class _no_garbage:
    """Nothing that is being loaded is garbage; what was loaded in a server lives as long as it (gunicorn.conf.py)."""

    _is_server = False  # asked until it is so: counting walks through everything that was frozen

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        _no_garbage._is_server = _no_garbage._is_server or gc.get_freeze_count() > 0
        if _no_garbage._is_server:
            gc.collect()
            gc.freeze()
        if self._was_on:
            gc.enable()
