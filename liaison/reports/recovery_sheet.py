"""The recovery sheet: one page in both languages with the code that opens the store when every passphrase is forgotten.

Made in memory and handed over as bytes; nothing of it stays on disk unless the officer saves it. The code stands in
groups for the hand and as a square for the camera of another machine.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from liaison.i18n import N_, Language
from liaison.reports import style
from liaison.reports.pdf import Printed
from liaison.reports.pen import Pen, new_canvas
from liaison.reports.qr import draw_qr
from liaison.reports.readback import check_read_back
from liaison.reports.style import A4, Type, Weight
from liaison.reports.text import forget, wrap

TITLE = N_("Recovery sheet")
FOR_OFFICE = N_("{office}: made on {day} for {officer}.")
WHAT = N_("With this code the store opens when every passphrase is forgotten. It works without this computer.")
STEPS = (
    N_("On the lock screen choose “Passphrase forgotten? Use the recovery code”."),
    N_("Type the code. Capital or small letters and blanks do not matter."),
    N_("Choose a new passphrase. Then make a new recovery code in the settings."),
)
KEEP = N_("Keep this page locked away, never beside the computer. Whoever holds both can read everything.")
WHERE = N_("Where this page is kept")
WHO = N_("Who knows of it")

CODE = Type(size=19, leading=27, weight=Weight.SEMIBOLD)
GROUPS_IN_LINE = 3
QR_MM = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What stands on the sheet. ``code`` comes in groups parted by hyphens."""

    code: str
    office: str
    officer: str
    day: dt.date


def make_recovery_sheet(sheet: RecoverySheet, *, first: Language, second: Language) -> bytes:
    """The page as a PDF: the officer's language above, the other below; one page, no name in its title."""
    out = io.BytesIO()
    canvas = new_canvas(out, A4, language=first.code)
    canvas.setTitle(first(TITLE))
    canvas.setCreator("Liaison")
    canvas.setProducer("Liaison")
    pen = Pen(canvas, A4, pages=1, anchors={})
    y = _draw_head(pen, sheet, first, second)
    y = _draw_code(pen, sheet.code, y)
    for words in (first, second):
        y = _draw_words(pen, sheet, words, y + 6)
    _draw_lines(pen, first, second, y + 12)
    canvas.save()
    forget()
    check_read_back(Printed(pages=1, drawn=pen.drawn), out.getvalue())
    return out.getvalue()


def _draw_head(pen: Pen, sheet: RecoverySheet, first: Language, second: Language) -> float:
    pen.text(A4.left, A4.title_y, "Liaison", style.OFFICE)
    pen.text(A4.width - A4.right, A4.title_y, sheet.office, style.PAGE_ABOUT, right=True)
    pen.rule(A4.left, A4.width - A4.right, A4.rule_y, 0.8)
    pen.text(A4.left, 33, f"{first(TITLE)} · {second(TITLE)}", style.HEADLINE)
    return 42.0


def _draw_code(pen: Pen, code: str, y: float) -> float:
    """The code in a frame, in two lines of three groups, with its square at the right."""
    height = QR_MM + 10
    pen.frame(A4.left, y, A4.inner, height, 1.2, radius=2)
    groups = code.split("-")
    lines = ["  –  ".join(groups[at : at + GROUPS_IN_LINE]) for at in range(0, len(groups), GROUPS_IN_LINE)]
    middle = y + height / 2 - (len(lines) - 1) * CODE.pitch / 2 + 2.4
    for number, text in enumerate(lines):
        pen.text(A4.left + 8, middle + number * CODE.pitch, text, CODE)
    draw_qr(pen, code, A4.width - A4.right - QR_MM - 5, y + 5, QR_MM)
    return y + height + 4


def _draw_words(pen: Pen, sheet: RecoverySheet, words: Language, y: float) -> float:
    told = words(FOR_OFFICE, office=sheet.office, day=words.formats.long_date(sheet.day), officer=sheet.officer)
    y = _paragraph(pen, told, style.SECTION, y)
    y = _paragraph(pen, words(WHAT), style.BODY, y + 1.5)
    for number, step in enumerate(STEPS, 1):
        pen.text(A4.left, y + 1, f"{number}.", style.BODY.strong())
        y = _paragraph(pen, words(step), style.BODY, y + 1, indent=6)
    y = _paragraph(pen, words(KEEP), style.BODY.strong(), y + 1.5)
    return y + 3


def _paragraph(pen: Pen, text: str, kind: Type, y: float, *, indent: float = 0) -> float:
    """Draw wrapped lines; the baseline below the last one."""
    lines = wrap(text, kind, A4.inner - indent)
    return pen.lines(A4.left + indent, y, lines, kind) + kind.pitch


def _draw_lines(pen: Pen, first: Language, second: Language, y: float) -> None:
    """Two lines to fill in by hand."""
    for question in (WHERE, WHO):
        pen.text(A4.left, y, f"{first(question)} / {second(question)}", style.KEY)
        pen.rule(A4.left, A4.width - A4.right, y + 9, 0.5)
        y += 17
