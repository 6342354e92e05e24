"""Sections that go on over a page: the page that begins within them says again what they are about.

A heading is a block of its own; what stands below it knows its words here, so that nobody has to turn back for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from liaison.i18n import Language
from liaison.reports.blocks import Block, Checklist, Grid, Heading, PackHead, Pair, Ruled, Said, Stop, Timeline
from liaison.reports.flow import Piece, Spot, Strip
from liaison.reports.pen import Pen
from liaison.reports.setting import pieces_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedGrid(Grid):
    """A table whose section is named again above its repeated column heads."""

    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedTimeline(Timeline):
    """Events whose section is named again."""

    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedChecklist(Checklist):
    """Documents whose section is named again."""

    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedStop(Stop):
    """A stop whose day is named again; the stops of a day stay on one page where it has room for them."""

    again: Pair | None
    """None for the first of its day."""
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSaid(Said):
    """Words that stay with what follows them."""

    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRuled(Ruled):
    """Lines to write on that stay together: none stands alone on a page."""

    goes_on: bool


def continued(head: str, language: Language) -> str:
    """``Time line, continued``."""
    return language("{head}, continued", head=head)


def headed(block: Grid | Timeline | Checklist, head: str, language: Language) -> Block:
    """The block, with its section's head for the pages on which it goes on."""
    same = {one.name: getattr(block, one.name) for one in fields(block)}
    again = continued(head, language)
    if isinstance(block, Grid):
        return HeadedGrid(**same, again=again)
    return HeadedTimeline(**same, again=again) if isinstance(block, Timeline) else HeadedChecklist(**same, again=again)


@pieces_of.register(HeadedGrid)
@pieces_of.register(HeadedTimeline)
@pieces_of.register(HeadedChecklist)
def _(block: HeadedGrid | HeadedTimeline | HeadedChecklist, width: float) -> list[Piece]:
    plain = next(kind for kind in (Grid, Timeline, Checklist) if isinstance(block, kind))
    first, *rest = pieces_of.dispatch(plain)(block, width)
    return [first, *_under(_strip_of(Heading(text=block.again), width), rest)]


@pieces_of.register(HeadedStop)
def _(block: HeadedStop, width: float) -> list[Piece]:
    pieces = pieces_of.dispatch(Stop)(block, width)
    if block.again is not None:
        pieces = _under(_strip_of(PackHead(text=block.again), width), pieces)
    return [replace(piece, holds_next=not block.is_last) for piece in pieces]


@pieces_of.register(KeptSaid)
@pieces_of.register(KeptRuled)
def _(block: KeptSaid | KeptRuled, width: float) -> list[Piece]:
    *first, last = pieces_of.dispatch(Said if isinstance(block, Said) else Ruled)(block, width)
    return [*(replace(piece, holds_next=True) for piece in first), replace(last, holds_next=block.goes_on)]


def _strip_of(head: Heading | PackHead, width: float) -> Strip:
    strip = pieces_of(head, width)[0]
    assert isinstance(strip, Strip)
    return strip


def _under(head: Strip, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, each below the head where a page begins with it, and below a head of its own after that."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Strip):
            piece = replace(piece, head=head if piece.head is None else _joined(head, piece.head))
        found.append(piece)
    return found


def _joined(first: Strip, second: Strip) -> Strip:
    def draw(pen: Pen, at: Spot) -> None:
        first.draw(pen, at)
        second.draw(pen, Spot(x=at.x, y=at.y + first.height))

    return Strip(height=first.height + second.height, draw=draw, holds_next=True)
