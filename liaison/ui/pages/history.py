"""History: who changed what, when, from what to what; of one record, or of the whole office.

Of a record every changed field is a line of its own, so that "who changed this amount" is answered by looking. Of the
office every step is one line, however much it did; what it did unfolds at the right, a piece at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services import history, office_history
from liaison.services.history import HistoryLine
from liaison.services.office_history import HistoryQuery, OfficeStep, Piece
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PAGE, PagedTable, Snapshot
from liaison.ui.page import Page
from liaison.ui.pages.history_filter import HistoryFilter
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.undoing import take_back
from liaison.ui.widgets.badge import Badge, closed, done
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Folding, Footing, Head, Pane, Section, clear
from liaison.ui.widgets.table_view import TableView

PANE_WIDTH = 312
_MADE, _GONE, _ERASED = N_("added"), N_("removed"), N_("erased at a person's request")


class HistoryPage(Page):
    """What was done, newest first. A step can be taken back as long as its fields still are as it left them."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._kind = str(place.values.get("kind", ""))
        self._record = place.record
        self._lines: list[HistoryLine] = []
        self._asked: int | None = None
        words = desk.words
        title = N_("History of this record") if self._record is not None else N_("History of the office")
        self.undo_button = secondary(desk.icons, words(N_("Take this back")), self._take_back, icon="undo-2")
        self.head = Head(
            desk, words(title), back=desk.frame.back, back_hint=words(N_("Back")), buttons=[self.undo_button]
        )
        self.body.addWidget(self.head)
        self.filter = HistoryFilter(desk, of_office=self._record is None)
        self.filter.changed.connect(self._narrow)
        self.body.addWidget(self.filter)
        if self._record is None:
            self.table = PagedTable(desk, self._office_columns(), fetch=office_history.steps)
        else:
            self.table = PagedTable(desk, self._record_columns())
        self.table.loaded.connect(self._loaded)
        self.view = TableView(desk, self.table, name=words(title))
        self.view.moved.connect(self._show_row)
        self.view.opened.connect(lambda _key: self._take_back())
        self.body.addWidget(self._panes(), 1)
        self._show_nothing()
        desk.hub.changed.connect(self._changed)  # its own method, so that a page that was left hears nothing more

    def _panes(self) -> QWidget:
        words = self.desk.words
        self.empty = EmptyState(self.desk, icon="history", sentence=words(N_("Nothing has been written yet.")))
        self.nothing = EmptyState(
            self.desk, icon="search", sentence=words(N_("No step matches.")), button=words(N_("Show all steps")),
            run=self.filter.clear, keys="Esc",
        )  # fmt: skip
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.view, self.empty, self.nothing):
            column.addWidget(part, 1)
        self.empty.hide()
        self.nothing.hide()
        self.footing = Footing(self.desk)
        column.addWidget(self.footing)
        self.side = QWidget()
        self.side.setFixedWidth(PANE_WIDTH)
        self._side_box = QVBoxLayout(self.side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        return Folding([(left, 1), (self.side, 0)], folds=[self.side], below=760)

    def start(self) -> None:
        """Read the journal."""
        if self._record is None:
            self.desk.runner.read(_known, owner=self, done=self.filter.know, key="known")
        self._read()
        self.view.setFocus()

    # columns

    def _office_columns(self) -> tuple[Column, ...]:
        words = self.desk.words
        return (
            Column(key="at", label=N_("When"), value=lambda s: s.at, kind=Kind.MOMENT, width=170, quiet=True),
            Column(key="what", label=N_("What"), value=self._what, strong=True, stretch=1, width=240),
            Column(key="who", label=N_("Who"), value=lambda s: self._who(s.who), width=130, gives_way=2),
            Column(key="changes", label=N_("Changes"), value=lambda s: s.rows, kind=Kind.NUMBER, width=90, gives_way=1),
            Column(
                key="state", label=N_("State"), kind=Kind.BADGE, width=110,
                value=lambda s: closed(words(N_("taken back"))) if s.is_undone else _stands(words),
            ),
        )  # fmt: skip

    def _record_columns(self) -> tuple[Column, ...]:
        return (
            Column(key="at", label=N_("When"), value=lambda s: s.at, kind=Kind.MOMENT, width=160, quiet=True),
            Column(key="who", label=N_("Who"), value=lambda s: self._who(s.who), width=120),
            Column(key="field", label=N_("Field"), value=self._field_name, strong=True, width=170),
            Column(key="change", label=N_("Before → after"), value=self._change, stretch=1, width=220),
            Column(key="what", label=N_("Step"), value=self._what, quiet=True, width=170, gives_way=1),
        )

    def _what(self, step: OfficeStep | HistoryLine) -> str:
        return step.what.text(self.desk.words)

    def _who(self, name: str) -> str:
        return self.desk.words(N_("by itself")) if name == "system" else name

    def _field_name(self, line: HistoryLine) -> str:
        words = self.desk.words
        if self._is_own(line):
            return words(line.label) if line.label else words(line.noun)
        return f"{words(line.noun)}: {words(line.label)}" if line.label else words(line.noun)

    def _is_own(self, line: HistoryLine) -> bool:
        return line.record_id == self._record

    def _change(self, line: HistoryLine) -> str:
        words = self.desk.words
        if line.is_erased:
            return words(_ERASED)
        if line.is_made or line.is_gone:
            verb = words(_MADE if line.is_made else _GONE)
            value = line.after if line.is_made else line.before
            return verb if value in (None, "") else f"{verb}: {self._value(value)}"
        return words(N_("{before} → {after}"), before=self._value(line.before), after=self._value(line.after))

    def _value(self, value: object) -> str:
        if value in (None, ""):
            return MISSING
        text = self.desk.words.shown(value)
        return self.desk.masking.text(text) if isinstance(value, str) else text

    # reading

    def _changed(self, _changes: object) -> None:
        self._read()

    def _read(self) -> None:
        if self._record is not None:
            self.desk.runner.read(
                history.history_of, self._kind, self._record, owner=self, done=self._record_arrived, key="history"
            )
        else:
            self.table.load(_take, self._query())

    def _query(self) -> HistoryQuery:
        asked = self.filter.asked()
        since, until = (None if d is None else _midnight(d, self.desk.formats.home) for d in (asked.since, asked.until))
        return HistoryQuery(
            titles=self.filter.titles(), text=asked.text, who=asked.who, kind=asked.kind, field=asked.field,
            since=since, until=None if until is None else until + dt.timedelta(days=1),
        )  # fmt: skip

    def _record_arrived(self, lines: list[HistoryLine]) -> None:
        self._lines = lines
        self.filter.know_lines(lines)
        self._narrow()

    def _narrow(self) -> None:
        if self._record is None:
            self._read()
            return
        shown = [line for line in self._lines if self._matches(line)]
        keep = self.view.current_id()
        self.table.show_rows(shown)
        if keep is None or not self.view.go_to_id(keep):
            self.view.go_to_row(0)

    def _matches(self, line: HistoryLine) -> bool:
        asked = self.filter.asked()
        day = self.desk.formats.home_day(line.at)
        told = f"{line.who} {self._field_name(line)} {self._change(line)} {self._what(line)}".casefold()
        return (
            asked.text.casefold() in told
            and asked.who in ("", line.who)
            and asked.field in (None, (line.record_kind, line.field))
            and (asked.since is None or day >= asked.since)
            and (asked.until is None or day <= asked.until)
        )

    def _loaded(self, snapshot: Snapshot) -> None:
        words = self.desk.words
        count = len(snapshot.ids)
        if self._record is None:
            self.footing.show_count(words.plural("{count} step", "{count} steps", count))
        else:
            self.footing.show_count(words.plural("{count} change", "{count} changes", count))
        narrowed = self.filter.is_narrowed()
        self.view.setVisible(bool(count))
        self.empty.setVisible(not count and not narrowed)
        self.nothing.setVisible(not count and narrowed)
        if not count:
            self._show_nothing()
        elif self.view.current_id() is None:
            self.view.go_to_row(0)

    # one step

    def _show_row(self, row: object) -> None:
        if isinstance(row, HistoryLine):
            self.undo_button.setEnabled(row.can_undo)
            self._open_side(row.what.text(self.desk.words), row.at, row.who)
            self._add_lines([x for x in self._lines if x.action_id == row.action_id])
        elif isinstance(row, OfficeStep):
            self.undo_button.setEnabled(row.can_undo)
            self._asked = row.id
            show = partial(self._show_piece, row)
            self.desk.runner.read(office_history.piece_of, row.id, owner=self, done=show, key="piece")

    def _show_piece(self, step: OfficeStep, piece: Piece) -> None:
        if self._asked != step.id:
            return
        self._open_side(step.what.text(self.desk.words), step.at, step.who)
        for noun, count in piece.blocks:
            text = self.desk.words(N_("{count} added"), count=self.desk.formats.number(count))
            section = Section(self.desk.words(noun))
            section.add(Label(text, Role.TEXT))
            self._told.addWidget(section)
        self._add_piece(step, piece)

    def _add_piece(self, step: OfficeStep, piece: Piece) -> None:
        self._add_lines(piece.lines)
        if piece.after is None:
            return

        def more() -> None:
            button.hide()
            self.desk.runner.read(
                office_history.piece_of, step.id, piece.after, owner=self, done=partial(self._add_more, step),
                key="piece",
            )  # fmt: skip

        button = link(self.desk.icons, self.desk.words(N_("Show more")), more, small=True)
        self._told.addWidget(button)

    def _add_more(self, step: OfficeStep, piece: Piece) -> None:
        if self._asked == step.id:
            self._add_piece(step, piece)

    def _open_side(self, title: str, at: dt.datetime, who: str) -> None:
        clear(self._side_box)
        words = self.desk.words
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("What changed")))
        pane.add(Label(title, Role.CARD, wrap=True))
        pane.add(Label(f"{words.shown(at)} · {self._who(who)}", Role.SECOND, wrap=True))
        pane.body.addSpacing(8)
        holder = QWidget()
        self._told = QVBoxLayout(holder)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.setSpacing(0)
        pane.add(holder)
        pane.finish()
        self._side_box.addWidget(pane)

    def _show_nothing(self) -> None:
        self._asked = None
        self.undo_button.setEnabled(False)
        clear(self._side_box)
        words = self.desk.words
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("What changed")))
        pane.add(EmptyState(self.desk, icon="history", sentence=words(N_("Choose a step to see its fields."))))
        pane.finish()
        self._side_box.addWidget(pane)

    def _add_lines(self, lines: Sequence[HistoryLine]) -> None:
        for noun, group in _by_record(lines):
            section = Section(self.desk.words(noun))
            for line in group:
                section.add(self._field(line))
            self._told.addWidget(section)

    def _field(self, line: HistoryLine) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        if line.label:
            column.addWidget(Label(self.desk.words(line.label), Role.SECOND))
        column.addWidget(Label(self._change(line), Role.TEXT, wrap=True))
        return box

    # taking back

    def _take_back(self) -> None:
        row = self.view.current_row()
        if isinstance(row, OfficeStep | HistoryLine) and row.can_undo:
            key = row.id if isinstance(row, OfficeStep) else row.action_id
            self.desk.runner.work(
                take_back,
                self.desk.runner.store,
                key,
                owner=self,
                done=lambda _changes: self.desk.toast(self.desk.words(N_("Taken back"))),
                exclusive=True,
            )

    def actions_here(self) -> tuple[Action, ...]:
        """Take the chosen step back; filter."""
        return (
            Action(
                key="history.take_back", text=N_("Take this step back"), keys="Ctrl+Backspace", icon="undo-2",
                run=self._take_back, scope=Scope.PAGE, menu=Menu.EDIT,
            ),
            Action(
                key="history.filter", text=N_("Filter this list"), keys="Ctrl+F", icon="search",
                run=self.filter.focus_search, scope=Scope.PAGE, menu=Menu.VIEW,
            ),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """How the list is narrowed."""
        return self.filter.keep()

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self.filter.resume(kept)


def _take(session: Any, query: HistoryQuery) -> Snapshot:
    ids = office_history.step_ids(session, query)
    return Snapshot(ids=ids, first=office_history.steps(session, ids[:PAGE]))


def _known(session: Any) -> tuple[list[str], list[str]]:
    return office_history.titles_used(session), office_history.people(session)


def _stands(words: Any) -> Badge:
    return done(words(N_("done")))


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)


def _by_record(lines: Sequence[HistoryLine]) -> list[tuple[str, list[HistoryLine]]]:
    groups: dict[tuple[str, int], list[HistoryLine]] = {}
    for line in lines:
        groups.setdefault((line.noun, line.record_id), []).append(line)
    return [(noun, group) for (noun, _key), group in groups.items()]
