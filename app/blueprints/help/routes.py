"""/bantuan: the short guide, and the chapters of the long one as docs/panduan has them."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from app.blueprints.help import guide
from app.domain.errors import NotFound
from app.web.access import signed_in

bp = Blueprint("help", __name__)


def _docs() -> Path:
    return Path(current_app.root_path).parent / "docs"


@bp.get("/bantuan")
@signed_in
def index() -> ResponseReturnValue:
    """What a desk member must know on the first day, and what else there is to read."""
    return render_template("help/index.html", chapters=guide.contents(_docs()))


@bp.get("/bantuan/<chapter>")
@signed_in
def chapter(chapter: str) -> ResponseReturnValue:
    """One chapter of the guide; NotFound for a name that is none."""
    found = guide.chapter(_docs(), chapter)
    if found is None:
        raise NotFound("Bab panduan itu tidak ada. Buka Panduan untuk melihat semua bab.")
    chapters = guide.contents(_docs())
    place = [heading.name for heading in chapters].index(chapter)
    return render_template(
        "help/chapter.html",
        chapter=found,
        before=chapters[place - 1] if place else None,
        after=chapters[place + 1] if place + 1 < len(chapters) else None,
    )


@bp.get("/bantuan/gambar/<picture>")
@signed_in
def picture(picture: str) -> ResponseReturnValue:
    """A picture of a chapter; the browser keeps it for a day."""
    path = guide.picture(_docs(), picture)
    if path is None:
        raise NotFound("Gambar itu tidak ada.")
    response = send_file(path, mimetype="image/png", max_age=86_400)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
