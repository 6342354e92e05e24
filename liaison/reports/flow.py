"""How blocks become pages: strips that are never torn, stacked, and cut between pages.

A strip knows its height and how to draw itself; a stack cuts between strips; columns side by side cut each for itself.
Nothing is drawn until every strip has its page, so page numbers and references are known at the first drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from liaison.reports.long_strips import parted
from liaison.reports.pen import Pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a piece is drawn: its upper left corner in millimetres, and whether it opens a continued page."""

    x: float
    y: float
    at_top: bool = False


Draw = Callable[[Pen, Spot], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A piece that is never torn. ``gap`` is the room above it, dropped at the top of a page.

    ``holds_next`` keeps it with what follows; ``head`` is drawn again where a page begins with this strip; a strip that
    ``needs_company`` (a signature) never stands alone on a page, it takes the section before along, also where white
    room (``is_white``) stands between.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    holds_next: bool = False
    needs_company: bool = False
    is_white: bool = False
    head: Strip | None = None
    anchor: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Two stacks side by side; the right one begins at ``offset``."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    offset: float
    gap: float = 0.0
    holds_next: bool = False

    @property
    def height(self) -> float:
        """The height of the longer stack."""
        return max(height_of(self.left), height_of(self.right))


Piece = Strip | Side


def height_of(pieces: Sequence[Piece]) -> float:
    """The height of a stack, without the gap above its first piece."""
    return sum(p.height + (p.gap if number else 0.0) for number, p in enumerate(pieces))


def cut(
    pieces: Sequence[Piece], room: float, *, fresh: bool, may_part: bool = True
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Take what fits into ``room`` from the top of a stack; the rest begins with its repeated head.

    ``fresh`` says that the room is a whole page: then at least one piece is taken, however high it is.
    """
    taken: list[Piece] = []
    used, at = 0.0, 0
    while at < len(pieces):
        piece = pieces[at]
        gap = piece.gap if taken or not fresh else 0.0
        if used + gap + piece.height <= room + 1e-6:
            taken.append(piece)
            used, at = used + gap + piece.height, at + 1
            continue
        if isinstance(piece, Side):
            head, tail = _cut_side(piece, room - used - gap, fresh=fresh and not taken)
            if head is not None:
                taken.append(head)
                return tuple(taken), _with_head((tail, *pieces[at + 1 :]))
        break
    rest = list(pieces[at:])
    if rest:
        kept = len(taken)
        while kept and taken[kept - 1].holds_next:
            kept -= 1
        if _is_lonely(rest):
            kept = _with_section(taken, kept, room)
        if kept or not fresh:
            rest[:0] = taken[kept:]
            del taken[kept:]
        elif height_of(taken) < room / 3 or _is_head_of(taken, rest[0]):  # a heading and a piece higher than the page
            first, *more = _parted(rest[0], room - used - (rest[0].gap if taken else 0.0), may_part=may_part)
            taken.append(first)
            rest[:1] = more
    return tuple(taken), _with_head(rest)


def _is_head_of(taken: Sequence[Piece], piece: Piece) -> bool:
    """Whether a page holds only the repeated head of a piece: it would be repeated on every page to come."""
    if len(taken) != 1 or not isinstance(piece, Strip) or piece.head is None:
        return False
    return isinstance(taken[0], Strip) and taken[0].draw is piece.head.draw


def _parted(piece: Piece, room: float, *, may_part: bool) -> tuple[Piece, ...]:
    """A strip higher than a page, in what fits and the rest; another piece stays whole and the lint says so."""
    if may_part and isinstance(piece, Strip) and piece.height > room:
        return parted(piece, room)
    return (piece,)


def _is_lonely(rest: Sequence[Piece]) -> bool:
    """Whether a piece that needs company comes first, white room aside."""
    first = next((p for p in rest if not (isinstance(p, Strip) and p.is_white)), None)
    return isinstance(first, Strip) and first.needs_company


def _with_section(taken: Sequence[Piece], kept: int, room: float) -> int:
    """How many pieces stay if the last section goes along; all of them where it is too long to move."""
    start = kept
    while start and not taken[start - 1].holds_next:
        start -= 1
    while start and taken[start - 1].holds_next:
        start -= 1
    return start if start and height_of(taken[start:kept]) < room * 0.6 else kept


def _cut_side(side: Side, room: float, *, fresh: bool) -> tuple[Side | None, Side]:
    """Cut both stacks; on a page already begun only if each stack that goes on leaves something worth reading."""
    if not fresh and room < 60:
        return None, side
    left, left_rest = cut(side.left, room, fresh=True, may_part=fresh)
    right, right_rest = cut(side.right, room, fresh=True, may_part=fresh)
    if height_of(left) > room or height_of(right) > room:
        return (
            (None, side)
            if not fresh
            else (replace(side, left=left, right=right), replace(side, left=left_rest, right=right_rest))
        )
    return replace(side, left=left, right=right), replace(side, left=left_rest, right=right_rest)


def _with_head(rest: Sequence[Piece]) -> tuple[Piece, ...]:
    if rest and isinstance(rest[0], Strip) and rest[0].head is not None:
        return (replace(rest[0].head, holds_next=True), *rest)
    return tuple(rest)


def draw_pieces(pen: Pen, pieces: Sequence[Piece], spot: Spot) -> float:
    """Draw a stack downwards from its corner; returns the y below it."""
    y = spot.y
    for number, piece in enumerate(pieces):
        y += piece.gap if number else 0.0
        here = Spot(x=spot.x, y=y, at_top=spot.at_top and number == 0)
        if isinstance(piece, Side):
            draw_pieces(pen, piece.left, here)
            draw_pieces(pen, piece.right, replace(here, x=spot.x + piece.offset))
        else:
            piece.draw(pen, here)
            if piece.anchor is not None:
                pen.bookmark(f"{piece.anchor[0]}-{pen.page}", piece.anchor[1], here.y)
        y += piece.height
    return y


def anchors_of(pieces: Sequence[Piece]) -> list[str]:
    """The anchors within a stack."""
    found: list[str] = []
    for piece in pieces:
        if isinstance(piece, Side):
            found += anchors_of(piece.left) + anchors_of(piece.right)
        elif piece.anchor is not None:
            found.append(piece.anchor[0])
    return found
