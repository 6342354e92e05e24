"""One paper, looked at inside the program: its pages, its picture or its words. Nothing is opened by the system."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.i18n.formats import MISSING
from liaison.services import documents
from liaison.services.documents import DocumentFile, FileKind, PaperView
from liaison.ui.desk import Desk
from liaison.ui.page import Page
from liaison.ui.pages.document_form import edit_paper
from liaison.ui.pages.journey_papers import save_copy
from liaison.ui.pages.short_forms import Bench
from liaison.ui.places import Place
from liaison.ui.widgets.buttons import secondary
from liaison.ui.widgets.drawer import Drawer
from liaison.ui.widgets.parts import PANE_PADDING, EmptyState, Facts, Folding, Head, Pane, Section, clear, hairline
from liaison.ui.widgets.pdf_view import PdfView, hidden_paper

PANE_WIDTH = 300
LONGEST_TEXT = 200_000
"""Letters of a plain text that are shown; a longer one is saved as a copy to be read whole."""

PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.GIF, FileKind.BMP, FileKind.TIFF, FileKind.WEBP})
WORDS = frozenset({FileKind.TEXT, FileKind.MAIL})
NOT_SHOWN = N_(
    "{kind}: this is not shown here. Save a copy to open it with another program; the copy is not encrypted."
)
BROKEN = N_("This picture cannot be read. Ask the sender for it once more.")


class Picture(QWidget):
    """A picture as large as its room allows, never larger than it is."""

    def __init__(self, image: QImage, *, name: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(name)
        self.setMinimumSize(QSize(160, 120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawImage(self.rect().adjusted(left, top, left + size.width() - self.width(),
                                               top + size.height() - self.height()), self._image)  # fmt: skip
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self.update()


def read_picture(data: bytes) -> QImage | None:
    """The picture in the bytes of a file, turned as the camera said; nothing where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read()
    return None if image.isNull() else image


class DocumentPage(Page):
    """A file of a case with what is known of it. Its content is in memory only, and gone with the page."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        words = desk.words
        self.paper: PaperView | None = None
        self.head = Head(
            desk, words(N_("Document")), note="…", back=desk.frame.back, back_hint=words(N_("Back")),
            buttons=[secondary(desk.icons, words(N_("Save a copy…")), self._pick, icon="download")],
        )  # fmt: skip
        self.body.addWidget(self.head)
        self.body.addWidget(hairline())
        self.stage = QWidget()
        self._stage = QVBoxLayout(self.stage)
        self._stage.setContentsMargins(0, 0, 0, 0)
        self.side = QWidget()
        self._side = QVBoxLayout(self.side)
        self._side.setContentsMargins(0, 0, 0, 0)
        self.drawer = Drawer(desk, self.side, width=PANE_WIDTH)
        self.bench = Bench(desk=desk, drawer=self.drawer)
        self.body.addWidget(Folding([(self.stage, 1), (self.drawer, 0)], folds=[self.drawer], below=700), 1)
        desk.hub.changed.connect(self._changed)

    def _changed(self, _changes: object) -> None:
        self._read()

    def start(self) -> None:
        """Read what is known of it, then its content."""
        self._read()
        key = self.place.record
        if key is not None:
            self.desk.runner.read(documents.read_document, key, owner=self, done=self._show, key="content")

    def _read(self) -> None:
        key = self.place.record
        if key is not None:
            self.desk.runner.read(documents.paper, key, owner=self, done=self._arrived, key="paper")

    def _arrived(self, paper: PaperView) -> None:
        self.paper = paper
        self.head.note.setText(self.desk.masking.text(paper.details.title))
        words, formats, details = self.desk.words, self.desk.formats, paper.details
        clear(self._side)
        pane = Pane(self.desk, side="right", padding=PANE_PADDING, name=words(N_("Details of the document")))
        section = Section(words(N_("Details of the document")))
        facts = Facts()
        facts.add(words(N_("Kind of document")), words(details.kind.label) if details.kind else MISSING)
        facts.add(words(N_("Received on")), formats.date(details.received_on) if details.received_on else MISSING)
        if details.expires_on is not None:
            facts.add(words(N_("Valid until")), formats.date(details.expires_on))
        facts.add(
            words(N_("Language of the paper")), formats.language_name(details.language) if details.language else MISSING
        )
        facts.add(words(N_("Taken from the original")), words(N_("yes")) if details.is_original else words(N_("no")))
        facts.add(words(N_("The original is")), words(details.whereabouts.label) if details.whereabouts else MISSING)
        facts.add(words(N_("File")), f"{words(paper.kind.label)}, {size_words(self.desk, paper.size)}")
        if details.note:
            facts.add(words(N_("Note")), self.desk.masking.text(details.note))
        section.add(facts)
        pane.add(section)
        pane.body.addSpacing(10)
        change = partial(edit_paper, self.bench, paper.id)
        pane.add(secondary(self.desk.icons, words(N_("Change its details…")), change, icon="pencil"))
        if details.journey_id is not None:
            pane.body.addSpacing(8)
            go = partial(self.desk.go, "journey", details.journey_id)
            pane.add(secondary(self.desk.icons, words(N_("Open the case")), go, icon="route"))
        pane.finish()
        self._side.addWidget(pane, 1)

    def _show(self, found: DocumentFile) -> None:
        if self.desk.masking.on:
            self._put(hidden_paper(self.desk))
            return
        kind = FileKind(found.media_type)
        if kind is FileKind.PDF:
            view = PdfView(self.desk)
            self._put(view)
            view.show_document(found.data)
        elif kind in PICTURES:
            self.desk.runner.work(read_picture, found.data, owner=self, done=self._picture)
        elif kind in WORDS:
            self._put(self._text(found.data))
        else:
            self._say(NOT_SHOWN, kind=self.desk.words(kind.label))

    def _picture(self, image: QImage | None) -> None:
        if image is None:
            self._say(BROKEN)
        else:
            title = self.paper.details.title if self.paper is not None else ""
            self._put(Picture(image, name=self.desk.masking.text(title)))

    def _text(self, data: bytes) -> QWidget:
        box = QPlainTextEdit()
        box.setReadOnly(True)
        box.setPlainText(data.decode("utf-8", errors="replace")[:LONGEST_TEXT])
        box.setAccessibleName(self.desk.words(N_("Text of the document")))
        return box

    def _say(self, sentence: str, **values: object) -> None:
        self._put(EmptyState(self.desk, icon="file-text", sentence=self.desk.words(sentence, **values)))

    def _put(self, widget: QWidget) -> None:
        clear(self._stage)
        self._stage.addWidget(widget, 1)

    # out of the store

    def _pick(self) -> None:
        if self.paper is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, self.desk.words(N_("Save a copy of the document")), self.paper.details.title
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Write an unencrypted copy; that it left is on record."""
        if self.paper is not None:
            save_copy(self.desk, self, self.paper.id, target)


def size_words(desk: Desk, size: int) -> str:
    """``340 KB``, ``2,1 MB``."""
    if size < 1_000_000:
        return desk.words(N_("{size} KB"), size=desk.formats.number(max(round(size / 1000), 1)))
    return desk.words(N_("{size} MB"), size=desk.formats.number(size / 1_000_000, 1))
