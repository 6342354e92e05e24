"""The top line: back and forward, the search box, language, masking, palette, lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from liaison.i18n import LANGUAGES, N_
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import native
from liaison.ui.palette import Insert, row_actions
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import Segments, icon_button
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label, key_cap
from liaison.ui.widgets.parts import IconView
from liaison.ui.widgets.suggest import Suggest, Suggestion

SEARCH = N_("Find a person, case, phone, command…")
SEARCH_NAME = N_("Find")
RESULTS = N_("What was found")
BACK = N_("Back")
FORWARD = N_("Forward")
LANGUAGE = N_("Language")
MASK = N_("Hide people on the screen")
UNMASK = N_("Show people on the screen")
PALETTE = N_("Light, dark or high contrast")
LOCK = N_("Lock")
WIDTH = 640
ROWS = 14
FOOT = (("↑↓", N_("choose")), ("Tab", N_("what can be done")), (">", N_("commands only")), ("?", N_("help")))

Search = Callable[[str, Callable[[Sequence[Suggestion]], object]], object]
"""``search(text, answer)``: look ``text`` up and call ``answer`` with what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopActions:
    """What the top line's buttons do."""

    back: Callable[[], object]
    forward: Callable[[], object]
    language: Callable[[str], object]
    mask: Callable[[], object]
    palette: Callable[[], object]
    lock: Callable[[], object]


class SearchBox(QFrame):
    """One box for people, cases, claims, telephones and commands."""

    taken = Signal(object)

    def __init__(self, desk: Desk, search: Search) -> None:
        super().__init__()
        self.setObjectName("search")
        self._search = search
        self.setFixedHeight(desk.theme.row_height(32))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 1, 7, 1)
        row.setSpacing(9)
        row.addWidget(IconView(desk, "search"))
        self.line = QLineEdit()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(desk.words(SEARCH))
        self.line.setAccessibleName(desk.words(SEARCH_NAME))
        self.line.installEventFilter(self)
        row.addWidget(self.line, 1)
        self.cap = key_cap("")
        row.addWidget(self.cap)
        self._desk = desk
        self.show_key()
        self._list: Suggest | None = None
        self._results: Sequence[Suggestion] | None = None
        self.line.textEdited.connect(lambda _text: self._look())
        self.setFocusProxy(self.line)

    def show_key(self) -> None:
        """The key that leads here, which may be one's own."""
        keys = native(self._desk.actions.keys_of("program.find", "Ctrl+K"))
        self.cap.setText(keys)
        self.cap.setVisible(bool(keys))

    @property
    def suggest(self) -> Suggest:
        """The list under the box."""
        if self._list is None:
            self._list = Suggest(
                self._desk, self.line, name=self._desk.words(RESULTS), rows=ROWS, under=self, foot=self._foot()
            )
            self._list.on_key = self._key
            self._list.taken.connect(self._take)
        return self._list

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(6)
        for keys, word in FOOT:
            row.addWidget(key_cap(keys))
            row.addWidget(Label(self._desk.words(word), Role.SECOND))
            row.addSpacing(8)
        row.addStretch(1)
        return foot

    def open(self) -> None:
        """Put the focus into the box; with nothing typed it offers what was opened lately."""
        self.line.setFocus()
        self.line.selectAll()
        self._look()

    def _look(self) -> None:
        text = self.line.text().strip()
        self._results = None
        self._search(text, lambda found: self._offer(text, found))

    def _offer(self, text: str, found: Sequence[Suggestion]) -> None:
        if self.line.hasFocus() and self.line.text().strip() == text:
            self.suggest.offer(found, width=max(self.width(), self._desk.theme.px(WIDTH)))

    def _take(self, found: Suggestion) -> None:
        if isinstance(found.value, Insert):
            self.line.setText(found.value.text)
            self._look()
            return
        self.line.clear()
        self._results = None
        self.taken.emit(found)

    def _key(self, event: QKeyEvent) -> bool:
        """Digits open what was opened lately; Tab shows what can be done with a row, a letter does it."""
        if self._results is not None:
            return self._key_of_actions(event)
        if event.key() == Qt.Key.Key_Tab:
            return self._show_actions()
        if not self.line.text() and event.text() in set("123456789") and not event.modifiers():
            return self._take_hinted(event.text())
        return False

    def _key_of_actions(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backtab, Qt.Key.Key_Tab):
            results, self._results = self._results, None
            self.suggest.offer(results or (), width=self.suggest.width())
            return True
        letter = event.text().upper()
        return bool(letter) and letter.isalpha() and (self._take_hinted(letter) or True)

    def _take_hinted(self, hint: str) -> bool:
        row = next((r for r in self.suggest.found if r.hint == hint and not r.head), None)
        if row is None:
            return False
        self.suggest.hide()
        self._take(row)
        return True

    def _show_actions(self) -> bool:
        row = self.suggest.current
        actions = row_actions(self._desk, row) if row is not None else []
        if not actions:
            return False
        self._results = self.suggest.found
        self.suggest.offer(actions, width=self.suggest.width())
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame shows the line's focus; a click into the empty box opens it."""
        if event.type() == QEvent.Type.MouseButtonRelease and not self.line.text():
            self._look()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, "focused", "true" if event.type() == QEvent.Type.FocusIn else "false")
        return super().eventFilter(watched, event)


class TopLine(QFrame):
    """The line above the sheet."""

    def __init__(self, desk: Desk, actions: TopActions, search: Search) -> None:
        super().__init__()
        words, icons = desk.words, desk.icons
        self._desk = desk
        self.setFixedHeight(desk.theme.row_height(50))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(4)
        self.back = icon_button(icons, "arrow-left", f"{words(BACK)} (Alt+←)", actions.back)
        self.forward = icon_button(icons, "arrow-right", f"{words(FORWARD)} (Alt+→)", actions.forward)
        self.search = SearchBox(desk, search)
        self.search.setMaximumWidth(desk.theme.px(440))
        self.search.setMinimumWidth(200)
        self.languages = Segments([(c, c.upper()) for c in LANGUAGES], name=words(LANGUAGE), chosen=words.code)
        self.languages.chosen.connect(actions.language)
        self.mask_button = icon_button(icons, "eye", "", actions.mask)
        self.palette_button = icon_button(icons, "sun-moon", words(PALETTE), actions.palette)
        self.lock_button = icon_button(icons, "lock", f"{words(LOCK)} (Ctrl+L)", actions.lock)
        left, right = QWidget(), QWidget()
        self._side(left, [self.back, self.forward], Qt.AlignmentFlag.AlignLeft)
        switches = [self.languages, self.mask_button, self.palette_button, self.lock_button]
        self._side(right, switches, Qt.AlignmentFlag.AlignRight)
        row.addWidget(left, 3)
        row.addWidget(self.search, 9)
        row.addWidget(right, 4)
        self.show_masked(masked=desk.masking.on)

    @staticmethod
    def _side(side: QWidget, widgets: Sequence[QWidget], edge: Qt.AlignmentFlag) -> None:
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        if edge == Qt.AlignmentFlag.AlignRight:
            row.addStretch(1)
        for widget in widgets:
            row.addWidget(widget)
        if edge == Qt.AlignmentFlag.AlignLeft:
            row.addStretch(1)

    def show_trail(self, *, back: bool, forward: bool) -> None:
        """Whether there is somewhere to go."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def show_masked(self, *, masked: bool) -> None:
        """Whether people are hidden."""
        hint = f"{self._desk.words(UNMASK if masked else MASK)} (Ctrl+Shift+M)"
        self._desk.icons.set_icon(
            self.mask_button, "eye-off" if masked else "eye", token="accent" if masked else "ink2", size=17
        )
        self.mask_button.setToolTip(hint)
        self.mask_button.setAccessibleName(hint)
