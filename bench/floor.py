"""The floor: the least that any Flask application does for one saved click, to measure the desk's tick against.

The same server and settings, a signed-in session (Flask-Login), CSRF (Flask-WTF), one SQL read and one SQL write by
the bare driver in a transaction of its own (SQLite in WAL mode with synchronous=FULL, as the desk has it), and one
small template; writers stand in the desk's fair line. No rights, no history, no counters, no second person: the
distance from here is the price of those.

    FLOOR_DATA=directory gunicorn bench.floor:app
"""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template, request
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import DictLoader

from app.sqlite import WritersLine, driver

ROWS = 20_000
PERSON = "7"
ROW = """<li id="row-{{ id }}" class="entry"><form method="post" action="/butir/{{ id }}">
<input type="hidden" name="csrf_token" value="{{ token }}"><input type="hidden" name="versi" value="{{ version }}">
<button type="submit">{{ "Batalkan" if done else "Selesai" }}</button></form>
<a href="/butir/{{ id }}">{{ title }}</a><span>{{ "selesai" if done else "belum" }}</span></li>"""


def prepare(data: Path) -> None:
    """Make the floor's database: one table of rows to tick."""
    path = data / "floor.db"
    path.unlink(missing_ok=True)
    connection = driver.connect(str(path))
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE butir (id INTEGER PRIMARY KEY, title TEXT, done INTEGER NOT NULL, version INTEGER NOT NULL)"
    )
    connection.executemany(
        "INSERT INTO butir VALUES (?, ?, 0, 1)",
        [(number, f"Butir nomor {number} & satu kalimat yang sewajarnya") for number in range(1, ROWS + 1)],
    )
    connection.commit()
    connection.close()


class Person(UserMixin):
    """Somebody signed in; the floor knows one."""

    id = PERSON


def make_app(data: Path) -> Flask:
    """The floor application on the database in `data`."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(16), WTF_CSRF_TIME_LIMIT=None, SESSION_COOKIE_NAME="floor")
    app.jinja_loader = DictLoader({"row.html": ROW})
    login = LoginManager(app)
    CSRFProtect(app)
    kept = threading.local()
    line = WritersLine(str(data / "floor.db"))

    @login.user_loader
    def load(number: str) -> Person | None:
        return Person() if number == PERSON else None

    def connection() -> Any:
        if not hasattr(kept, "connection"):
            kept.connection = driver.connect(str(data / "floor.db"), isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
                kept.connection.execute(f"PRAGMA {pragma}")
        return kept.connection

    @app.get("/sehat")
    def alive() -> str:
        return "ok"

    @app.get("/masuk")
    def enter() -> Any:
        login_user(Person())
        return redirect("/")

    @app.get("/")
    @login_required
    def token() -> str:
        return f'<input name="csrf_token" value="{generate_csrf()}">'

    @app.post("/butir/<int:number>")
    @login_required
    def tick(number: int) -> Any:
        base = connection()
        row = base.execute("SELECT title, version FROM butir WHERE id = ?", (number,)).fetchone()
        if row is None:
            return "tidak ada", 404
        line.enter()  # as in the desk: without it a few clicks wait for all others, and the median tells nothing
        try:
            base.execute("BEGIN IMMEDIATE")
            changed = base.execute(
                "UPDATE butir SET done = 1, version = version + 1 WHERE id = ? AND version = ?",
                (number, int(request.form["versi"])),
            )
            base.execute("COMMIT")
        finally:
            line.leave()
        return render_template(
            "row.html",
            id=number,
            title=row[0],
            version=row[1] + 1,
            done=True,
            token=generate_csrf(),
        ), (200 if changed.rowcount == 1 else 409)

    return app


if "FLOOR_DATA" in os.environ:
    app = make_app(Path(os.environ["FLOOR_DATA"]))
