"""A strip higher than a page is drawn over several, each line of text on one of them: a note of 100,000 letters.

Strips are never torn otherwise. Such a strip is drawn once for each of its pages, through a window that lets only its
own lines through; rules, areas and frames are cut at its edges.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from liaison.reports.pen import Pen
from liaison.reports.style import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from liaison.reports.blocks import Shape, Words
    from liaison.reports.flow import Draw, Spot, Strip
    from liaison.reports.style import Type
    from liaison.reports.text import Line

ABOVE = 4.6
"""Room above the first line of a page that goes on: the height of its letters."""
SLACK = 1.2
"""What the letters of a page's last line reach below it."""


def parted(strip: Strip, room: float) -> tuple[Strip, Strip]:
    """What stands of a strip on a page with so much room, and the rest for the next one."""
    end = room - SLACK
    first = replace(strip, height=room, draw=_between(strip.draw, 0.0, end, 0.0), holds_next=False)
    rest = replace(
        strip, height=strip.height - end + ABOVE, draw=_between(strip.draw, end, strip.height, ABOVE), gap=0.0,
        anchor=None,
    )  # fmt: skip
    return first, rest


def _between(draw: Draw, start: float, end: float, down: float) -> Draw:
    """What of a drawing lies between two heights, moved to the top of its page."""

    def through(pen: Pen, at: Spot) -> None:
        top = at.y + down
        draw(_Window(pen, top, top + end - start), replace(at, y=top - start))

    return through


class _Window(Pen):
    """A pen whose ink stays between two heights of the page."""

    def __init__(self, pen: Pen, top: float, end: float) -> None:
        self.__dict__.update(pen.__dict__)
        self._under = pen
        self._top, self._end = top, end

    def _lets(self, y: float) -> bool:
        return self._top - 1e-6 <= y < self._end - 1e-6

    def text(self, x: float, y: float, words: Words | Line, kind: Type, **more: Any) -> float:
        """Draw a line that stands in the window. Returns its width."""
        return self._under.text(x, y, words, kind, **more) if self._lets(y) else 0.0

    def rule(self, x0: float, x1: float, y: float, points: float, colour: Colour = Colour.INK) -> None:
        """A horizontal line that stands in the window."""
        if self._lets(y):
            self._under.rule(x0, x1, y, points, colour)

    def upright(self, x: float, y0: float, y1: float, points: float, colour: Colour = Colour.INK) -> None:
        """What of a vertical line stands in the window."""
        y0, y1 = max(y0, self._top), min(y1, self._end)
        if y0 < y1:
            self._under.upright(x, y0, y1, points, colour)

    def area(self, x: float, y: float, width: float, height: float, colour: Colour = Colour.INK) -> None:
        """What of a filled area stands in the window."""
        top, end = max(y, self._top), min(y + height, self._end)
        if top < end:
            self._under.area(x, top, width, end - top, colour)

    def frame(self, x: float, y: float, width: float, height: float, points: float, **more: Any) -> None:
        """What of a frame stands in the window, closed at its edges."""
        top, end = max(y, self._top), min(y + height, self._end)
        if top < end:
            self._under.frame(x, top, width, end - top, points, **more)

    def path(self, points: Sequence[tuple[float, float]], thick: float, colour: Colour = Colour.INK) -> None:
        """A line that begins in the window."""
        if points and self._lets(points[0][1]):
            self._under.path(points, thick, colour)

    def disc(self, x: float, y: float, radius: float, **more: Any) -> None:
        """A disc around a point in the window."""
        if self._lets(y):
            self._under.disc(x, y, radius, **more)

    def shape(self, x: float, y: float, shape: Shape, radius: float, **more: Any) -> None:
        """A sign around a point in the window."""
        if self._lets(y):
            self._under.shape(x, y, shape, radius, **more)

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """What of a hatched area stands in the window."""
        top, end = max(y, self._top), min(y + height, self._end)
        if top < end:
            self._under.hatch(x, top, width, end - top)

    def once(self, key: object, x: float, y: float, draw: Callable[[], None]) -> None:
        """A drawing that begins in the window."""
        if self._lets(y):
            self._under.once(key, x, y, draw)

    def bookmark(self, key: str, title: str, y: float) -> None:
        """A place in the window."""
        if self._lets(y):
            self._under.bookmark(key, title, y)
