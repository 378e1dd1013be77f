"""Draws shapes.ttf, the font of the state shapes, so that paper shows them alike on every machine.

Office computers rarely have all of them in one font, and a missing one would print as an empty box. Run it
from the project's root after a change: `python app/documents/assets/make_shapes.py`. The outlines are our
own.
"""

from __future__ import annotations

import math
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

UNITS = 1000
CENTRE = (430, 350)
RADIUS = 330
STROKE = 70
ADVANCE = 860
EPOCH = 3_786_912_000  # 1 January 2024 in the font's own count of seconds, for the same bytes at every run.

Point = tuple[float, float]


def polygon(pen: TTGlyphPen, *points: Point) -> None:
    """One closed outline of straight lines; clockwise points fill."""
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def circle(pen: TTGlyphPen, radius: float, hole: bool = False) -> None:
    """A circle of eight quadratic arcs; as a hole it runs against the outline around it."""
    reach = radius / math.cos(math.pi / 8)
    angles = [math.pi / 8 + step * math.pi / 4 for step in range(8)]
    if not hole:
        angles.reverse()
    points = [(CENTRE[0] + reach * math.cos(a), CENTRE[1] + reach * math.sin(a)) for a in angles]
    pen.qCurveTo(*points, None)
    pen.closePath()


def half_disc(pen: TTGlyphPen, radius: float) -> None:
    """The left half of a disc."""
    x, y = CENTRE
    reach = radius / math.cos(math.pi / 8)
    angles = [math.pi * 3 / 2 - math.pi / 8 - step * math.pi / 4 for step in range(4)]
    pen.moveTo((x, y - radius))
    pen.qCurveTo(*[(x + reach * math.cos(a), y + reach * math.sin(a)) for a in angles], (x, y + radius))
    pen.closePath()


def not_started(pen: TTGlyphPen) -> None:
    circle(pen, RADIUS)
    circle(pen, RADIUS - STROKE, hole=True)


def in_progress(pen: TTGlyphPen) -> None:
    not_started(pen)
    half_disc(pen, RADIUS - STROKE / 2)


def done(pen: TTGlyphPen) -> None:
    circle(pen, RADIUS)


def blocked(pen: TTGlyphPen) -> None:
    polygon(pen, (60, 40), (430, 700), (800, 40))


def returned(pen: TTGlyphPen) -> None:
    polygon(pen, (50, 330), (330, 560), (330, 100))
    polygon(pen, (300, 375), (670, 375), (670, 640), (760, 640), (760, 285), (300, 285))


def verified(pen: TTGlyphPen) -> None:
    polygon(pen, (60, 330), (140, 400), (320, 200), (690, 680), (780, 620), (325, 40))


def box(pen: TTGlyphPen) -> None:
    polygon(pen, (60, 0), (60, 700), (780, 700), (780, 0))
    polygon(pen, (115, 55), (725, 55), (725, 645), (115, 645))


SHAPES = {
    "○": ("notstarted", not_started),
    "◐": ("inprogress", in_progress),
    "●": ("done", done),
    "▲": ("blocked", blocked),
    "↩": ("returned", returned),
    "✓": ("verified", verified),
    "☐": ("box", box),
}


def build(target: Path) -> None:
    """Write the font; the same outlines give the same bytes."""
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for name, draw in SHAPES.values():
        pen = TTGlyphPen(None)
        draw(pen)
        glyphs[name] = pen.glyph()
    font = FontBuilder(UNITS, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({ord(char): name for char, (name, _) in SHAPES.items()})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(
        {name: (ADVANCE, getattr(glyph, "xMin", 0)) for name, glyph in glyphs.items()}
    )
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Desk Shapes", "styleName": "Regular", "psName": "DeskShapes-Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.updateHead(created=EPOCH, modified=EPOCH)
    font.font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    build(Path(__file__).with_name("shapes.ttf"))
