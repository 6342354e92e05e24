"""A booklet on A5 pages, each with its city at the outer edge; alone, or two by two on A4 in the order of folding.

On sheets the pages stand as a saddle-stitched booklet needs them: printed on both sides (turned over the short edge),
folded and stapled, they read from 1 to the last; pages to write on fill them up to a multiple of four. Both forms have
the same pages and the same figures. Source: ``ux`` 3.5 (d).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from liaison.reports import style
from liaison.reports.blocks import Block, Cover, PageBreak, Ruled, Stamp, TabHead, Title
from liaison.reports.flow import Piece, Spot, Strip, anchors_of, cut, draw_pieces
from liaison.reports.pdf import Printed
from liaison.reports.pen import Pen, stamped_canvas
from liaison.reports.qr import draw_qr
from liaison.reports.setting import pieces_of
from liaison.reports.style import BOOKLET, Colour, PageStyle, Type, Weight
from liaison.reports.text import fitted, shortened, wrap

INSET = 8.5
"""From the margin of the tabs to the words."""

TAB_WIDE, TAB_HIGH, TAB_STEP, FIRST_TAB = 6.5, 13.0, 15.5, 22.0
"""So wide that a square beside it keeps four of its modules white."""
SHEET_PAGES = 4
CITY_GAP = 6.0
_RUNNING = Type(size=8, leading=10, weight=Weight.SEMIBOLD)
_TAB = Type(size=7.5, leading=9, weight=Weight.SEMIBOLD, colour=Colour.WHITE)
NOTE_LINES = 16


@dataclass(slots=True, kw_only=True)
class _Chapter:
    """What begins on a page of its own: the cover, or a head with what stands below it."""

    is_cover: bool = False
    running: str = ""
    tab: str = ""
    tab_place: int = -1
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """One page before it is drawn; small cities share one."""

    chapter: _Chapter
    pieces: tuple[Piece, ...]
    is_empty: bool = False
    also: tuple[_Chapter, ...] = ()

    @property
    def chapters(self) -> tuple[_Chapter, ...]:
        """Everything that stands on the page."""
        return (self.chapter, *self.also)


class _LeafPen(Pen):
    """A pen that can stand on the right half of a sheet; places are told as on the page itself."""

    shift = 0.0

    def _x(self, x: float) -> float:
        return super()._x(x + self.shift)


def write_booklet(blocks: Sequence[Block], target: str | Path | IO[bytes], *, stamp: Stamp) -> Printed:
    """The booklet as pages of A5, for a screen or a printer of small paper."""
    title, leaves = _leaves(blocks)
    pen, canvas = _pen(leaves, target, stamp, BOOKLET)
    for number, leaf in enumerate(leaves):
        if number:
            pen.next_page()
        _draw_leaf(pen, leaf, title, stamp)
    canvas.save()
    return Printed(pages=len(leaves), drawn=pen.drawn)


def write_booklet_sheets(blocks: Sequence[Block], target: str | Path | IO[bytes], *, stamp: Stamp) -> Printed:
    """The booklet two by two on A4, to be printed on both sides, folded and stapled."""
    title, leaves = _leaves(blocks)
    leaves = _filled(leaves)
    sheet = replace(BOOKLET, width=297.0)
    pen, canvas = _pen(leaves, target, stamp, sheet)
    sides = saddle(len(leaves))
    for number, (left, right) in enumerate(sides):
        if number:
            pen.next_sheet()
        for page, shift in ((left, 0.0), (right, sheet.width / 2)):
            pen.page, pen.shift = page, shift
            _draw_leaf(pen, leaves[page - 1], title, stamp)
    canvas.save()
    return Printed(pages=len(leaves) // 2, drawn=pen.drawn, sides=tuple(sides))


def saddle(pages: int) -> list[tuple[int, int]]:
    """Which two pages stand on each side of each sheet, the outermost sheet first. Raises for no multiple of four."""
    if pages % SHEET_PAGES:
        raise ValueError("a folded booklet has a multiple of four pages")
    sides: list[tuple[int, int]] = []
    for sheet in range(pages // SHEET_PAGES):
        first, last = 2 * sheet + 1, pages - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides


def _filled(leaves: list[_Leaf]) -> list[_Leaf]:
    """Pages to write on before the last one, up to a multiple of four."""
    missing = -len(leaves) % SHEET_PAGES
    chapter = _Chapter()
    lines = pieces_of(Ruled(labels=("",) * NOTE_LINES), _width())
    empty = [_Leaf(chapter=chapter, pieces=tuple(lines), is_empty=True)] * missing
    return [*leaves[:-1], *empty, *leaves[-1:]]


def _width() -> float:
    return BOOKLET.inner - 2 * INSET


def _pen(
    leaves: Sequence[_Leaf], target: str | Path | IO[bytes], stamp: Stamp, page: PageStyle
) -> tuple[_LeafPen, Any]:
    anchors = {name: number for number, leaf in enumerate(leaves, 1) for name in anchors_of(leaf.pieces)}
    canvas = stamped_canvas(target, page, stamp=stamp)
    return _LeafPen(canvas, BOOKLET, pages=len(leaves), anchors=anchors), canvas


def _leaves(blocks: Sequence[Block]) -> tuple[Title, list[_Leaf]]:
    """The pages in their order; the first block tells the frame."""
    if not blocks or not isinstance(blocks[0], Title):
        raise ValueError("a booklet begins with its title")
    leaves: list[_Leaf] = []
    for chapter in _chapters(blocks[1:]):
        rest: tuple[Piece, ...] = tuple(chapter.pieces)
        if leaves and (shared := _shared(leaves[-1], chapter)) is not None:
            leaves[-1] = shared
            continue
        while rest:
            taken, rest = cut(rest, BOOKLET.content_end - BOOKLET.continued_top, fresh=True)
            leaves.append(_Leaf(chapter=chapter, pieces=taken))
    return blocks[0], leaves


def _shared(leaf: _Leaf, chapter: _Chapter) -> _Leaf | None:
    """The page with one more city below those on it, where all its hospitals fit; nothing otherwise."""
    if not (leaf.chapter.tab and chapter.tab):
        return None
    gap = Strip(height=CITY_GAP, draw=lambda _pen, _at: None, is_white=True)
    pieces, rest = cut((*leaf.pieces, gap, *chapter.pieces), BOOKLET.content_end - BOOKLET.continued_top, fresh=True)
    return None if rest else replace(leaf, pieces=pieces, also=(*leaf.also, chapter))


def _chapters(blocks: Sequence[Block]) -> list[_Chapter]:
    chapters: list[_Chapter] = []
    tabs: list[str] = []
    for block in blocks:
        if isinstance(block, Cover):
            chapters.append(_Chapter(is_cover=True))
        elif isinstance(block, TabHead):
            if block.tab:
                tabs.append(block.tab)
            place = len(tabs) - 1 if block.tab else -1
            chapters.append(_Chapter(running=block.text, tab=block.tab, tab_place=place))
        elif isinstance(block, PageBreak) and chapters:
            last = chapters[-1]
            chapters.append(_Chapter(running=last.running, tab=last.tab, tab_place=last.tab_place))
            continue
        if not chapters:
            raise ValueError("a booklet begins with its cover")
        chapters[-1].pieces += pieces_of(block, _width())
    return chapters


# drawing


def _draw_leaf(pen: _LeafPen, leaf: _Leaf, title: Title, stamp: Stamp) -> None:
    page, x = BOOKLET, BOOKLET.left + INSET
    right = page.width - x
    if leaf.chapter.is_cover:
        _draw_banner(pen, title.banner, right)
        draw_pieces(pen, leaf.pieces, Spot(x=x, y=page.continued_top, at_top=True))
        _draw_report_id(pen, stamp, x, right)
        return
    if not leaf.is_empty:
        pen.text(x, page.title_y, title.kind, fitted(title.kind, _RUNNING, 62.0))
        label, running = shortened(" · ".join(chapter.running for chapter in leaf.chapters), _LABEL, 60.0)
        pen.text(right, page.title_y, running, label, right=True)
        pen.rule(x, right, page.rule_y, style.TOTAL_PT)
    draw_pieces(pen, leaf.pieces, Spot(x=x, y=page.continued_top, at_top=True))
    _draw_foot(pen, title, stamp, x, right)
    for chapter in leaf.chapters:
        _draw_tab(pen, chapter)
    if pen.page == pen.pages:
        _draw_imprint(pen, title, stamp, x, right)


_LABEL = Type(size=8, leading=10, colour=Colour.MUTE)


def _draw_banner(pen: Pen, words: str, right: float) -> None:
    wide = wrap(words, style.BANNER, 100)[0].width + 4.6
    pen.frame(right - wide, 12.4, wide, 4.8, style.FRAME_PT, radius=0.7)
    pen.text(right - wide + 2.3, 15.75, words, style.BANNER)


def _draw_report_id(pen: Pen, stamp: Stamp, x: float, right: float) -> None:
    draw_qr(pen, stamp.report_id, right - 10.9, 190.6, 10.9)
    pen.text(x, 200.2, stamp.report_id, style.FOOTER)


def _draw_foot(pen: Pen, title: Title, stamp: Stamp, x: float, right: float) -> None:
    """The number at the outer edge, until when it is good at the inner one."""
    page = BOOKLET
    words = stamp.page_word.format(page=pen.page, pages=pen.pages)
    outer_is_right = pen.page % 2 == 1
    pen.rule(x, right, page.footer_rule_y, style.TOTAL_PT, Colour.MUTE)
    about = fitted(title.about, style.FOOTER, 84.0)
    if outer_is_right:
        pen.text(x, page.footer_first_y, title.about, about)
        pen.text(right, page.footer_first_y, words, style.PAGE_NUMBER, right=True)
    else:
        pen.text(x, page.footer_first_y, words, style.PAGE_NUMBER)
        pen.text(right, page.footer_first_y, title.about, about, right=True)


def _draw_tab(pen: Pen, chapter: _Chapter) -> None:
    """The city's letters at the outer edge, each city a step further down."""
    if not chapter.tab:
        return
    y = FIRST_TAB + chapter.tab_place % 11 * TAB_STEP
    x = BOOKLET.width - BOOKLET.right - TAB_WIDE if pen.page % 2 else BOOKLET.left
    pen.area(x, y, TAB_WIDE, TAB_HIGH)
    pen.text(x + TAB_WIDE / 2, y + TAB_HIGH / 2 + 0.95, chapter.tab, _TAB, centre=True, ground=Colour.INK)


def _draw_imprint(pen: Pen, title: Title, stamp: Stamp, x: float, right: float) -> None:
    """On the last page: source, rule, id and journal head, above the foot."""
    kind = style.FOOTER
    words = f"{title.source} {title.note}"
    journal = stamp.journal_word.format(head=stamp.journal_head) if stamp.journal_head else ""
    lines = wrap(" · ".join(part for part in (words, stamp.report_id, journal) if part), kind, right - x)
    y = BOOKLET.footer_rule_y - 2.6 - (len(lines) - 1) * kind.pitch
    pen.rule(x, right, y - 4.4, style.TOTAL_PT, Colour.LIGHT)
    pen.lines(x, y, lines, kind)
