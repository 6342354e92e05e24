"""A fact that is edited where it stands: click it, or press F2 or Enter on it, type, and leave. Escape gives up.

Each commit is one action of its own. What is wrong stands under the field and the typed text stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import Editor, LongText
from liaison.ui.widgets.label import Label

EDIT_HINT = N_("Press F2 to change it")
REVEAL_HINT = N_("Press Enter to show it")


class ValueText(QAbstractButton):
    """A value as text that can be reached and pressed. Shortened to the room there is, the whole in its tooltip."""

    def __init__(
        self, desk: Desk, text: str, *, name: str, role: Role = Role.TEXT, right: bool = False, lines: int = 1
    ) -> None:
        super().__init__()
        self._desk, self._role, self._right, self._lines = desk, role, right, lines
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_text(text)
        desk.theme.changed.connect(self._look_changed)

    def show_text(self, text: str) -> None:
        """Show another value."""
        self.setText(text or MISSING)
        self.setAccessibleName(f"{self._name}: {text or MISSING}")
        self._hint()
        self.updateGeometry()
        self.update()

    def _hint(self) -> None:
        short = self._lines == 1 and self.sizeHint().width() - 4 > self.width()
        self.setToolTip(self.text() if short else "")

    def _look_changed(self) -> None:
        self._hint()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the text, as high as its lines."""
        metrics = QFontMetricsF(self._desk.theme.font(self._role))
        return QSize(round(metrics.horizontalAdvance(self.text())) + 4, round(metrics.lineSpacing() * self._rows()) + 1)

    def minimumSizeHint(self) -> QSize:
        """Words may be shortened."""
        return QSize(40, self.sizeHint().height())

    def _rows(self) -> int:
        """Lines the text takes at the present width, up to those allowed."""
        if self._lines == 1 or self.width() < 60:
            return 1
        metrics = QFontMetricsF(self._desk.theme.font(self._role))
        box = metrics.boundingRect(QRectF(0, 0, self.width(), 10_000), _WRAP, self.text())
        return max(1, min(self._lines, round(box.height() / metrics.lineSpacing())))

    def resizeEvent(self, event: Any) -> None:
        """More lines may be needed in a narrower place; what is shortened tells the rest in its tooltip."""
        super().resizeEvent(event)
        self._hint()
        if self._lines > 1:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, words and focus ring."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(box, 4, 4)
        font = theme.font(self._role)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.ink(self._role) if self.text() != MISSING else theme.colour("ink3"))
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        if self._lines > 1:
            painter.drawText(box, side | Qt.AlignmentFlag.AlignTop | _WRAP, self.text())
        else:
            shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 press it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        else:
            super().keyPressEvent(event)


_WRAP = Qt.TextFlag.TextWordWrap

Save = Callable[..., object]
"""``save(value, done=…, refused=…)``: hand the value to a service as one action."""


class InPlace(QWidget):
    """A value that turns into its editor and back. ``make`` builds the editor when it is first needed.

    ``locked`` says why it may not be changed now; empty where it may.
    """

    closed = Signal()
    """The editor is gone again: saved, or given up."""

    def __init__(
        self,
        desk: Desk,
        *,
        name: str,
        text: str,
        value: Any,
        make: Callable[[], Editor],
        save: Save,
        role: Role = Role.TEXT,
        right: bool = False,
        lines: int = 1,
        locked: str = "",
    ) -> None:
        super().__init__()
        self._desk, self._name, self._value, self._make, self._save = desk, name, value, make, save
        self._locked = locked
        self._editor: Editor | None = None
        self._saving = False
        self.shown = ValueText(desk, text, name=name, role=role, right=right, lines=lines)
        self.shown.setAccessibleDescription(desk.words(EDIT_HINT))
        self.shown.clicked.connect(self.edit)
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(3)
        self._box.addWidget(self.shown)
        self._box.addWidget(self._problem)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def editor(self) -> Editor | None:
        """The editor while the value is being changed."""
        return self._editor

    def edit(self) -> None:
        """Turn into the editor."""
        if self._editor is not None:
            return
        if self._locked:
            self._desk.toast(self._locked, refused=True)
            return
        editor = self._make()
        self._editor = editor
        editor.set_name(self._name)
        editor.set_value(self._value)
        editor.committed.connect(lambda: QTimer.singleShot(0, self, self._left))
        for each in (editor.inner(), *editor.inner().findChildren(QWidget)):
            each.installEventFilter(self)
        self._box.insertWidget(0, editor)
        self.shown.hide()
        editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape gives up, Enter commits."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._back(focus=True)
                return True
            many = isinstance(self._editor, LongText)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (control or not many):
                self.commit()
                return True
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        """The field was left or a choice was made."""
        if self._editor is not None and not self._saving:
            self.commit()

    def commit(self) -> None:
        """Save what stands in the editor, if it is another value."""
        if self._editor is None or self._saving:
            return
        try:
            value = self._editor.value()
        except Unreadable as error:
            self.refuse((error.problem,))
            return
        if value == self._value:
            self._back(focus=self._has_focus())
            return
        self._saving = True
        self._save(value, done=self._saved, refused=self.refuse)

    def _has_focus(self) -> bool:
        return self._editor is not None and (self._editor.inner().hasFocus() or self._editor.hasFocus())

    def _saved(self, _answer: object) -> None:
        """The page looks again by itself; until then the old value stands."""
        self._saving = False
        self._back(focus=self._has_focus())

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong; the typed text stays."""
        self._saving = False
        if self._editor is None:
            return
        self._editor.mark(wrong=True)
        self._problem.setText("\n".join(p.text(self._desk.words) for p in problems))
        self._problem.show()

    def _back(self, *, focus: bool) -> None:
        editor, self._editor = self._editor, None
        self._problem.hide()
        self.shown.show()
        if focus:
            self.shown.setFocus()
        if editor is not None:
            editor.hide()
            self._box.removeWidget(editor)
            editor.deleteLater()
        self.closed.emit()
