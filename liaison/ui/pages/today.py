"""Today: what is late, what has no next step, what is due, who is waited for, what is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.services import today, work
from liaison.services.roadshow_promises import promise_of_task, promises_of_tasks
from liaison.services.today import TaskGroup, TaskLine, TodayView
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.models.columns import Column, Kind
from liaison.ui.models.paged_table import Group, PagedTable
from liaison.ui.page import Page
from liaison.ui.pages.put_off import PutOff
from liaison.ui.pages.said import how_late, when
from liaison.ui.pages.short_forms import Bench
from liaison.ui.pages.task_form import task_form
from liaison.ui.pages.today_card import DayCard
from liaison.ui.pages.today_parts import DayCounts, PutOffLine, WorkList, day_words
from liaison.ui.places import Place
from liaison.ui.theme import Tone
from liaison.ui.widgets.badge import Badge, blocked, done, due, late, waiting
from liaison.ui.widgets.buttons import Segments, icon_button, primary, secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.first_hour import FirstHour
from liaison.ui.widgets.parts import EmptyState, Folding, Head
from liaison.ui.widgets.shapes import Shape

PANE_WIDTH = 290
_HEADS: dict[TaskGroup, tuple[Shape, Tone]] = {
    TaskGroup.LATE: (Shape.LATE, Tone.RED),
    TaskGroup.NO_STEP: (Shape.BLOCKED, Tone.RED),
    TaskGroup.NO_CONSENT: (Shape.BLOCKED, Tone.AMBER),
    TaskGroup.TODAY: (Shape.OPEN, Tone.INK),
    TaskGroup.TOMORROW: (Shape.OPEN, Tone.GREY),
    TaskGroup.WAITING: (Shape.WAITING, Tone.AMBER),
    TaskGroup.OFFICE: (Shape.OPEN, Tone.GREY),
    TaskGroup.DONE: (Shape.DONE, Tone.GREEN),
}
_FOLDED_AT_FIRST = (TaskGroup.TOMORROW, TaskGroup.DONE)
MINE, ALL = "mine", "all"
Do = Callable[[], object]


class TodayPage(Page):
    """The worklist that opens first. An open case without a next step stands here as a fault until it has one."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self._view: TodayView | None = None
        self._row = 1
        self._at: int | None = None
        self._half_typed: dict[str, object] = {}
        self.put_off = PutOffLine(desk)
        self.put_off.done.connect(self._put_off)
        self.put_off.closed.connect(self._close_put_off)
        self.table = PagedTable(desk, self._columns())
        self.view = WorkList(desk, self.table, name=words(N_("Today")), row=33)
        self.view.opened.connect(lambda _key: self.open())
        self.view.moved.connect(lambda _row: self._chosen())
        self.view.chosen_changed.connect(lambda _count: self._chosen())
        self.view.key_pressed.connect(self._key)
        self.empty = EmptyState(
            desk,
            icon="sun",
            sentence=words(N_("Nothing is due. Cases and their next steps will stand here.")),
            button=words(N_("New case")),
            run=lambda: desk.go("journey_new"),
            keys=desk.actions.keys_of("today.new", "Ctrl+N"),
        )
        self.empty.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lay_out_head(column)
        column.addWidget(self.put_off)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(FirstHour(desk))
        self.card = DayCard(desk, self._doings())
        self.drawer = Drawer(desk, self.card, width=PANE_WIDTH)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.body.addWidget(Folding([(left, 1), (self.drawer, 0)], folds=[self.drawer], below=820), 1)
        self._card_wait = QTimer(self)
        self._card_wait.setSingleShot(True)
        self._card_wait.setInterval(0)
        self._card_wait.timeout.connect(self._show_card)
        desk.hub.changed.connect(self._changed)

    def _lay_out_head(self, column: QVBoxLayout) -> None:
        desk, words = self.desk, self.desk.words
        who = self.place.values.get("who", MINE)
        self.whose = Segments(
            [(MINE, words(N_("Mine"))), (ALL, words(N_("Everybody")))], name=words(N_("Whose day")), chosen=who
        )
        self.whose.chosen.connect(self._whose_changed)
        self.message_button = secondary(
            desk.icons, words(N_("From a message")), lambda: desk.go("message"), icon="message-circle"
        )
        self.message_button.setToolTip("Ctrl+Shift+V")
        new = primary(desk.icons, words(N_("New case")), lambda: desk.go("journey_new"), icon="plus")
        title = day_words(desk, desk.today())
        self.hand_over = icon_button(
            desk.icons, "handshake", words(N_("Hand-over sheet (Ctrl+P)")), self.print_hand_over
        )
        self.head = Head(desk, title, buttons=[self.whose, self.hand_over, self.message_button, new])
        column.addWidget(self.head)
        self.counts = DayCounts(desk)
        for group in (TaskGroup.LATE, TaskGroup.NO_STEP, TaskGroup.TODAY, TaskGroup.WAITING):
            shape, tone = _HEADS[group]
            self.counts.add(group.value, shape, tone, words(N_("Choose all of these")))
        self.counts.close_row()
        self.counts.wanted.connect(self.choose_group)
        column.addWidget(self.counts)

    def start(self) -> None:
        """Read the day."""
        self._read()
        self.view.setFocus()
        if self._half_typed:
            self.put_off.resume(self._half_typed)

    def _whose_changed(self, who: object) -> None:
        self.desk.frame.moved(Place(page="today", values={} if who == MINE else {"who": ALL}))
        self._read()
        self.view.setFocus()

    # words of one line

    def _columns(self) -> tuple[Column, ...]:
        words = self.desk.words
        return (
            Column(key="due", label=N_("Due"), value=self._due, kind=Kind.BADGE, width=134),
            Column(
                key="step",
                label=words(N_("Step")),
                value=lambda t: t.title.text(words),
                second=lambda t: words(N_("promised")) if t.is_promise else "",
                strong=True,
                width=190,
                stretch=3,
            ),
            Column(
                key="name",
                label=N_("Person"),
                value=self._name,
                second=lambda t: t.city,
                width=190,
                stretch=2,
            ),
            Column(key="who", label=N_("Waiting on"), value=self._waiting, width=120, gives_way=2),
            Column(key="hospital", label=N_("Hospital"), value=lambda t: t.hospital, width=170, gives_way=1),
        )

    def _name(self, line: TaskLine) -> str:
        return self.desk.masking.name(line.name, line.case_no) if line.name else line.agreement

    def _waiting(self, line: TaskLine) -> str:
        if line.waiting_on is None:
            return line.officer if line.group is TaskGroup.OFFICE else ""
        return self.desk.masking.text(line.waiting_for) or self.desk.words(line.waiting_on.label)

    def _due(self, line: TaskLine) -> Badge:
        words = self.desk.words
        match line.group:
            case TaskGroup.NO_STEP | TaskGroup.NO_CONSENT:
                return blocked(self._since(line))
            case TaskGroup.OFFICE:
                return due(self._since(line) if line.since is not None else "")
            case TaskGroup.LATE:
                since = line.late_since or self.desk.clock()
                return late(how_late(words, self.desk.clock() - since))
            case TaskGroup.WAITING:
                return waiting(self._when(line))
            case TaskGroup.DONE:
                formats = self.desk.formats
                return done(formats.clock_time(formats.at_home(line.done_at)) if line.done_at is not None else "")
            case _:
                return due(self._when(line))

    def _since(self, line: TaskLine) -> str:
        words = self.desk.words
        if line.since is None:
            return words(N_("no step"))
        days = (self.desk.today() - self.desk.formats.home_day(line.since)).days
        if days <= 0:
            return words(N_("since today"))
        return words(N_("since yesterday")) if days == 1 else words.plural("for {count} day", "for {count} days", days)

    def _when(self, line: TaskLine) -> str:
        if line.due_at is None:
            return self.desk.words(N_("no date"))
        if line.group is TaskGroup.TOMORROW and line.has_time:
            return self.desk.formats.clock_time(self.desk.formats.at_home(line.due_at))
        return when(self.desk.words, line.due_at, now=self.desk.clock(), has_time=line.has_time)

    # reading

    def _read(self) -> None:
        read = today.own_day if self.whose.value() == MINE else today.today_view
        self.desk.runner.read(read, owner=self, done=self._arrived, key="today")

    def _changed(self, _changes: object) -> None:
        self._read()

    def _arrived(self, view: TodayView) -> None:
        first, self._view = self._view is None, view
        shown = [g for g in view.groups if g.count and g.group in _HEADS]
        groups = tuple(self._group(g) for g in shown)
        lines = [line for g in shown for line in g.lines]
        keep, row = self.view.current_id(), self.view.currentIndex().row()
        if keep is None:
            keep, row = self._at, self._row
        self.table.show_rows(lines, key=_key_of, groups=groups)
        if first:
            for group in groups:
                if group.key in {g.value for g in _FOLDED_AT_FIRST}:
                    self.table.fold(group)
        self.view.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._show_counts(view)
        if keep is None or not self.view.go_to_id(keep):
            self._go_near(row)
        self.view.let_go()
        self._chosen()

    def _group(self, found: today.TodayGroup) -> Group:
        words = self.desk.words
        shape, tone = _HEADS[found.group]
        note = self.desk.formats.number(found.count)
        if found.count > len(found.lines):
            note = words(N_("{shown} of {count}"), shown=len(found.lines), count=found.count)
        elif found.group is TaskGroup.WAITING and found.oldest_days:
            longest = words.plural("longest {count} day", "longest {count} days", found.oldest_days)
            note = f"{note}, {longest}"
        badge = Badge(text=words(found.group.label), shape=shape, tone=tone)
        return Group(key=found.group.value, badge=badge, count=len(found.lines), note=note)

    def _go_near(self, row: int) -> None:
        """The line that came to stand where the cursor was, else the last before it; never a group's header."""
        last = self.table.rowCount() - 1
        for at in [*range(max(row, 1), last + 1), *range(min(row, last), 0, -1)]:
            if self.table.id_at(at) is not None:
                self.view.go_to_row(at)
                return

    def _show_counts(self, view: TodayView) -> None:
        words = self.desk.words
        late_, stuck = view.count(TaskGroup.LATE), view.count(TaskGroup.NO_STEP)
        due_, waits = view.count(TaskGroup.TODAY), view.count(TaskGroup.WAITING)
        said = {
            TaskGroup.LATE: (words(N_("{count} late"), count=late_), late_),
            TaskGroup.NO_STEP: (words(N_("{count} without a next step"), count=stuck), stuck),
            TaskGroup.TODAY: (words(N_("{count} today"), count=due_), due_),
            TaskGroup.WAITING: (words(N_("{count} waiting"), count=waits), waits),
        }
        for group, (text, count) in said.items():
            self.counts.say(group.value, text, count=count)
        self.counts.ahead.setText(
            words(N_("Tomorrow {tomorrow} · Next week {week}"), tomorrow=view.tomorrow, week=view.next_week)
        )

    # choosing

    def chosen_lines(self) -> list[TaskLine]:
        """The lines chosen, else the one under the cursor."""
        rows = [self.table.row_at(row) for row in self.view.chosen_rows()]
        found = [line for line in rows if isinstance(line, TaskLine)]
        here = self.view.current_row()
        return found or ([here] if isinstance(here, TaskLine) else [])

    def choose_group(self, key: str) -> None:
        """Choose every line of a group that can be put off or done."""
        group = next((g for g in self._groups() if g.key == key), None)
        if group is None:
            return
        if self.table.is_folded(group):
            self.table.fold(group)
        start = next(row for row in self.table.header_rows() if self.table.group_at(row) is group)
        self.view.pick(range(start + 1, start + 1 + group.count))
        self.view.setFocus()

    def _groups(self) -> list[Group]:
        found = (self.table.group_at(row) for row in self.table.header_rows())
        return [group for group in found if group is not None]

    def _chosen(self) -> None:
        """Several signals come for one move: the card is shown once."""
        self._card_wait.start()

    def _show_card(self) -> None:
        lines = self.chosen_lines()
        if len(lines) > 1:
            self.card.show_many(lines)
        else:
            self.card.show_line(lines[0] if lines else None)

    # doing

    def _doings(self) -> dict[str, Do]:
        return {
            "T": self.call,
            "W": self.write_to,
            "L": self.log,
            "N": self.next_step,
            "S": self.ask_put_off,
            "X": self.finish,
            "H": self.history,
            "Enter": self.open,
        }

    def _key(self, letter: str) -> None:
        run = self._doings().get(letter.upper())
        if run is not None:
            run()

    def _line(self) -> TaskLine | None:
        lines = self.chosen_lines()
        return lines[0] if lines else None

    def open(self) -> None:
        """Open the case, or the claim where there is no case."""
        line = self.view.current_row()
        if not isinstance(line, TaskLine):
            return
        if line.journey_id is not None:
            self.desk.go("journey", line.journey_id)
        elif line.claim_id is not None:
            self.desk.go("claim", line.claim_id)
        elif line.subject_id is not None:
            self.desk.go("agreements", line.subject_id, part=line.part)
        elif line.agreement_id is not None:
            self.desk.go("agreements", line.agreement_id)
        elif line.id:
            self.desk.runner.read(promise_of_task, line.id, owner=self, done=self._open_promise, key="promise")

    def _open_promise(self, found: tuple[int, int] | None) -> None:
        """What was promised at a roadshow opens there."""
        if found is not None:
            self.desk.go("roadshow", found[1], part="promises")

    def call(self) -> None:
        """Copy the number; the card says whose it is."""
        self.card.call()

    def write_to(self) -> None:
        """Open the chat with that number."""
        self.card.write_to()

    def log(self) -> None:
        """Open the case with its note line ready."""
        self.open()

    def history(self) -> None:
        """Who changed what in this case."""
        line = self._line()
        if line is not None and line.journey_id is not None:
            self.desk.go("history", line.journey_id, kind="journey")

    def next_step(self) -> None:
        """Give the case a next step, in a form at the right."""
        line = self._line()
        if line is not None and (line.journey_id is not None or line.claim_id is not None):
            task_form(self.bench, journey_id=line.journey_id, claim_id=None if line.journey_id else line.claim_id)

    def _open_tasks(self) -> list[int]:
        return [line.id for line in self.chosen_lines() if line.id and line.done_at is None]

    def finish(self) -> None:
        """Tick off every chosen step, as one action."""
        promised = [line.id for line in self.chosen_lines() if _may_be_of_roadshow(line)]
        if promised:
            self.desk.runner.read(promises_of_tasks, tuple(promised), owner=self, done=self._finish_but, key="promises")
        else:
            self._finish(self._open_tasks())

    def _finish_but(self, promised: dict[int, int]) -> None:
        """A promise of a roadshow asks where it can be seen, one by one; every other step is ticked off at once."""
        keys = self._open_tasks()
        others = [key for key in keys if key not in promised]
        if len(keys) == 1 and not others:
            from liaison.ui.pages.roadshow_forms import kept_form

            kept_form(self.bench, promised[keys[0]])
            return
        self._finish(others)
        if len(others) < len(keys):
            words = self.desk.words
            left = words.plural("{count} promise asks for its evidence: tick it off by itself.",
                                "{count} promises ask for their evidence: tick them off one by one.",
                                len(keys) - len(others))  # fmt: skip
            self.desk.toast(left, refused=True)

    def _finish(self, keys: list[int]) -> None:
        if not keys:
            return
        said = self.desk.words.plural("{count} step done", "{count} steps done", len(keys))
        self.desk.runner.write(
            N_("Finish a step") if len(keys) == 1 else N_("Finish several steps"),
            work.finish_tasks,
            tuple(keys),
            owner=self,
            done=lambda _changes: self.desk.toast(said),
        )

    def ask_put_off(self) -> None:
        """Ask to when and why; cases without a step get one instead."""
        keys = self._open_tasks()
        if keys:
            self.put_off.open_for(keys)
        elif self._line() is not None and self._line() == self.view.current_row():
            self.next_step()

    def _close_put_off(self) -> None:
        self.put_off.hide()
        self.view.setFocus()

    def _put_off(self, found: PutOff) -> None:
        keys = self.put_off.keys
        moment = when(self.desk.words, found.until, now=self.desk.clock(), whole=True)
        said = self.desk.words.plural(
            "{count} step put off to {moment}", "{count} steps put off to {moment}", len(keys), moment=moment
        )
        self._close_put_off()
        self.desk.runner.write(
            N_("Put a step off") if len(keys) == 1 else N_("Put several steps off"),
            partial(work.snooze_tasks, until=found.until),
            tuple(keys),
            owner=self,
            done=lambda _changes: self.desk.toast(said),
            reason=found.reason or None,
        )

    def print_hand_over(self) -> None:
        """The hand-over sheet of this officer, or of everybody where everybody's day is shown."""
        officer = self.desk.officer.name if self.whose.value() == MINE else ""
        self.desk.go("reports", name="handover", officer=officer)

    def print_clocks(self) -> None:
        """The list of clocks over their target."""
        officer = self.desk.officer.name if self.whose.value() == MINE else ""
        self.desk.go("reports", name="clock_list", officer=officer)

    def actions_here(self) -> tuple[Action, ...]:
        """New case, the sheets of the day, and what can be done with the chosen rows."""
        new = Action(
            key="today.new",
            text=N_("New case"),
            keys="Ctrl+N",
            icon="plus",
            run=lambda: self.desk.go("journey_new"),
            scope=Scope.PAGE,
            menu=Menu.FILE,
        )
        rows = (
            ("done", N_("Step done"), "X", "check", self.finish),
            ("later", N_("Put off"), "S", "clock", self.ask_put_off),
            ("step", N_("Next step"), "N", "list-plus", self.next_step),
            ("log", N_("Log a call or message"), "L", "pencil", self.log),
            ("call", N_("Copy the number to call"), "T", "phone", self.call),
            ("write", N_("Write by WhatsApp"), "W", "message-circle", self.write_to),
            ("history", N_("History of the case"), "H", "history", self.history),
        )
        made = [
            Action(key=f"today.{key}", text=text, keys=letter, run=run, scope=Scope.ROW,
                   menu=Menu.EDIT, part=key == "done")
            for key, text, letter, _icon, run in rows
        ]  # fmt: skip
        sheets = (
            Action(key="today.handover", text=N_("Hand-over sheet"), keys="Ctrl+P", icon="handshake",
                   run=self.print_hand_over, scope=Scope.PAGE, menu=Menu.FILE, part=True),
            Action(key="today.clocks", text=N_("Clocks over their target"), keys="Ctrl+Shift+P", icon="clock",
                   run=self.print_clocks, scope=Scope.PAGE, menu=Menu.FILE),
        )  # fmt: skip
        return (new, *sheets, *made)

    def keep(self) -> dict[str, object]:
        """The row, and whose day it is."""
        return {"at": self.view.current_id(), "row": self.view.currentIndex().row(), **self.keep_typed()}

    def keep_typed(self) -> dict[str, object]:
        """The line that puts steps off, where it stands open with something typed."""
        put_off = self.put_off.keep()
        return {"put_off": put_off} if put_off else {}

    def resume(self, kept: dict[str, object]) -> None:
        """Back to the row, and to the line that puts steps off."""
        put_off = kept.get("put_off")
        self._half_typed = put_off if isinstance(put_off, dict) else {}
        at, row = kept.get("at"), kept.get("row")
        self._at = at if isinstance(at, int) else None
        self._row = row if isinstance(row, int) and row > 0 else 1


def _may_be_of_roadshow(line: TaskLine) -> bool:
    """A promise of no case, claim or agreement: most likely one that was made at a round table."""
    is_alone = line.journey_id is None and line.claim_id is None and line.agreement_id is None
    return bool(line.id) and line.done_at is None and line.is_promise and is_alone


def _key_of(line: TaskLine) -> int:
    """Lines without a task are known by their case: odd without a next step, even without a consent.

    Keys have 63 bits and two cases never differ in the last one alone: it belongs to the number of the laptop.
    """
    if line.subject_id is not None:
        return -line.subject_id
    case = line.journey_id or 0
    if line.group is TaskGroup.NO_CONSENT:
        return -(case & ~1)
    return line.id or -(case | 1)
