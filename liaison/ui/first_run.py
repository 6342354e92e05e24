"""The first start: the office, the passphrase, the recovery code on paper, and where to begin. Four cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import LiaisonError, Refused
from liaison.domain.offices import OfficeDraft, OfficerDraft, check_office, check_officer
from liaison.domain.problems import Problem
from liaison.domain.regions import CITIES, OFFICE_CITIES
from liaison.i18n import N_
from liaison.ui import doors
from liaison.ui.code_card import CODE, CODE_SAID, CodeCard, StrengthBar
from liaison.ui.desk import Desk
from liaison.ui.gate import Gate, Steps, big_card, brand_row
from liaison.ui.runner import Trouble
from liaison.ui.strength import HINT, LEAST_CHARACTERS, TOO_SHORT, TOO_WEAK, Strength, measure, said
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.editors import Choice, SecretEdit, TextEdit, TickBox
from liaison.ui.widgets.form import Form
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Marked
from liaison.ui.widgets.shapes import Shape

STEP_NAMES = (N_("Office"), N_("Passphrase"), N_("Recovery code"), N_("Start"))
NOTHING_LEAVES = N_("Nothing leaves this computer.")
YOUR_OFFICE = N_("Your office")
OFFICE_SAID = N_("It stands on every letter and report. All of it can be changed later.")
SECRET = N_("Passphrase")
SECRET_SAID = N_("Everything on this computer is encrypted with it. Nobody can reset it for you.")
AGAIN = N_("Passphrase again")
DIFFERENT = N_("The two passphrases differ.")
WRITTEN = N_("I have printed it or written it down")
TICK_FIRST = N_("Print the code or write it down, then tick the box.")
READY = N_("Your office is ready")
READY_SAID = N_("Where would you like to begin?")
BACK = N_("Back")
NEXT = N_("Continue")
MAKE = N_("Make the store")
MAKING = N_("Making the store…")
OPEN_OFFICE = N_("Open my office")
BRING_IN = N_("Bring in my lists from Excel")
BRING_IN_SAID = N_("Tracking sheets, claim lists, hospitals and contacts")
SEE_SAMPLE = N_("Look at the sample office first")
SAMPLE_SAID = N_("Invented people, in a store of its own; your office stays empty")
NEW_CASE = N_("Write down my first journey")
NEW_CASE_SAID = N_("One person, one hospital, the next step")
SAMPLE_NOW = N_("Look at the sample office")
AT_COUNTER = N_("This computer stands at a counter: a kiosk for visitors and nothing else")
KIOSK_READY = N_("Your kiosk is ready")
KIOSK_READY_SAID = N_("Visitors write their wish; you hand it to the office as one sealed file. F2 opens the counter.")
OPEN_KIOSK = N_("Open the kiosk")


class Begin(StrEnum):
    """Where the officer wants to begin."""

    OFFICE = "office"
    IMPORT = "import"
    JOURNEY = "journey"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The first run is over: the open store, and where to begin."""

    office: doors.OpenOffice
    begin: Begin


class FirstRun(Gate):
    """The four cards. ``begun`` carries a :class:`Begun`; ``sample_wanted`` skips everything."""

    begun = Signal(object)
    sample_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        *,
        language: Callable[[str], object],
        palette: Callable[[], object],
        unfinished: doors.OpenOffice | None = None,
    ) -> None:
        super().__init__(desk, language=language, palette=palette, foot=desk.words(NOTHING_LEAVES))
        self._folder = folder
        self._unfinished = unfinished
        self._office: doors.OpenOffice | None = None
        self._recovery = ""
        self.at = 0
        self._measured: Strength | None = None
        self.begin_buttons: dict[Begin, QWidget] = {}
        self._box = QVBoxLayout()
        self.middle.addLayout(brand_row(desk))
        self.middle.addSpacing(12)
        self.middle.addLayout(self._box)
        self.middle.addStretch(1)
        self._content: QWidget | None = None
        self.office_form = self._make_office_form()
        self.officer_form: Form[OfficerDraft] = Form(
            desk, OfficerDraft, ["name"], kept=("phone", "email", "is_supervisor")
        )
        self.secret = SecretEdit(desk)
        self.again = SecretEdit(desk)
        self.kiosk = TickBox(desk, desk.words(AT_COUNTER))
        self.show_step(0)

    # the cards

    def _make_office_form(self) -> Form[OfficeDraft]:
        desk = self.desk
        first = [c for c in CITIES if c.code in OFFICE_CITIES]
        rest = sorted((c for c in CITIES if c.country == "ID" and c not in first), key=lambda c: c.name)
        cities = Choice(desk, [(c.code, f"{c.name} ({c.code})") for c in (*first, *rest)])
        form: Form[OfficeDraft] = Form(
            desk,
            OfficeDraft,
            [("name", "city"), "letterhead"],
            editors={"city": cities, "letterhead": TextEdit(desk)},
            kept=("zone", "address", "phone", "email", "signatory", "signatory_title", "language", "report_currency"),
        )
        form.set(OfficeDraft(name="", city="", language=desk.words.code))
        return form

    def show_step(self, step: int) -> None:
        """Show one card."""
        self.at = step
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(18)
        outer.addWidget(Steps(self.desk, [self.desk.words(n) for n in STEP_NAMES], at=step))
        frame, box = big_card(max(560, self.desk.theme.px(560)))
        (self._card_office, self._card_secret, self._card_code, self._card_start)[step](box)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(frame)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        old, self._content = self._content, content
        self._box.addWidget(content)
        if old is not None:
            for kept in (self.office_form, self.officer_form, self.kiosk, self.secret, self.again):
                if old.isAncestorOf(kept):
                    kept.setParent(None)
            old.hide()
            self._box.removeWidget(old)
            old.deleteLater()
        content.show()
        QTimer.singleShot(0, self, self.start)

    def open_store(self) -> Any:
        """The store that was made and not yet handed over; it must be closed when the window is left now."""
        office = self._office or self._unfinished
        return office.store if office is not None else None

    def start(self) -> None:
        """Put the focus where typing goes."""
        target: QWidget
        if self.at == 0:
            self.office_form.focus("name")
        elif self.at == 1:
            self.secret.setFocus()
        else:
            target = self.tick if self.at == 2 else self.open_button
            target.setFocus()

    def _title(self, box: QVBoxLayout, title: str, text: str) -> None:
        box.addWidget(Label(self.desk.words(title), Role.TITLE))
        box.addWidget(Label(self.desk.words(text), Role.QUIET, wrap=True))
        box.addSpacing(6)

    def _foot_row(
        self, *, back: bool, run: Callable[[], object], text: str, more: QWidget | None = None
    ) -> QHBoxLayout:
        words, icons = self.desk.words, self.desk.icons
        row = QHBoxLayout()
        if back:
            row.addWidget(secondary(icons, words(BACK), lambda: self.show_step(self.at - 1)))
        if more is not None:
            row.addWidget(more)
        row.addStretch(1)
        self.next_button = primary(icons, words(text), run)
        row.addWidget(self.next_button)
        return row

    def _card_office(self, box: QVBoxLayout) -> None:
        self._title(box, YOUR_OFFICE, OFFICE_SAID)
        box.addWidget(self.office_form)
        box.addWidget(self.officer_form)
        box.addWidget(self.kiosk)
        self.kiosk.setVisible(True)
        self.office_form.setVisible(True)
        self.officer_form.setVisible(True)
        box.addSpacing(4)
        sample = secondary(self.desk.icons, self.desk.words(SAMPLE_NOW), self.sample_wanted.emit, icon="eye")
        box.addLayout(self._foot_row(back=False, run=self.check_office, text=NEXT, more=sample))

    def _card_secret(self, box: QVBoxLayout) -> None:
        words = self.desk.words
        self._title(box, SECRET, SECRET_SAID)
        box.addWidget(Label(words(SECRET), Role.LABEL))
        box.addWidget(self.secret)
        self.bar = StrengthBar(self.desk.theme)
        box.addWidget(self.bar)
        self.meter = Marked(self.desk, words(HINT), Shape.NONE, Tone.GREY, role=Role.SECOND, wrap=True)
        box.addWidget(self.meter)
        box.addWidget(Label(words(AGAIN), Role.LABEL))
        box.addWidget(self.again)
        self.secret.set_name(words(SECRET))
        self.again.set_name(words(AGAIN))
        self.secret.setVisible(True)
        self.again.setVisible(True)
        self.problem = Marked(self.desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        warning = doors.synced_warning(self._folder)
        if warning is not None:
            text = warning.text(words)
            box.addWidget(Marked(self.desk, text, Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True))
        self.secret.changed.connect(self._measure)
        self.again.line.returnPressed.connect(self.make)
        box.addSpacing(4)
        box.addLayout(self._foot_row(back=True, run=self.make, text=MAKE))

    def _card_code(self, box: QVBoxLayout) -> None:
        words = self.desk.words
        self._title(box, CODE, CODE_SAID)
        office = str(self.office_form.editor("name").value())
        officer = str(self.officer_form.editor("name").value())
        self.code_card = CodeCard(self.desk, self._recovery, office, officer)
        box.addWidget(self.code_card)
        self.tick = TickBox(self.desk, words(WRITTEN))
        box.addWidget(self.tick)
        self.tick_problem = Marked(self.desk, words(TICK_FIRST), Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.tick_problem.hide()
        box.addWidget(self.tick_problem)
        box.addLayout(self._foot_row(back=False, run=self.confirm_code, text=NEXT))

    def _card_start(self, box: QVBoxLayout) -> None:
        words, icons = self.desk.words, self.desk.icons
        if self.kiosk.isChecked():
            self._card_kiosk(box)
            return
        self._title(box, READY, READY_SAID)
        for icon, text, note, begin in (
            ("file-spreadsheet", BRING_IN, BRING_IN_SAID, Begin.IMPORT),
            ("route", NEW_CASE, NEW_CASE_SAID, Begin.JOURNEY),
            ("eye", SEE_SAMPLE, SAMPLE_SAID, Begin.SAMPLE),
        ):
            row = QHBoxLayout()
            self.begin_buttons[begin] = secondary(icons, words(text), partial(self._begin, begin), icon=icon)
            row.addWidget(self.begin_buttons[begin])
            row.addWidget(Label(words(note), Role.SECOND, wrap=True), 1)
            box.addLayout(row)
        box.addSpacing(6)
        row = QHBoxLayout()
        row.addStretch(1)
        self.open_button = primary(icons, words(OPEN_OFFICE), partial(self._begin, Begin.OFFICE))
        row.addWidget(self.open_button)
        box.addLayout(row)

    def _card_kiosk(self, box: QVBoxLayout) -> None:
        self._title(box, KIOSK_READY, KIOSK_READY_SAID)
        row = QHBoxLayout()
        row.addStretch(1)
        self.open_button = primary(self.desk.icons, self.desk.words(OPEN_KIOSK), partial(self._begin, Begin.OFFICE))
        row.addWidget(self.open_button)
        box.addLayout(row)

    # what the cards do

    def check_office(self) -> None:
        """The office's details, before the passphrase is asked for."""
        try:
            office, officer = self._drafts()
        except Refused as error:
            self._show_office_problems(error.problems)
            return
        problems = [p for p in (*check_office(office), *check_officer(officer)) if p.severity == "error"]
        if problems:
            self.officer_form.show(check_officer(officer))
            self.office_form.show(check_office(office))  # last, so that the first wrong field has the focus
        elif self._unfinished is not None:
            self._finish(office, officer)
        else:
            self.show_step(1)

    def _drafts(self) -> tuple[OfficeDraft, OfficerDraft]:
        """Both forms as they stand; problems of both at once."""
        problems: list[Problem] = []
        office, officer = OfficeDraft(name="", city=""), OfficerDraft(name="")
        try:
            office = self.office_form.read()
        except Refused as error:
            problems += error.problems
        try:
            officer = self.officer_form.read()
        except Refused as error:
            problems += error.problems
        if problems:
            raise Refused(problems)
        return office, officer

    def _show_office_problems(self, problems: Sequence[Problem]) -> None:
        self.office_form.show(problems)

    def _finish(self, office: OfficeDraft, officer: OfficerDraft) -> None:
        """A store whose first run was cut off gets its office now."""
        if self._unfinished is None:
            return
        store, kiosk = self._unfinished.store, self.kiosk.isChecked()

        def work() -> doors.OpenOffice:
            doors.set_up(store, office, officer, kiosk=kiosk)
            return doors.open_again(store)

        self.desk.runner.work(work, owner=self, done=self._finished, refused=self._show_office_problems)

    def _finished(self, office: doors.OpenOffice) -> None:
        self._office = office
        self.show_step(3)

    def _measure(self) -> None:
        """Measure the passphrase on a worker, since the word lists take a moment to load."""
        text = str(self.secret.value())
        known = (str(self.office_form.editor("name").value()), str(self.officer_form.editor("name").value()))
        self.desk.runner.work(measure, text, known, owner=self, done=self._show_strength)

    def _show_strength(self, strength: Strength) -> None:
        self._measured = strength
        if not strength.characters:
            self.bar.show_strength(None)
            self.meter.shape.show_shape(Shape.NONE, Tone.GREY)
            self.meter.label.set_role(Role.SECOND)
            self.meter.label.setText(self.desk.words(HINT))
            return
        self.bar.show_strength(strength)
        enough = strength.is_enough
        self.meter.shape.show_shape(Shape.DONE if enough else Shape.WARNING, Tone.GREEN if enough else Tone.AMBER)
        self.meter.label.set_role(Role.GOOD if enough else Role.WARNING)
        self.meter.label.setText(said(strength, self.desk.words))

    def make(self) -> None:
        """Make the store with what is typed."""
        words = self.desk.words
        secret, again = str(self.secret.value()), str(self.again.value())
        if len(secret) < LEAST_CHARACTERS:
            self._show_problem(words(TOO_SHORT, count=LEAST_CHARACTERS), wrong=self.secret)
        elif not measure(secret).is_enough:
            self._show_problem(words(TOO_WEAK), wrong=self.secret)
        elif secret != again:
            self._show_problem(words(DIFFERENT), wrong=self.again)
        else:
            office, officer = self._drafts()
            self.next_button.setEnabled(False)
            self.next_button.setText(words(MAKING))
            kiosk, clock = self.kiosk.isChecked(), self.desk.clock
            work = partial(doors.make_office, self._folder, secret, office, officer, clock=clock, kiosk=kiosk)
            self.desk.runner.work(work, owner=self, done=self._made, refused=self._refused, failed=self._failed)

    def _show_problem(self, text: str, *, wrong: SecretEdit | None = None) -> None:
        self.problem.label.setText(text)
        self.problem.setVisible(bool(text))
        for field in (self.secret, self.again):
            field.mark(wrong=field is wrong)
        if wrong is not None:
            wrong.setFocus()
            wrong.inner().setAccessibleDescription(text)

    def _again(self, text: str) -> None:
        self.next_button.setEnabled(True)
        self.next_button.setText(self.desk.words(MAKE))
        self._show_problem(text)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._again(" ".join(p.text(self.desk.words) for p in problems))

    def _failed(self, trouble: Trouble) -> None:
        error = trouble.error
        self._again(error.text(self.desk.words) if isinstance(error, LiaisonError) else "")

    def _made(self, answer: tuple[doors.OpenOffice, str]) -> None:
        self._office, self._recovery = answer
        self.secret.line.clear()
        self.again.line.clear()
        self.show_step(2)

    # the code

    def confirm_code(self) -> None:
        """Go on only once the code is on paper."""
        if not self.tick.isChecked():
            self.tick_problem.show()
            self.tick.setFocus()
            return
        self._recovery = ""
        self.code_card.forget()
        if self._office is not None:
            self.desk.runner.work(doors.note_code_on_paper, self._office.store, owner=self)
        self.show_step(3)

    def _begin(self, begin: Begin) -> None:
        office, self._office, self._unfinished = self._office, None, None
        if office is not None:
            self.begun.emit(Begun(office=office, begin=begin))
