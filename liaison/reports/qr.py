"""A square for a camera, drawn as areas of ink."""

from __future__ import annotations

from liaison.reports.pen import Pen
from liaison.reports.style import Colour


def draw_qr(pen: Pen, words: str, x: float, y: float, size: float, *, is_long: bool = False) -> None:
    """Draw words as a square for a camera; x, y is its upper left corner, all in millimetres.

    ``is_long`` mends fewer spots of dirt, so that many words keep dots that a camera can tell apart.
    """
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.L if is_long else QRErrorCorrectLevel.M)
    code.addData(words)
    code.make()
    count = code.getModuleCount()
    module = size / count
    for row in range(count):
        column = 0
        while column < count:
            run = column
            while run < count and code.isDark(row, run):
                run += 1
            if run > column:
                pen.area(x + column * module, y + row * module, (run - column) * module, module, Colour.INK)
            column = max(run, column) + 1
