"""How old what is owed is: one bar whose parts are as long as their number of claims, four blocks that filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from liaison.ui.desk import Desk
from liaison.ui.theme import Role, Theme, Tone
from liaison.ui.widgets.badge import ShapeView
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.shapes import Shape

BAR, GAP = 16, 3
_TOKENS = ("age1", "age2", "age3", "red")


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """One span of days: its words, how many claims, and one sum per currency, all in the shown language."""

    key: str
    words: str
    count: int
    count_words: str
    sums: tuple[str, ...] = ()


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.ages: Sequence[Age] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = sum(age.count for age in self.ages)
        if not whole:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = [(age, token) for age, token in zip(self.ages, _TOKENS, strict=False) if age.count]
        room = self.width() - GAP * (len(shown) - 1) - 8.0 * len(shown)
        left = 0.0
        for age, token in shown:
            width = 8 + room * age.count / whole
            pale = token in ("age1", "age2")
            painter.setBrush(self._theme.colour(token))
            painter.setPen(QPen(self._theme.colour("age3"), 1) if pale else Qt.PenStyle.NoPen)
            inset = 0.5 if pale else 0.0
            box = QRectF(left, 0, width, BAR).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, 4, 4)
            left += width + GAP
        painter.end()


class _Swatch(QWidget):
    def __init__(self, theme: Theme, token: str) -> None:
        super().__init__()
        self._theme, self._token = theme, token
        self.setFixedSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour(self._token))
        pale = self._token in ("age1", "age2")
        painter.setPen(QPen(self._theme.colour("age3"), 1) if pale else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(0.5, 0.5, 9, 9), 2, 2)
        painter.end()


class _Block(QToolButton):
    """One span: a button that filters the list. The labels inside only show."""

    def __init__(self, desk: Desk, age: Age, number: int) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join((age.words, age.count_words, *age.sums)))
        self.setCheckable(True)
        late = number == len(_TOKENS) - 1
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 3, 6, 3)
        box.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        mark = ShapeView(desk.theme, Shape.LATE, Tone.RED) if late else _Swatch(desk.theme, _TOKENS[number])
        head.addWidget(mark)
        head.addWidget(Label(age.words, Role.BOLD, tone=Tone.RED if late else None))
        head.addWidget(Label(age.count_words, Role.SECOND))
        head.addStretch(1)
        box.addLayout(head)
        for line, text in enumerate(age.sums or ("",)):
            row = QHBoxLayout()
            row.setContentsMargins(18, 0, 0, 0)
            row.addWidget(Label(text, Role.STRONG if line == 0 else Role.QUIET))
            box.addLayout(row)
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As high as what stands inside."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()


class AgeingStrip(QWidget):
    """The strip over the list of claims. ``chosen`` carries a span's key, or an empty text when none is chosen."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, *, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 2, 14, 10)
        box.setSpacing(8)
        self.bar = _Bar(desk.theme)
        box.addWidget(self.bar)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(0)
        box.addLayout(self._grid)
        self.blocks: dict[str, _Block] = {}
        desk.theme.changed.connect(self.update)

    def show_ages(self, ages: Sequence[Age]) -> None:
        """Show four spans, youngest first."""
        for block in self.blocks.values():
            block.setParent(None)
            block.deleteLater()
        self.blocks = {}
        for number, age in enumerate(ages):
            block = _Block(self._desk, age, number)
            block.setChecked(age.key == self._chosen)
            block.clicked.connect(lambda _on=False, key=age.key: self._choose(key))
            self._grid.addWidget(block, 0, number, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(number, 1)
            self.blocks[age.key] = block
        self.bar.ages = tuple(ages)
        self.setAccessibleDescription("; ".join(f"{a.words}: {a.count_words}" for a in ages))
        self.bar.update()

    def _choose(self, key: str) -> None:
        self._chosen = "" if key == self._chosen else key
        for each, block in self.blocks.items():
            block.setChecked(each == self._chosen)
        self.chosen.emit(self._chosen)
