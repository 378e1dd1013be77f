"""Plain values as JSON of one form: the same values always make the same bytes, and are read back as they were.

For NamedTuples of text, whole numbers, decimals, truth, days, hours, aware moments, and tuples of these.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import types
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
ADDED_LATER = "added later"
"""Marks a field (`Annotated[..., ADDED_LATER]`) that older snapshots do not have: what was written before there was
such a field keeps its text, and so its hash."""


def to_text(value: Any) -> str:
    """The one JSON text of a value: sorted names, no blanks, letters as they are. A naive moment is a ValueError.

    Fields that are `ADDED_LATER` are left out while they have their default.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def from_text(shape: type[T], text: str) -> T:
    """What `to_text` wrote, as the NamedTuple `shape`. Raises ValueError for what does not fit it.

    A name that is missing takes its default, so that what an older version wrote stays readable.
    """
    try:
        found: T = _shaped(shape, json.loads(text))
    except (TypeError, KeyError, AttributeError, ArithmeticError) as fault:
        raise ValueError(f"not a {shape.__name__}: {fault}") from fault
    return found


def digest(text: str) -> str:
    """SHA-256 of the text's bytes in UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in _said(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    raise ValueError(f"no plain value: {type(value).__name__}")


def _said(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a NamedTuple, but those that were added later while they say nothing."""
    shape: Any = type(value)
    later = _added_later(shape)
    for name, part in value._asdict().items():
        if name not in later or part != value._field_defaults[name]:
            yield name, part


@lru_cache(maxsize=64)
def _added_later(shape: Any) -> frozenset[str]:
    hints = get_type_hints(shape, include_extras=True)
    return frozenset(name for name, hint in hints.items() if ADDED_LATER in getattr(hint, "__metadata__", ()))


@lru_cache(maxsize=64)
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape)


def _shaped(shape: Any, value: Any) -> Any:
    origin = get_origin(shape)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(shape), value)
    if origin is tuple:
        parts = get_args(shape)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_shaped(parts[0], one) for one in value)
        if len(parts) != len(value):
            raise ValueError(f"{len(value)} parts where {len(parts)} belong")
        return tuple(_shaped(part, one) for part, one in zip(parts, value, strict=True))
    if hasattr(shape, "_fields"):
        hints = _hints(shape)
        return shape(**{name: _shaped(hints[name], part) for name, part in value.items() if name in hints})
    return _simple(shape, value)


def _one_of(shapes: tuple[Any, ...], value: Any) -> Any:
    """A whole number stays one, a decimal was written as text; None where it may be."""
    if value is None and types.NoneType in shapes:
        return None
    if Decimal in shapes and isinstance(value, str) and str not in shapes:
        return Decimal(value)
    if int in shapes and type(value) is int:
        return value
    left = [shape for shape in shapes if shape not in (types.NoneType, Decimal, int)]
    return _shaped(left[0] if left else Decimal, value)


def _simple(shape: Any, value: Any) -> Any:
    if shape in (dt.datetime, dt.date, dt.time):
        return shape.fromisoformat(value)
    if shape is Decimal:
        return Decimal(value)
    if type(value) is not shape:
        raise ValueError(f"{type(value).__name__} where {shape.__name__} belongs")
    return value
