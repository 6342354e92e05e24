"""Send finished pages to a printer: each page is drawn from memory, no file is left behind by us."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from liaison.ui.widgets.pdf_view import draw_page, image_of, page_sizes

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72


def print_pages(parent: QWidget, document: bytes, title: str) -> bool:
    """Ask for a printer and print; False if the officer cancelled. ``title`` names nobody: it shows in the queue."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    draw_on(printer, document)
    return True


def draw_on(printer: QPrinter, document: bytes) -> None:
    """Draw the pages of the chosen range."""
    sizes = page_sizes(document)
    first = max(1, printer.fromPage() or 1)
    last = min(len(sizes), printer.toPage() or len(sizes))
    printer.setResolution(DOTS_PER_INCH)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter(printer)
    try:
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            drawn = draw_page(document, number - 1, DOTS_PER_INCH / POINTS_PER_INCH)
            image = image_of(drawn)
            width, height = sizes[number - 1]
            scale = printer.resolution() / POINTS_PER_INCH
            painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)
    finally:
        painter.end()
