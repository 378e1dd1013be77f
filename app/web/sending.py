"""Files on their way to a browser: offered or shown, but never run, and kept in no cache of a shared computer."""

from __future__ import annotations

import io
from typing import IO

from flask import Response, send_file

from app.domain import evidence
from app.domain.evidence import UseRow


def guarded(response: Response) -> Response:
    """The response as whatever people brought, or what names them, is sent."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def download(content: IO[bytes] | bytes, name: str, media_type: str) -> Response:
    """A file to be kept under this name."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return guarded(
        send_file(stream, mimetype=media_type, as_attachment=True, download_name=name, etag=False, max_age=0)
    )


def picture(content: IO[bytes] | bytes, media_type: str) -> Response:
    """A picture for a page."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return guarded(send_file(stream, mimetype=media_type, etag=False, max_age=0))


def evidence_file(use: UseRow) -> Response:
    """The file of a use itself; the caller has put the reading on the trail."""
    return guarded(
        send_file(
            evidence.open_file(use.file),
            mimetype=use.file.media_type,
            as_attachment=not use.file.is_inline,
            download_name=use.file.name,
            etag=use.file.sha256,
            max_age=0,
        )
    )
