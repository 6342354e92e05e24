"""The one table model: a virtual list over a snapshot of ids, whose rows are fetched a page at a time.

The snapshot costs eight bytes a row, so the scroll bar tells the truth and End is a real end, at a million rows. Pages
come through the runner; until one is there its rows are drawn as grey bars. Small lists hand over their rows at once.
Groups are header rows that can be folded.
"""

from __future__ import annotations

import bisect
from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, cell_text, row_text
from liaison.ui.widgets.badge import Badge

PAGE = 100
PAGES_KEPT = 64

RowRole = Qt.ItemDataRole.UserRole + 1
"""The row itself (a frozen summary or a tuple), or ``None`` while it is on its way."""
ColumnRole = Qt.ItemDataRole.UserRole + 2
GroupRole = Qt.ItemDataRole.UserRole + 3
"""A :class:`Group` if this row is a group's header."""
IdRole = Qt.ItemDataRole.UserRole + 4

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A header row over ``count`` rows. ``badge`` carries shape and word, ``note`` what else there is to say.

    ``sums`` are (currency, amount in words); the headings of a list put each currency under the other.
    """

    key: str
    badge: Badge
    count: int
    note: str = ""
    sums: tuple[tuple[str, str], ...] = ()

    def said(self, count: str) -> str:
        """What stands after the badge, in one line; ``count`` is the number of rows in figures."""
        return "   ".join((self.note or count, *(text for _currency, text in self.sums)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a list holds at one moment: ids in order, group by group if there are groups, and the first rows."""

    ids: Sequence[int]
    groups: tuple[Group, ...] = ()
    first: Sequence[Any] = ()
    totals: object = None
    """Whatever the footing shows: made in the same look at the store, so that list and footing agree."""


Take = Callable[..., Snapshot]
"""``take(session, *query) -> Snapshot``."""
Fetch = Callable[..., Sequence[Any]]
"""``fetch(session, ids) -> rows`` in the order of the ids; a row that is gone is ``None``."""


@dataclass(slots=True, kw_only=True)
class _Layout:
    """Which display row is a header and which is the n-th id."""

    groups: tuple[Group, ...]
    starts: list[int] = field(default_factory=list)
    """Display row of each group's header."""
    offsets: list[int] = field(default_factory=list)
    """Number of the first id of each group."""
    rows: int = 0

    def lay(self, folded: set[str], ids: int) -> None:
        """Count the display rows."""
        self.starts, self.offsets, at, offset = [], [], 0, 0
        for group in self.groups:
            self.starts.append(at)
            self.offsets.append(offset)
            at += 1 + (0 if group.key in folded else group.count)
            offset += group.count
        self.rows = at if self.groups else ids

    def find(self, row: int) -> tuple[Group | None, int]:
        """The group whose header stands at a display row, or the number of the id there."""
        if not self.groups:
            return None, row
        at = bisect.bisect_right(self.starts, row) - 1
        inside = row - self.starts[at]
        return (self.groups[at], -1) if inside == 0 else (None, self.offsets[at] + inside - 1)

    def display(self, number: int, folded: set[str]) -> int:
        """The display row of the n-th id, -1 if it is folded away."""
        if not self.groups:
            return number
        at = bisect.bisect_right(self.offsets, number) - 1
        while self.groups[at].count == 0 or number >= self.offsets[at] + self.groups[at].count:
            at -= 1
        return -1 if self.groups[at].key in folded else self.starts[at] + 1 + number - self.offsets[at]


class PagedTable(QAbstractTableModel):
    """Rows for a :class:`~liaison.ui.widgets.table_view.TableView`.

    Large lists: ``PagedTable(desk, columns, fetch=lists.journey_rows)`` and ``load(lists.journey_ids, query)``.
    Small ones: ``PagedTable(desk, columns)`` and ``show_rows(rows, key=...)``.
    """

    loaded = Signal(object)
    """The :class:`Snapshot` now shown."""

    def __init__(
        self, desk: Desk, columns: Sequence[Column], *, fetch: Fetch | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: Sequence[int] = array("q")
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._folded: set[str] = set()
        self._layout = _Layout(groups=())
        self._take: tuple[Take, tuple[object, ...]] | None = None
        self._generation = 0
        self._whole: Sequence[Any] | None = None
        self.sorted_by = ""
        self.ascending = True
        self._fold_next: Callable[[Group], bool] | None = None

    # filling

    def fold_next(self, keys: Collection[str] | None = None) -> None:
        """Groups that come with the next snapshot begin folded: those of these keys, or all of them."""
        self._fold_next = (lambda group: True) if keys is None else (lambda group: group.key in keys)

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the groups that are folded."""
        return frozenset(self._folded)

    def load(self, take: Take, *query: object) -> None:
        """Take a new snapshot: ``take(session, *query)``. A snapshot still on its way is dropped."""
        self._take = (take, query)
        self.desk.runner.read(take, *query, owner=self, done=self._taken, key="snapshot")

    def reload(self) -> None:
        """Look again with the same question, keeping the place."""
        if self._take is not None:
            self.load(self._take[0], *self._take[1])

    def _taken(self, snapshot: Snapshot) -> None:
        self.beginResetModel()
        self._generation += 1
        self._whole = None
        self._ids = snapshot.ids
        self._pages.clear()
        self._asked.clear()
        if self._fold_next is not None:
            self._folded = {group.key for group in snapshot.groups if self._fold_next(group)}
            self._fold_next = None
        self._relay(snapshot.groups)
        first = list(snapshot.first)
        for page in range(0, len(first) // PAGE):
            self._pages[page] = first[page * PAGE : (page + 1) * PAGE]
        rest = len(first) % PAGE
        if rest and len(first) == len(self._ids):
            self._pages[len(first) // PAGE] = first[-rest:]
        self.endResetModel()
        self.loaded.emit(snapshot)

    def show_rows(
        self, rows: Sequence[Any], *, key: Callable[[Any], int] | None = None, groups: tuple[Group, ...] = ()
    ) -> None:
        """Show rows that are all at hand; ``key`` gives a row's id (else its number)."""
        self.beginResetModel()
        self._generation += 1
        self._whole = rows
        self._ids = array("q", (key(row) if key is not None else n for n, row in enumerate(rows)))
        self._relay(groups)
        self.endResetModel()
        self.loaded.emit(Snapshot(ids=self._ids, groups=groups))

    def _relay(self, groups: tuple[Group, ...]) -> None:
        self._layout = _Layout(groups=groups)
        self._layout.lay(self._folded, len(self._ids))

    def refresh_ids(self, ids: set[int]) -> None:
        """Fetch again the pages that hold these ids: the smallest range that changed."""
        if self._whole is not None or self._fetch is None:
            return
        for page in {n // PAGE for n, each in enumerate(self._ids) if each in ids}:
            self._pages.pop(page, None)
            self._asked.discard(page)
            self._announce(page)

    def look_again(self, first: int, last: int) -> None:
        """Read the rows on display from ``first`` to ``last`` once more; the old ones stand until the new are here."""
        if self._whole is not None or self._fetch is None:
            return
        numbers = (self._layout.find(row) for row in range(first, min(last + 1, self._layout.rows)))
        for page in sorted({number // PAGE for group, number in numbers if group is None}):
            self._asked.discard(page)
            self._ask(page)

    # asking

    def id_at(self, row: int) -> int | None:
        """The id at a display row, ``None`` on a header."""
        group, number = self._layout.find(row)
        return None if group is not None or number >= len(self._ids) else int(self._ids[number])

    def row_at(self, row: int) -> Any:
        """What stands at a display row, ``None`` on a header and while it is on its way."""
        group, number = self._layout.find(row)
        return None if group is not None else self._row(number)

    def row_of_id(self, wanted: int) -> int:
        """The display row of an id, -1 if it is not in the list or folded away."""
        try:
            number = self._ids.index(wanted)
        except ValueError:
            return -1
        return self._layout.display(number, self._folded)

    def group_at(self, row: int) -> Group | None:
        """The group whose header stands at a display row."""
        return self._layout.find(row)[0] if row < self._layout.rows else None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups, in their order."""
        return self._layout.groups

    def header_rows(self) -> tuple[int, ...]:
        """Display rows that are groups' headers."""
        return tuple(self._layout.starts)

    def is_folded(self, group: Group) -> bool:
        """Whether a group's rows are hidden."""
        return group.key in self._folded

    def fold(self, group: Group) -> None:
        """Hide a group's rows, or show them again."""
        at = self._layout.starts[self._layout.groups.index(group)]
        if group.count == 0:
            return
        if group.key in self._folded:
            self.beginInsertRows(QModelIndex(), at + 1, at + group.count)
            self._folded.discard(group.key)
            self._layout.lay(self._folded, len(self._ids))
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), at + 1, at + group.count)
            self._folded.add(group.key)
            self._layout.lay(self._folded, len(self._ids))
            self.endRemoveRows()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show the columns in another order, or others of them; rows, cursor and choice stay."""
        self.layoutAboutToBeChanged.emit()
        self.columns = tuple(columns)
        self.layoutChanged.emit()

    def ids_between(self, first: int, last: int) -> Sequence[int]:
        """The ids of display rows ``first`` to ``last``, group headers left out; quick for any number of rows."""
        if not self._layout.groups:
            return self._ids[first : last + 1]
        found = (self.id_at(row) for row in range(first, last + 1))
        return [key for key in found if key is not None]

    def rows_at_hand(self, ids: Sequence[int]) -> dict[int, Any]:
        """Those rows of these ids that are here already."""
        wanted, found = set(ids), {}
        for page, rows in self._pages.items():
            for key, row in zip(self._ids[page * PAGE : (page + 1) * PAGE], rows, strict=False):
                if key in wanted and row is not None:
                    found[key] = row
        if self._whole is not None:
            found |= {key: row for key, row in zip(self._ids, self._whole, strict=True) if key in wanted}
        return found

    @property
    def fetch(self) -> Fetch | None:
        """How rows are read by their ids; none for a list whose rows are all at hand."""
        return self._fetch

    @property
    def count(self) -> int:
        """How many records the list holds, folded or not."""
        return len(self._ids)

    def _row(self, number: int) -> Any:
        if number >= len(self._ids):
            return None
        if self._whole is not None:
            return self._whole[number]
        page, place = divmod(number, PAGE)
        found = self._pages.get(page)
        if found is None:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return found[place] if place < len(found) else None

    def _ask(self, page: int) -> None:
        if page in self._asked or self._fetch is None:
            return
        self._asked.add(page)
        ids = list(self._ids[page * PAGE : (page + 1) * PAGE])
        generation = self._generation
        self.desk.runner.read(
            self._fetch, ids, owner=self, done=lambda rows: self._fetched(generation, page, rows), key=("page", page)
        )

    def _fetched(self, generation: int, page: int, rows: Sequence[Any]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self._announce(page)

    def _announce(self, page: int) -> None:
        """The rows of one page look different now."""
        last_number = min((page + 1) * PAGE, len(self._ids)) - 1
        shown = [
            r for r in (self._layout.display(n, self._folded) for n in range(page * PAGE, last_number + 1)) if r >= 0
        ]
        if shown:
            self.dataChanged.emit(self.index(min(shown), 0), self.index(max(shown), len(self.columns) - 1))

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows on display, headers included."""
        return 0 if parent.isValid() else self._layout.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns, hidden ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell in one role; the screen reader gets the whole row."""
        if not index.isValid() or index.row() >= self._layout.rows:
            return None
        column = self.columns[index.column()]
        if role == ColumnRole:
            return column
        group, number = self._layout.find(index.row())
        if group is not None:
            return self._group_data(group, index.column(), role)
        if role == IdRole:
            return str(self._ids[number])  # as text: a C int overflows
        row = self._row(number)
        if role == RowRole:
            return row
        if row is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(column, row, self.desk.words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_text(self.columns, row, self.desk.words)
        return None

    def _group_data(self, group: Group, column: int, role: int) -> Any:
        if role == GroupRole:
            return group
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == 0:
            return f"{group.badge.text}, {group.said(self.desk.formats.number(group.count))}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A column's title."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == ColumnRole:
            return column
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.desk.words(column.label)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headers can be reached but not chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return usual if self.group_at(index.row()) is not None else usual | Qt.ItemFlag.ItemIsSelectable
