"""The line over a list: the view, the filter with its tokens, and the list's own buttons at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.buttons import icon_button, menu_row, quiet, secondary
from liaison.ui.widgets.editors import restyle
from liaison.ui.widgets.label import Label, key_cap
from liaison.ui.widgets.parts import LEFT, RIGHT, IconView
from liaison.ui.widgets.shapes import Shape

FILTER = N_("Filter this list")
CLEAR = N_("Clear the filter")
TAKE_OFF = N_("Take off: {token}")
CHANGED = N_("changed")
RESTORE = N_("Restore")
WAIT_MS = 150
LEAST_WIDTH = 190
CHIP_GAP = 6
TAKEN = 134
"""Room that icon, line and clearing button keep for themselves."""


class FilterBox(QFrame):
    """Words and tokens such as ``city:medan``. A word with a colon becomes a token at the next blank or Enter."""

    changed = Signal(str)
    """The whole filter as one text, a moment after the last key."""

    def __init__(self, desk: Desk, *, placeholder: str = "") -> None:
        super().__init__()
        self.setObjectName("box")
        self._desk = desk
        self.setFixedHeight(desk.theme.row_height(30))
        self.setMaximumWidth(desk.theme.px(460))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(9, 0, 4, 0)
        self._row.setSpacing(6)
        self._row.addWidget(IconView(desk, "list-filter", token="ink3"))
        self._tokens: list[str] = []
        self._chips: list[QPushButton] = []
        self._shown: list[tuple[str, str]] = []
        self.line = QLineEdit()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(desk.words(FILTER))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._typed)
        self.line.setMinimumWidth(70)
        self._row.addWidget(self.line, 1)
        self.clear_button = icon_button(
            desk.icons, "x", desk.words(CLEAR), lambda: self.set_text("", tell=True), size=14
        )
        self._row.addWidget(self.clear_button)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._tell)
        self.setFocusProxy(self.line)
        self._show()

    def text(self) -> str:
        """The whole filter."""
        return " ".join([*self._tokens, self.line.text().strip()]).strip()

    def set_text(self, text: str, *, tell: bool = False) -> None:
        """Show another filter."""
        words = text.split()
        self._tokens = [w for w in words if _is_token(w)]
        self.line.setText(" ".join(w for w in words if not _is_token(w)))
        self._show()
        if tell:
            self._tell()

    def _typed(self, text: str) -> None:
        words = text.split(" ")
        ready = [w for w in words[:-1] if _is_token(w)]
        if ready:
            self._tokens += [w for w in ready if w not in self._tokens]
            self.line.setText(" ".join([w for w in words[:-1] if w and not _is_token(w)] + words[-1:]))
            self._show()
        self.clear_button.setVisible(bool(self.text()))
        self._wait.start()

    def _take_off(self, token: str) -> None:
        self._tokens = [t for t in self._tokens if t != token]
        self._show()
        self.line.setFocus()
        self._tell()

    def _tell(self) -> None:
        self._wait.stop()
        self.clear_button.setVisible(bool(self.text()))
        self.changed.emit(self.text())

    def minimumSizeHint(self) -> QSize:
        """Tokens give way before the page does."""
        return QSize(LEAST_WIDTH, self.height())

    def sizeHint(self) -> QSize:
        """Room for every token and a few words."""
        tokens = sum(self._chip_width(t) + CHIP_GAP for t in self._tokens)
        return QSize(LEAST_WIDTH + tokens, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tokens into the room there is."""
        super().resizeEvent(event)
        self._fit_chips()

    def _show(self) -> None:
        self.updateGeometry()
        self._fit_chips()
        self.clear_button.setVisible(bool(self.text()))

    def _chip_width(self, text: str) -> int:
        return round(QFontMetricsF(self._desk.theme.font(Role.LABEL)).horizontalAdvance(text)) + 18

    def _fitting(self) -> list[tuple[str, str]]:
        """Texts and tokens to show: whole if they fit, else shortened, else the last ones as ``+2``."""
        room = max(0, self.width() - TAKEN)
        for longest in (200, 28, 18, 12):
            texts = [t if len(t) <= longest else t[: longest - 1] + "…" for t in self._tokens]
            if sum(self._chip_width(t) + CHIP_GAP for t in texts) <= room:
                return list(zip(texts, self._tokens, strict=True))
        shown: list[tuple[str, str]] = []
        room -= self._chip_width("+99") + CHIP_GAP
        for text, token in zip(texts, self._tokens, strict=True):
            room -= self._chip_width(text) + CHIP_GAP
            if room < 0:
                break
            shown.append((text, token))
        hidden = len(self._tokens) - len(shown)
        return [*shown, (f"+{hidden}", self._tokens[-1])] if hidden else shown

    def _fit_chips(self) -> None:
        wanted = self._fitting()
        if wanted == self._shown:
            return
        self._shown = wanted
        for chip in self._chips:
            chip.setParent(None)
            chip.deleteLater()
        self._chips = []
        for text, token in wanted:
            self._add_chip(text, self._desk.words(TAKE_OFF, token=token), token)

    def _add_chip(self, text: str, hint: str, token: str) -> None:
        chip = QPushButton(text)
        chip.setProperty("kind", "token")
        chip.setAccessibleName(hint)
        chip.setToolTip(hint)
        chip.clicked.connect(lambda _on=False: self._take_off(token))
        self._row.insertWidget(1 + len(self._chips), chip)
        self._chips.append(chip)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter makes a token, Backspace at the start takes the last one off; the frame shows the line's focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, "focused", "true" if event.type() == QEvent.Type.FocusIn else "false")
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.set_text(self.text(), tell=True)
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._tokens:
                self._take_off(self._tokens[-1])
                return True
        return super().eventFilter(watched, event)


def _is_token(word: str) -> bool:
    """``city:medan``, ``age>7``: a field, a sign and a value."""
    for sign in (":", ">=", "<=", ">", "<", "="):
        name, found, value = word.partition(sign)
        if found and name.isalpha() and value:
            return True
    return False


class ViewBar(QWidget):
    """View, "changed" and restore, filter, and at the right the list's own buttons."""

    restored = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        view: str = "",
        menu: QMenu | None = None,
        filter_hint: str = "",
        buttons: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, 0, RIGHT, 10)
        row.setSpacing(8)
        self.view_button = secondary(desk.icons, view, self._open_menu, icon="bookmark")
        self._menu = menu
        if not view:
            self.view_button.hide()
        row.addWidget(self.view_button)
        self._dot = ShapeView(desk.theme, Shape.DOT, Tone.AMBER)
        self._changed = Label(desk.words(CHANGED), Role.SECOND)
        self._restore = quiet(desk.icons, desk.words(RESTORE), self.restored.emit)
        for widget in (self._dot, self._changed, self._restore):
            row.addWidget(widget)
        self.filter = FilterBox(desk, placeholder=filter_hint)
        row.addWidget(self.filter, 2)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.show_changed(changed=False)

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.view_button.mapToGlobal(self.view_button.rect().bottomLeft()))

    def show_changed(self, *, changed: bool) -> None:
        """Whether the list differs from its view."""
        for widget in (self._dot, self._changed, self._restore):
            widget.setVisible(changed)

    def add_button(self, button: QWidget) -> None:
        """One more button at the right."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(button)


def key_row(desk: Desk, text: str, keys: str, run: Callable[[], object], *, icon: str) -> QWidget:
    """A row of a card: icon, word, key; for the list of actions of a chosen row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    button = menu_row(desk.icons, text, run, icon=icon)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    row.addWidget(button, 1)
    row.addWidget(key_cap(keys))
    return holder
