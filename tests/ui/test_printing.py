"""Paper from the window: a missing printer is told with its cure, and a grey printer gets grey pages."""

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from liaison.reports.blocks import Drawing, Headline
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
