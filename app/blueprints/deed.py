"""The one path of a deed that a form asks for: well said, done once, committed, or drawn again with the reason."""

from __future__ import annotations

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, NotNow
from app.extensions import db
from app.web.forms import DeedForm

Again = Callable[[int, str], ResponseReturnValue]
"""Draws the page with the form as it was typed: the status, and what overtook it ("" where nothing did)."""


def carried_out(form: DeedForm, do: Callable[[], None], again: Again) -> ResponseReturnValue | None:
    """Do what the form says in one transaction; None when it is done, or was done by the very same sending before.

    Else what `again` draws: 422 for what is badly said (at its field), 409 where somebody else was quicker. Nothing is
    changed then. `do` raises the domain's refusals; NotAllowed and NotFound pass through.
    """
    if not form.validate():
        return again(422, "")
    try:
        if form.is_first_sending():
            do()
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return again(422, "")
    except NotNow as refusal:
        db.session.rollback()
        return again(409, refusal.message)
    return None
