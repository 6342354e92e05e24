"""What a page says, before any ink: few, frozen, and free of reportlab.

A report's ``lay_out(view, language)`` returns a list of these; ``pdf.write_pdf`` draws them, tests and the lint read
them. Texts are final: translated, formatted, and already safe for their audience. Lengths are millimetres.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison.reports.charts import Chart


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence; ``strong`` is SemiBold."""

    text: str
    strong: bool = False


Words = str | tuple[Span, ...]
"""A sentence, or a sentence with key words."""


class Shape(enum.Enum):
    """A drawn sign that stands before a word; never alone, never by colour only."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"
    LATE = "late"
    THERE = "there"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The office at the head of a letter, with number and date on the right."""

    office: str
    address: str
    number_and_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """Begins a page and sets its frame: head line or letterhead, banner, and the footer's words.

    ``running`` stands at the head of the pages that follow on: own reference on the left, receiver's on the right.
    ``source`` names source, n and the moment with its zone; ``note`` the rule of hidden numbers or the receiver, and
    who prepared it. A letter that ``has_address`` says its kind over the headline, below the address.
    """

    kind: str
    about: str = ""
    banner: str
    source: str
    note: str
    letterhead: Letterhead | None = None
    has_address: bool = False
    running: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The page's message: one sentence of at most two lines, with a figure. ``lines`` reserves room for so many.

    ``kicker`` is the kind of paper above it, for a letter whose head holds an address instead.
    """

    text: str
    lines: int = 1
    kicker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section's head, with a quiet note beside it or a subtitle under it (measure, unit, place, period, n).

    ``close`` leaves the least room above it, for a page that is full.
    """

    text: str
    note: str = ""
    subtitle: str = ""
    anchor: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Running text."""

    words: Words
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Quiet words under a table or chart; a shape may stand before them."""

    words: str
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a key and value block; further lines of the value follow below it."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Keys on the left, values on the right; ``together``: never torn apart by the end of a page."""

    facts: tuple[Fact, ...]
    key_width: float = 22
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Four numbers side by side: what the receiver looks the case up by."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One of at most four figures: label, value, unit, change, two quiet lines, and its columns."""

    label: str
    value: str
    unit: str
    change: str
    lines: tuple[str, ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """Up to four key figures side by side."""

    figures: tuple[KeyFigure, ...]


class Align(enum.Enum):
    """Where a column's cells stand: words left, numbers right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a grid: its head, and its width in millimetres."""

    head: str
    width: float
    align: Align = Align.LEFT
    subhead: str = ""


class Voice(enum.Enum):
    """How a line of a cell is set."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    NAME = "name"
    PHONE = "phone"
    DETAIL = "detail"
    SMALL = "small"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One line of a cell with several lines."""

    words: Words
    voice: Voice = Voice.PLAIN
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """A small line in a cell: values over equal steps of time; all sparks of a table share ``maximum``."""

    values: tuple[float, ...]
    maximum: float
    words: str
    """The same in words, for the twin."""


Cell = str | CellLine | tuple[CellLine, ...] | Spark


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a grid. ``strong`` is SemiBold (the remarks column stays plain by its own voice)."""

    cells: tuple[Cell, ...]
    strong: bool = False
    rule_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: heads repeated on every page, rows never torn, no vertical lines, no fill."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    pitch: float = 5.4
    hairlines: bool = False
    top_rule: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart by its description."""

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a time line: when, who, what. ``focus`` marks the party that the reader is."""

    when: str
    who: str
    what: str
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Events, newest first."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """A document: there since, or missing with who owes it and by when."""

    text: str
    there: bool
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Documents; missing ones first."""

    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """An open task in three lines: what, who and when, and a quiet remark."""

    what: str
    who_when: str
    remark: str = ""
    shape: Shape = Shape.COMING


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """Open tasks in the order of their due time."""

    items: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBox:
    """The first thing the reader sees: what we ask, and by when in both zones."""

    head: str
    words: Words
    by_label: str = ""
    by: tuple[str, ...] = ()
    by_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A tinted strip of a few large numbers, such as the emergency numbers of a place."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding in a sentence, with the page that shows it."""

    words: Words
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Three findings side by side. ``page_word`` holds ``{page}``."""

    findings: tuple[Finding, ...]
    page_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Two blocks of blocks side by side; ``split`` counts the left one's share of twelve columns.

    ``close`` leaves out the room above, for columns that belong to what stands over them.
    """

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    split: int = 6
    close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Annexes on the left; place, date, line and name, and a frame for the stamp on the right."""

    annex_head: str
    annexes: str
    place_date: str
    name: str
    role: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """White between two blocks that no section rule parts; ``height`` in millimetres."""

    height: float


# For the patient: large type, two languages, one idea a line

Pair = tuple[str, str]
"""The same in the reader's language and in the other, for staff on the way; the second may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePage:
    """Begins a page as wide as a telephone: its black head, and the two ends of its foot."""

    head: Pair
    foot: str
    mark: str
    """The classification, at the right of the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHead:
    """A head inside a pack."""

    text: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class BigName:
    """Whose pack it is: a quiet key, the name, a quiet remark beside it."""

    key: str
    name: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneEntry:
    """Somebody to call: who, one number, and when it is answered."""

    who: Pair
    number: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One thing of a day, with a box to tick: the hour there, the hour at home, where, what, and what to know."""

    time: str
    at_home: str
    place: str
    what: Pair
    details: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """Things to tick off before leaving."""

    items: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words in two languages; ``strong`` for what must not be missed."""

    lines: tuple[Pair, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBox:
    """A tinted box with a bar: what it is about, one large figure, and what follows from it."""

    label: Pair
    figure: str
    strong: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QrNote:
    """Words on the left, a square for a camera on the right."""

    words: tuple[Pair, ...]
    content: str
    size: float = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """Empty lines to write on, 10 mm apart, each with a word before it or none."""

    labels: tuple[str, ...]


# For a booklet of desks


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page of a booklet: what it is, of which cities, good until when, and a few large numbers."""

    title: str
    lines: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TabHead:
    """Begins a chapter of a booklet on a page of its own; ``tab`` are the letters at its outer edge, none for none."""

    text: str
    note: str = ""
    tab: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCard:
    """A house with its desks: one block that is never torn, a square for a camera at its right."""

    name: str
    about: str
    phones: tuple[tuple[str, str, tuple[str, ...]], ...]
    """What a number is, the number, and when and by whom it is answered."""
    facts: tuple[tuple[str, str], ...]
    checked: CellLine
    qr: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Words with the houses below each and the pages they stand on; a house is found by its anchor."""

    entries: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The next block begins a new page of the same frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Begins a chapter: what stands next is found under this name. ``text`` stands in the PDF's outline."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the contents: the chapter, what it holds, and the sign it leads to."""

    text: str
    note: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The chapters with the pages they begin on."""

    entries: tuple[Entry, ...]


Block = (
    Title | Headline | Heading | Text | Note | Facts | References | KeyFigures | Grid | Drawing | Timeline | Checklist
    | Tasks | AskBox | Callout | Findings | Columns | Signature | Space | PageBreak | PhonePage | PackHead | BigName
    | PhoneEntry | Stop | Ticks | Said | PackBox | QrNote | Ruled
    | Anchor | Contents | Cover | TabHead | DeskCard | Index
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What ties a print to its data: report id, head of the journal, language, and words that engine adds itself."""

    report_id: str
    journal_head: str
    language: str
    title: str
    author: str = ""
    page_word: str = "Page {page} of {pages}"
    journal_word: str = "Journal {head}"
    continued_word: str = "continued"
