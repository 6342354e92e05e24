"""What has been done, said at the bottom for eight seconds, with a button to undo it. Never a name.

It stays as long as the mouse rests on it or its button has the focus, and is read out to who cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from liaison.i18n import N_, Language
from liaison.ui.theme import Role, Theme, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.shapes import Shape

SHOWN_MS = 8_000
UNDO = N_("Undo")
NOT_DONE = N_("Not done: {text}")
HEIGHT = 40
GAP = 14
NEAR = 6
HIGHEST = 240
"""Logical pixels: over the foot, between the toast and what it must not cover, and how far it may climb for that."""


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have a screen reader say something that no focus leads to; ``at_once`` breaks off what it is reading."""
    event = QAccessibleAnnouncementEvent(widget, text)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class _Sign(ShapeView):
    """The sign in the toast's own colours: a tick for what is done, a triangle for what was not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Shape.DONE, Tone.GREEN, ground="toast")

    @property
    def shape(self) -> Shape:
        """The sign shown now."""
        return self._shape

    def show_refused(self, *, refused: bool) -> None:
        """Show the sign for what was not done, or for what was."""
        self.show_shape(Shape.LATE if refused else Shape.DONE, Tone.AMBER if refused else Tone.GREEN)

    def paintEvent(self, event: QEvent) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        from liaison.ui.widgets.shapes import paint_shape

        painter = QPainter(self)
        colour = self._theme.colour("toastaccent" if self._shape is Shape.DONE else "toastwarn")
        paint_shape(painter, self._shape, QRectF(self.rect()), colour, self._theme.colour("toast"))
        painter.end()


class Toast(QFrame):
    """One message at a time, over the foot of its parent."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        words: Language,
        undo: Callable[[], object],
        *,
        keys: Callable[[], str] = lambda: "Ctrl+Z",
        beside: Callable[[], Iterable[QWidget]] = tuple,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._undo = undo
        self._keys = keys
        self._beside = beside
        self._over = parent
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(9)
        self._words = words
        self.sign = _Sign(theme)
        row.addWidget(self.sign)
        self.text = Label("", Role.STRONG)
        self.text.setObjectName("toastText")
        self.text.setProperty("role", "")
        row.addWidget(self.text)
        row.addSpacing(8)
        self.button = QPushButton(words(UNDO))
        self.button.setObjectName("toastButton")
        self.button.setAccessibleName(words(UNDO))
        self.button.clicked.connect(lambda _checked=False: self._undo_now())
        row.addWidget(self.button)
        self.key = Label("")
        self.key.setObjectName("toastKey")
        self.key.setProperty("role", "")
        row.addWidget(self.key)
        self.setFixedHeight(HEIGHT + theme.px(17) - 17)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undo: bool, refused: bool = False) -> None:
        """Show a message and read it out; one that says what was not done is read before anything else."""
        self.text.setText(text)
        self.sign.show_refused(refused=refused)
        self.button.setVisible(undo)
        keys = QKeySequence.fromString(self._keys()).toString(QKeySequence.SequenceFormat.NativeText)
        self.key.setText(keys)
        self.key.setVisible(undo and bool(keys))
        said = self._words(NOT_DONE, text=text) if refused else text
        self.setAccessibleName(said)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)
        announce(self, said, at_once=refused)

    def _leave(self) -> None:
        """Time is up; somebody who is reading it or about to press its button keeps it a while."""
        if self.underMouse() or self.button.hasFocus():
            self._timer.start(SHOWN_MS)
        else:
            self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse rests here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go a while after the mouse is gone."""
        if self.isVisible():
            self._timer.start(SHOWN_MS)
        super().leaveEvent(event)

    def _undo_now(self) -> None:
        self.hide()
        self._undo()

    def _place(self) -> None:
        """At the foot in the middle, above what stands there; above buttons too where that is not far up."""
        parent = self._over
        self.adjustSize()
        spot = QRect(
            (parent.width() - self.width()) // 2, parent.height() - self.height() - GAP, self.width(), self.height()
        )
        whole = [w for w in self._beside() if not w.visibleRegion().isEmpty()]
        spot = self._over_all(spot, [w for w in whole if not isinstance(w, QPushButton)])
        free = self._over_all(spot, whole)
        if spot.bottom() - free.bottom() <= HIGHEST and free.top() > 0:
            spot = free
        self.move(spot.topLeft())

    def _over_all(self, spot: QRect, widgets: Sequence[QWidget]) -> QRect:
        """The lowest place at or above a spot that leaves all of these in sight."""
        taken = [QRect(w.mapTo(self._over, QPoint()), w.size()) for w in widgets]
        found = QRect(spot)
        while found.top() > 0 and (under := [r for r in taken if r.intersects(found.adjusted(0, -NEAR, 0, NEAR))]):
            found.moveBottom(min(r.top() for r in under) - NEAR - 1)
        return found

    def place_again(self) -> None:
        """Something else stands at the foot now."""
        if self.isVisible():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
