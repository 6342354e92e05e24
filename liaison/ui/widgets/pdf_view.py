"""The real pages of a PDF, drawn off the window's thread by pypdfium2 and shown as they will be printed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from liaison.domain.errors import Unavailable
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.masking import SHOW
from liaison.ui.runner import Trouble
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import EmptyState

MARGIN = 14
PAGES_KEPT = 6
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
POINTS_PER_INCH, SCREEN_DPI = 72, 96

PREVIEW = N_("Preview of the pages")
PAGE_OF = N_("Page {page} of {pages}")
NEXT = N_("Next page")
PREVIOUS = N_("Previous page")
LARGER = N_("Larger")
SMALLER = N_("Smaller")
FAILED = N_("The pages could not be drawn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One page as pixels, four bytes each."""

    width: int
    height: int
    stride: int
    pixels: bytes
    pages: int


def page_sizes(document: bytes | Path) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    with _opened(document) as pdf:
        return [(float(w), float(h)) for w, h in (pdf.get_page_size(n) for n in range(len(pdf)))]


def draw_page(document: bytes | Path, number: int, scale: float) -> Drawn:
    """Draw one page; ``scale`` is pixels per point."""
    with _opened(document) as pdf:
        page = pdf[number]
        bitmap = page.render(scale=scale, rev_byteorder=False)
        return Drawn(
            width=bitmap.width, height=bitmap.height, stride=bitmap.stride, pixels=bytes(bitmap.buffer), pages=len(pdf)
        )  # fmt: skip


@contextmanager
def _opened(document: bytes | Path) -> Iterator[Any]:
    """The document while it is looked at. Raises ``Unavailable`` for what is no PDF."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(document if isinstance(document, bytes) else str(document))
    except (pypdfium2.PdfiumError, OSError) as error:
        raise Unavailable(FAILED) from error
    try:
        yield pdf
    finally:
        pdf.close()


HIDDEN = N_("People are hidden on the screen. This paper names somebody, so it stays closed until they are shown.")


class _Paper(QWidget):
    """One page with its edge."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.image: QImage | None = None
        self.paper = QSize(400, 566)

    def sizeHint(self) -> QSize:
        return QSize(self.paper.width() + 2 * MARGIN, self.paper.height() + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = max(MARGIN, (self.width() - self.paper.width()) // 2)
        page = QRectF(left, MARGIN, self.paper.width(), self.paper.height())
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, alpha in ((4, 6), (2, 12), (1, 20)):
            painter.setBrush(QColor(0, 0, 0, alpha))
            painter.drawRoundedRect(page.adjusted(-spread, -spread + 2, spread, spread + 2), 3, 3)
        painter.fillRect(page, QColor("#FFFFFF"))
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, self.image)
        painter.end()


class PdfView(QWidget):
    """A preview. ``show_document`` takes the bytes or the path of a PDF; ``moved`` says: another page, another size."""

    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._document: bytes | Path | None = None
        self._sizes: list[tuple[float, float]] = []
        self._page = 0
        self._zoom = 0.0
        """Nought fits the page's height or width."""
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._generation = 0
        self._is_begun = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.area = QScrollArea()
        self.area.setObjectName("pdfGround")
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(desk.words(PREVIEW))
        self.area.setMinimumSize(160, 120)
        self._paper = _Paper(desk)
        self.area.setWidget(self._paper)
        self.area.viewport().installEventFilter(self)
        self.closed = hidden_paper(desk)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.closed)
        box.addWidget(stack, 1)
        self.foot = self._foot()
        """Size and page; somebody who lays previews side by side shows one of them under all."""
        box.addWidget(self.foot)
        self._show_state()

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("footing")
        foot.setFixedHeight(self._desk.theme.row_height(39))
        words, icons = self._desk.words, self._desk.icons
        row = QHBoxLayout(foot)
        row.setContentsMargins(10, 0, 10, 0)
        self.smaller = icon_button(icons, "zoom-out", words(SMALLER), lambda: self.zoom_by(-1))
        self.zoom_label = Label("", Role.SECOND)
        self.larger = icon_button(icons, "zoom-in", words(LARGER), lambda: self.zoom_by(+1))
        self.previous = icon_button(icons, "chevron-left", words(PREVIOUS), lambda: self.go_to(self._page - 1))
        self.where = Label("", Role.QUIET)
        self.next = icon_button(icons, "chevron-right", words(NEXT), lambda: self.go_to(self._page + 1))
        row.addWidget(self.smaller)
        row.addWidget(self.zoom_label)
        row.addWidget(self.larger)
        row.addStretch(1)
        for widget in (self.previous, self.where, self.next):
            row.addWidget(widget)
        row.addStretch(1)
        # As much air as the left side takes, so that the page stands in the middle; it gives way in large text.
        row.addSpacerItem(QSpacerItem(90, 1, QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum))
        return foot

    # what others call

    def show_document(
        self, document: bytes | Path, *, page: int = 1, names_people: bool = False, is_begun: bool = False
    ) -> None:
        """Show a PDF, from a page on. One that names people stays closed while people are hidden on the screen.

        Of one that ``is_begun`` the other pages come later.
        """
        if names_people and self._desk.masking.on:
            self.clear()
            self._stack.setCurrentWidget(self.closed)
            return
        self._stack.setCurrentWidget(self.area)
        self._document, self._is_begun = document, is_begun
        self._generation += 1
        self._drawn.clear()
        self._paper.image = None
        self._page = page - 1
        generation = self._generation
        self._desk.runner.work(
            page_sizes, document, owner=self, done=lambda sizes: self._sized(generation, sizes), failed=self._failed
        )

    def clear(self) -> None:
        """Show nothing."""
        self._document, self._sizes = None, []
        self._generation += 1
        self._stack.setCurrentWidget(self.area)
        self._paper.image = None
        self._paper.update()
        self._show_state()

    def go_to(self, page: int) -> None:
        """Show a page, from nought."""
        if not 0 <= page < len(self._sizes):
            return
        self._page = page
        self.area.verticalScrollBar().setValue(0)
        self._lay_out()
        self.moved.emit()

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by steps."""
        now = self._scale()
        nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - now))
        self._zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + steps))]
        self._lay_out()
        self.moved.emit()

    def fit(self) -> None:
        """Show the whole page."""
        self._zoom = 0.0
        self._lay_out()
        self.moved.emit()

    def follow(self, other: PdfView) -> None:
        """Show the page that another preview shows, at its size; the last page where there are fewer."""
        wanted = (min(other._page, max(0, len(self._sizes) - 1)), other._zoom)
        if wanted != (self._page, self._zoom):
            self._page, self._zoom = wanted
            self._lay_out()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page shown, from 1."""
        return self._page + 1

    # inside

    def _sized(self, generation: int, sizes: list[tuple[float, float]]) -> None:
        if generation != self._generation:
            return
        self._sizes = sizes
        self._page = max(0, min(self._page, len(sizes) - 1))
        self._lay_out()

    def _failed(self, _trouble: Trouble) -> None:
        self.where.setText(self._desk.words(FAILED))

    def _scale(self) -> float:
        """Logical pixels per screen point; fitting shows the whole page."""
        if self._zoom or not self._sizes:
            return self._zoom or 1.0
        width, height = self._sizes[self._page]
        inch = SCREEN_DPI / POINTS_PER_INCH
        room = self.area.viewport().size()
        wide = (room.width() - 2 * MARGIN) / (width * inch)
        high = (room.height() - 2 * MARGIN) / (height * inch)
        return max(0.2, min(wide, high))

    def _lay_out(self) -> None:
        """Give the paper its size and fetch its picture."""
        self._show_state()
        if not self._sizes or self._document is None:
            return
        width, height = self._sizes[self._page]
        factor = self._scale() * SCREEN_DPI / POINTS_PER_INCH
        self._paper.paper = QSize(round(width * factor), round(height * factor))
        size = self._paper.sizeHint()
        self._paper.setMinimumSize(size)
        sharp = factor * self.devicePixelRatioF()
        key = (self._page, round(sharp * 1000))
        known = self._drawn.get(key)
        self._paper.image = known
        self._paper.setAccessibleName(self.where.whole_text())
        self._paper.update()
        if known is None:
            generation = self._generation
            self._desk.runner.work(
                draw_page, self._document, self._page, sharp, owner=self, failed=self._failed,
                done=lambda drawn: self._take(generation, key, drawn),
            )  # fmt: skip

    def _take(self, generation: int, key: tuple[int, int], drawn: Drawn) -> None:
        if generation != self._generation:
            return
        image = image_of(drawn)
        self._drawn[key] = image
        while len(self._drawn) > PAGES_KEPT:
            self._drawn.popitem(last=False)
        if key[0] == self._page:
            self._paper.image = image
            self._paper.update()

    def _show_state(self) -> None:
        pages = len(self._sizes)
        of = "…" if self._is_begun else pages
        self.where.setText(self._desk.words(PAGE_OF, page=self._page + 1, pages=of) if pages else "")
        self.zoom_label.setText(self._desk.formats.percent(self._scale()) if pages else "")
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < pages)
        self.smaller.setEnabled(bool(pages))
        self.larger.setEnabled(bool(pages))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit anew once the room for the page is another: it changes after the view itself does."""
        if event.type() == QEvent.Type.Resize and not self._zoom:
            self._lay_out()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn pages, Z fits."""
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to(self._page + 1)
            case Qt.Key.Key_PageUp:
                self.go_to(self._page - 1)
            case Qt.Key.Key_Z:
                self.fit()
            case _:
                super().keyPressEvent(event)


def hidden_paper(desk: Desk) -> EmptyState:
    """Stands where a paper that names people would, while people are hidden on the screen."""
    words = desk.words
    return EmptyState(
        desk, icon="eye-off", sentence=words(HIDDEN), button=words(SHOW), run=desk.masking.switch, button_icon="eye"
    )


def image_of(drawn: Drawn) -> QImage:
    """The page as an image of its own, for a screen or a printer."""
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, _format(drawn)).copy()


def _format(drawn: Drawn) -> QImage.Format:
    """pypdfium2 draws blue, green, red, and a fourth byte where the page has transparency."""
    four = drawn.stride >= drawn.width * 4
    return QImage.Format.Format_RGB32 if four else QImage.Format.Format_BGR888
