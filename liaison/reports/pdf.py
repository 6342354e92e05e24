"""Blocks become a PDF: pages, frames, footers, page numbers, outline; the same blocks and stamp give the same bytes.

Every page carries its title, banner, source with moment and zone, rule or receiver, page n of N, report id, head of the
journal, and the id as a QR sign. Strips are placed first and drawn afterwards, so every page knows all page numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports import style
from liaison.reports.blocks import Block, Grid, PageBreak, Stamp, Title
from liaison.reports.flow import Piece, Spot, anchors_of, cut, draw_pieces, height_of
from liaison.reports.pen import Drawn, Pen, stamped_canvas
from liaison.reports.qr import draw_qr
from liaison.reports.setting import pieces_of
from liaison.reports.style import A4, Colour, PageStyle, Type
from liaison.reports.text import Line, capped, fitted, settled, wrap

SOURCE_WIDE, NOTE_WIDE, FOOTER_LINES = 73.0, 56.0, 4
MOST_FOOTER_LINES, MOST_RUNNING_LINES = 60, 4
"""A footer and a running head repeat what stands elsewhere: a name of many lines ends in them with "…"."""
MOST_STANDSTILL = 3
"""Pages in a row that leave as much to do as before: one may, where a table's head is repeated for what follows."""
LEAST_ROOM = 40.0
"""What head and footer leave of a page at least, in millimetres."""
NUMBER_WIDE = 64.0
"""Room for a letter's number and day, at the right of the address."""
ABOUT_BELOW, LEAST_ABOUT = 4.2, 20.0
"""How far below its kind a paper says what it is about where that is too long, and the least room for it beside."""
RUNNING_WIDE, RUNNING_OTHER_WIDE, RUNNING_GAP = 92.0, 34.0, 5.5
_RUNNING = style.Type(size=8.5, leading=10.5, weight=style.Weight.SEMIBOLD)
_OTHER = style.Type(size=8.5, leading=10.5, colour=Colour.MUTE)
_ADDRESS = style.Type(size=8.5, leading=10.5, colour=Colour.MUTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands on the finished pages, for the lint, the leak scan and the reading back.

    ``sides`` tells which pages stand on each side of a folded sheet; empty where each page is a side of its own.
    """

    pages: int
    drawn: Sequence[Drawn]
    sides: tuple[tuple[int, ...], ...] = ()


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """One page before it is drawn."""

    title: Title
    continued: bool
    pieces: tuple[Piece, ...] = ()
    number: int = 1
    of: int = 1


@dataclass(slots=True, kw_only=True)
class _Chapter:
    """A title and the strips up to the next title or page break."""

    title: Title
    begins_page: bool
    pieces: list[Piece] = field(default_factory=list)


def write_pdf(
    blocks: Sequence[Block], target: str | Path | IO[bytes], *, stamp: Stamp, page: PageStyle = A4
) -> Printed:
    """Draw the blocks on pages and write the PDF to a path or an open file. The first block is a :class:`Title`."""
    sheets = [sheet for chapter in _chapters(blocks, page) for sheet in _sheets(chapter, page)]
    _number(sheets)
    anchors = {name: number for number, sheet in enumerate(sheets, 1) for name in anchors_of(sheet.pieces)}
    canvas = stamped_canvas(target, page, stamp=stamp)
    pen = Pen(canvas, page, pages=len(sheets), anchors=anchors)
    for number, sheet in enumerate(sheets):
        if number:
            pen.next_page()
        _draw_sheet(pen, sheet, stamp)
        sheet.pieces = ()  # drawn: a long report keeps only what is still to come
    canvas.save()
    return Printed(pages=len(sheets), drawn=pen.drawn)


MOST_ROWS = 120
"""A first page holds fewer rows of a table."""


def write_first_page(
    blocks: Sequence[Block], target: str | Path | IO[bytes], *, stamp: Stamp, page: PageStyle = A4
) -> None:
    """Draw the first page alone, to be looked at while the others are made. It does not know how many there will be."""
    begun: list[Block] = []
    for block in blocks:
        if begun and isinstance(block, Title | PageBreak):
            break
        begun.append(replace(block, rows=block.rows[:MOST_ROWS]) if isinstance(block, Grid) else block)
    first = _sheets(_chapters(begun, page)[0], page)[0]
    words = stamp.page_word.replace("{pages}", "…")
    canvas = stamped_canvas(target, page, stamp=stamp)
    _draw_sheet(Pen(canvas, page, pages=1, anchors={}), first, replace(stamp, page_word=words))
    canvas.save()


def _chapters(blocks: Sequence[Block], page: PageStyle) -> list[_Chapter]:
    chapters: list[_Chapter] = []
    for block in blocks:
        if isinstance(block, Title):
            chapters.append(_Chapter(title=block, begins_page=True))
        elif not chapters:
            raise ValueError("a report begins with its title")
        elif isinstance(block, PageBreak):
            chapters.append(_Chapter(title=chapters[-1].title, begins_page=False))
        else:
            chapters[-1].pieces += pieces_of(block, page.inner)
    return chapters


def _sheets(chapter: _Chapter, page: PageStyle) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    rest: tuple[Piece, ...] = tuple(chapter.pieces)
    stands = 0
    while rest or not sheets:
        continued = not (chapter.begins_page and not sheets)
        room = page.content_end - footer_shift(chapter.title) - content_top(chapter.title, page, continued=continued)
        if room < LEAST_ROOM:
            raise Refused([_no_room()])
        before = rest
        taken, rest = cut(before, room, fresh=True)
        stands = stands + 1 if rest and len(rest) >= len(before) and height_of(rest) >= height_of(before) else 0
        if stands > MOST_STANDSTILL:
            raise Refused([_no_room()])  # or it would go on for ever
        sheets.append(_Sheet(title=chapter.title, continued=continued, pieces=taken))
    return sheets


def _no_room() -> Problem:
    message = N_("A name is so long that no room is left on a page. Shorten the name of the office, person or house.")
    return Problem(code="NO_ROOM", message=message)


def _number(sheets: Sequence[_Sheet]) -> None:
    """Number the pages; each letterhead begins a paper of its own, since its reader gets no other page."""
    papers: list[list[_Sheet]] = []
    for sheet in sheets:
        if not papers or (sheet.title.letterhead is not None and not sheet.continued):
            papers.append([])
        papers[-1].append(sheet)
    for paper in papers:
        for number, sheet in enumerate(paper, 1):
            sheet.number, sheet.of = number, len(paper)


def content_top(title: Title, page: PageStyle, *, continued: bool) -> float:
    """Where the first strip of a page begins."""
    shift = head_shift(title, page, continued=continued)
    if continued:
        return page.continued_top + shift
    return 30.2 + shift if title.letterhead else page.rule_y + shift


def footer_shift(title: Title) -> float:
    """How far the footer's rule moves up for a source or note of more than four lines."""
    lines = max(len(_footer_lines(title.source, SOURCE_WIDE)), len(_footer_lines(title.note, NOTE_WIDE)))
    return max(lines - FOOTER_LINES, 0) * style.FOOTER.pitch


def _footer_lines(words: str, room: float) -> tuple[Line, ...]:
    return capped(words, style.FOOTER, room, MOST_FOOTER_LINES)


def _draw_sheet(pen: Pen, sheet: _Sheet, stamp: Stamp) -> None:
    if sheet.continued:
        _draw_running_head(pen, sheet.title, stamp)
    elif sheet.title.letterhead:
        _draw_letterhead(pen, sheet.title)
    else:
        _draw_title(pen, sheet.title)
    top = content_top(sheet.title, pen.style, continued=sheet.continued)
    draw_pieces(pen, sheet.pieces, Spot(x=pen.style.left, y=top, at_top=sheet.continued))
    _draw_footer(pen, sheet, stamp)


def _draw_banner(pen: Pen, words: str) -> float:
    """The classification at the top right; returns its left edge."""
    page = pen.style
    wide = _banner_wide(words)
    left = page.width - page.right - wide
    pen.frame(left, 12.4, wide, 4.8, style.FRAME_PT, radius=0.7)
    pen.text(left + 2.3, 15.75, words, style.BANNER)
    return left


def _banner_wide(words: str) -> float:
    return wrap(words, style.BANNER, 100)[0].width + 4.6


def _draw_title(pen: Pen, title: Title) -> None:
    page = pen.style
    shift = head_shift(title, page, continued=False)
    pen.area(page.left, 12.3, 1.6, 4.6 + shift)
    _draw_banner(pen, title.banner)
    head = _title_lines(title, page)
    last = pen.lines(page.left + 4, page.title_y, head.kind, style.PAGE_TITLE)
    if head.is_beside:
        pen.text(page.left + 4 + head.kind[0].width + 3, last, head.about[0], head.about_type)
    else:
        pen.lines(page.left + 4, last + ABOUT_BELOW, head.about, head.about_type)
    pen.rule(page.left, page.width - page.right, page.rule_y + shift, style.TOTAL_PT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitleLines:
    """The kind of paper and what it is about: beside each other, or below each other where they are far too long."""

    kind: tuple[Line, ...]
    about: tuple[Line, ...]
    about_type: Type
    is_beside: bool

    @property
    def shift(self) -> float:
        """How far they push the page down."""
        shift = (len(self.kind) - 1) * style.PAGE_TITLE.pitch
        return shift if self.is_beside else shift + ABOUT_BELOW + (len(self.about) - 1) * self.about_type.pitch


def _title_lines(title: Title, page: PageStyle) -> _TitleLines:
    room = page.inner - _banner_wide(title.banner) - 7
    kind = wrap(title.kind, style.PAGE_TITLE, room)
    beside = room - kind[0].width - 3
    if len(kind) == 1 and (not title.about or beside > LEAST_ABOUT):
        about_type, about = settled(title.about, style.PAGE_ABOUT, beside)
        if len(about) == 1:
            return _TitleLines(kind=kind, about=about, about_type=about_type, is_beside=True)
    about_type, about = settled(title.about, style.PAGE_ABOUT, room)
    return _TitleLines(kind=kind, about=about, about_type=about_type, is_beside=not title.about)


def _draw_letterhead(pen: Pen, title: Title) -> None:
    page, head = pen.style, title.letterhead
    assert head is not None
    right = page.width - page.right
    shift = head_shift(title, page, continued=False)
    pen.area(page.left, 12.2, 1.6, 9.2 + shift)
    _draw_banner(pen, title.banner)
    last = pen.lines(page.left + 4, 16.1, _office_lines(title, page), style.OFFICE)
    for number, one in enumerate(_number_lines(title)):
        pen.text(right, 20.8 + number * _ADDRESS.pitch, one, style.PAGE_ABOUT, right=True)
    pen.lines(page.left + 4, last + 4.7, _address_lines(title, page), _ADDRESS)
    pen.rule(page.left, right, 24.4 + shift, style.TOTAL_PT)
    if not title.has_address:
        pen.text(page.left, 31.8 + shift, title.kind, fitted(title.kind, style.KICKER, page.inner))


def _draw_running_head(pen: Pen, title: Title, stamp: Stamp) -> None:
    page = pen.style
    left = _draw_banner(pen, title.banner)
    other = _other_lines(title, page) if any(title.running) else wrap(stamp.continued_word, _OTHER, RUNNING_OTHER_WIDE)
    for number, one in enumerate(other):
        pen.text(left - RUNNING_GAP, 15.6 + number * _OTHER.pitch, one, _OTHER, right=True)
    pen.lines(page.left, 15.6, _running_lines(title), _RUNNING)
    pen.rule(page.left, page.width - page.right, 18.6 + head_shift(title, page, continued=True), style.TOTAL_PT)


def _running_lines(title: Title) -> tuple[Line, ...]:
    return capped(title.running[0] or title.kind, _RUNNING, RUNNING_WIDE, MOST_RUNNING_LINES)


def _other_lines(title: Title, page: PageStyle) -> tuple[Line, ...]:
    """The receiver's words, as wide as own words and banner leave room."""
    own = max((line.width for line in _running_lines(title)), default=0.0)
    free = page.inner - own - _banner_wide(title.banner) - 2 * RUNNING_GAP
    return capped(title.running[1], _OTHER, max(RUNNING_OTHER_WIDE, free), MOST_RUNNING_LINES)


def _office_lines(title: Title, page: PageStyle) -> tuple[Line, ...]:
    return wrap(title.letterhead.office if title.letterhead else "", style.OFFICE, page.inner - 64)


def _address_lines(title: Title, page: PageStyle) -> tuple[Line, ...]:
    return wrap(title.letterhead.address if title.letterhead else "", _ADDRESS, page.inner - 70)


def _number_lines(title: Title) -> tuple[Line, ...]:
    return wrap(title.letterhead.number_and_date if title.letterhead else "", style.PAGE_ABOUT, NUMBER_WIDE)


def head_shift(title: Title, page: PageStyle, *, continued: bool) -> float:
    """How far a long office name, address or patient's name pushes the page down."""
    if continued:
        return (max(len(_running_lines(title)), len(_other_lines(title, page))) - 1) * _RUNNING.pitch
    if title.letterhead is None:
        return _title_lines(title, page).shift
    office, address = len(_office_lines(title, page)) - 1, len(_address_lines(title, page)) - 1
    number = len(_number_lines(title)) - 1
    return max(office * style.OFFICE.pitch + address * _ADDRESS.pitch, number * _ADDRESS.pitch)


def _draw_footer(pen: Pen, sheet: _Sheet, stamp: Stamp) -> None:
    title, page, kind = sheet.title, pen.style, style.FOOTER
    right = page.width - page.right
    shift = footer_shift(title)
    pen.rule(page.left, right, page.footer_rule_y - shift, style.TOTAL_PT)
    pen.lines(page.left, page.footer_first_y - shift, _footer_lines(title.source, SOURCE_WIDE), kind)
    pen.lines(page.left + 77.1, page.footer_first_y - shift, _footer_lines(title.note, NOTE_WIDE), kind)
    edge = right - 13.4
    page_words = stamp.page_word.format(page=sheet.number, pages=sheet.of)
    pen.text(edge, page.footer_first_y, page_words, style.PAGE_NUMBER, right=True)
    pen.text(edge, page.footer_first_y + kind.pitch, stamp.report_id, kind, right=True)
    if stamp.journal_head:
        words = stamp.journal_word.format(head=stamp.journal_head)
        pen.text(edge, page.footer_first_y + 2 * kind.pitch, words, kind, right=True)
    draw_qr(pen, stamp.report_id, right - 10.9, 276.7, 10.9)
