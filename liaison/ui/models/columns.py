"""What a column of a list is: said once, used by the table, its header, sorting, copying and the screen reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from liaison.domain.grammar import TermField
from liaison.domain.money import Money
from liaison.i18n import Language
from liaison.i18n.formats import MISSING
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge


class Kind(StrEnum):
    """How a cell is drawn and on which side it stands."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    BADGE = "badge"
    STAGE = "stage"
    TICK = "tick"
    """The box at the row's left that shows whether the row is chosen."""
    ICON = "icon"
    """The name of an icon."""


RIGHT = frozenset({Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCell:
    """Six segments in a list: how many stages are done, whether the current one is held, whether all is over."""

    done: int
    word: str
    held: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``value`` picks a plain value out of a row; ``label`` is marked; widths are logical pixels at 100 %.

    ``second`` is a quieter word after the text. ``gives_way`` orders which columns leave a narrow window first (1 is
    first, 0 never). ``sort`` is the name the list's service sorts by; none means the column does not sort.
    """

    key: str
    label: str
    value: Callable[[Any], object]
    kind: Kind = Kind.TEXT
    width: int = 120
    stretch: int = 0
    strong: bool = False
    quiet: bool = False
    sort: str = ""
    gives_way: int = 0
    second: Callable[[Any], str] | None = None
    tone: Callable[[Any], Tone | None] | None = None
    hidden: bool = False
    own: bool = False
    """Chosen or sized by the officer: it keeps its width and never gives way."""
    asks: TermField | None = None
    """The term of the filter that the line under this title writes."""
    by_words: bool = False
    """The line under this title filters by plain words."""
    identifier: bool = False
    """A number that identifies (a telephone, a case): spreadsheets must take it as text."""

    @property
    def right(self) -> bool:
        """Whether the column stands at its right edge: figures do, words and dates do not."""
        return self.kind in RIGHT

    @property
    def role(self) -> Role:
        """The role of its text. One column of a list is strong; case numbers and the like are quiet."""
        if self.strong:
            return Role.STRONG
        return Role.SECOND if self.quiet else Role.QUIET


def tick_column() -> Column:
    """The first column of a list whose rows can be chosen for a common action."""
    return Column(key="tick", label="", value=lambda _row: None, kind=Kind.TICK, width=44)


def cell_text(column: Column, row: Any, language: Language) -> str:
    """What a cell says, for drawing, copying and reading aloud."""
    value = column.value(row)
    if column.kind in (Kind.TICK, Kind.ICON):
        return ""
    match value:
        case None | "":
            return MISSING
        case Badge():
            return value.text
        case StageCell():
            return value.word
        case Money():
            return language.formats.money(value)
        case dt.datetime():
            return language.formats.moment(value)
        case dt.date():
            return language.formats.date(value)
        case bool():
            return language("yes") if value else language("no")
        case int():
            return language.formats.number(value)
        case _:
            return str(value)


def row_text(columns: Iterable[Column], row: Any, language: Language) -> str:
    """The whole row as one sentence for a screen reader: "Suyanti, Medan, Island Hospital, …"."""
    parts = []
    for column in columns:
        text = cell_text(column, row, language)
        if text and text != MISSING:
            more = column.second(row) if column.second is not None else ""
            parts.append(f"{text} {more}".strip())
    return ", ".join(parts)
