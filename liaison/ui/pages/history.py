"""History: who changed what, when, from what to what; of one record, or of the whole office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services import history
from liaison.services.history import HistoryLine
from liaison.services.sentences import Sentence
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import PagedTable
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.theme import Role
from liaison.ui.undoing import take_back
from liaison.ui.widgets.badge import Badge, closed, done
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, PANE_PADDING, RIGHT, EmptyState, Folding, Footing, Head, Pane, Section, clear
from liaison.ui.widgets.table_view import TableView

ACTIONS_SHOWN = 500
PANE_WIDTH = 312


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action as the list shows it."""

    id: int
    at: object
    who: str
    what: Sentence
    changes: int
    can_undo: bool
    is_undone: bool


class HistoryPage(Page):
    """What was done, newest first. A step can be taken back as long as its fields still are as it left them."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._kind = str(place.values.get("kind", ""))
        self._record = place.record
        self._lines: dict[int, list[HistoryLine]] = {}
        self._steps: list[Step] = []
        self._asked: Step | None = None
        words = desk.words
        title = N_("History of this record") if self._record is not None else N_("History of the office")
        self.undo_button = secondary(desk.icons, words(N_("Take this back")), self._take_back, icon="undo-2")
        self.head = Head(
            desk, words(title), back=desk.frame.back, back_hint=words(N_("Back")), buttons=[self.undo_button]
        )
        self.body.addWidget(self.head)
        self.body.addWidget(self._filter_row())
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(title))
        self.view.moved.connect(self._show_step)
        self.view.opened.connect(lambda _key: self._take_back())
        self.empty = EmptyState(desk, icon="history", sentence=words(N_("Nothing has been written yet.")))
        self.empty.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.footing = Footing(desk)
        column.addWidget(self.footing)
        self.side = QWidget()
        self.side.setFixedWidth(PANE_WIDTH)
        self._side_box = QVBoxLayout(self.side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(Folding([(left, 1), (self.side, 0)], folds=[self.side], below=760), 1)
        self._show_fields(None, ())
        desk.hub.changed.connect(lambda _changes: self._read())

    def start(self) -> None:
        """Read the journal."""
        self._read()
        self.view.setFocus()

    def _filter_row(self) -> QWidget:
        words = self.desk.words
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(LEFT, 0, RIGHT, 10)
        self.search = TextEdit(self.desk, placeholder=words(N_("Who or what")))
        self.search.set_name(words(N_("Filter this list")))
        self.search.changed.connect(self._show)
        box.addWidget(self.search, 1)
        return row

    def _columns(self) -> tuple[Column, ...]:
        words = self.desk.words
        return (
            Column(key="at", label=N_("When"), value=lambda s: s.at, kind=Kind.MOMENT, width=170, quiet=True),
            Column(
                key="what",
                label=N_("What"),
                value=lambda s: s.what.text(words),
                strong=True,
                stretch=1,
                width=240,
            ),
            Column(key="who", label=N_("Who"), value=self._who, width=130, gives_way=2),
            Column(
                key="changes", label=N_("Changes"), value=lambda s: s.changes, kind=Kind.NUMBER, width=90, gives_way=1
            ),
            Column(key="state", label=N_("State"), value=self._state, kind=Kind.BADGE, width=110),
        )

    def _who(self, step: Step) -> str:
        return self.desk.words(N_("by itself")) if step.who == "system" else step.who

    def _state(self, step: Step) -> Badge:
        words = self.desk.words
        return closed(words(N_("taken back"))) if step.is_undone else done(words(N_("done")))

    # reading

    def _read(self) -> None:
        if self._record is not None:
            self.desk.runner.read(
                history.history_of, self._kind, self._record, owner=self, done=self._record_arrived, key="history"
            )
        else:
            self.desk.runner.read(_recent, owner=self, done=self._actions_arrived, key="history")

    def _record_arrived(self, lines: list[HistoryLine]) -> None:
        self._lines = {}
        for line in lines:
            self._lines.setdefault(line.action_id, []).append(line)
        self._steps = [
            Step(
                id=key,
                at=group[0].at,
                who=group[0].who,
                what=group[0].what,
                changes=len(group),
                can_undo=group[0].can_undo,
                is_undone=False,
            )
            for key, group in self._lines.items()
        ]
        self._show()

    def _actions_arrived(self, actions: list[Any]) -> None:
        self._steps = [
            Step(
                id=a.id,
                at=a.at,
                who=a.actor,
                what=history.what_happened(a),
                changes=a.changes,
                can_undo=a.is_undoable,
                is_undone=a.undone_by is not None,
            )
            for a in actions
        ]
        self._show()

    def _show(self) -> None:
        words = self.desk.words
        typed = self.search.value().casefold()
        shown = [s for s in self._steps if typed in f"{s.who} {s.what.text(words)}".casefold()]
        keep = self.view.current_id()
        self.table.show_rows(shown, key=lambda s: s.id)
        self.view.setVisible(bool(self._steps))
        self.empty.setVisible(not self._steps)
        self.footing.show_count(words.plural("{count} step", "{count} steps", len(shown)))
        if keep is None or not self.view.go_to_id(keep):
            self.view.go_to_row(0)
        if not shown:
            self._show_fields(None, ())

    # one step

    def _show_step(self, step: object) -> None:
        if not isinstance(step, Step):
            return
        self.undo_button.setEnabled(step.can_undo)
        if self._record is not None:
            self._show_fields(step, self._lines.get(step.id, ()))
        else:
            self._asked = step
            self.desk.runner.read(history.changes_of, step.id, owner=self, done=self._step_arrived, key="step")

    def _step_arrived(self, lines: list[HistoryLine]) -> None:
        self._show_fields(self._asked, lines)

    def _show_fields(self, step: Step | None, lines: Any) -> None:
        clear(self._side_box)
        words = self.desk.words
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("What changed")))
        if step is None:
            self.undo_button.setEnabled(False)
            pane.add(EmptyState(self.desk, icon="history", sentence=words(N_("Choose a step to see its fields."))))
        else:
            pane.add(Label(step.what.text(words), Role.CARD, wrap=True))
            pane.add(Label(words.shown(step.at), Role.SECOND))
            pane.body.addSpacing(8)
            for noun, group in _by_record(lines):
                section = Section(words(noun))
                for line in group:
                    section.add(self._field(line))
                pane.add(section)
        pane.finish()
        self._side_box.addWidget(pane)

    def _field(self, line: HistoryLine) -> QWidget:
        words = self.desk.words
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        if line.is_erased:
            column.addWidget(Label(words(N_("erased at a person's request")), Role.SECOND, wrap=True))
        elif line.is_made or line.is_gone:
            verb = N_("added") if line.is_made else N_("removed")
            value = line.after if line.is_made else line.before
            text = words(verb) if value in (None, "") else f"{words(verb)}: {self._value(value)}"
            column.addWidget(Label(text, Role.TEXT, wrap=True))
        else:
            column.addWidget(Label(words(line.label), Role.SECOND))
            text = words(N_("{before} → {after}"), before=self._value(line.before), after=self._value(line.after))
            column.addWidget(Label(text, Role.TEXT, wrap=True))
        return box

    def _value(self, value: object) -> str:
        if value in (None, ""):
            return MISSING
        text = self.desk.words.shown(value)
        return self.desk.masking.text(text) if isinstance(value, str) else text

    # taking back

    def _take_back(self) -> None:
        step = self.view.current_row()
        if isinstance(step, Step) and step.can_undo:
            self.desk.runner.work(
                take_back,
                self.desk.runner.store,
                step.id,
                owner=self,
                done=lambda _changes: self.desk.toast(self.desk.words(N_("Taken back"))),
                exclusive=True,
            )

    def actions_here(self) -> tuple[Action, ...]:
        """Take the chosen step back; filter."""
        return (
            Action(
                key="history.take_back",
                text=N_("Take this step back"),
                icon="undo-2",
                run=self._take_back,
                scope=Scope.PAGE,
                menu=Menu.EDIT,
            ),
            Action(
                key="history.filter",
                text=N_("Filter this list"),
                keys="Ctrl+F",
                icon="search",
                run=self.search.inner().setFocus,
                scope=Scope.PAGE,
                menu=Menu.VIEW,
            ),
        )

    def keep(self) -> dict[str, object]:
        """The filter and the row."""
        return {"typed": self.search.typed()}

    def resume(self, kept: dict[str, object]) -> None:
        """As it was."""
        self.search.retype(str(kept.get("typed", "")))


def _recent(session: Any) -> list[Any]:
    return history.recent_actions(session, limit=ACTIONS_SHOWN)


def _by_record(lines: Any) -> list[tuple[str, list[HistoryLine]]]:
    groups: dict[tuple[str, int], list[HistoryLine]] = {}
    for line in lines:
        groups.setdefault((line.noun, line.record_id), []).append(line)
    return [(noun, group) for (noun, _key), group in groups.items()][:50]
