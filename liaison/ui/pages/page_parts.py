"""Parts that the pages of a case, a letter and a claim share: facts edited in place, sections with their menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services import editing
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.editors import Editor, LongText, TextEdit
from liaison.ui.widgets.in_place import InPlace
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import LEFT, PANE_PADDING, Facts, Pane, Section, clear

COPIED = N_("Copied")

Do = Callable[[], object]
MenuRow = tuple[str, Do] | None
"""Words already in the shown language and what they do; ``None`` draws a line."""

EDITED = {
    "patient": N_("Edit patient"),
    "journey": N_("Edit case"),
    "cover": N_("Edit cover"),
    "policy": N_("Edit policy"),
    "guarantee": N_("Edit letter"),
    "claim": N_("Edit claim"),
}


def section(desk: Desk, title: str, rows: Sequence[MenuRow] = (), *, icon: str = "plus", line: bool = True) -> Section:
    """A section whose menu at the right of its word holds what can be done with it."""
    words = desk.words(title)
    beside = menu_icon(desk, desk.words(N_("{section}: what can be done"), section=words), rows, icon=icon)
    return Section(words, beside=beside if rows else None, line=line)


def menu_icon(desk: Desk, hint: str, rows: Sequence[MenuRow], *, icon: str = "ellipsis") -> QToolButton:
    """A small button that opens a menu; with a single row it does that at once."""
    button = icon_button(desk.icons, icon, hint, lambda: None, size=14)
    button.setProperty("scale", "help")
    button.setFixedSize(desk.theme.px(22), desk.theme.px(18))
    button.clicked.connect(lambda _on=False: _open(button, rows))
    return button


def _open(button: QToolButton, rows: Sequence[MenuRow]) -> None:
    only = [row for row in rows if row is not None]
    if len(only) == 1:
        only[0][1]()
        return
    menu = menu_of(button, rows)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))


def menu_of(parent: QWidget, rows: Iterable[MenuRow]) -> QMenu:
    """A menu of plain rows."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for row in rows:
        if row is None:
            menu.addSeparator()
        else:
            menu.addAction(row[0]).triggered.connect(partial(_do, row[1]))
    return menu


def _do(run: Do, _checked: object = None) -> None:
    run()


HIDDEN = N_("People are hidden on the screen. Show them to change this.")


def _is_hidden(desk: Desk, text: str, value: Any) -> bool:
    """Whether a value is there and the screen shows something else in its place: its editor would show it."""
    if not desk.masking.on or value in (None, ""):
        return False
    return text != value if isinstance(value, str) else text == MISSING


class FieldFacts:
    """Facts of one record, each edited in place and saved by itself as one action."""

    def __init__(
        self, desk: Desk, kind: str, record: int, version: int, *, owner: QObject, facts: Facts | None = None
    ) -> None:
        self._desk, self._kind, self._record, self._version = desk, kind, record, version
        self._owner = owner
        self.facts = facts or Facts()

    def add(
        self,
        field: str,
        label: str,
        text: str,
        value: Any,
        *,
        make: Callable[[], Editor] | None = None,
        role: Role = Role.TEXT,
    ) -> InPlace:
        """One line: label at the left, value at the right. ``label`` is marked, ``text`` as shown."""
        fact = self.alone(field, label, text, value, make=make, role=role, right=True)
        self.facts.add_widget(self._desk.words(label), fact)
        return fact

    def said(self, label: str, text: str) -> None:
        """One line that is only read; long words are shortened, the whole in the tooltip."""
        words = self._desk.words(label)
        shown = Label(text or MISSING, elide=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        shown.setAccessibleName(f"{words}: {text or MISSING}")
        self.facts.add_widget(words, shown)

    def alone(
        self,
        field: str,
        label: str,
        text: str,
        value: Any,
        *,
        make: Callable[[], Editor] | None = None,
        role: Role = Role.TEXT,
        right: bool = False,
        lines: int = 1,
    ) -> InPlace:
        """A fact that stands by itself, without its label beside it."""
        fact = InPlace(
            self._desk,
            name=self._desk.words(label),
            text=text,
            value=value,
            make=make or partial(_text_editor, self._desk, lines),
            save=partial(self._save, field),
            role=role,
            right=right,
            lines=lines,
            locked=self._desk.words(HIDDEN) if _is_hidden(self._desk, text, value) else "",
        )
        fact.shown.setObjectName(f"{self._kind}.{field}")
        return fact

    def _save(self, field: str, value: Any, *, done: Callable[[Any], object], refused: Callable[..., object]) -> None:
        self._desk.runner.write(
            EDITED[self._kind],
            partial(editing.set_field, version=self._version),
            self._kind,
            self._record,
            field,
            value,
            owner=self._owner,
            done=done,
            refused=refused,
        )


def _text_editor(desk: Desk, lines: int) -> Editor:
    return LongText(desk, lines=min(lines, 5)) if lines > 1 else TextEdit(desk)


def phone_buttons(desk: Desk, phone: str, *, called: Do, written: Do) -> QWidget:
    """Call, WhatsApp, copy: the number goes to the clipboard, the note line waits for what is said."""
    _ = desk.words
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for icon, hint, after in (
        ("phone", N_("Copy the number and note the call"), called),
        ("message-circle", N_("Copy the number and note the message"), written),
        ("copy", N_("Copy the number"), None),
    ):
        button = icon_button(desk.icons, icon, _(hint), partial(copy_text, desk, phone, after), size=16)
        button.setProperty("scale", "help")
        button.setFixedSize(desk.theme.px(26), desk.theme.px(24))
        row.addWidget(button)
    return holder


def copy_text(desk: Desk, text: str, after: Do | None = None) -> None:
    """Put a text on the clipboard and say so."""
    QGuiApplication.clipboard().setText(text)
    desk.toast(desk.words(COPIED), undo=False)
    if after is not None:
        after()


def add_inset(pane: Pane, *widgets: QWidget, top: int = 0, stretch: int = 0) -> None:
    """Put widgets at the end of a pane whose lists run from edge to edge: these keep the sheet's own edge."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(LEFT, top, PANE_PADDING, 2)
    box.setSpacing(5)
    for widget in widgets:
        box.addWidget(widget)
    pane.body.addWidget(holder, stretch)


class FactPane(Pane):
    """A pane of facts edited in place. Built anew when something changed, but never under somebody's typing."""

    _later: Callable[[], Iterable[QWidget]] | None = None

    def fill(self, build: Callable[[], Iterable[QWidget]]) -> None:
        """Put sections in place of those that were; the place and the focus stay."""
        if any(fact.editor is not None for fact in self.findChildren(InPlace)):
            self._later = build
            return
        self._later = None
        focused = self.focusWidget() if self.isAncestorOf(_focus_of(self)) else None
        name = focused.objectName() if focused is not None else ""
        place = self.area.verticalScrollBar().value()
        clear(self.body)
        for made in build():
            self.add(made)
        self.finish()
        for fact in self.findChildren(InPlace):
            fact.closed.connect(self._settle_soon)
        self.area.verticalScrollBar().setValue(place)
        again = self.findChild(QWidget, name) if name else None
        if isinstance(again, QWidget):
            again.setFocus()

    def _settle_soon(self) -> None:
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Nothing is being typed any more: show what came meanwhile."""
        if self._later is not None:
            self.fill(self._later)


def _focus_of(widget: QWidget) -> QWidget:
    return QApplication.focusWidget() or widget.window()
