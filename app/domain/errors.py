"""Refusals of the domain; each message is a sentence that a desk member can act on."""

from __future__ import annotations


class Refusal(Exception):
    """A deed that was not done. Nothing has been changed when it is raised."""

    def __init__(self, message: str, **fields: str) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields
        """Field name -> sentence, for refusals that belong to one input."""


class NotFound(Refusal):
    """There is nothing here that this person may see (404)."""


class NotAllowed(Refusal):
    """The person may see it but may not do this (403)."""


class NotNow(Refusal):
    """The thing has moved on, or its state does not allow the deed (409)."""


class Invalid(Refusal):
    """What was said cannot be right (422)."""
