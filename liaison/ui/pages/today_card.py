"""The right side of Today: who the chosen step is about, what can be done about it, and what happened last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.identifiers import phone_shown
from liaison.i18n import N_
from liaison.services import views
from liaison.services.stage_steps import StepStatus
from liaison.services.today import TaskGroup, TaskLine
from liaison.services.views import JourneyView
from liaison.ui.desk import Desk
from liaison.ui.pages.said import STAGES, about_person, when
from liaison.ui.theme import Role
from liaison.ui.widgets.badge import BadgeView, blocked, waiting
from liaison.ui.widgets.filter_line import key_row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Facts, Pane, Section, clear, hairline

LAST_THINGS = 3
NO_NUMBER = N_("No telephone number is on record for this case.")
Doings = Mapping[str, Callable[[], object]]

_ACTIONS = (
    ("T", N_("Call"), "phone"),
    ("W", N_("WhatsApp"), "message-circle"),
    ("L", N_("Log"), "pencil"),
    ("N", N_("Next step"), "list-plus"),
    ("S", N_("Put off"), "clock"),
    ("X", N_("Done"), "check"),
)


class DayCard(QWidget):
    """What stands at the right of the list."""

    def __init__(self, desk: Desk, doings: Doings) -> None:
        super().__init__()
        self._desk = desk
        self._doings = doings
        self._line: TaskLine | None = None
        self._case: JourneyView | None = None
        self.rows: dict[str, QWidget] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.show_line(None)

    # showing

    def show_line(self, line: TaskLine | None) -> None:
        """One step: at once what the list knows, then what the case says."""
        same = line is not None and self._line is not None and line.journey_id == self._line.journey_id
        self._line = line
        self._case = self._case if same else None
        self._build()
        if line is not None and line.journey_id is not None:
            self._desk.runner.read(views.journey_view, line.journey_id, owner=self, done=self._case_came, key="card")

    def _case_came(self, case: JourneyView) -> None:
        if self._line is not None and self._line.journey_id == case.id:
            self._case = case
            self._build()

    def show_many(self, lines: Sequence[TaskLine]) -> None:
        """Several steps: what can be done with all of them at once."""
        self._line, self._case = None, None
        words = self._desk.words
        pane = self._new_pane()
        pane.add(Label(words.plural("{count} step chosen", "{count} steps chosen", len(lines)), Role.CARD, wrap=True))
        pane.body.addSpacing(6)
        for letter in ("S", "X"):
            pane.add(self._row(letter))
        pane.body.addSpacing(6)
        pane.add(Label(words(N_("Each is one action with one undo. Esc chooses one again.")), Role.SECOND, wrap=True))
        self._put(pane)

    def _build(self) -> None:
        line = self._line
        pane = self._new_pane()
        if line is None:
            words = self._desk.words
            pane.add(EmptyState(self._desk, icon="sun", sentence=words(N_("Choose a line to see what can be done."))))
        else:
            self._fill(pane, line)
        self._put(pane)

    def _new_pane(self) -> Pane:
        self.rows = {}
        return Pane(self._desk, side="right", padding=PANE_PADDING, name=self._desk.words(N_("Chosen step")))

    def _put(self, pane: Pane) -> None:
        pane.finish()
        clear(self._box)
        self._box.addWidget(pane)

    def _fill(self, pane: Pane, line: TaskLine) -> None:
        desk, words = self._desk, self._desk.words
        name = desk.masking.name(line.name, line.case_no) if line.name else line.agreement or line.title.text(words)
        pane.add(Label(name, Role.CARD, wrap=True))
        pane.add(Label(self._about(line), Role.SECOND, wrap=True))
        badge = self._badge(line)
        if badge is not None:
            pane.body.addSpacing(2)
            pane.add(badge)
        _line_between(pane)
        if line.name or line.agreement:
            pane.add(Label(line.title.text(words), Role.BOLD, wrap=True))
            pane.body.addSpacing(2)
        pane.add(self._facts(line))
        _line_between(pane)
        for letter, _text, _icon in _ACTIONS:
            if self._may(letter, line):
                pane.add(self._row(letter))
        opens = _opens(line)
        if opens:
            opens = words(opens)
            self.rows["Enter"] = key_row(desk, opens, "Enter", self._doings["Enter"], icon="arrow-right")
            pane.add(self.rows["Enter"])
        if self._case is not None and self._case.timeline:
            _line_between(pane)
            self._last_things(pane, self._case)

    def _may(self, letter: str, line: TaskLine) -> bool:
        if line.group is TaskGroup.OFFICE:
            return False
        if letter in "SX":
            return bool(line.id) and line.done_at is None
        if letter in "TWL":
            return line.journey_id is not None
        return True

    def _row(self, letter: str) -> QWidget:
        text, icon = next((text, icon) for key, text, icon in _ACTIONS if key == letter)
        row = key_row(self._desk, self._desk.words(text), letter, self._doings[letter], icon=icon)
        self.rows[letter] = row
        return row

    def _about(self, line: TaskLine) -> str:
        words, case = self._desk.words, self._case
        if case is None or self._desk.masking.on:
            return " · ".join(p for p in (line.city, line.case_no) if p)
        person = case.patient
        about = about_person(words, sex=person.sex, age=person.age, city=line.city)
        return " · ".join(p for p in (about, line.case_no) if p)

    def _badge(self, line: TaskLine) -> QWidget | None:
        words, desk = self._desk.words, self._desk
        if line.group is TaskGroup.NO_STEP:
            return BadgeView(desk.theme, blocked(words(N_("No next step"))).in_head(), gives_way=True)
        if line.waiting_on is None or line.done_at is not None:
            return None
        who = desk.masking.text(line.waiting_for) or words(line.waiting_on.label)
        return BadgeView(desk.theme, waiting(words(N_("Waiting for {who}"), who=who)).in_head(), gives_way=True)

    def _facts(self, line: TaskLine) -> Facts:
        desk, words, case = self._desk, self._desk.words, self._case
        facts = Facts(values_right=False, label_width=76)
        if line.due_at is not None:
            due = when(words, line.due_at, now=desk.clock(), has_time=line.has_time, whole=True)
            facts.add(words(N_("Due")), due)
        if line.waiting_since is not None and line.waiting_on is not None:
            since = when(words, line.waiting_since, now=desk.clock())
            facts.add(words(N_("Waiting since")), since)
        if line.state is not None:
            _add_short(facts, words(N_("State")), words(line.state.label))
        if case is not None:
            here = next((n for n, step in enumerate(case.stages, 1) if step.status is StepStatus.CURRENT), 0)
            if here:
                name = words(case.stages[here - 1].stage.short)
                stage = words(N_("{number} of {all}: {name}"), number=here, all=len(STAGES), name=name)
                _add_short(facts, words(N_("Stage")), stage)
        if line.hospital:
            _add_short(facts, words(N_("Hospital")), line.hospital)
        if case is not None and case.patient.phone:
            shown = desk.masking.number(phone_shown(case.patient.phone))
            owner = case.patient.phone_owner if not desk.masking.on else ""
            facts.add(words(N_("Telephone")), shown)
            if owner:
                _add_short(facts, words(N_("Whose number")), owner)
        if line.group is TaskGroup.OFFICE and line.since is not None:
            name = N_("Due on") if line.part == "plan" else N_("Last tried")
            facts.add(words(name), desk.formats.date(desk.formats.home_day(line.since)))
        if line.officer:
            _add_short(facts, words(_whose(line)), line.officer)
        return facts

    def _last_things(self, pane: Pane, case: JourneyView) -> None:
        desk, words = self._desk, self._desk.words
        section = Section(words(N_("What happened last")), line=False)
        for item in case.timeline[:LAST_THINGS]:
            local = desk.formats.at_home(item.at)
            same = local.date() == desk.today()
            moment = desk.formats.clock_time(local) if same else desk.formats.short_date(local.date())
            title = item.title.text(words)
            said = desk.masking.text(title) if item.kind == "note" else title
            section.add(Label(f"{moment}  {said}", Role.SECOND, elide=True))
        pane.add(section)

    # doing

    def _phone(self) -> str:
        return self._case.patient.phone if self._case is not None else ""

    def call(self) -> None:
        """Copy the number to dial."""
        desk = self._desk
        if not self._phone():
            desk.toast(desk.words(NO_NUMBER), refused=True)
            return
        QGuiApplication.clipboard().setText(phone_shown(self._phone()))
        desk.toast(desk.words(N_("Number copied")), undo=False)

    def write_to(self) -> None:
        """A message by WhatsApp, on the case's own page: whom to and what is said are seen there first."""
        if self._case is not None:
            self._desk.go("journey", self._case.id, do="write")


def _whose(line: TaskLine) -> str:
    """What the name beside a line is, marked: of a channel it is who tried it last."""
    if line.group is not TaskGroup.OFFICE:
        return N_("Officer")
    return N_("Owner") if line.part == "plan" else N_("Tried by")


def _opens(line: TaskLine) -> str:
    """What Enter opens, marked; nothing for a step of nobody's."""
    if line.group is TaskGroup.OFFICE:
        return N_("Open the activity") if line.part == "plan" else N_("Open the channel")
    if line.journey_id is not None:
        return N_("Open the case")
    if line.claim_id is not None:
        return N_("Open the claim")
    return N_("Open the agreement") if line.agreement_id is not None else ""


def _add_short(facts: Facts, label: str, text: str) -> None:
    """A fact on one line: what does not fit is shortened, the whole stands in its hint."""
    shown = Label(text, elide=True)
    shown.setAccessibleName(f"{label}: {text}")
    facts.add_widget(label, shown)


def _line_between(pane: Pane) -> None:
    pane.body.addSpacing(8)
    pane.add(hairline())
    pane.body.addSpacing(6)
