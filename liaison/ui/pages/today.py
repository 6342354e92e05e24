"""Today: what is late, what has no next step, what is due, who is waited for, what is done."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services import today, work
from liaison.services.today import TaskGroup, TaskLine, TodayView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import Group, PagedTable
from liaison.ui.page import Page
from liaison.ui.places import Place
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, blocked, done, due, late, waiting
from liaison.ui.widgets.buttons import menu_row, primary, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Facts, Folding, Head, Pane, Section, clear
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.table_view import TableView

PANE_WIDTH = 300
_HEADS: dict[TaskGroup, tuple[Shape, Tone]] = {
    TaskGroup.LATE: (Shape.LATE, Tone.RED),
    TaskGroup.NO_STEP: (Shape.BLOCKED, Tone.RED),
    TaskGroup.TODAY: (Shape.OPEN, Tone.INK),
    TaskGroup.WAITING: (Shape.WAITING, Tone.AMBER),
    TaskGroup.DONE: (Shape.DONE, Tone.GREEN),
}


class TodayPage(Page):
    """The worklist that opens first. An open case without a next step stands here as a fault until it has one."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.head = Head(desk, words(N_("Today")), note=self._date_words())
        self.head.row.addWidget(
            secondary(desk.icons, words(N_("New journey")), lambda: desk.go("journey_new"), icon="plus")
        )
        self.body.addWidget(self.head)
        self.table = PagedTable(desk, self._columns())
        self.view = TableView(desk, self.table, name=words(N_("Today")), row=33)
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._show_card)
        self.view.key_pressed.connect(self._key)
        self.empty = EmptyState(
            desk,
            icon="sun",
            sentence=words(N_("Nothing is due. Cases and their next steps will stand here.")),
            button=words(N_("New journey")),
            run=lambda: desk.go("journey_new"),
            keys="Ctrl+N",
        )
        self.empty.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.side = QWidget()
        self.side.setFixedWidth(PANE_WIDTH)
        self._side_box = QVBoxLayout(self.side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(Folding([(left, 1), (self.side, 0)], folds=[self.side], below=820), 1)
        self._show_card(None)
        desk.hub.changed.connect(lambda _changes: self._read())

    def start(self) -> None:
        """Read the day."""
        self._read()
        self.view.setFocus()

    def _date_words(self) -> str:
        day, formats = self.desk.today(), self.desk.formats
        return f"{formats.weekday(day)}, {formats.long_date(day)}"

    def _columns(self) -> tuple[Column, ...]:
        words = self.desk.words
        return (
            Column(key="due", label=N_("Due"), value=self._due, kind=Kind.BADGE, width=128),
            Column(key="name", label=N_("Name"), value=self._name, width=150, stretch=1),
            Column(
                key="step",
                label=N_("Next step"),
                value=lambda t: t.title.text(words),
                strong=True,
                width=200,
                stretch=2,
            ),
            Column(key="who", label=N_("Waiting on"), value=self._waiting, width=130, gives_way=3),
            Column(key="hospital", label=N_("Hospital"), value=lambda t: t.hospital, width=150, gives_way=2),
            Column(key="case", label=N_("Case"), value=lambda t: t.case_no, width=120, quiet=True, gives_way=1),
        )

    # words of one line

    def _name(self, line: TaskLine) -> str:
        return self.desk.masking.name(line.name, line.case_no)

    def _waiting(self, line: TaskLine) -> str:
        if line.waiting_on is None:
            return ""
        return line.waiting_for or self.desk.words(line.waiting_on.label)

    def _due(self, line: TaskLine) -> Badge:
        words = self.desk.words
        match line.group:
            case TaskGroup.NO_STEP:
                return blocked(words(N_("No step")))
            case TaskGroup.LATE:
                return late(self._lateness(line))
            case TaskGroup.WAITING:
                return waiting(self._when(line))
            case TaskGroup.DONE:
                return done(self._clock(line.done_at))
            case _:
                return due(self._when(line))

    def _lateness(self, line: TaskLine) -> str:
        words = self.desk.words
        assert line.due_at is not None
        minutes = int((self.desk.clock() - line.due_at).total_seconds() // 60)
        if minutes >= 24 * 60:
            return words.plural("{count} day", "{count} days", minutes // (24 * 60))
        return words(N_("{hours} h {minutes} min"), hours=minutes // 60, minutes=minutes % 60)

    def _when(self, line: TaskLine) -> str:
        if line.due_at is None:
            return self.desk.words(N_("no date"))
        local = _local(line.due_at)
        if local.date() == self.desk.today():
            return self._clock(line.due_at) if line.has_time else self.desk.words(N_("today"))
        return self.desk.formats.short_date(local.date())

    def _clock(self, moment: dt.datetime | None) -> str:
        return "" if moment is None else self.desk.formats.clock_time(_local(moment))

    # reading

    def _read(self) -> None:
        self.desk.runner.read(today.today_view, owner=self, done=self._arrived, key="today")

    def _arrived(self, view: TodayView) -> None:
        words = self.desk.words
        shown = [g for g in view.groups if g.count and g.group in _HEADS]
        groups = tuple(
            Group(
                key=g.group.value,
                badge=Badge(text=words(g.group.label), shape=_HEADS[g.group][0], tone=_HEADS[g.group][1]),
                count=len(g.lines),
                note=words(N_("{shown} of {count}"), shown=len(g.lines), count=g.count)
                if g.count > len(g.lines)
                else "",
            )
            for g in shown
        )
        lines = [line for g in shown for line in g.lines]
        keep = self.view.current_id()
        self.table.show_rows(lines, key=_key_of, groups=groups)
        self.view.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.head.set_note(
            words(
                N_("{date} · late {late} · today {today} · waiting for others {waiting}"),
                date=self._date_words(),
                late=view.count(TaskGroup.LATE),
                today=view.count(TaskGroup.TODAY),
                waiting=view.count(TaskGroup.WAITING),
            )
        )
        if keep is None or not self.view.go_to_id(keep):
            self.view.go_to_row(1)
        if not lines:
            self._show_card(None)

    # the card

    def _show_card(self, line: object) -> None:
        clear(self._side_box)
        words = self.desk.words
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("Chosen step")))
        if isinstance(line, TaskLine):
            self._fill_card(pane, line)
        else:
            pane.add(EmptyState(self.desk, icon="sun", sentence=words(N_("Choose a line to see what can be done."))))
        pane.finish()
        self._side_box.addWidget(pane)

    def _fill_card(self, pane: Pane, line: TaskLine) -> None:
        words = self.desk.words
        pane.add(Label(self._name(line), Role.CARD, wrap=True))
        pane.add(Label(" · ".join(x for x in (line.case_no, line.city, line.hospital) if x), Role.SECOND, wrap=True))
        pane.body.addSpacing(8)
        step = Section(words(N_("Next step")))
        step.add(Label(line.title.text(words), Role.BOLD, wrap=True))
        facts = Facts()
        if line.due_at is not None:
            facts.add(words(N_("Due")), words.shown(line.due_at))
        if line.waiting_on is not None:
            facts.add(words(N_("Waiting on")), self._waiting(line))
        if line.officer:
            facts.add(words(N_("Officer")), line.officer)
        if line.state is not None:
            facts.add(words(N_("State")), words(line.state.label))
        step.add(facts)
        pane.add(step)
        pane.add(
            primary(self.desk.icons, words(N_("Open the case")), lambda: self._open(_key_of(line)), icon="arrow-right")
        )
        if line.id and line.done_at is None:
            pane.body.addSpacing(6)
            pane.add(menu_row(self.desk.icons, words(N_("Done (X)")), lambda: self._finish(line), icon="check"))
            pane.add(menu_row(self.desk.icons, words(N_("Tomorrow (B)")), lambda: self._snooze(line, 1), icon="clock"))
            pane.add(
                menu_row(self.desk.icons, words(N_("In a week (7)")), lambda: self._snooze(line, 7), icon="calendar")
            )

    # doing

    def _open(self, _key: object) -> None:
        line = self.view.current_row()
        if isinstance(line, TaskLine):
            if line.journey_id is not None:
                self.desk.go("journey", line.journey_id)
            elif line.claim_id is not None:
                self.desk.go("claim", line.claim_id)

    def _key(self, letter: str) -> None:
        line = self.view.current_row()
        if not isinstance(line, TaskLine) or not line.id or line.done_at is not None:
            return
        match letter.upper():
            case "X":
                self._finish(line)
            case "B":
                self._snooze(line, 1)
            case "L":
                self._snooze(line, 2)
            case digit if digit in "123456789" and digit:
                self._snooze(line, int(digit))

    def _finish(self, line: TaskLine) -> None:
        self.desk.runner.write(
            N_("Finish a step"),
            work.finish_task,
            line.id,
            owner=self,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("Step done"))),
        )

    def _snooze(self, line: TaskLine, days: int) -> None:
        base = line.due_at if line.due_at is not None and line.due_at > self.desk.clock() else self.desk.clock()
        at = _local(base) + dt.timedelta(days=days)
        if line.due_at is not None:
            clock = _local(line.due_at).timetz()
            at = dt.datetime.combine(at.date(), clock)
        self.desk.runner.write(
            N_("Move a step to another day"),
            _snoozed,
            line.id,
            at.astimezone(dt.UTC),
            owner=self,
            done=lambda _changes: self.desk.toast(self.desk.words(N_("Step moved"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """New journey, done, tomorrow."""
        return (
            Action(
                key="today.new",
                text=N_("New journey"),
                keys="Ctrl+N",
                icon="plus",
                run=lambda: self.desk.go("journey_new"),
                scope=Scope.PAGE,
                menu=Menu.FILE,
            ),
        )

    def keep(self) -> dict[str, object]:
        """The row."""
        return {"at": self.view.current_id()}


def _key_of(line: TaskLine) -> int:
    """Lines without a task (no next step) are known by their case."""
    return line.id or -(line.journey_id or 0)


def _local(moment: dt.datetime) -> dt.datetime:
    from zoneinfo import ZoneInfo

    from liaison.i18n.formats import DEFAULT_ZONE

    return moment.astimezone(ZoneInfo(DEFAULT_ZONE))


def _snoozed(session: object, task_id: int, at: dt.datetime) -> object:
    return work.snooze_task(session, task_id, until=at)  # type: ignore[arg-type]
