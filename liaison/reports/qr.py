"""A square for a camera, drawn as areas of ink."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from liaison.reports.pen import Pen
from liaison.reports.style import Colour

MOST_BYTES = 700
"""Of a square that a camera still reads."""


def draw_qr(pen: Pen, words: str, x: float, y: float, size: float, *, is_long: bool = False) -> None:
    """Draw words as a square for a camera; x, y is its upper left corner, all in millimetres.

    ``is_long`` mends fewer spots of dirt, so that many words keep dots that a camera can tell apart. Words too many for
    any camera are not drawn: what they say stands beside the square.
    """
    if len(words.encode()) > MOST_BYTES:
        return
    pen.once(("qr", words, size, is_long), x, y, partial(_draw, pen, words, x, y, size, is_long=is_long))


def _draw(pen: Pen, words: str, x: float, y: float, size: float, *, is_long: bool) -> None:
    count, bars = _bars(words, is_long=is_long)
    module = size / count
    for row, column, wide in bars:
        pen.area(x + column * module, y + row * module, wide * module, module, Colour.INK)


def _bars(words: str, *, is_long: bool) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """How many modules a side has, and the dark runs: row, column, length."""
    import segno

    code = segno.make(words, error="l" if is_long else "m", micro=False, boost_error=False)
    bars: list[tuple[int, int, int]] = []
    for row, modules in enumerate(code.matrix):
        column = 0
        for is_dark, run in groupby(modules):
            wide = len(list(run))
            if is_dark:
                bars.append((row, column, wide))
            column += wide
    return len(code.matrix), tuple(bars)
