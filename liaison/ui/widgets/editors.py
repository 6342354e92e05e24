"""Fields to type into. Each knows its value, says when it changed, and can be marked wrong or guessed.

``value`` raises :class:`~liaison.ui.typed.Unreadable` when the text is not what the field holds; it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable

ARROW = 52
"""Logical pixels of a combo box that its text cannot use."""

MANY = 9
"""From this many choices on, a choice is searched by typing."""

NOT_A_NUMBER = N_("Type a whole number.")
NOT_IN_LIST = N_("Choose one from the list.")


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and dress the widget anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Editor(QWidget):
    """What every field to type into can do. ``changed`` fires on each change by the user, ``committed`` when done."""

    changed = Signal()
    committed = Signal()

    def value(self) -> Any:
        """What stands there. Raises :class:`Unreadable`."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        raise NotImplementedError

    def inner(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def typed(self) -> str:
        """The text as it stands, read or not: what is kept when the window locks."""
        raise NotImplementedError

    def retype(self, text: str) -> None:
        """Put back what :meth:`typed` gave."""
        raise NotImplementedError

    def mark(self, *, wrong: bool) -> None:
        """Give the field its red border, or take it away."""
        restyle(self.inner(), "wrong", "true" if wrong else "false")

    def mark_guessed(self, *, guessed: bool) -> None:
        """Give the field the ground of a guess, or take it away."""
        restyle(self.inner(), "guessed", "true" if guessed else "false")

    def _taken(self) -> None:
        """The user took a value that needs no further typing."""
        self.changed.emit()
        self.committed.emit()

    def set_name(self, name: str, description: str = "") -> None:
        """Name the field for screen readers."""
        self.inner().setAccessibleName(name)
        self.inner().setAccessibleDescription(description)

    def _hold(self, inner: QWidget, *rest: QWidget) -> None:
        from PySide6.QtWidgets import QHBoxLayout

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(inner, 1)
        for each in rest:
            row.addWidget(each)
        self.setFocusProxy(inner)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class TextEdit(Editor):
    """One line of text."""

    def __init__(self, desk: Desk, *, placeholder: str = "", longest: int = 500) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setMaxLength(longest)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._finished)
        self._hold(self.line)

    def inner(self) -> QWidget:
        """The line."""
        return self.line

    def value(self) -> Any:
        """The text without blanks at its ends."""
        return self.line.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.line.setText("" if value is None else str(value))

    def typed(self) -> str:
        """The text."""
        return self.line.text()

    def retype(self, text: str) -> None:
        """Put the text back."""
        self.line.setText(text)

    def _finished(self) -> None:
        self.echo()
        self.committed.emit()

    def echo(self) -> None:
        """Write what was understood in the usual form, once the field is left."""


class LongText(Editor):
    """Several lines of text."""

    def __init__(self, desk: Desk, *, lines: int = 3) -> None:
        super().__init__()
        self.box = _PlainText(self)
        height = round(QFontMetricsF(desk.theme.font(Role.TEXT)).lineSpacing() * lines) + 16
        self.box.setFixedHeight(height)
        self.box.setTabChangesFocus(True)
        self.box.textChanged.connect(self.changed.emit)
        self._hold(self.box)

    def inner(self) -> QWidget:
        """The box."""
        return self.box

    def value(self) -> Any:
        """The text without blanks at its ends."""
        return self.box.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.box.blockSignals(True)  # noqa: FBT003
        self.box.setPlainText("" if value is None else str(value))
        self.box.blockSignals(False)  # noqa: FBT003

    def typed(self) -> str:
        """The text."""
        return self.box.toPlainText()

    def retype(self, text: str) -> None:
        """Put the text back."""
        self.set_value(text)


class _PlainText(QPlainTextEdit):
    """A text box that says when it is left."""

    def __init__(self, editor: LongText) -> None:
        super().__init__()
        self._editor = editor

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self._editor.committed.emit()


class NumberEdit(TextEdit):
    """A whole number, or nothing."""

    def value(self) -> Any:
        """The number."""
        text = self.line.text().strip()
        if not text:
            return None
        if not text.lstrip("-").isdigit():
            raise Unreadable(Problem(code="NOT_A_NUMBER", message=NOT_A_NUMBER))
        return int(text)


class WordsEdit(TextEdit):
    """Several words or short texts, parted by commas."""

    def value(self) -> Any:
        """The words as a tuple."""
        return tuple(part.strip() for part in self.line.text().split(",") if part.strip())

    def set_value(self, value: Any) -> None:
        """Show words."""
        self.line.setText(", ".join(str(each) for each in value or ()))


class PhoneEdit(TextEdit):
    """A telephone number, echoed as people write it internationally. It may serve a family and identifies nobody."""

    def __init__(self, desk: Desk, *, country: str = "ID") -> None:
        super().__init__(desk)
        self._country = country

    def echo(self) -> None:
        """``0812 3456 7890`` becomes ``+62 812-3456-7890``; what cannot be read stays as typed."""
        from liaison.domain.identifiers import read_phone

        phone = read_phone(self.line.text(), self._country)
        if phone is not None:
            self.line.setText(phone.shown)


class SecretEdit(TextEdit):
    """A passphrase: hidden until the eye is pressed, never kept, never spell-checked."""

    def __init__(self, desk: Desk) -> None:
        from liaison.ui.widgets.buttons import icon_button

        QWidget.__init__(self)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(1024)
        hints = Qt.InputMethodHint
        self.line.setInputMethodHints(hints.ImhHiddenText | hints.ImhNoPredictiveText | hints.ImhSensitiveData)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self.committed.emit)
        self._desk = desk
        self.eye = icon_button(desk.icons, "eye", desk.words(SHOW_WORDS), self._switch)
        self._hold(self.line, self.eye)

    def _switch(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        hint = self._desk.words(HIDE_WORDS if hidden else SHOW_WORDS)
        self.eye.setToolTip(hint)
        self.eye.setAccessibleName(hint)
        self._desk.icons.set_icon(self.eye, "eye-off" if hidden else "eye", size=17)

    def value(self) -> Any:
        """The text exactly as typed."""
        return self.line.text()

    def typed(self) -> str:
        """Nothing: a secret is not kept."""
        return ""


SHOW_WORDS = N_("Show what is typed")
HIDE_WORDS = N_("Hide what is typed")


class ComboBox(QComboBox):
    """A combo box with our own chevron, that does not change by turning the wheel over it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(14)
        self.currentTextChanged.connect(lambda _text: self._hint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A choice that is longer than its box is told whole in the tooltip."""
        super().resizeEvent(event)
        self._hint()

    def _hint(self) -> None:
        text = self.currentText()
        self.setToolTip(text if self.fontMetrics().horizontalAdvance(text) > self.width() - ARROW else "")
        line = self.lineEdit()
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)  # a long choice shows its beginning

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change what it says."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, shortened where they are too long for the box, and the chevron over Qt's own drawing."""
        if self.isEditable():
            super().paintEvent(event)
        else:
            drawn = QStylePainter(self)
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            room = max(0, self.width() - ARROW)
            shown = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
            option.currentText = shown
            drawn.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            drawn.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            drawn.end()
        painter = QPainter(self)
        box = QRectF(self.width() - 24, 0, 16, self.height())
        self._desk.icons.paint(painter, box, "chevron-down", token="ink2", size=14)
        painter.end()


class Choice(Editor):
    """One of a closed list; long lists are searched by typing. Choices are ``(value, text already translated)``."""

    def __init__(
        self, desk: Desk, choices: Sequence[tuple[Any, str]], *, none: str | None = None, search: bool | None = None
    ) -> None:
        super().__init__()
        self.combo = ComboBox(desk)
        self._choices: list[tuple[Any, str]] = []
        self._searched = len(choices) >= MANY if search is None else search
        self.set_choices(choices, none=none)
        if self._searched:
            self._make_searchable()
        self.combo.activated.connect(lambda _index: self._taken())
        self._hold(self.combo)

    def set_choices(self, choices: Sequence[tuple[Any, str]], *, none: str | None = None) -> None:
        """Offer other choices; ``none`` is the words for having chosen nothing."""
        self._choices = [*([(None, none)] if none is not None else []), *choices]
        self.combo.clear()
        for _value, text in self._choices:
            self.combo.addItem(text)

    @property
    def offered(self) -> list[Any]:
        """The values that can be chosen."""
        return [value for value, _text in self._choices]

    def _make_searchable(self) -> None:
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.combo.model(), self.combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = QListView()
        popup.setObjectName("popupList")
        completer.setPopup(popup)
        completer.activated.connect(lambda _text: self._taken())
        line = QLineEdit()
        line.setProperty("kind", "bare")
        line.textEdited.connect(lambda _text: self.changed.emit())
        self.combo.setLineEdit(line)
        self.combo.setCompleter(completer)

    def inner(self) -> QWidget:
        """The combo box."""
        return self.combo

    def value(self) -> Any:
        """The value chosen."""
        if self.combo.isEditable():
            return self._value_typed(self.combo.currentText().strip())
        index = self.combo.currentIndex()
        return self._choices[index][0] if index >= 0 else None

    def _value_typed(self, text: str) -> Any:
        for value, word in self._choices:
            if word.casefold() == text.casefold():
                return value
        if not text:
            return None
        raise Unreadable(Problem(code="NOT_IN_LIST", message=NOT_IN_LIST))

    def set_value(self, value: Any) -> None:
        """Choose a value; one that is not in the list chooses nothing."""
        for index, (each, _text) in enumerate(self._choices):
            if each == value and type(each) is type(value):
                self.combo.setCurrentIndex(index)
                return
        self.combo.setCurrentIndex(0 if self._choices and self._choices[0][0] is None else -1)
        if self.combo.isEditable():
            self.combo.setEditText(
                self.combo.itemText(self.combo.currentIndex()) if self.combo.currentIndex() >= 0 else ""
            )

    def typed(self) -> str:
        """The words shown."""
        return self.combo.currentText()

    def retype(self, text: str) -> None:
        """Put the words back."""
        index = self.combo.findText(text)
        if index >= 0:
            self.combo.setCurrentIndex(index)
        elif self.combo.isEditable():
            self.combo.setEditText(text)


def code_choices(desk: Desk, codes: type[Enum]) -> list[tuple[Any, str]]:
    """The members of a list of codes with their words."""
    return [(each, desk.words(str(getattr(each, "label", each)))) for each in codes]


class TickBox(QCheckBox):
    """A checkbox drawn in our own colours, crisp at every scale."""

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__(text)
        self._desk = desk
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        theme = self._desk.theme
        words = QFontMetricsF(theme.font(Role.TEXT)).horizontalAdvance(self.text())
        return QSize(round(theme.px(15) + 12 + words), max(theme.px(24), 24))

    def minimumSizeHint(self) -> QSize:
        """As small as its words allow."""
        return self.sizeHint()

    def hitButton(self, pos: Any) -> bool:
        """A click anywhere on it counts."""
        return self.rect().contains(pos)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and words."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = float(theme.px(15))
        square = QRectF(2, (self.height() - edge) / 2, edge, edge)
        self._paint_box(painter, square, edge)
        painter.setFont(theme.font(Role.TEXT))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink3"))
        words = QRectF(square.right() + 9, 0, self.width() - square.right() - 9, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def _paint_box(self, painter: QPainter, square: QRectF, edge: float) -> None:
        theme = self._desk.theme
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(-2, -2, 2, 2), 6, 6)
        if not self.isChecked():
            painter.setPen(QPen(theme.colour("red" if self.property("wrong") == "true" else "field"), 1.3))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(square.adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self.isEnabled() else "off"))
        painter.drawRoundedRect(square, 4, 4)
        pen = QPen(theme.colour("onaccent"), edge / 8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        unit = edge / 15
        tick = [QPointF(3.8, 7.6), QPointF(6.5, 10.2), QPointF(11.3, 4.9)]
        painter.drawPolyline(QPolygonF([square.topLeft() + p * unit for p in tick]))


class TickEdit(Editor):
    """Yes or no, with its words beside the box."""

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__()
        self.box = TickBox(desk, text)
        self.box.clicked.connect(lambda _on: self._taken())
        self._hold(self.box)

    def inner(self) -> QWidget:
        """The box."""
        return self.box

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def typed(self) -> str:
        """``x`` when ticked."""
        return "x" if self.box.isChecked() else ""

    def retype(self, text: str) -> None:
        """Put the tick back."""
        self.box.setChecked(text == "x")
