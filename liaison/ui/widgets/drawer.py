"""A form that slides in at the right of a page, so that the case stays in view while something is written down.

Never a dialog: the page behind stays readable and usable. Escape closes the form and keeps nothing but says nothing
either; Ctrl+Enter saves. While it is open its save button is the page's one filled button.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, primary, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import PANE_PADDING, ActionBar, Pane

CANCEL = N_("Cancel")
CLOSE_FORM = N_("Close the form")
SAVE = N_("Save")
WIDTH = 340


class FormPane(QFrame):
    """One form with its title and its two buttons. ``content`` scrolls; the buttons always stand in sight."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        title: str,
        content: QWidget,
        save: Callable[[], object] | None,
        save_word: str = SAVE,
        note: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("sunkenEnd")
        self.setAccessibleName(title)
        self.content = content
        self._save = save
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head(desk, title))
        pane = Pane(desk, side="middle", padding=PANE_PADDING, name=title)
        pane.body.setContentsMargins(PANE_PADDING, 4, PANE_PADDING, 12)
        if note:
            pane.add(Label(note, Role.SECOND, wrap=True))
            pane.body.addSpacing(8)
        pane.add(content)
        pane.finish()
        outer.addWidget(pane, 1)
        cancel = secondary(desk.icons, desk.words(CANCEL), self.closed.emit)
        buttons: list[QWidget] = [cancel]
        if save is not None:
            self.save_button = primary(desk.icons, desk.words(save_word), save, icon="check")
            buttons.append(self.save_button)
            shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(save)
        bar = ActionBar(buttons=buttons)
        bar.row.setContentsMargins(PANE_PADDING, 0, PANE_PADDING, 0)
        outer.addWidget(bar)

    def _head(self, desk: Desk, title: str) -> QWidget:
        head = QWidget()
        head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(head)
        row.setContentsMargins(PANE_PADDING, 10, 8, 6)
        row.addWidget(Label(title, Role.CARD, wrap=True), 1)
        row.addWidget(
            icon_button(desk.icons, "x", desk.words(CLOSE_FORM), self.closed.emit, size=15),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        return head

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class Drawer(QFrame):
    """The right side of a page: its own pane, or for a while a form in its place."""

    switched = Signal(bool)
    """Whether a form is open now."""

    def __init__(self, desk: Desk, pane: QWidget, *, width: int, open_width: int = WIDTH) -> None:
        super().__init__()
        self._desk = desk
        self._pane = pane
        self._width, self._open_width = width, open_width
        self._form: FormPane | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(pane)
        self._fit()
        desk.theme.changed.connect(self._fit)

    def _fit(self) -> None:
        width = self._open_width if self._form is not None else self._width
        self.setFixedWidth(round(width * min(1.35, max(1.0, self._desk.theme.zoom / 100))))

    def narrow(self, width: int) -> None:
        """Take another width while no form is open (a narrow window)."""
        self._width = width
        self._fit()

    @property
    def form(self) -> FormPane | None:
        """The form that is open."""
        return self._form

    def open(self, form: FormPane) -> FormPane:
        """Show a form in place of the pane; the focus goes to its first field."""
        self.close_form()
        self._form = form
        form.closed.connect(self.close_form)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        self._fit()
        self.switched.emit(True)  # noqa: FBT003
        QTimer.singleShot(0, form, lambda: _focus_first(form.content))
        return form

    def close_form(self) -> None:
        """Back to the page's own pane."""
        if self._form is None:
            return
        form, self._form = self._form, None
        self._stack.setCurrentWidget(self._pane)
        self._stack.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._fit()
        self.switched.emit(False)  # noqa: FBT003


def _focus_first(content: QWidget) -> None:
    """The first widget that can be typed into."""
    for widget in content.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(content) and widget.isEnabled()
        if reached and widget.focusProxy() is None and not widget.property("scale"):
            widget.setFocus()
            return
