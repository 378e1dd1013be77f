"""Refusals and faults as pages or fragments in plain Indonesian; nothing is half written when one is shown."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from flask import Flask, Request, Response, current_app, flash, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow, Refusal
from app.extensions import db
from app.web import htmx, obstacles
from app.web.access import current_user, the_request

STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, NotNow: 409, Invalid: 422}
MOST_HEARD = 64 * 2**20
HEARING_SECONDS = 10.0
PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507})


def page(status: int, message: str = "", **context: Any) -> Response:
    """The error page or, for htmx, its small fragment. Rolls back whatever was begun."""
    _undo()
    context |= {"status": status, "message": message, "request_id": g.get("request_id", "")}
    template = (
        "errors/_fragment.html" if htmx.is_partial() else f"errors/{status if status in PAGES else 500}.html"
    )
    response = make_response(render_template(template, **context), status)
    response.headers["Vary"] = "HX-Request"
    if htmx.is_partial():
        # Said in the page's one status place: swapped into its target it would stand where a row was.
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#status", "innerHTML"
    return response


def _undo() -> None:
    """Roll back; where the database has gone away meanwhile there is nothing left to roll back on."""
    try:
        db.session.rollback()
    except DBAPIError:
        db.session().invalidate()


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal of the domain."""
    return next(status for kind, status in STATUS.items() if isinstance(refusal, kind))


def _refused(refusal: Refusal) -> Response:
    return page(status_of(refusal), refusal.message)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code == 413:
        _hear_out()
    response = page(code)
    if code == 405 and "Allow" in error.get_response().headers:
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _hear_out() -> None:
    """Read and forget the rest of what is refused for its size: up to 64 MiB, for ten seconds. What is larger still,
    the proxies of deploy/ end by themselves.

    A server that closes while the browser is still sending has its answer thrown away on the way: the person would see
    a broken connection, or a proxy's 502, instead of why.
    """
    sent, left = request.environ["wsgi.input"], request.content_length or 0
    until = time.monotonic() + HEARING_SECONDS
    while 0 < left <= MOST_HEARD and time.monotonic() < until:
        try:
            part = sent.read(min(left, 2**16))
        except OSError:
            return  # whoever sent it has gone
        if not part:
            return
        left -= len(part)


def _expired_form(error: CSRFError) -> Response:
    """A form without a good token: mostly one whose session ended meanwhile, and then the way leads to the door."""
    if not current_user.is_authenticated and request.endpoint != "auth.sign_in":
        return unauthorized()
    return page(
        400,
        "Formulir ini sudah tidak berlaku, biasanya karena sesi berganti. Muat ulang halaman, lalu kirim lagi.",
    )


def _obstructed(error: DBAPIError | OSError) -> Response:
    """The database or the disk does not let us: said in words, with what a plain form sent kept for another try."""
    obstacle = obstacles.obstacle_of(error)
    if obstacle is None:
        return _fault(InternalServerError(original_exception=error))
    # The sentence is ours and stands in the format: what comes as an argument is left out of the log.
    current_app.logger.error(f"{obstacle.message} Request %s: %s", g.get("request_id", ""), error)
    obstacles.forget_who_asks(current_app.login_manager)  # type: ignore[attr-defined]
    again = {"said_again": obstacles.said_again(), "files_were_sent": obstacles.files_were_sent()}
    return page(obstacle.status, obstacle.message, desk=None, **again)


def _fault(error: InternalServerError) -> Response:
    original = getattr(error, "original_exception", None) or error
    current_app.logger.error("request %s failed", g.get("request_id", ""), exc_info=original)
    return page(500)


FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def refuse_malformed() -> Response | None:
    """Before every request: what no form of ours sends and no database keeps is refused, not guessed at."""
    asked = the_request()
    if asked.method == "POST" and asked.content_length and asked.mimetype not in FORMS:
        return page(400, "Kiriman ini bukan formulir. Buka halamannya di peramban, lalu kirim dari sana.")
    try:
        if _is_unreadable(asked):
            return page(
                400, "Alamat atau isian memuat tanda yang tidak dapat disimpan. Ketik ulang, lalu kirim lagi."
            )
    except Exception as fault:
        if not _is_of_the_line(fault):
            raise
        return page(400, "Kiriman ini tidak sampai dengan utuh. Kirim lagi.")
    return None


def _is_of_the_line(fault: Exception) -> bool:
    """Whether a body could not be read for how it was sent, and not for our disk: the server says so while we read, in
    errors of its own, which are not loaded where another one serves.
    """
    if isinstance(fault, OSError):
        return fault.errno is None or isinstance(fault, ConnectionError)
    return type(fault).__module__ == "gunicorn.http.errors"


def _is_unreadable(asked: Request) -> bool:
    """Whether address, query or form hold a NUL, or bytes that are no UTF-8: both the names and the values.

    The framework would hand such bytes on as other text, and a body that it cannot read as an empty form.
    """
    address = asked.environ["PATH_INFO"].encode("latin-1")
    if not (_is_text(address) and _is_text(unquote_to_bytes(asked.query_string))):
        return True
    if asked.method != "POST":
        return False
    if asked.mimetype == "application/x-www-form-urlencoded":
        return not _is_text(unquote_to_bytes(_small_body(asked)))
    said = (text for pair in asked.form.items(multi=True) for text in pair)
    # Of a form in parts only this sign is left of what was no text; whoever pastes one has lost a letter already.
    return any("\x00" in text or "\ufffd" in text for text in said)


def _is_text(said: bytes) -> bool:
    if b"\x00" in said:
        return False
    try:
        said.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _small_body(asked: Request) -> bytes:
    """The body of a form without files, kept for the framework's own reading.

    Raises RequestEntityTooLarge above 500 kB, which the framework asks only of forms in parts: a million fields of
    nothing would fill the memory.
    """
    most = current_app.config["MAX_FORM_MEMORY_SIZE"]
    if (asked.content_length or 0) > most or len(body := asked.get_data()) > most:
        raise RequestEntityTooLarge
    return body


def unauthorized() -> Response:
    """No session: to the sign-in page and back; htmx gets 401 with HX-Redirect, or the login would land in a row."""
    was_in = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    target = (
        request.full_path.rstrip("?") if request.method == "GET" and not htmx.is_asked() else _referrer_path()
    )
    url = f"/masuk?lanjut={quote(target, safe='/')}" if target not in ("/", "") else "/masuk"
    if htmx.is_asked():
        response = page(401)
        response.headers["HX-Redirect"] = url
        return response
    if was_in and request.method != "GET":
        flash(
            "Sesi Anda sudah berakhir, jadi kiriman terakhir belum disimpan. Masuk lagi, lalu ulangi.", "warn"
        )
    return htmx.see_other(url)


def _referrer_path() -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def install(app: Flask) -> None:
    """Register the handlers."""
    app.before_request(refuse_malformed)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(DBAPIError, _obstructed)
    app.register_error_handler(OSError, _obstructed)
    app.register_error_handler(InternalServerError, _fault)
    app.register_error_handler(HTTPException, _http)
