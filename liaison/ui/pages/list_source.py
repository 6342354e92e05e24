"""What a list is asked for and comes to: ids, first rows, groups and sums of one moment; what lists differ in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from liaison.domain.errors import Refused
from liaison.domain.grids import Grid
from liaison.domain.problems import Problem
from liaison.i18n import Language
from liaison.services import list_queries
from liaison.services.list_queries import Counts, Footing, ListQuery
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column
from liaison.ui.models.paged_table import Group, Snapshot
from liaison.ui.pages.list_bulk import Offer
from liaison.ui.pages.list_views import (
    SavedView,
)
from liaison.ui.theme import Tone
from liaison.ui.widgets.badge import Badge
from liaison.ui.widgets.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What stands round a list: counts, footing, and whatever else was asked in the same look at the store."""

    counts: Counts
    footing: Footing
    more: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A filter that names something nobody knows."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How one list is asked for."""

    ids: Callable[[Any, ListQuery], Any]
    page: Callable[[Any, Sequence[int]], Sequence[Any]]
    groups: Callable[[Any, ListQuery], tuple[list_queries.Group, ...]]
    count: Callable[[Any], Counts]
    footing: Callable[[Any, ListQuery], Footing]
    more: Callable[[Any, ListQuery], Any] | None = None
    chosen: Callable[[Any, Sequence[int]], Footing] | None = None
    """What chosen rows come to."""
    group_words: Callable[[Any, list_queries.Group], str] | None = None
    """How many of what a group holds, in words; without it the number alone."""


FIRST = 100
"""Rows read together with the ids, so that the list stands at once."""


def take(session: Any, source: Source, query: ListQuery, words: Any) -> Snapshot:
    """Ids, first rows, groups and sums of a list at one moment."""
    try:
        ids = source.ids(session, query)
    except Refused as refused:
        counts = source.count(session)
        nothing = Footing(rows=0, persons=0, sums=(), label="")
        totals = Totals(counts=counts, footing=nothing, more=NotUnderstood(problems=refused.problems))
        return Snapshot(ids=[], totals=totals)
    groups = source.groups(session, query) if query.group else ()
    more = source.more(session, query) if source.more is not None else None
    totals = Totals(counts=source.count(session), footing=source.footing(session, query), more=more)
    shown = tuple(
        Group(
            key=g.key,
            badge=Badge(text=g.label.text(words), shape=Shape.NONE, tone=Tone.INK),
            count=g.count,
            note=_counted(source, words, g),
            sums=tuple((m.currency, words.formats.money(m)) for m in g.sums),
        )
        for g in groups
    )
    return Snapshot(ids=ids, groups=shown, first=aligned(ids[:FIRST], source.page(session, ids[:FIRST])), totals=totals)


def _counted(source: Source, words: Any, group: list_queries.Group) -> str:
    if source.group_words is None:
        return str(words.formats.number(group.count))
    return source.group_words(words, group)


def fetch(source: Source, session: Any, ids: Sequence[int]) -> list[Any]:
    """Rows in the order of their ids; one that is gone is ``None``."""
    return aligned(ids, source.page(session, ids))


def aligned(ids: Sequence[int], rows: Sequence[Any]) -> list[Any]:
    """Rows put against their ids."""
    by_id = {row.id: row for row in rows if row is not None}
    return [by_id.get(key) for key in ids]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """What makes one list different from another."""

    name: str
    title: str
    source: Source
    columns: Callable[[Desk], tuple[Column, ...]]
    views: tuple[SavedView, ...]
    groups: tuple[tuple[str, str], ...]
    sort: str
    descending: bool = False
    opens: str = ""
    kinds: frozenset[str] = frozenset()
    """Kinds of record whose change is seen in this list."""
    worded_buttons: bool = True
    """Whether the list's buttons have the room for their words."""
    dates: tuple[tuple[str, str], ...] = ()
    """The dates a period may go by, with their marked names; the usual one first."""
    steps: tuple[Offer, ...] = ()
    """What can be done with all chosen rows."""
    of_claims: bool = False
    editable: tuple[str, ...] = ()
    """Columns whose cells F2 edits."""
    grid: Callable[[Any, ListQuery, Language], Grid] | None = None
    """What Ctrl+E writes, where it is not the export of this name."""
    named: Callable[[Any, ListQuery], Sequence[tuple[int, int | None]]] | None = None
    """Whom its file names, patient and case, where that is not known from its name."""
    pastes: str = ""
    """What kind of rows can be pasted here; none where no service takes them."""
