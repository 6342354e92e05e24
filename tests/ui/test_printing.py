"""Paper from the window: a missing printer is told with its cure, and a grey printer gets grey pages."""

from typing import ClassVar

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from liaison.domain.errors import Unavailable
from liaison.reports.blocks import Drawing, Headline, Text
from liaison.reports.charts import Bar, Bars
from liaison.ui import printing
from tests.reports.reading import TITLE, drawn

BARS = Bars(
    bars=(Bar(label="Medan", value=9, shown="9", focus=True), Bar(label="Jakarta", value=4, shown="4")), mm_per_unit=5
)
COLOURED = [TITLE, Headline(text="Satu dari 2"), Drawing(chart=BARS)]


def test_without_a_printer_it_says_what_to_do_instead(qtbot, desk, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    parent = QWidget()
    qtbot.addWidget(parent)
    said = []
    monkeypatch.setattr(type(desk.frame), "toast", lambda self, text, **more: said.append((text, more)))

    assert printing.ask_printer(desk, parent) is None
    assert said == [(desk.words(printing.NO_PRINTER), {"undo": False, "refused": True})]


@pytest.mark.parametrize(("mode", "is_grey"), [(QPrinter.ColorMode.GrayScale, True), (QPrinter.ColorMode.Color, False)])
def test_a_grey_printer_gets_grey_pages(qapp, tmp_path, mode, is_grey):
    document, _printed = drawn(COLOURED)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setColorMode(mode)

    printing.draw_on(printer, document)

    red, green, blue = pypdfium2.PdfDocument(tmp_path / "out.pdf")[0].render(scale=1).to_pil().convert("RGB").split()
    assert (red.tobytes() == green.tobytes() == blue.tobytes()) is is_grey


def chosen(monkeypatch, **values):
    """A dialog that takes a printer with these values as soon as it opens."""

    class Dialog:
        PrintDialogOption = printing.QPrintDialog.PrintDialogOption
        asked: ClassVar = []

        def __init__(self, printer, _parent):
            self.printer = printer

        def setOption(self, option, on):
            self.asked.append((option, on))

        def exec(self):
            for setter, value in values.items():
                getattr(self.printer, setter)(value)
            return printing.QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Hotel"]))
    monkeypatch.setattr(printing, "QPrintDialog", Dialog)
    return Dialog


def test_a_paper_about_a_person_is_not_printed_into_a_file(qtbot, desk, monkeypatch, tmp_path):
    dialog = chosen(monkeypatch, setOutputFormat=QPrinter.OutputFormat.PdfFormat, setOutputFileName=str(tmp_path / "x"))
    parent = QWidget()
    qtbot.addWidget(parent)
    said = []
    monkeypatch.setattr(type(desk.frame), "toast", lambda self, text, **more: said.append(text))

    assert printing.ask_printer(desk, parent, is_about_people=True) is None
    assert said == [desk.words(printing.TO_A_FILE)]
    assert dialog.asked == [(dialog.PrintDialogOption.PrintToFile, False)]
    assert printing.ask_printer(desk, parent) is not None, "a paper about nobody may be a file"


@pytest.mark.parametrize(
    ("name", "is_file"),
    [("Microsoft Print to PDF", True), ("Microsoft XPS Document Writer", True), ("OneNote for Windows 10", True),
     ("CUPS-PDF", True), ("Fax", True), ("HP LaserJet 4", False), ("EPSON L3110 Series", False)],
)  # fmt: skip
def test_printers_that_write_files_are_known_by_their_names(qapp, monkeypatch, name, is_file):
    printer = QPrinter()
    monkeypatch.setattr(QPrinter, "printerName", lambda _self: name)
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _self: QPrinter.OutputFormat.NativeFormat)

    assert printing.writes_a_file(printer) is is_file


def test_a_printer_that_takes_no_pages_is_told(qapp, tmp_path):
    document, _printed = drawn([TITLE])
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))

    with pytest.raises(Unavailable):
        printing.draw_on(printer, document)


def test_a_printer_that_goes_away_between_two_pages_is_told(qapp, tmp_path, monkeypatch):
    document, printed = drawn([TITLE, *(Text(words=f"isi {n}") for n in range(60))])
    assert printed.pages == 2
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    monkeypatch.setattr(printer, "newPage", lambda: False)

    with pytest.raises(Unavailable):
        printing.draw_on(printer, document)
