"""Where the parts of the application meet, and nowhere else."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from typing import Any

from flask import Flask

from app import blueprints, cli
from app.domain import accounts, audit, clock, evidence, secrecy
from app.extensions import csrf, db, login
from app.web import access, context, converters, errors, filters, headers, logs
from config import Settings


class Desk(Flask):
    """Flask without a look, nine times a request, whether a function is a coroutine: the desk has none."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def assembled(settings: Settings | None = None) -> Flask:
    """What `create_app` promises."""
    settings = settings or Settings()
    if settings.mode == "production":
        os.umask(0o077)  # whatever this process writes is the desk's own account's alone
    app = Desk("app")
    app.config.from_mapping(settings.flask_config())

    _set_clock(settings)
    audit.configure(app.config["AUDIT_KEY"], settings.data_dir / "audit-head.log")
    secrecy.configure(app.config["FIELD_KEY"])
    app.config["TWO_STEPS_ROLES"] = accounts.roles_named(settings.two_steps)
    evidence.configure(_storage(settings), max_bytes=app.config["MAX_CONTENT_LENGTH"])
    accounts.forget_cached_mandates()

    db.init_app(app)
    for part in (logs, converters, headers, filters, context, errors):  # before all that reads a form
        part.install(app)
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # roaming Wi-Fi changes addresses; the session row and idle time protect
    login.user_loader(access.load_person)
    login.unauthorized_handler(errors.unauthorized)

    app.before_request(access.require_sign_in)
    if settings.proxy == "1":
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]

    blueprints.install(app)
    cli.install(app)
    return app


def _storage(settings: Settings) -> evidence.Storage:
    """Where evidence lies. Asks no store anything: a desk starts and is read without it."""
    store = settings.store
    if store is None:
        return evidence.LocalDirectory(settings.data_dir / "evidence")
    return evidence.ObjectStore(evidence.Bucket(**store))


def _set_clock(settings: Settings) -> None:
    """Frozen by DESK_CLOCK, set to a training day by the demo's clock.json, else the computer's."""
    if settings.clock:
        clock.set_frozen(dt.datetime.fromisoformat(settings.clock))
        return
    path = settings.data_dir / "clock.json"
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
        clock.set_training(
            dt.datetime.fromisoformat(kept["moment"]), anchor=dt.datetime.fromisoformat(kept["anchor"])
        )
    else:
        clock.set_real()
