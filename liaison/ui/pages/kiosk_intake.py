"""Taking a kiosk's enquiries in: choose the file, type its code, look at each, say who is on record, take all in.

Nothing is written before the last press. Afterwards the receipt is shown, which the counter types to wipe its store.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.errors import LiaisonError
from liaison.i18n import N_
from liaison.services import kiosk_intake
from liaison.services.changes import Changes
from liaison.services.kiosk_intake import Intake, IntakeLine
from liaison.store.case_file import ENDING
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.same_person import same_words
from liaison.ui.places import Place
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import primary, secondary
from liaison.ui.widgets.editors import Choice, TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape

TITLE = N_("Enquiries of a kiosk")
LOOK = N_("Look at the file")
TAKE = N_("Take in")
NEW_PERSON = N_("a new person")
WIDEST = 860


class KioskIntakePage(Page):
    """The office's side of a kiosk's file."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.path: Path | None = None
        self.seen: Intake | None = None
        self.people: dict[int, Choice] = {}
        note = _(N_("Nothing is written before you have looked at it."))
        self.body.addWidget(Head(desk, _(TITLE), note=note, back=desk.frame.back, back_hint=_(N_("Back"))))
        self.body.addWidget(hairline())
        self.pane = Pane(desk, side="middle", padding=18, name=_(TITLE))
        self.body.addWidget(self.pane, 1)
        self.file_button = secondary(desk.icons, _(N_("Choose the file…")), self.choose_file, icon="folder-open")
        self.file_name = Label(_(N_("no file chosen")), Role.SECOND, elide=True)
        self._put(_beside(self.file_button, self.file_name))
        self.code = TextEdit(desk, placeholder="XXXXX-XXXXX-XXXXX-XXX")
        self.code.set_name(_(N_("The code that the counter said")))
        self.code.line.returnPressed.connect(self.look)
        self.code.setMinimumWidth(260)
        self.pane.body.addSpacing(8)
        self._put(Label(_(N_("The code that the counter said")), Role.LABEL, buddy=self.code.line))
        self._put(_beside(self.code, secondary(desk.icons, _(LOOK), self.look, icon="eye")))
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        self._put(self.problem)
        self.found = Section(_(N_("What the file brings")), line=False)
        self.found.hide()
        self._put(self.found)
        self.pane.finish()
        self.take_button = primary(desk.icons, _(TAKE), self.take, icon="check")
        self.take_button.setEnabled(False)
        undo_note = Label(_(N_("One undo takes all of it back.")), Role.SECOND)
        self.body.addWidget(ActionBar(note=undo_note, buttons=[self.take_button]))

    def _put(self, widget: QWidget) -> None:
        widget.setMaximumWidth(round(WIDEST * max(1.0, self.desk.theme.zoom / 100)))
        self.pane.add(widget, space=6)

    def start(self) -> None:
        """The file comes first."""
        path = self.place.values.get("file")
        if isinstance(path, str) and path:
            self.take_file(Path(path))
        else:
            self.file_button.setFocus()

    def choose_file(self) -> None:
        """Ask which file it is."""
        title = self.desk.words(N_("Which file did the counter send?"))
        name, _kind = QFileDialog.getOpenFileName(self, title, "", f"*{ENDING};;*")
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """This file is meant."""
        self.path = path
        self.file_name.setText(path.name)
        self._forget()
        self.code.line.setFocus()

    def _forget(self) -> None:
        self.seen, self.people = None, {}
        self.found.hide()
        self.problem.hide()
        self.take_button.setEnabled(False)

    def look(self) -> None:
        """Open the file and say what it would bring."""
        self._forget()
        if self.path is None:
            self._say(self.desk.words(N_("Choose the file first.")))
            return
        self.desk.runner.work(
            kiosk_intake.look_at_file, self.desk.runner.store, self.path, self.code.value(), owner=self,
            done=self._show, refused=self._refused, failed=self._failed,
        )  # fmt: skip

    def _refused(self, problems: Sequence[Any]) -> None:
        self._say("\n".join(p.text(self.desk.words) for p in problems))

    def _failed(self, trouble: Trouble) -> bool:
        if isinstance(trouble.error, LiaisonError):
            self._say(trouble.error.text(self.desk.words))
            return True
        return False

    def _say(self, text: str) -> None:
        self.problem.label.setText(text)
        self.problem.show()

    # what it brings

    def _show(self, seen: Intake) -> None:
        self.seen = seen
        _, desk = self.desk.words, self.desk
        clear(self.found.body)
        facts = Facts(values_right=False, label_width=150)
        facts.add(_(N_("From")), " · ".join(p for p in (seen.office, seen.officer) if p), strong=True)
        facts.add(_(N_("Made on")), desk.formats.moment(seen.made_at))
        self.found.add(facts)
        passed = len(seen.lines) - len(seen.new)
        for line in seen.new:
            self.found.add(self._line(line))
        if passed:
            said = _.plural("{count} enquiry is here already and is passed over.",
                            "{count} enquiries are here already and are passed over.", passed)  # fmt: skip
            self.found.add(Label(said, Role.SECOND, wrap=True))
        if not seen.new:
            self._show_receipt(seen.receipt)
        self.found.show()
        self.take_button.setEnabled(bool(seen.new))
        (self.take_button if seen.new else self.file_button).setFocus()

    def _line(self, line: IntakeLine) -> QWidget:
        """One enquiry; where somebody on record may be meant, the choice of who it is."""
        _, desk, draft = self.desk.words, self.desk, line.entry.draft
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 8, 0, 4)
        box.setSpacing(2)
        name = draft.full_name if not desk.masking.on else desk.masking.text(draft.full_name)
        moment = desk.formats.moment(line.entry.at)
        box.addWidget(Label(" · ".join((name, draft.city, moment)), Role.STRONG, elide=True))
        phone = desk.masking.number(draft.phone)
        box.addWidget(Label(f"{phone} · {desk.masking.text(draft.wish)}", Role.TEXT, wrap=True))
        agreed = _(N_("Consent C1: {who}"), who=draft.giver)
        box.addWidget(Marked(desk, agreed, Shape.DONE, Tone.GREEN, role=Role.SECOND))
        if line.similar:
            choices = [(each.id, same_words(desk, each, with_score=True)) for each in line.similar]
            choice = Choice(desk, choices, none=_(NEW_PERSON), search=False)
            choice.set_name(_(N_("Who is it?")))
            choice.set_value(line.suggested.id if line.suggested is not None else None)
            self.people[line.entry.id] = choice
            hint = Marked(desk, _(N_("May be on record already")), Shape.WARNING, Tone.AMBER, role=Role.WARNING)
            box.addWidget(_beside(hint, choice, stretch=False))
        return holder

    def _show_receipt(self, receipt: str) -> None:
        _, desk = self.desk.words, self.desk
        text = _(N_("Say this receipt to the counter. Typed there, it wipes these enquiries from the kiosk:"))
        self.found.add(Marked(desk, text, Shape.DONE, Tone.GREEN, wrap=True))
        label = Label(receipt, Role.CODE)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.receipt = label
        self.found.add(label)

    # taking in

    def take(self) -> None:
        """Open a case for each, as one action."""
        if self.seen is None or not self.seen.new or self.path is None:
            return
        chosen = {entry: choice.value() for entry, choice in self.people.items()}
        people = {entry: person for entry, person in chosen.items() if person is not None}
        self.desk.runner.work(
            kiosk_intake.take_in, self.desk.runner.store, self.path, self.code.value(), people, owner=self,
            done=partial(self._taken, len(self.seen.new)), refused=self._refused, failed=self._failed, exclusive=True,
        )  # fmt: skip

    def _taken(self, count: int, answer: tuple[Changes, str]) -> None:
        changes, receipt = answer
        self.desk.hub.changed.emit(changes)
        self.take_button.setEnabled(False)
        clear(self.found.body)
        said = self.desk.words.plural("{count} enquiry taken in", "{count} enquiries taken in", count)
        self.desk.toast(said)
        self.found.add(Label(said, Role.STRONG))
        self._show_receipt(receipt)

    def actions_here(self) -> tuple[Action, ...]:
        """Choose the file, and take it in."""
        return (
            Action(key="kiosk.file", text=N_("Choose the file…"), keys="Ctrl+O", icon="folder-open",
                   run=self.choose_file, scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="kiosk.take", text=TAKE, keys="Ctrl+Return", icon="check", run=self.take, scope=Scope.PAGE,
                   menu=Menu.FILE),
        )  # fmt: skip

    def keep(self) -> dict[str, object]:
        """The file; never the code."""
        return {"file": str(self.path)} if self.path is not None else {}

    def resume(self, kept: dict[str, object]) -> None:
        """The file is still meant."""
        path = kept.get("file")
        if isinstance(path, str):
            self.take_file(Path(path))


def _beside(*widgets: QWidget, stretch: bool = True) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return holder
