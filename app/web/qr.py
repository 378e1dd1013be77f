"""Square codes for phones, drawn as inline vectors without any style that the CSP would refuse."""

from __future__ import annotations

from markupsafe import Markup


def square_code(text: str) -> Markup:
    """The square code (QR) of a text as an <svg>, black on white and about 200 px wide; the caller says what it is."""
    import segno

    drawn = segno.make(text, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff"))  # noqa: S704
