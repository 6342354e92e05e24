"""The middle of a case: the note line on top, below it everything that happened, narrowed by one press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison.domain.work import NoteDraft, TaskDraft, WaitingOn
from liaison.i18n import N_, upper_first
from liaison.services import office, work
from liaison.services.timeline import TimelineChannel, TimelineItem
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.note_words import Meant, NoteMeant, NotUnderstood, StepMeant, read_line
from liaison.ui.pages.said import when
from liaison.ui.theme import Tone
from liaison.ui.widgets.buttons import Segments, icon_button, quiet
from liaison.ui.widgets.note_line import Echo, NoteLine
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.timeline import Entry, Timeline

_C = TimelineChannel

NARROWED: tuple[tuple[str, str, frozenset[TimelineChannel]], ...] = (
    ("all", N_("All"), frozenset(_C)),
    ("calls", N_("Calls"), frozenset({_C.CALL})),
    ("wa", N_("WA"), frozenset({_C.WHATSAPP})),
    ("mail", N_("Mail"), frozenset({_C.MAIL})),
    ("stage", N_("Stage"), frozenset({_C.STAGE, _C.FACT})),
    ("money", N_("Money"), frozenset({_C.MONEY, _C.LETTER, _C.CLAIM})),
)

_ICONS: dict[TimelineChannel, tuple[str, Tone]] = {
    _C.NOTE: ("notebook-pen", Tone.GREY),
    _C.CALL: ("phone", Tone.BLUE),
    _C.WHATSAPP: ("message-circle", Tone.GREEN),
    _C.MAIL: ("mail", Tone.BLUE),
    _C.STAGE: ("route", Tone.GREY),
    _C.LETTER: ("file-text", Tone.AMBER),
    _C.MONEY: ("wallet", Tone.GREY),
    _C.DOCUMENT: ("paperclip", Tone.GREY),
    _C.CLAIM: ("receipt-text", Tone.AMBER),
    _C.FACT: ("check", Tone.GREEN),
}


class CaseLog(QFrame):
    """Note line, segments, timeline; the plan stands in their place when it is asked for."""

    plan_wanted = Signal()

    def __init__(self, desk: Desk, journey_id: int) -> None:
        super().__init__()
        self.setObjectName("head")
        self._desk = desk
        self._journey_id = journey_id
        self._items: Sequence[TimelineItem] = ()
        self._officers: Sequence[tuple[int, str]] = ()
        self._parties: Sequence[tuple[WaitingOn, str]] = ()
        _ = desk.words
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 0)
        box.setSpacing(8)
        self.line = NoteLine(
            desk,
            name=_(N_("Note")),
            placeholder=_(N_("Note what was said… /tomorrow 10 makes it a step")),
            echo=self._echo,
        )
        self.line.entered.connect(self._entered)
        box.addWidget(self.line)
        box.addWidget(self._choices())
        self.timeline = Timeline(desk, name=_(N_("What happened")))
        box.addWidget(self.timeline, 1)
        self.plan: QWidget | None = None
        desk.runner.read(office.officers, owner=self, done=self._officers_came, key="officers")

    # what happened, or what is planned

    def hold_plan(self, plan: QWidget) -> None:
        """Take the plan in: it shows in the place of what happened, below the note line."""
        self.plan = plan
        plan.hide()
        box = self.layout()
        assert box is not None
        box.addWidget(plan)

    def show_plan(self, *, shown: bool) -> None:
        """Show the plan in place of what happened, or what happened again."""
        if self.plan is None:
            return
        self.plan.setVisible(shown)
        self.timeline.setHidden(shown)
        self._choices_row.setHidden(shown)

    def _choices(self) -> QWidget:
        _ = self._desk.words
        self._choices_row = QWidget()
        row = QHBoxLayout(self._choices_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.segments = Segments(
            [(key, _(word)) for key, word, _channels in NARROWED], name=_(N_("Show of what happened"))
        )
        self.segments.chosen.connect(lambda _key: self._show())
        self.search = QLineEdit()
        self.search.setAccessibleName(_(N_("Search in what happened")))
        self.search.setPlaceholderText(_(N_("Search here")))
        self.search.textChanged.connect(lambda _text: self._show())
        self.search.hide()
        self.search_button = icon_button(
            self._desk.icons, "search", _(N_("Search in what happened")), self._switch_search
        )
        self.plan_button = quiet(
            self._desk.icons, _(N_("Plan")), lambda: self.plan_wanted.emit(), icon="luggage", small=True
        )
        self.plan_button.setAccessibleName(_(N_("Show the plan: opinions, places, appointments, travel")))
        self.plan_icon = icon_button(
            self._desk.icons, "luggage", _(N_("Show the plan: opinions, places, appointments, travel")),
            lambda: self.plan_wanted.emit(),
        )  # fmt: skip
        self.plan_icon.hide()
        row.addWidget(self.segments)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.plan_button)
        row.addWidget(self.plan_icon)
        row.addWidget(self.search_button)
        return self._choices_row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the plan's button gives its word away."""
        super().resizeEvent(event)
        needed = self.segments.sizeHint().width() + self.plan_button.sizeHint().width() + 90
        self.plan_button.setVisible(event.size().width() >= needed)
        self.plan_icon.setVisible(event.size().width() < needed)

    def _switch_search(self) -> None:
        showing = self.search.isHidden()
        self.search.setVisible(showing)
        if showing:
            self.search.setFocus()
        else:
            self.search.clear()

    def _officers_came(self, officers: Sequence[office.OfficerView]) -> None:
        self._officers = [(o.id, o.name) for o in officers if o.is_active]

    # showing

    def show_case(self, case: JourneyView) -> None:
        """Show what happened in a case."""
        self._items = case.timeline
        self._parties = [
            (WaitingOn.INSURER, case.cover.insurer if case.cover else ""),
            (WaitingOn.HOSPITAL, case.hospital.name if case.hospital else ""),
            (WaitingOn.DOCTOR, case.doctor),
        ]
        self._show()

    def _show(self) -> None:
        wanted = next(channels for key, _word, channels in NARROWED if key == self.segments.value())
        text = self.search.text().strip().casefold()
        items = [i for i in self._items if i.channel in wanted and (not text or text in self._words(i).casefold())]
        here = self.timeline.currentIndex().row()
        place = self.timeline.verticalScrollBar().value()
        self.timeline.show_entries(tuple(self._entries(items)))
        self.timeline.verticalScrollBar().setValue(place)
        if 0 <= here < len(self.timeline.entries):
            self.timeline.setCurrentIndex(self.timeline.model().index(here, 0))

    def _words(self, item: TimelineItem) -> str:
        _ = self._desk.words
        return " ".join((item.title.text(_), item.detail.text(_) if item.detail else "", item.who))

    def _entries(self, items: Sequence[TimelineItem]) -> Iterator[Entry]:
        day: dt.date | None = None
        for item in items:
            local = self._desk.formats.at_home(item.at)
            if local.date() != day:
                day = local.date()
                yield Entry(text=self._day(day), head=True)
            yield self._entry(item, local)

    def _day(self, day: dt.date) -> str:
        _, formats, today = self._desk.words, self._desk.formats, self._desk.today()
        long = formats.long_date(day) if day.year != today.year else f"{day.day} {formats.month(day.month)}"
        if day == today:
            return _(N_("Today, {day}"), day=long)
        if day == today - dt.timedelta(days=1):
            return _(N_("Yesterday, {day}"), day=long)
        return long

    def _entry(self, item: TimelineItem, local: dt.datetime) -> Entry:
        _, masking = self._desk.words, self._desk.masking
        icon, tone = _ICONS[item.channel]
        spoken = item.kind == "note"
        title = item.title.text(_)
        text, note = upper_first(title), item.detail.text(_) if item.detail is not None else ""
        return Entry(
            time=self._desk.formats.clock_time(local) if item.has_time else "",
            text=masking.text(text) if spoken else text,
            note=" · ".join(line for line in (masking.text(note) if spoken else note).splitlines() if line.strip()),
            who=item.who if not masking.on else "",
            icon=icon,
            tone=tone,
            value=(item.kind, item.id),
        )

    # noting

    def start(self, text: str = "") -> None:
        """Put the focus on the note line, with words to begin with."""
        if text:
            self.line.line.setText(text)
        self.line.setFocus()

    def _echo(self, text: str) -> Echo | None:
        _ = self._desk.words
        meant = self._read(text)
        match meant:
            case NoteMeant():
                return Echo(lead=_(N_("Is noted as:")), text=_(meant.channel.label))
            case StepMeant():
                now = self._desk.clock()
                due = when(_, meant.due_at, now=now, has_time=meant.has_time, whole=True)
                parts = [self._title(meant), due, meant.officer or self._desk.officer.name, self._waits(meant)]
                lead = N_("Is noted and becomes a step:") if meant.note is not None else N_("Becomes a step:")
                return Echo(lead=_(lead), text=" · ".join(p for p in parts if p))
            case NotUnderstood() if meant.is_h:
                hint = _(N_("“{word}”: h is hour to one reader, day to another: /+3hours or /+3days"), word=meant.word)
                return Echo(lead=hint, text="", shape=Shape.WARNING, tone=Tone.AMBER)
            case NotUnderstood():
                hint = _(N_("“{word}” is no time: /tomorrow 10, /Mon, /+3hours, /15.12"), word=meant.word)
                return Echo(lead=hint, text="", shape=Shape.WARNING, tone=Tone.AMBER)

    def _entered(self, text: str) -> None:
        meant = self._read(text)
        runner, _ = self._desk.runner, self._desk.words
        match meant:
            case NoteMeant():
                draft = NoteDraft(journey_id=self._journey_id, channel=meant.channel, text=meant.text)
                runner.write(N_("Write a note"), work.add_note, draft, owner=self,
                             done=lambda _c: self._noted(text))  # fmt: skip
            case StepMeant() if self._title(meant):
                self._plan(meant, text)
            case _:
                self.line.setFocus()

    def _read(self, text: str) -> Meant:
        return read_line(
            text, now=self._desk.clock(), zone=self._desk.formats.zone, officers=self._officers, parties=self._parties
        )

    def _title(self, meant: StepMeant) -> str:
        return meant.text or (self._desk.words(meant.template.title) if meant.template is not None else "")

    def _waits(self, meant: StepMeant) -> str:
        _ = self._desk.words
        if meant.waiting_on is None:
            return ""
        return _(N_("waiting for {who}"), who=meant.waiting_for or _(meant.waiting_on.label))

    def _plan(self, meant: StepMeant, text: str) -> None:
        """The step, and what was said before it, as one action."""
        step = TaskDraft(
            journey_id=self._journey_id, title=self._title(meant), due_at=meant.due_at, officer_id=meant.officer_id,
            is_urgent=meant.is_urgent, waiting_on=meant.waiting_on, waiting_for=meant.waiting_for,
        )  # fmt: skip
        done = partial(self._noted, text, step=True)
        runner = self._desk.runner
        if meant.note is None:
            runner.write(N_("Add a step"), work.add_task, step, owner=self, done=lambda _c: done())
            return
        note = NoteDraft(journey_id=self._journey_id, channel=meant.note.channel, text=meant.note.text)
        runner.write(N_("Write a note and its step"), work.note_and_step, note, step, owner=self,
                     done=lambda _c: done())  # fmt: skip

    def _noted(self, text: str, *, step: bool = False) -> None:
        self.line.clear(text)
        self._desk.toast(self._desk.words(N_("Step added") if step else N_("Noted")))
