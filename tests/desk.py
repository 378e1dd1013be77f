"""The application under test: made once per test process, given fresh rows for every test."""

from __future__ import annotations

import contextvars
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, current_app, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import QueuePool
from werkzeug.test import TestResponse

from app.domain import accounts, all_facts, audit, clock, evidence, secrecy
from app.extensions import db
from config import Settings
from tests.databases import Store

MOMENT = "2024-11-25T09:00:00+08:00"
"""Every test begins on Monday 25 November 2024 at 09.00 WITA, two days before voting, for ever."""

Filling = Callable[[], None]
"""Writes and commits the rows of a template, inside an application context."""

AFTER_RESPONSE: list[Callable[[str, TestResponse], None]] = []
"""What looks at every page that any test fetches (path, answer); see tests/inspection.py."""


class Visitor(FlaskClient):
    """A browser without JavaScript.

    Each request runs in a context of its own, as on a real server, even while the test holds an application
    context (else the person and the session of one request would be those of the next). What the test has
    added is committed before the request, and what it holds is read anew afterwards.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        kwargs.setdefault("buffered", True)
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        for look in AFTER_RESPONSE:
            look(answer.request.path, answer)
        return answer

    def ask(self, path: str, **kwargs: Any) -> TestResponse:
        """A GET by htmx that wants a fragment."""
        return self.get(path, headers=htmx_headers(kwargs.pop("headers", {})), **kwargs)

    def send(self, path: str, **kwargs: Any) -> TestResponse:
        """A POST by htmx that wants a fragment."""
        return self.post(path, headers=htmx_headers(kwargs.pop("headers", {})), **kwargs)


def htmx_headers(more: Mapping[str, str]) -> dict[str, str]:
    """What htmx 4 says about itself when it asks for a part of a page."""
    return {"HX-Request": "true", "HX-Request-Type": "partial", **more}


class TestDesk:
    """One application, one store, and the templates that were built so far."""

    __test__ = False

    def __init__(self, store: Store, fillings: Mapping[str, Filling], usual: str) -> None:
        self.store = store
        self.fillings = fillings
        self.usual = usual
        self.built: set[str] = set()
        self.app = self.make_app()

    def settings(self, **chosen: Any) -> Settings:
        """Settings of a test's application on this process's store; each may be chosen otherwise."""
        usual = {
            "mode": "test",
            "data": str(self.store.data),
            "database_url": self.store.url,
            "secret_key": "kunci-sesi-untuk-pengujian",
            "audit_key": "kunci-jejak-untuk-pengujian",
            "demo_password": "sandi-demo-untuk-pengujian",
            "clock": MOMENT,
        }
        return Settings(**{**usual, **chosen})

    def make_app(self, **chosen: Any) -> Flask:
        """An application with these settings, speaking through Visitor."""
        from app import create_app

        application = create_app(self.settings(**chosen))
        application.test_client_class = Visitor
        application.config["WTF_CSRF_ENABLED"] = False  # the fixture `csrf` turns it on
        return application

    def begin(self, template: str) -> None:
        """Fresh rows and the test's clock; builds the template first when no test has asked for it yet."""
        if template not in self.built:
            self.build(template)
        if not (self.has_let_go() and self.store.tidy(template)):
            self.let_go()
            self.store.restore(template)
        accounts.forget_cached_mandates()  # the same numbers may mean other people now
        all_facts.forget()  # so that a count of statements does not hang on which test ran before
        clock.set_frozen(dt.datetime.fromisoformat(MOMENT))

    def take_over(self) -> None:
        """Be the application of this process again: others (make_app) have set the keys and the store."""
        data = self.store.data
        audit.configure(self.app.config["AUDIT_KEY"], data / "audit-head.log")
        secrecy.configure(self.app.config["FIELD_KEY"])
        evidence.configure(
            evidence.LocalDirectory(data / "evidence"), max_bytes=self.app.config["MAX_CONTENT_LENGTH"]
        )

    def has_let_go(self) -> bool:
        """End the session; whether no connection is out of the pool then, held by a thread of a test perhaps."""
        with self.app.app_context():
            db.session.remove()
            return all(
                not isinstance(e.pool, QueuePool) or e.pool.checkedout() == 0 for e in db.engines.values()
            )

    def let_go(self) -> None:
        """Close every connection of the application to its database."""
        with self.app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()

    def build(self, name: str) -> None:
        """Migrate an empty database, fill it as tests/cast.py says, keep it under `name`."""
        if name == "empty":
            self.let_go()
            self.store.restore(None)
            with self.app.app_context():
                self.migrate()
        else:
            self.begin("empty")
            with self.app.app_context():
                self.fillings[name]()
                db.session.commit()
        self.let_go()
        self.store.keep(name)
        self.built.add(name)

    @staticmethod
    def migrate() -> None:
        """Bring the database to the newest migration, quietly, as `flask db upgrade` does."""
        from flask_migrate import upgrade

        from app.cli.migrations import prepare

        prepare(current_app)
        upgrade()
