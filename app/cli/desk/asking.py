"""Questions at the terminal, in Indonesian, asked again until the answer will do; or, for scripts, not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from app.cli.edge import NotDone
from app.domain.errors import Invalid

T = TypeVar("T")
YES = ("y", "ya")


class Asking:
    """Takes what the command line gave, and asks for the rest unless it was told to be silent."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent

    def about(
        self,
        question: str,
        option: str,
        given: Any,
        read: Callable[[Any], T],
        *,
        default: str | None = None,
    ) -> T:
        """What `read` makes of the answer. Raises NotDone where a given or silent answer will not do."""
        if given is not None or self.silent:
            answer = given if given is not None else default
            if answer is None:
                raise NotDone(f"Sebutkan {option} ({question.lower()}).")
            try:
                return read(answer)
            except Invalid as refusal:
                raise NotDone(f"{option}: {sentence(refusal)}") from None
        while True:
            try:
                return read(click.prompt(question, default=default))
            except Invalid as refusal:
                click.echo(sentence(refusal), err=True)

    def secret(self, question: str, read: Callable[[str], str]) -> str | None:
        """A password typed twice without showing it; None when the answer is empty or nobody is asked."""
        while not self.silent:
            first = click.prompt(question, default="", hide_input=True, show_default=False)
            if not first:
                return None
            if click.prompt("Sekali lagi", default="", hide_input=True, show_default=False) != first:
                click.echo("Keduanya tidak sama. Ketik lagi.", err=True)
                continue
            try:
                return read(first)
            except Invalid as refusal:
                click.echo(sentence(refusal), err=True)
        return None

    def agrees(self, question: str) -> bool:
        """Whether the person says yes; silence means yes."""
        return self.silent or click.prompt(f"{question} (ya/tidak)", default="ya").strip().lower() in YES


def sentence(refusal: Invalid) -> str:
    """All that a refusal says, in one line."""
    return " ".join([refusal.message, *refusal.fields.values()])
