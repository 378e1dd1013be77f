"""What keeps the start of a server short (docs/bench.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, texts


def test_modules_of_tables_state_their_types_at_once():
    """SQLAlchemy would translate each of them from text: a tenth of a server's start."""
    tables = [
        (path, content)
        for path, content in texts()
        if path.startswith("app/") and "= mapped_column(" in content
    ]
    assert len(tables) >= 10
    assert [path for path, content in tables if "\nfrom __future__ import annotations" in content] == []


FIRST_ANSWER = """
import sys
from app import create_app
app = create_app()
assert app.test_client().get("/sehat").status_code == 200
rooms = {name for name in app.extensions["rooms"] if f"app.blueprints.{name}.routes" in sys.modules}
domain = {name.split(".")[2] for name in sys.modules if name.startswith("app.domain.") and name.count(".") > 2}
print(sorted(rooms), sorted(domain))
"""
GROUND = ["accounts", "audit", "evidence", "regions", "stages"]
"""The rooms of the domain that every page needs; a room that is added here is paid by every start and every worker."""


def test_the_first_answer_waits_for_no_room_but_its_own(tmp_path: Path):
    assert said_by(FIRST_ANSWER, tmp_path) == f"['health'] {GROUND}\n"


THE_STORES_LIBRARY = """
import sys
from app import create_app
assert create_app().test_client().get("/sehat").status_code == 200
print("obstore" in sys.modules)
"""


@pytest.mark.parametrize("where", ["", "s3://bukti-desk/berau"])
def test_a_start_loads_no_library_of_an_object_store(tmp_path: Path, where: str):
    """Not where evidence lies in a directory, and elsewhere not before the first file: a store that is away, or a fork
    of the server, must not matter to a start.
    """
    (tmp_path / "rahasia").write_text("rahasia-kunci")
    chosen = {
        "DESK_EVIDENCE_STORE": where,
        "DESK_STORE_ENDPOINT": "http://127.0.0.1:1",
        "DESK_STORE_KEY_ID": "KUNCI",
        "DESK_STORE_SECRET_FILE": str(tmp_path / "rahasia"),
    }
    assert said_by(THE_STORES_LIBRARY, tmp_path, **chosen) == "False\n"


EACH_ALONE = """
import os
from app import create_app
from app.extensions import db
app = create_app()

def load(room):
    room.load()
    db.Model.registry.configure()
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            key.column  # raises when the table that it names is not there

def child(room):
    number = os.fork()
    if number == 0:
        try:
            load(room)
        except BaseException as error:
            print(room.name, repr(error), flush=True)
        os._exit(0)
    return number

rooms = list(app.extensions["rooms"].values())
for pair in zip(rooms[::2], [*rooms[1::2], None]):
    for number in [child(room) for room in pair if room]:
        os.waitpid(number, 0)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks a process for each room")
def test_every_room_can_be_the_first_that_is_loaded(tmp_path: Path):
    """No room counts on another one for its modules or for the tables that its own refer to."""
    assert said_by(EACH_ALONE, tmp_path) == ""


def said_by(program: str, data: Path, **chosen: str) -> str:
    """What a Python process of its own prints, with settings of its own."""
    environment = {**os.environ, "DESK_DATA": str(data), "DESK_DATABASE_URL": "", **chosen}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout
