"""Send finished pages to a printer: each page is drawn from memory, no file is left behind by us."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from liaison.domain.errors import Unavailable
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.widgets.pdf_view import draw_page, image_of, page_sizes

NO_PRINTER = N_(
    "No printer is set up on this machine. Save the pages as a PDF and print them elsewhere; the file's name tells "
    "nothing."
)
TO_A_FILE = N_(
    "This printer writes a file that anybody can open. Print a paper about a person on paper, or save it as a sealed "
    "PDF."
)
_NO_PAPER = re.compile(r"pdf|xps|onenote|fax|image writer|evernote|print to file|virtual|snagit", re.IGNORECASE)
PRINTER_GONE = N_(
    "The printer took no more pages. See that it is switched on and connected, and print again, or save the pages as a "
    "PDF."
)
DOTS_PER_INCH = 300
POINTS_PER_INCH = 72


def print_pages(parent: QWidget, document: bytes, title: str) -> bool:
    """Ask for a printer and print; False if the officer cancelled. ``title`` names nobody: it shows in the queue."""
    printer = _chosen_printer(parent, title)
    if printer is None:
        return False
    draw_on(printer, document)
    return True


def _chosen_printer(parent: QWidget, title: str, *, is_about_people: bool = False) -> QPrinter | None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    if is_about_people:
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def writes_a_file(printer: QPrinter) -> bool:
    """Whether what was chosen is no paper: a PDF, XPS or note on the disk, or a fax, by its format, file or name.

    Windows and macOS offer such printers among the real ones; only their names tell them apart.
    """
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat or printer.outputFileName():
        return True
    return bool(_NO_PAPER.search(f"{printer.printerName()} {printer.printProgram()}"))


def ask_printer(desk: Desk, parent: QWidget, *, is_about_people: bool = False) -> QPrinter | None:
    """The printer that the officer chose; ``None`` where there is none (said, with what to do instead) or on cancel.

    A paper about a person is put on record before its pages go to :func:`draw_on`: what may not leave is not printed.
    It goes to paper only: a file of it is saved sealed, so a printer that writes files is refused.
    """
    if not has_printer():
        desk.toast(desk.words(NO_PRINTER), undo=False, refused=True)
        return None
    printer = _chosen_printer(parent, desk.words(N_("Report")), is_about_people=is_about_people)
    if printer is not None and is_about_people and writes_a_file(printer):
        desk.toast(desk.words(TO_A_FILE), undo=False, refused=True)
        return None
    return printer


def has_printer() -> bool:
    """Whether a printer is set up on this machine."""
    return bool(QPrinterInfo.availablePrinterNames())


def draw_on(printer: QPrinter, document: bytes) -> None:
    """Draw the pages of the chosen range. Raises :class:`Unavailable` where the printer takes none of them."""
    sizes = page_sizes(document)
    first = max(1, printer.fromPage() or 1)
    last = min(len(sizes), printer.toPage() or len(sizes))
    printer.setResolution(DOTS_PER_INCH)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter(printer)
    if not painter.isActive():
        raise Unavailable(PRINTER_GONE)
    try:
        for number in range(first, last + 1):
            if number > first and not printer.newPage():
                raise Unavailable(PRINTER_GONE)
            drawn = draw_page(document, number - 1, DOTS_PER_INCH / POINTS_PER_INCH)
            image = image_of(drawn)
            if printer.colorMode() == QPrinter.ColorMode.GrayScale:  # a hotel's printer: not every driver does it
                image = image.convertToFormat(QImage.Format.Format_Grayscale8)
            width, height = sizes[number - 1]
            scale = printer.resolution() / POINTS_PER_INCH
            painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)
    finally:
        painter.end()
