"""Accepting a colleague's file: choose it, type its code, look at what it brings, choose where both sides changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from liaison.domain.errors import LiaisonError
from liaison.domain.handing import Side
from liaison.i18n import N_
from liaison.services import take_over
from liaison.services.differing import DifferenceLine, difference_lines
from liaison.services.take_over import TakeOver
from liaison.services.told_values import noun_of
from liaison.store.case_file import ENDING
from liaison.ui.actions import Action, Menu, Scope
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.lookups import record_no
from liaison.ui.places import Place
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, primary, secondary
from liaison.ui.widgets.editors import TextEdit
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import ActionBar, Facts, Head, Marked, Pane, Section, clear, hairline
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.side_by_side import EMPTY, SideBySide

TITLE = N_("Take cases over")
LOOK = N_("Look at the file")
TAKE = N_("Take over")
WIDEST = 860
CASES_SHOWN = 20


class TakeOverPage(Page):
    """Nothing is written before the last press."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        _ = desk.words
        self.path: Path | None = None
        self.seen: TakeOver | None = None
        self.compared: SideBySide | None = None
        self.body.addWidget(
            Head(desk, _(TITLE), note=_(N_("Nothing is written before you have looked at it.")), back=desk.frame.back,
                 back_hint=_(N_("Back")))
        )  # fmt: skip
        self.body.addWidget(hairline())
        self.pane = Pane(desk, side="middle", padding=18, name=_(TITLE))
        self.body.addWidget(self.pane, 1)
        self.file_button = secondary(desk.icons, _(N_("Choose the file…")), self.choose_file, icon="folder-open")
        self.file_name = Label(_(N_("no file chosen")), Role.SECOND, elide=True)
        self._put(_side_by_side(self.file_button, self.file_name))
        self.code = TextEdit(desk, placeholder="XXXXX-XXXXX-XXXXX-XXX")
        self.code.set_name(_(N_("The code that the colleague said")))
        self.code.line.returnPressed.connect(self.look)
        self.pane.body.addSpacing(8)
        self._put(Label(_(N_("The code that the colleague said")), Role.LABEL, buddy=self.code.line))
        self.look_button = secondary(desk.icons, _(LOOK), self.look, icon="eye")
        self.code.setMinimumWidth(260)
        self._put(_side_by_side(self.code, self.look_button))
        self.problem = Marked(desk, "", Shape.BLOCKED, Tone.RED, role=Role.ERROR, wrap=True)
        self.problem.hide()
        self._put(self.problem)
        self.found = Section(_(N_("What the file brings")), line=False)
        self.found.hide()
        self._put(self.found)
        self.pane.finish()
        self.take_button = primary(desk.icons, _(TAKE), self.take, icon="check")
        self.take_button.setEnabled(False)
        self.undo_note = Label(_(N_("One undo takes all of it back.")), Role.SECOND)
        self.body.addWidget(ActionBar(note=self.undo_note, buttons=[self.take_button]))

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
        words = self.desk.words
        name, _kind = QFileDialog.getOpenFileName(self, words(N_("Which file did the colleague send?")), "",
                                                  f"*{ENDING};;*")  # fmt: skip
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """This file is meant."""
        self.path = path
        self.file_name.setText(path.name)
        self._forget()
        self.code.line.setFocus()

    def _forget(self) -> None:
        self.seen, self.compared = None, None
        self.found.hide()
        self.problem.hide()
        self.take_button.setEnabled(False)

    def look(self) -> None:
        """Open the file and say what it would change."""
        self._forget()
        if self.path is None:
            self._say(self.desk.words(N_("Choose the file first.")))
            return
        self.desk.runner.work(
            _look, self.desk.runner.store, self.path, self.code.value(), owner=self, done=self._show,
            refused=self._refused, failed=self._failed,
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

    def _show(self, found: tuple[TakeOver, list[DifferenceLine]]) -> None:
        self.seen, lines = found
        _, seen = self.desk.words, self.seen
        clear(self.found.body)
        words = seen.words
        facts = Facts(values_right=False, label_width=150)
        facts.add(_(N_("From")), " · ".join(p for p in (words.officer, words.office) if p), strong=True)
        facts.add(_(N_("Made on")), self.desk.formats.moment(words.made_at))
        if words.note:
            facts.add(_(N_("Note")), self.desk.masking.text(words.note))
        self.found.add(facts)
        self._show_cases(seen)
        for text in self._counts(seen):
            self.found.add(Label(text, Role.TEXT, wrap=True))
        if seen.is_nothing_new:
            self.found.add(
                Marked(self.desk, _(N_("All of it is here already. There is nothing to take over.")), Shape.DONE,
                       Tone.GREEN, wrap=True)
            )  # fmt: skip
        if lines:
            self._show_differences(lines)
        self.found.show()
        self.take_button.setEnabled(not seen.is_nothing_new)
        self.undo_note.setVisible(not seen.is_nothing_new)
        (self.take_button if not seen.is_nothing_new else self.file_button).setFocus()

    def _show_cases(self, seen: TakeOver) -> None:
        _ = self.desk.words
        for key, case_no, name, is_new in seen.cases[:CASES_SHOWN]:
            shown = self.desk.masking.name(name, record_no(key))
            mark = _(N_("new here")) if is_new else _(N_("is here already"))
            self.found.add(Label(" · ".join((case_no, shown, mark)), Role.TEXT, elide=True))
        more = len(seen.cases) - CASES_SHOWN
        if more > 0:
            self.found.add(Label(_.plural("and {count} more case", "and {count} more cases", more), Role.SECOND))

    def _counts(self, seen: TakeOver) -> list[str]:
        _ = self.desk.words
        new = ", ".join(f"{_(noun_of(table))}: {count}" for table, count in sorted(seen.new.items()))
        told = [_(N_("New: {what}."), what=new)] if new else []
        if seen.changed:
            told.append(_.plural("{count} record is changed where only the colleague changed it.",
                                 "{count} records are changed where only the colleague changed them.",
                                 seen.changed))  # fmt: skip
        if seen.gone:
            told.append(_.plural("{count} record goes, since the colleague took it out.",
                                 "{count} records go, since the colleague took them out.", seen.gone))  # fmt: skip
        if seen.files:
            along = _.plural("{count} attached file comes along.", "{count} attached files come along.", seen.files)
            told.append(along)
        return told

    def _show_differences(self, lines: Sequence[DifferenceLine]) -> None:
        _, desk = self.desk.words, self.desk
        sentence = _.plural(
            "{count} field was changed on both sides. Choose what stays; the other is kept too.",
            "{count} fields were changed on both sides. Choose what stays; the others are kept too.", len(lines),
        )  # fmt: skip
        self.found.add(Marked(desk, sentence, Shape.WARNING, Tone.AMBER, role=Role.WARNING, wrap=True))
        self.compared = SideBySide(_(N_("As it is here")), _(N_("As it came")))
        for line in lines:
            head = f"{_(line.noun)}: {_(line.label)}" if line.label else _(line.noun)
            before = self._values(line.before)
            note = _(N_("Before: {value}"), value=before) if line.before else ""
            name = desk.masking.name(line.name, line.case_no) if line.name else ""
            about = " · ".join(p for p in (line.case_no, name) if p)
            self.compared.add(
                line.key, f"{head}\n{about}" if about else head, ours=self._values(line.ours),
                theirs=self._values(line.theirs), note=note,
            )  # fmt: skip
        self.found.add(self.compared)
        theirs = link(desk.icons, _(N_("Take all as they came")), lambda: self._all(Side.THEIRS), small=True)
        ours = link(desk.icons, _(N_("Leave all as they are here")), lambda: self._all(Side.OURS), small=True)
        self.found.add(_side_by_side(ours, theirs))

    def _all(self, side: Side) -> None:
        if self.compared is not None:
            self.compared.choose_all(side)

    def _values(self, values: Sequence[object]) -> str:
        words = self.desk.words
        shown = ", ".join(words.shown(v) for v in values if v is not None)
        return self.desk.masking.text(shown) if shown else words(EMPTY)

    # taking over

    def take(self) -> None:
        """Write all of it, as one action."""
        if self.seen is None or self.seen.is_nothing_new or self.path is None:
            return
        choices = {} if self.compared is None else self.compared.choices()
        self.desk.runner.work(
            take_over.take_over, self.desk.runner.store, self.path, self.code.value(), choices, owner=self,
            done=self._taken, refused=self._refused, failed=self._failed, exclusive=True,
        )  # fmt: skip

    def _taken(self, _changes: object) -> None:
        self.desk.toast(self.desk.words(N_("Cases taken over")))
        self.desk.go("today")

    def actions_here(self) -> tuple[Action, ...]:
        """Choose the file, and take it over."""
        return (
            Action(key="take_over.file", text=N_("Choose the file…"), keys="Ctrl+O", icon="folder-open",
                   run=self.choose_file, scope=Scope.PAGE, menu=Menu.FILE),
            Action(key="take_over.take", text=TAKE, keys="Ctrl+Return", icon="check", run=self.take, scope=Scope.PAGE,
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


def _side_by_side(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def _look(store: Any, path: Path, code: str) -> tuple[TakeOver, list[DifferenceLine]]:
    seen = take_over.look_at_file(store, path, code)
    with store.read() as session:
        return seen, difference_lines(session, seen.differences)
