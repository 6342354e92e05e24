"""The parts a page is laid out with: head, panes, sections, facts, footing, empty state. No boxes in boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.badge import Badge, BadgeView, ShapeView
from liaison.ui.widgets.buttons import icon_button, primary
from liaison.ui.widgets.label import Label, key_cap
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.turning import TurningRow

LEFT, RIGHT = 18, 14
PANE_PADDING = 16
BACK = "back"
"""The arrow before a title, which never has the focus when a page opens."""


def hairline() -> QFrame:
    """A line of one pixel across."""
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line


def upright() -> QFrame:
    """A line of one pixel from top to bottom."""
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedWidth(1)
    return line


def card(*, name: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A bordered card and its layout. ``name`` is card, cardBig, cardSunken or cardChosen."""
    frame = QFrame()
    frame.setObjectName(name)
    box = QVBoxLayout(frame)
    box.setContentsMargins(16, 14, 16, 14)
    box.setSpacing(8)
    return frame, box


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # else Qt would still show it, as a window of its own, if it was added a moment ago
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Head(QFrame):
    """The head of a page: where it is, how it stands, and what can be done, at most one button filled.

    ``back`` puts an arrow before the title; ``facts`` are quiet words after it; ``buttons`` stand at the right.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        note: str = "",
        facts: Sequence[str] = (),
        badge: Badge | None = None,
        buttons: Sequence[QWidget] = (),
        back: Callable[[], object] | None = None,
        back_hint: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("head")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(LEFT if back is None else LEFT - 12, 12, RIGHT, 10)
        outer.setSpacing(8)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        outer.addLayout(self.row)
        self._has_back = back is not None
        if back is not None:
            arrow = icon_button(desk.icons, "arrow-left", back_hint, back)
            arrow.setObjectName(BACK)
            self.row.addWidget(arrow)
            self.row.addSpacing(2)
        self.title = Label(title, Role.TITLE)
        self.row.addWidget(self.title)
        self.row.addSpacing(4)
        self._facts = [Label(text, Role.QUIET if n == 0 else Role.SECOND) for n, text in enumerate(facts)]
        for each in self._facts:
            self.row.addWidget(each)
        self.note = Label(note, Role.QUIET, elide=True)
        if not note:
            self.note.hide()
        self.badge = BadgeView(desk.theme, badge.in_head() if badge is not None else None, gives_way=True)
        self.row.addWidget(self.badge)
        self.row.addWidget(self.note, 1)
        self.row.addStretch(1 if not note else 0)
        self._buttons = QWidget()
        side = QHBoxLayout(self._buttons)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addStretch(1)
        for button in buttons:
            side.addWidget(button)
        if not buttons:
            self._buttons.hide()  # and never shown without a parent: that would flash a window of its own
        self._below = QHBoxLayout()
        self._below.setSpacing(8)
        self._below.addStretch(1)
        outer.addLayout(self._below)
        self._is_below = self._is_badge_below = False
        self.row.addStrut(desk.theme.row_height(32))  # as high with buttons as without: titles never jump
        self.row.addWidget(self._buttons)

    def _edges(self) -> int:
        margins = self._outer.contentsMargins()
        return margins.left() + margins.right()

    def _title_width(self) -> int:
        """How wide the title is with its arrow and its facts."""
        shown = [w for w in (self.title, *self._facts) if not w.isHidden()]
        return sum(w.sizeHint().width() + 8 for w in shown) + (44 if self._has_back else 0)

    def minimumSizeHint(self) -> QSize:
        """In large text buttons and badge stand under the title, so the widest of them decides."""
        buttons = 0 if self._buttons.isHidden() else self._buttons.minimumSizeHint().width()
        wide = max(self._title_width(), buttons) + self._edges()
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the buttons a line of their own where title and buttons do not fit side by side."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_buttons()

    def _place_buttons(self) -> None:
        """Put the buttons beside the title or under it. Texts are whole either way; only the note gives way."""
        room = self.width() - self._edges()
        title = self._title_width()
        badge = 0 if self.badge.isHidden() else self.badge.sizeHint().width() + 8
        buttons = 0 if self._buttons.isHidden() else self._buttons.sizeHint().width() + 16
        below = bool(buttons) and title + badge + buttons > room > 0
        badge_below = bool(badge) and title + badge > room > 0
        if badge_below != self._is_badge_below:
            self._is_badge_below = badge_below
            if badge_below:
                self._below.insertWidget(0, self.badge)
            else:
                self.row.insertWidget(self.row.indexOf(self.note), self.badge)
        if below != self._is_below:
            self._is_below = below
            (self._below if below else self.row).addWidget(self._buttons)

    def set_note(self, text: str) -> None:
        """Say something else beside the title."""
        self.note.setText(text)
        self.note.setVisible(bool(text))


class Pane(QFrame):
    """A column of a page that scrolls by itself, so that a page never asks for more height than there is.

    ``side`` is ``left`` (its line at the right), ``right`` (sunken ground) or ``middle``. One that ``grows`` is, in
    large text, as wide as what stands in it: a list of words to choose from.
    """

    def __init__(
        self, desk: Desk, *, side: str = "middle", width: int = 0, name: str = "", padding: int | None = None,
        grows: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._grows = grows
        self.setObjectName({"left": "paneStart", "right": "sunkenEnd"}.get(side, "head"))
        self._desk = desk
        self._width = width
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1 if side == "left" else 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        # Everything fits at usual sizes; very large text in a small window scrolls sideways rather than being cut.
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setMinimumHeight(60)
        self.area.viewport().setAutoFillBackground(False)
        content = QWidget()
        content.setObjectName("scrolled")
        content.setAutoFillBackground(False)
        self.body = QVBoxLayout(content)
        edge = PANE_PADDING if padding is None else padding
        self.body.setContentsMargins(LEFT if side != "right" else edge, 12, edge, 12)
        self.body.setSpacing(0)
        self._edge = edge
        self.area.setWidget(content)
        self.area.verticalScrollBar().rangeChanged.connect(self._leave_room)
        outer.addWidget(self.area)
        if name:
            self.area.setAccessibleName(name)
        if width:
            self._set_width()
            desk.theme.changed.connect(self._set_width)
        if grows:
            content.installEventFilter(self)

    def _leave_room(self, _least: int, most: int) -> None:
        """The scroll bar's lane comes out of the padding, so that nothing inside moves when it appears."""
        margins = self.body.contentsMargins()
        lane = self.area.verticalScrollBar().sizeHint().width() if most else 0
        margins.setRight(max(0, self._edge - lane))
        self.body.setContentsMargins(margins)

    def _set_width(self) -> None:
        usual = self._desk.theme.pane_width(self._width)
        content = self.area.widget()
        if self._grows and content is not None:
            most = self._desk.theme.px(self._width)
            lane = self.area.verticalScrollBar().sizeHint().width()
            usual = max(usual, min(most, content.minimumSizeHint().width() + lane + 2))
        self.setFixedWidth(usual)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands in it changed or its text grew: measure anew."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self._set_width()
        return super().eventFilter(watched, event)

    def narrow(self, width: int) -> None:
        """Take another width (a narrow window)."""
        self._width = width
        self._set_width()

    def add(self, widget: QWidget, *, space: int = 0) -> None:
        """Put a widget at the end."""
        if space:
            self.body.addSpacing(space)
        self.body.addWidget(widget)

    def finish(self) -> None:
        """What comes after is air."""
        self.body.addStretch(1)


class Section(QWidget):
    """A word, what belongs under it, and a hairline before the next. ``beside`` stands at the right of the word."""

    def __init__(self, title: str, *, beside: QWidget | None = None, line: bool = True) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = TurningRow(spacing=6)
        self.title = Label(title, Role.SECTION, elide=True)
        head.add(self.title)
        head.add_stretch()
        if beside is not None:
            head.add(beside)
        outer.addWidget(head)
        outer.addSpacing(5)
        self.body = QVBoxLayout()
        self.body.setSpacing(3)
        outer.addLayout(self.body)
        if line:
            outer.addSpacing(9)
            outer.addWidget(hairline())
            outer.addSpacing(9)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self.body.addWidget(widget)


class Facts(QWidget):
    """Labels left, values right, one line each: money, numbers and dates of a card.

    Where a label and its value do not fit side by side (large text), every value stands under its label.
    """

    def __init__(self, *, values_right: bool = True, label_width: int = 0) -> None:
        super().__init__()
        self._right = values_right
        self._label_width = label_width
        self._rows: list[tuple[Label, QWidget]] = []
        self._stacked = False
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(3)
        self._set_columns()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(self, label: str, value: str, *, strong: bool = False, role: Role | None = None) -> Label:
        """One line; the value is given back so that it can change."""
        shown = Label(value, role or (Role.BOLD if strong else Role.TEXT))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{label}: {value}")
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        shown.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.add_widget(label, shown)
        return shown

    def add_widget(self, label: str, widget: QWidget) -> None:
        """One line with a widget of its own."""
        self._rows.append((Label(label, Role.SECOND), widget))
        self._put(len(self._rows) - 1)

    def _put(self, number: int) -> None:
        name, value = self._rows[number]
        if self._stacked:
            self.grid.addWidget(name, 2 * number, 0, 1, 2)
            self.grid.addWidget(value, 2 * number + 1, 0, 1, 2)
        else:
            self.grid.addWidget(name, 2 * number, 0)
            self.grid.addWidget(value, 2 * number, 1)

    def _set_columns(self) -> None:
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnMinimumWidth(0, 0 if self._stacked else self._label_width)

    def _beside(self) -> int:
        """How wide the widest line is with its value beside the label."""
        names = max((name.sizeHint().width() for name, _ in self._rows), default=0)
        values = max((value.minimumSizeHint().width() for _, value in self._rows), default=0)
        return max(names, self._label_width) + self.grid.horizontalSpacing() + values

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest label or value alone."""
        alone = [w.minimumSizeHint().width() for pair in self._rows for w in pair]
        return QSize(max(alone, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, as the room allows."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _arrange(self) -> None:
        stacked = self._beside() > self.width() > 0
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._set_columns()
        for number in range(len(self._rows)):
            self._put(number)
        self.updateGeometry()


class Marked(QWidget):
    """A status shape and a text on one line."""

    def __init__(
        self, desk: Desk, text: str, shape: Shape, tone: Tone, *, role: Role = Role.TEXT, ground: str = "surface",
        wrap: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.shape = ShapeView(desk.theme, shape, tone, ground=ground)
        self.label = Label(text, role, wrap=wrap, elide=not wrap)
        if wrap:  # the shape stands beside the first line
            self._theme, self._role = desk.theme, role
            self._fit_shape()
            desk.theme.changed.connect(self._fit_shape)
            self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)

    def _fit_shape(self) -> None:
        self.shape.setFixedHeight(QFontMetrics(self._theme.font(self._role)).height() + 1)


class ActionBar(QFrame):
    """The foot of a wizard or form: a note at the left, buttons at the right, one over the other where it is tight."""

    def __init__(self, *, note: QWidget | None = None, buttons: Sequence[QWidget] = (), height: int = 50) -> None:
        super().__init__()
        self.setObjectName("actionBar")
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(LEFT, 6, RIGHT, 6)
        self.row.setSpacing(8)
        self._buttons = tuple(buttons)
        if note is not None:
            self.row.addWidget(note, 1)
        else:
            self.row.addStretch(1)
        for button in buttons:
            self.row.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest button."""
        margins = self.row.contentsMargins()
        widest = max((button.sizeHint().width() for button in self._buttons), default=0)
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or over one another, as the room allows."""
        super().resizeEvent(event)
        margins = self.row.contentsMargins()
        wanted = sum(b.sizeHint().width() + 8 for b in self._buttons if not b.isHidden())
        stacked = wanted + margins.left() + margins.right() > event.size().width()
        ways = QHBoxLayout.Direction
        way = ways.BottomToTop if stacked else ways.LeftToRight
        if self.row.direction() != way:
            self.row.setDirection(way)
            self.updateGeometry()


class Footing(QFrame):
    """The foot of a list: how many are chosen, how many there are, sums per currency, and on what basis."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("footing")
        self.setMinimumHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, 4, RIGHT, 4)
        row.setSpacing(9)
        self.chosen = Label("", Role.GOOD)
        self.chosen.setProperty("role", Role.ACCENT.value)
        self.count = Label("", Role.LABEL)
        self.sums_label = Label("", Role.SECOND)
        self.sums = Label("", Role.LABEL)
        self.basis = Label("", Role.SECOND, elide=True)
        self.basis.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lines = [upright(), upright()]
        for line in self._lines:
            line.setFixedSize(1, 16)
        for widget in (self.chosen, self._lines[0], self.count, self._lines[1], self.sums_label, self.sums):
            row.addWidget(widget)
        row.addWidget(self.basis, 1)
        self.show_chosen(0)
        self.show_sums("", ())

    def show_chosen(self, count: int) -> None:
        """How many rows are chosen; fewer than two are not worth saying."""
        self.chosen.setText(self._desk.words.plural("{count} chosen", "{count} chosen", count) if count > 1 else "")
        self.chosen.setVisible(count > 1)
        self._lines[0].setVisible(count > 1)

    def show_count(self, text: str, *, basis: str = "") -> None:
        """How many there are, in words, and on what basis."""
        self.count.setText(text)
        self.basis.setText(basis)

    def show_sums(self, label: str, sums: Sequence[str]) -> None:
        """One sum per currency, never added together."""
        self.sums_label.setText(label)
        self.sums.setText("    ".join(sums))
        for widget in (self._lines[1], self.sums_label, self.sums):
            widget.setVisible(bool(sums))


class EmptyState(QWidget):
    """Nothing here yet: an icon, one sentence, one button, one key."""

    def __init__(
        self, desk: Desk, *, icon: str, sentence: str, button: str = "", run: Callable[[], object] | None = None,
        button_icon: str = "plus", keys: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addStretch(1)
        box.addWidget(IconView(desk, icon, size=22), 0, Qt.AlignmentFlag.AlignHCenter)
        self.label = Label(sentence, Role.STRONG, wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.label)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = primary(desk.icons, button, run, icon=button_icon) if run is not None else None
        if self.button is not None:
            row.addWidget(self.button)
        if keys:
            row.addWidget(key_cap(keys))
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(2)


class IconView(QWidget):
    """An icon that is only looked at."""

    def __init__(self, desk: Desk, name: str, *, token: str = "ink2", size: int = 16) -> None:
        super().__init__()
        self._desk, self._name, self._token, self._size = desk, name, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square."""
        edge = self._desk.theme.px(self._size)
        return QSize(edge, edge)

    def paintEvent(self, event: QEvent) -> None:
        """Draw it."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        self._desk.icons.paint(painter, QRectF(self.rect()), self._name, token=self._token, size=self._size)
        painter.end()


class Sheet(QFrame):
    """The white sheet that all work lies on. A page that needs more room than there is scrolls, and is never cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        holder = QWidget()
        holder.setObjectName("scrolled")
        holder.setAutoFillBackground(False)
        self.box = QVBoxLayout(holder)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.area.setWidget(holder)
        outer.addWidget(self.area)


class Folding(QWidget):
    """Panes side by side; those named ``folds`` leave when the room is narrower than ``below`` logical pixels."""

    def __init__(self, panes: Sequence[tuple[QWidget, int]], *, folds: Sequence[QWidget] = (), below: int = 0) -> None:
        super().__init__()
        self._folds = tuple(folds)
        self._below = below
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for pane, stretch in panes:
            row.addWidget(pane, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        for pane in self._folds:
            pane.setVisible(event.size().width() >= self._below)
