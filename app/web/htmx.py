"""Whole page or fragment: the one place that knows how htmx asks and how it is answered."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request
from markupsafe import Markup


def is_asked() -> bool:
    """Whether htmx asks, for a fragment or for the whole page: then a redirect would be followed in the dark."""
    return request.headers.get("HX-Request") == "true"


def is_partial() -> bool:
    """Whether the browser wants a fragment. A form that the page itself takes the answer of asks for the whole one."""
    return is_asked() and request.headers.get("HX-Request-Type", "partial") == "partial"


def fragment(template: str, status: int = 200, **context: Any) -> Response:
    """A fragment as the answer; the template's first line says what it needs."""
    response = make_response(render_template(template, **context), status)
    response.headers["Vary"] = "HX-Request"
    return response


def drawn(template: str, macro: str, *given: Any, status: int = 200) -> Response:
    """What a macro of a template draws as the answer: for clicks, where a page's frame costs as much as the row."""
    return make_response(markup_of(template, macro, *given), status)


def markup_of(template: str, macro: str, *given: Any) -> Markup:
    """What a macro of a template draws."""
    module = current_app.jinja_env.get_template(template).module
    drawing: Markup = getattr(module, macro)(*given)
    return drawing


def done(template: str, *, otherwise: str, said: str = "", status: int = 200, **context: Any) -> Response:
    """After a deed: the fragment for htmx, or a flash and 303 to `otherwise` for a plain form."""
    if is_partial():
        return fragment(template, status, said=said, **context)
    if said:
        flash(said, "ok")
    return see_other(otherwise)


def see_other(url: str) -> Response:
    """Send the browser on with a GET: HX-Redirect for htmx (a 303 would be swapped into a row), 303 else."""
    if is_asked():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, 303))
