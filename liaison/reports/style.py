"""How paper looks: every measure, type size and colour of the printed pages, in one place.

All lengths are millimetres, all type sizes are points, all y run downwards from the top edge (a text's y is its
baseline). True black on white, because a one-bit hotel printer screens anything else into speckled letters.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

MM_PER_POINT = 25.4 / 72


class Weight(enum.StrEnum):
    """The three weights on paper."""

    REGULAR = "Regular"
    MEDIUM = "Medium"
    SEMIBOLD = "SemiBold"


class Colour(enum.Enum):
    """The colours of paper as red, green, blue; ``INK`` prints as DeviceGray 0."""

    INK = (0, 0, 0)
    ACCENT = (0x0B, 0x5C, 0xAD)
    MUTE = (0x44, 0x4B, 0x55)
    LIGHT = (0xB9, 0xBE, 0xC6)
    GUIDE = (0xD9, 0xDC, 0xE1)
    TINT = (0xEE, 0xF1, 0xF5)
    WHITE = (255, 255, 255)

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.1."""
        parts = (c / 255 for c in self.value)
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast of two colours, 1 to 21. Source: WCAG 2.1."""
    high, low = sorted((one.luminance, other.luminance), reverse=True)
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A way of setting text: size and leading in points."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: Colour = Colour.INK

    @property
    def pitch(self) -> float:
        """The leading in millimetres."""
        return self.leading * MM_PER_POINT

    def strong(self) -> Type:
        """The same in SemiBold."""
        return Type(size=self.size, leading=self.leading, weight=Weight.SEMIBOLD, colour=self.colour)

    def muted(self) -> Type:
        """The same in the quiet colour."""
        return Type(size=self.size, leading=self.leading, weight=self.weight, colour=Colour.MUTE)

    def accented(self) -> Type:
        """The same in the colour of the one thing in focus."""
        return Type(size=self.size, leading=self.leading, weight=self.weight, colour=Colour.ACCENT)


HEADLINE = Type(size=17, leading=21, weight=Weight.SEMIBOLD)
SECTION = Type(size=11.5, leading=14.5, weight=Weight.SEMIBOLD)
SUBTITLE = Type(size=8, leading=10.5, colour=Colour.MUTE)
BODY = Type(size=9.5, leading=13)
KEY = Type(size=8, leading=13, colour=Colour.MUTE)
VALUE = Type(size=9, leading=13)
CELL = Type(size=8.5, leading=11)
CELL_HEAD = Type(size=7.5, leading=9, weight=Weight.SEMIBOLD)
CELL_SUBHEAD = Type(size=7.5, leading=9, colour=Colour.MUTE)
FIGURE = Type(size=22, leading=24, weight=Weight.SEMIBOLD)
FIGURE_LABEL = Type(size=8.5, leading=10.5, weight=Weight.SEMIBOLD)
FIGURE_UNIT = Type(size=8.5, leading=10.5)
CHART_NUMBER = Type(size=8, leading=10)
AXIS = Type(size=7.5, leading=9, colour=Colour.MUTE)
AXIS_NOW = Type(size=7.5, leading=9)
FOOTER = Type(size=7.5, leading=9, colour=Colour.MUTE)
PAGE_NUMBER = Type(size=7.5, leading=9, weight=Weight.SEMIBOLD)
OFFICE = Type(size=11.5, leading=14.5, weight=Weight.SEMIBOLD)
PAGE_TITLE = Type(size=9.5, leading=13, weight=Weight.SEMIBOLD)
PAGE_ABOUT = Type(size=8.5, leading=13, colour=Colour.MUTE)
KICKER = Type(size=8.5, leading=11, weight=Weight.MEDIUM)
BANNER = Type(size=7.5, leading=9, weight=Weight.SEMIBOLD)
NUMERAL = Type(size=17, leading=21, weight=Weight.SEMIBOLD, colour=Colour.ACCENT)
REFERENCE = Type(size=9.5, leading=12, weight=Weight.SEMIBOLD)
DEADLINE = Type(size=11.5, leading=14.5, weight=Weight.SEMIBOLD)
DIRECTORY_NAME = Type(size=10.5, leading=13, weight=Weight.SEMIBOLD)
DIRECTORY_PHONE = Type(size=12, leading=13, weight=Weight.SEMIBOLD)
DIRECTORY_DETAIL = Type(size=8.5, leading=12)
DIRECTORY_SMALL = Type(size=8, leading=11)
PACK_PHONE = Type(size=22, leading=26, weight=Weight.SEMIBOLD)
PACK_TIME = Type(size=20, leading=24, weight=Weight.SEMIBOLD)
PACK_HEAD = Type(size=16, leading=20, weight=Weight.SEMIBOLD)
PACK_FIRST = Type(size=14, leading=18, weight=Weight.SEMIBOLD)
PACK_SECOND = Type(size=12, leading=15, colour=Colour.MUTE)
PACK_TEXT = Type(size=12, leading=15)
PACK_HOURS = Type(size=11, leading=14)
PACK_FOOT = Type(size=8.5, leading=10.5, colour=Colour.MUTE)
STRIP_NUMBER = Type(size=12.5, leading=15, weight=Weight.SEMIBOLD)

SMALLEST_POINTS = 7.5
"""No printed letter is smaller."""

LOWEST_CONTRAST = 4.5
"""No printed letter has less contrast against its ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStyle:
    """The frame of a page, in millimetres."""

    width: float = 210
    height: float = 297
    left: float = 18
    right: float = 18
    title_y: float = 15.7
    rule_y: float = 19.6
    continued_top: float = 21.3
    content_end: float = 269
    footer_rule_y: float = 274.5
    footer_first_y: float = 278.1
    footer_end: float = 289
    first_y: float = 9
    """No letter stands higher."""
    footer_points: float = 7.5
    """The size of the footer's letters; larger ones do not belong below its rule."""

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right


A4 = PageStyle()
PHONE = PageStyle(
    width=105, height=148, left=8, right=8, title_y=6.6, rule_y=14.5, continued_top=16.6, content_end=137.6,
    footer_rule_y=139, footer_first_y=142.6, footer_end=143, first_y=5, footer_points=8.5,
)  # fmt: skip
"""A page as wide as a telephone, sent by WhatsApp. Source: ``paper``, Grid."""

BOOKLET = PageStyle(
    width=148, height=210, left=5.5, right=5.5, title_y=11.2, rule_y=13.6, continued_top=15.6, content_end=193.5,
    footer_rule_y=196.5, footer_first_y=200.2, footer_end=201.5, first_y=7.5,
)  # fmt: skip
"""A page of a booklet, A5. Its margins are those of the tabs; words keep further in. Source: ``ux`` 3.5 (d)."""

BOOKLET_SHEETS = replace(BOOKLET)
"""The same pages two by two on A4, in the order in which sheets are folded and stapled."""

COLUMN = 14.83
"""One of twelve columns with its gutter."""

GUTTER = 4.0


def columns_wide(count: int) -> float:
    """The width of so many of the twelve columns."""
    return count * COLUMN - GUTTER


RULE_PT = 0.75
TOTAL_PT = 0.5
FRAME_PT = 0.8

SECTION_GAP = 6.8
CLOSE_GAP = 5.6
"""From the end of a block to the next section's rule."""
