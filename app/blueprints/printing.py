"""Lists on paper: the worker prints them, so asking for one leads to its job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from app.documents import ability
from app.domain import jobs, regions
from app.extensions import db
from app.web import htmx
from app.web.access import me


def list_asked(
    kind: str, title: str, params: Mapping[str, Any], *, region: str, note: Callable[[], None]
) -> ResponseReturnValue:
    """Ask the worker for the list, commit, and lead to its job; `note` puts on the trail that it went out.

    While it is still waited for, the same one is not asked for again. Refuses where no PDF can be made (NotNow).
    """
    ability.refuse_without_pdf()
    asked = dict(params)
    job = jobs.open_one(kind, asked, me())
    if job is None:
        job = jobs.ask(kind, f"{title}, {regions.find(region).title}", asked, region=region, by=me())
        note()
        db.session.commit()
    return htmx.see_other(url_for("papers.job", job_id=job.id))
