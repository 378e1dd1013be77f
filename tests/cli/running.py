"""Commands of another application than the test's own, and what people say where a file is wanted."""

from __future__ import annotations

import contextvars

from flask import Flask

from app.domain.checklists import Filling

REASON = Filling(no_evidence_reason="Berita acara menyusul.")


def run(app: Flask, *words: str) -> tuple[int, str]:
    """That command of this application, in a context of its own as in a process of its own."""
    said = contextvars.Context().run(app.test_cli_runner().invoke, args=list(words))
    if said.exception is not None and not isinstance(said.exception, SystemExit):
        raise said.exception
    return said.exit_code, said.output
