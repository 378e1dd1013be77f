"""What every response carries: safe headers, no caching of signed-in pages, a request id, compression."""

from __future__ import annotations

import gzip
import secrets
import time

from flask import Flask, Request, Response, current_app, g, request, session

from app.domain import audit
from app.domain.audit import Origin
from app.web.access import SEEN, the_request

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
"""Of a desk that is served over HTTPS: for a year the browser asks it in no other way."""
VARIES = ("HX-Request", "Accept-Encoding")
SQUEEZABLE = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
)
WORTH_IT = 1_400
"""Bytes; below one network packet compression saves nothing."""
SMALL = 8_000
"""Bytes; up to here the lightest compression gives up 3 % of size for half the time."""
_squeezed: dict[str, bytes] = {}


def begin() -> None:
    """Give the request its id and tell the audit trail where deeds come from."""
    g.request_id = number = secrets.token_hex(8)
    audit.set_origin(Origin(number, request.remote_addr or ""))


def check_idle(app: Flask) -> None:
    """End a session whose browser was idle too long, or that is older than its longest life."""
    last = session.get(SEEN)
    now = int(time.time())
    if last is not None and now - last > app.config["PERMANENT_SESSION_LIFETIME"].total_seconds():
        session.clear()
        return
    if "_user_id" in session and (last is None or now - last >= 30):
        session[SEEN] = now


def finish(response: Response) -> Response:
    """Add the headers and compress what is worth it."""
    asked = the_request()
    already = set(response.headers.keys(lower=True))
    always = ALWAYS | HTTPS_ONLY if current_app.config["SESSION_COOKIE_SECURE"] else ALWAYS
    for name, value in always.items():
        if name.lower() not in already:
            response.headers.add(name, value)
    if asked.endpoint == "static":
        if asked.args.get("v"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        if "cache-control" not in already:
            response.headers.add("Cache-Control", "no-store")
        if "vary" in already:
            response.vary.update(VARIES)
        else:
            response.headers.add("Vary", ", ".join(VARIES))
    response.headers.add("X-Request-ID", g.get("request_id", ""))
    return _squeeze(response, asked)


def _squeeze(response: Response, asked: Request) -> Response:
    if (
        response.status_code not in (200, 403, 404, 409, 422)
        or response.mimetype not in SQUEEZABLE
        or "gzip" not in asked.headers.get("Accept-Encoding", "")
        or "Content-Encoding" in response.headers
    ):
        return response
    if asked.endpoint == "static":
        etag = response.headers.get("ETag", "") + asked.path
        response.direct_passthrough = False
        body = _squeezed.get(etag) or _squeezed.setdefault(
            etag, gzip.compress(response.get_data(), 9, mtime=0)
        )
        response.close()  # the file that was opened for it, also when the squeezed bytes were known already
        response.headers.pop("ETag", None)
    elif (response.content_length or 0) < WORTH_IT:
        return response
    else:
        plain = response.get_data()
        body = gzip.compress(plain, 4 if len(plain) > SMALL else 1, mtime=0)
    response.set_data(body)
    response.headers["Content-Encoding"] = "gzip"
    if asked.endpoint == "static":
        response.vary.add("Accept-Encoding")
    return response


def install(app: Flask) -> None:
    """Hook them into the application."""
    app.before_request(begin)
    app.before_request(lambda: check_idle(app))
    app.after_request(finish)
