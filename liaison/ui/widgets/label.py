"""The one place that builds a QLabel. Text is always plain: a patient called ``<b>Siti</b>`` is shown as typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from liaison.ui.theme import Role, Tone


class Label(QLabel):
    """A text in one role. ``wrap`` breaks lines; ``elide`` shortens words with the whole in a tooltip."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.TEXT,
        *,
        wrap: bool = False,
        elide: bool = False,
        buddy: QWidget | None = None,
        tone: Tone | None = None,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self._elide = elide
        self._whole = text
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if buddy is not None:
            self.setBuddy(buddy)
        if tone is not None:
            self.setProperty("tone", tone.value)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        if self._elide:
            self._shorten()
        else:
            super().setText(text)

    def whole_text(self) -> str:
        """The text before it was shortened."""
        return self._whole

    def set_role(self, role: Role) -> None:
        """Give the text another role."""
        self.setProperty("role", role.value)
        self.style().unpolish(self)
        self.style().polish(self)
        if self._elide:
            self._shorten()

    def minimumSizeHint(self) -> QSize:
        """A shortened text may become very narrow."""
        return QSize(24, super().minimumSizeHint().height()) if self._elide else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        """The whole text, if there is room."""
        if not self._elide:
            return super().sizeHint()
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        if self._elide:
            self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten anew when the look changes."""
        super().changeEvent(event)
        if self._elide and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._shorten()

    def _shorten(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)
        if shown != super().text():
            super().setText(shown)


def key_cap(keys: str) -> QLabel:
    """A key as it stands on the keyboard."""
    cap = QLabel(keys)
    cap.setTextFormat(Qt.TextFormat.PlainText)
    cap.setObjectName("keyCap")
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return cap
