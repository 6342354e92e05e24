"""A row that turns: its parts stand side by side where they fit, and one under another where they do not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget


def _words(widget: QWidget) -> int:
    """Words that could be shortened are not, as long as a line of their own helps."""
    return widget.sizeHint().width() if isinstance(widget, QLabel) and not widget.wordWrap() else 0


def _parts(row: QBoxLayout) -> list[QWidget]:
    items = (row.itemAt(n) for n in range(row.count()))
    widgets = [item.widget() for item in items if item is not None]
    return [w for w in widgets if w is not None and not w.isHidden()]


def narrowest(row: QBoxLayout) -> int:
    """How wide a row must be when its parts stand one under another."""
    margins = row.contentsMargins()
    alone = [max(w.minimumSizeHint().width(), w.minimumWidth()) for w in _parts(row)]
    return max(alone, default=0) + margins.left() + margins.right()


def turn_row(row: QBoxLayout, width: int) -> bool:
    """Turn a row for the width there is; whether it lies otherwise now. A part with stretch wants 200 at least."""
    margins, parts = row.contentsMargins(), _parts(row)
    needs = [max(w.minimumSizeHint().width(), w.minimumWidth(), 200 if row.stretch(row.indexOf(w)) else 0)
             for w in parts]  # fmt: skip
    wanted = sum(needs) + row.spacing() * max(0, len(needs) - 1) + margins.left() + margins.right()
    ways = QBoxLayout.Direction
    way = ways.TopToBottom if wanted > width > 0 else ways.LeftToRight
    if row.direction() == way:
        return False
    row.setDirection(way)
    for widget in parts:
        fixed = widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        row.setAlignment(widget, Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0))
    return True


class TurningRow(QWidget):
    """Parts in a line. In large text or a narrow page each gets a line of its own, so nothing goes over the edge.

    ``margins`` are left, top, right and bottom.
    """

    def __init__(self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(*margins)
        self.row.setSpacing(spacing)
        self._wide: dict[QWidget, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget, stretch: int = 0, *, at_least: int = 0) -> None:
        """Put a part at the end; ``at_least`` is how wide it must be to stay in the line."""
        fixed = widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        side = Qt.AlignmentFlag.AlignLeft if fixed and not stretch else Qt.AlignmentFlag(0)
        self.row.addWidget(widget, stretch, side)
        self._wide[widget] = at_least

    def add_stretch(self) -> None:
        """Air that pushes what follows to the other side."""
        self.row.addStretch(1)

    def _needs(self) -> list[int]:
        """How wide each part that shows must be."""
        shown = [w for w in self._wide if not w.isHidden()]
        return [max(self._wide[w], w.minimumSizeHint().width(), w.minimumWidth(), _words(w)) for w in shown]

    def _edges(self) -> int:
        margins = self.row.contentsMargins()
        return margins.left() + margins.right()

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest part alone."""
        alone = [max(w.minimumSizeHint().width(), w.minimumWidth()) for w in self._wide if not w.isHidden()]
        return QSize(max(alone, default=0) + self._edges(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or under one another, as the room allows."""
        super().resizeEvent(event)
        self.turn()

    def event(self, event: QEvent) -> bool:
        """Measure anew when a part comes or goes or the text grows."""
        answer = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self.turn()
        return answer

    def turn(self) -> None:
        """Lay the parts out for the present width."""
        needs = self._needs()
        wanted = sum(needs) + self.row.spacing() * max(0, len(needs) - 1) + self._edges()
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if wanted > self.width() > 0 else ways.LeftToRight
        if self.row.direction() != way:
            self.row.setDirection(way)
            self.updateGeometry()
