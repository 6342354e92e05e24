"""The left rail: the places, lit where the window is; icons only when the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.page import PageEntry
from liaison.ui.theme import Role, Theme
from liaison.ui.widgets.buttons import GAP
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import IconView
from liaison.ui.widgets.shapes import Shape, paint_shape

WIDE, NARROW = 172, 52
PLACES = N_("Places")
MENU = N_("Menus")
LATE = N_("{count} late")


class Mark(QWidget):
    """The program's mark: an L on the accent."""

    def __init__(self, desk: Desk, *, size: int = 26) -> None:
        super().__init__()
        self._desk = desk
        self._size = size
        self._fit()
        desk.theme.changed.connect(self._fit)

    def _fit(self) -> None:
        """The mark grows with the text, more slowly."""
        edge = round(self._size * max(1.0, min(1.4, self._desk.theme.zoom / 100)))
        self.setFixedSize(edge, edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_mark(painter, self._desk.theme, float(self.width()))
        painter.end()


def paint_mark(painter: QPainter, theme: Theme, edge: float) -> None:
    """Draw the mark into a square at the top left."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawRoundedRect(QRectF(0, 0, edge, edge), edge * 0.27, edge * 0.27)
    font = QFont(theme.font(Role.MARK))
    font.setPixelSize(round(edge * 0.54))
    painter.setFont(font)
    painter.setPen(theme.colour("onaccent"))
    painter.drawText(QRectF(0, 0, edge, edge), Qt.AlignmentFlag.AlignCenter, "L")


def mark_pixmap(theme: Theme, edge: int) -> QPixmap:
    """The mark as a picture, for the window's icon."""
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, theme, float(edge))
    painter.end()
    return pixmap


class RailButton(QToolButton):
    """One place. Its number of late things stands at the right, as a shape when the rail is narrow."""

    def __init__(self, desk: Desk, entry: PageEntry) -> None:
        super().__init__()
        self.entry = entry
        self._desk = desk
        self._name = desk.words(entry.title)
        self._late = 0
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self._dress())
        self.set_narrow(narrow=False)
        self._say()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show only the icon, or icon and word."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style)
        self.setText("" if narrow else GAP + self._name)
        self._dress()

    def show_late(self, count: int) -> None:
        """Say how much is late here."""
        self._late = count
        self._say()
        self.update()

    def _say(self) -> None:
        late = f", {self._desk.words(LATE, count=self._late)}" if self._late else ""
        keys = f" ({self.entry.shortcut})" if self.entry.shortcut else ""
        self.setAccessibleName(self._name + late)
        self.setToolTip(self._name + late + keys)

    def _dress(self) -> None:
        self._desk.icons.set_icon(self, self.entry.icon, token="accent" if self.isChecked() else "ink2", size=17)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the late mark over Qt's own drawing."""
        super().paintEvent(event)
        if not self._late:
            return
        theme = self._desk.theme
        painter = QPainter(self)
        red, ground = theme.colour("red"), theme.colour("bg")
        if not self.text():
            paint_shape(painter, Shape.LATE, QRectF(self.width() - 17, 3, 9, 9), red, ground)
        else:
            text = self._desk.formats.number(self._late)
            painter.setFont(theme.font(Role.LABEL))
            width = QFontMetricsF(painter.font()).horizontalAdvance(text)
            right = self.width() - 12
            painter.setPen(red)
            painter.drawText(QRectF(right - width, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            edge = theme.px(10)
            paint_shape(
                painter,
                Shape.LATE,
                QRectF(right - width - edge - 5, (self.height() - edge) / 2, edge, edge),
                red,
                ground,
            )
        painter.end()


class Rail(QFrame):
    """The rail. ``chosen`` carries the key of a place."""

    chosen = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, desk: Desk, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(desk.words(PLACES))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, RailButton] = {}
        self._box = QVBoxLayout(self)
        self._box.setSpacing(2)
        self._box.addWidget(self._top())
        self._box.addSpacing(4)
        for entry in pages:
            if entry.on_rail and not entry.foot:
                self._box.addWidget(self._button(entry))
        self._box.addStretch(1)
        for entry in pages:
            if entry.on_rail and entry.foot:
                self._box.addWidget(self._button(entry))
        self._box.addWidget(self._foot())
        self.set_narrow(narrow=False)

    def _top(self) -> QWidget:
        """The mark, which is also the mouse's way to the menus."""
        top = QToolButton()
        top.setMinimumHeight(48)
        top.setProperty("kind", "brand")
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top.setAccessibleName(self._desk.words(MENU))
        top.setToolTip(f"{self._desk.words(MENU)} (F10)")
        top.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top.clicked.connect(lambda: self.menu_wanted.emit(top.mapToGlobal(top.rect().bottomLeft())))
        row = QHBoxLayout(top)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(Mark(self._desk))
        self._mark = Label("Liaison", Role.BOLD)
        row.addWidget(self._mark)
        row.addStretch(1)
        for child in top.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return top

    def _foot(self) -> QWidget:
        foot = QWidget()
        self._foot_row = row = QHBoxLayout(foot)
        row.setSpacing(9)
        row.addWidget(IconView(self._desk, "circle-user", size=17))
        self._who = QWidget()
        lines = QVBoxLayout(self._who)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(Label(self._desk.officer.name, Role.STRONG, elide=True))
        lines.addWidget(Label(self._desk.officer.office, Role.CAPTION, elide=True))
        row.addWidget(self._who, 1)
        return foot

    def _button(self, entry: PageEntry) -> RailButton:
        button = RailButton(self._desk, entry)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(entry.key))
        self._group.addButton(button)
        self.buttons[entry.key] = button
        return button

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, or icons and words."""
        grown = max(1.0, self._desk.theme.zoom / 100)
        self.setFixedWidth(round(NARROW * min(1.5, grown) if narrow else WIDE * min(1.6, grown)))
        self._box.setContentsMargins(6 if narrow else 8, 0, 6 if narrow else 8, 4)
        self._foot_row.setContentsMargins(11 if narrow else 9, 2, 0, 2)
        self._mark.setVisible(not narrow)
        self._who.setVisible(not narrow)
        for button in self.buttons.values():
            button.set_narrow(narrow=narrow)

    def light(self, key: str) -> None:
        """Light the place where the window is; a place that is not on the rail lights none."""
        button = self.buttons.get(key)
        lit = self._group.checkedButton()
        if button is None and lit is not None:
            self._group.setExclusive(False)
            lit.setChecked(False)
            self._group.setExclusive(True)
        if button is not None:
            button.setChecked(True)
            self.setFocusProxy(button)

    def show_late(self, key: str, count: int) -> None:
        """Say how much is late in a place."""
        if key in self.buttons:
            self.buttons[key].show_late(count)
