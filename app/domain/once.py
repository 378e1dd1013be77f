"""The same question asked once while a page or a report is put together: several rooms want the same regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_told: ContextVar[dict[Any, Any] | None] = ContextVar("told", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Inside, a `once` question with the same arguments is answered from memory. For what reads and writes nothing;
    inside another one it is the same memory.
    """
    if _told.get() is not None:
        yield
        return
    token = _told.set({})
    try:
        yield
    finally:
        _told.reset(token)


def once(question: Callable[P, R]) -> Callable[P, R]:
    """A question for the database whose answer nobody changes. Its arguments are plain values and lists of them."""

    @wraps(question)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        told = _told.get()
        if told is None:
            return question(*args, **named)
        key = (question, *(tuple(one) if isinstance(one, list) else one for one in args), *named.items())
        if key not in told:
            told[key] = question(*args, **named)
        answer: R = told[key]
        return answer

    return asked
