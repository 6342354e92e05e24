"""Beside the pages of a report: what was checked, what stands against it with its cure, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports.making import ReportResult
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import BadgeView, closed, done
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Facts, Marked, Pane, Section
from liaison.ui.widgets.shapes import Shape


class ReportSide(Pane):
    """Checks and facts of one paper; what else can be done here is told to the page."""

    emergency_wanted = Signal()
    settle_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(desk, side="right", padding=PANE_PADDING, name=words(N_("Checks")))
        self.desk = desk
        self.add(Label(words(N_("Checks")), Role.CARD))
        self.body.addSpacing(6)

    def show_hint(self, hint: str) -> None:
        """Say what must be chosen before anything can be shown."""
        self.add(EmptyState(self.desk, icon="file-text", sentence=hint))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Everything that stands against the paper."""
        for problem in problems:
            self._check(problem.text(self.desk.words), Shape.BLOCKED, Tone.RED)

    def show_result(
        self, result: ReportResult, *, is_recorded: bool, offers_emergency: bool, headlines: QWidget | None = None
    ) -> None:
        """What was checked, warnings with their cures, its headlines, for whom it is, and whether it left already."""
        words = self.desk.words
        for text in _good(result):
            self._check(words(text), Shape.DONE, Tone.GREEN)
        for problem in result.warnings:
            is_ground = problem.code == "NO_GROUND"
            shape, tone = (Shape.BLOCKED, Tone.RED) if is_ground else (Shape.WARNING, Tone.AMBER)
            self._check(problem.text(words), shape, tone)
            if is_ground:
                self._add_cures(result, offers_emergency=offers_emergency)
        self.body.addSpacing(8)
        if headlines is not None:
            self.add(headlines)
        self.add(self._facts(result))
        badge = done(words(N_("On record"))) if is_recorded else closed(words(N_("Not printed yet")))
        self.add(BadgeView(self.desk.theme, badge.in_head()))

    def _check(self, text: str, shape: Shape, tone: Tone) -> None:
        self.add(Marked(self.desk, text, shape, tone, ground="sunken", wrap=True))

    def _add_cures(self, result: ReportResult, *, offers_emergency: bool) -> None:
        """What can be done where nothing may leave the office yet: the consents of the case, or the emergency."""
        words, icons = self.desk.words, self.desk.icons
        if result.journey_id is not None:
            go = partial(self.desk.go, "journey", result.journey_id)
            self.add(secondary(icons, words(N_("Open the case: consents")), go, icon="route"))
        if offers_emergency:
            text = words(N_("It is an emergency…"))
            self.add(secondary(icons, text, self.emergency_wanted.emit, icon="shield-alert"))

    def _facts(self, result: ReportResult) -> Section:
        words = self.desk.words
        section = Section(words(N_("For whom")))
        facts = Facts()
        facts.add(words(N_("Reader")), words(result.audience.label))
        if result.recipient:
            facts.add(words(N_("Receiver")), result.recipient)
        for one in result.also:
            facts.add(words(N_("And to")), one.recipient)
        facts.add(words(N_("Pages")), str(result.pages))
        facts.add(words(N_("Report id")), result.id)
        section.add(facts)
        if result.names_people:
            sentence = N_("Printing or saving it is written down as a disclosure of this person's data.")
            if result.people:
                sentence = N_("Printing or saving it is written down as a disclosure with everybody it names.")
            section.add(Label(words(sentence), Role.SECOND, wrap=True))
        return section

    def offer_steps(self) -> None:
        """Both sides of a case: a step for each difference."""
        self._offer(N_("Make a step of each difference"), self.settle_wanted.emit, "list-plus")

    def offer_plan(self) -> None:
        """A briefing: what it asks for and what was promised."""
        self._offer(N_("Requests and promises…"), self.plan_wanted.emit, "clipboard-list")

    def _offer(self, text: str, wanted: Callable[[], None], icon: str) -> None:
        self.body.addSpacing(8)
        self.add(secondary(self.desk.icons, self.desk.words(text), wanted, icon=icon))


def _good(result: ReportResult) -> list[str]:
    """What is in order: a paper with anything else is not made."""
    good = [N_("Source, date and n stand on every page"), N_("Type, margins and headlines are in order")]
    if result.names_no_insurer:
        good.insert(0, N_("No insurer is named"))
    if result.names_guests:
        good.insert(0, N_("Guests and contacts of the event are named; no patient is"))
    elif not result.names_people:
        good.insert(0, N_("No person's name, number or telephone is in it"))
    if result.is_audited:
        good.append(N_("Small numbers are hidden"))
    return good
