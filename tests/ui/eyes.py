"""What an eye would find wrong on the screen, found by walking the tree of widgets: text that is cut, English left over
in Bahasa Indonesia, ink that cannot be read on its ground."""

import gettext
import re

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from liaison.i18n import resources
from liaison.ui.theme import Role
from liaison.ui.widgets.form import FieldBox
from liaison.ui.widgets.in_place import ValueText
from liaison.ui.widgets.label import Label

EDGE = 12
"""Border and padding of a field, each side."""
CARET = 4
"""What a bare line keeps free at each side: Qt's own two pixels, and room for the caret."""
SLACK = 1
"""A pixel of rounding is not a cut word."""

ENGLISH = re.compile(
    r"\b(the|of|and|is|are|not|this|that|with|for|from|what|who|when|new|add|open|close|save|edit|show|choose|your|"
    r"step|steps|case|cases|claim|claims|letter|letters|nothing|yet|yes|none|unknown|until|since|today|tomorrow)\b",
    re.IGNORECASE,
)
"""Words that no Indonesian sentence has; enough of them to catch a sentence that was never marked."""


def visible(root, kind=QWidget):
    """Every widget of a kind that is on the screen now, the root among them."""
    found = [w for w in root.findChildren(kind) if w.isVisible()]
    return [root, *found] if isinstance(root, kind) and root.isVisible() else found


def said_by(widget):
    """What a label or a button says, whole."""
    if isinstance(widget, Label):
        return widget.whole_text()
    return widget.text()


# cut text


def cut(root):
    """Every text that is not whole on the screen and has no tooltip to tell the rest; the tree is walked once."""
    seen = Seen(root)
    return [*_short(seen), *_outside(seen), *_headers(seen), *_narrow(seen)]


class Seen:
    """What is on the screen now, by kind."""

    def __init__(self, root):
        self.root = root
        self.all = visible(root)

    def of(self, kind):
        return [w for w in self.all if isinstance(w, kind)]


def sideways(root):
    """Every place that is wider than its window: it would have to be moved sideways, or hides what is beyond."""
    for area in visible(root, QScrollArea):
        content = area.widget()
        if content is None or area.objectName() == "pdfGround":
            continue
        beyond = max(area.horizontalScrollBar().maximum(), content.minimumSizeHint().width() - area.viewport().width())
        if beyond > SLACK:
            yield f"{area.accessibleName() or 'the sheet'} by {beyond}"


def _narrow(seen):
    """Fields that do not show their value while the form has more room than they take."""
    for line in seen.of(QLineEdit):
        box = line.parentWidget()
        while box is not None and not isinstance(box, FieldBox):
            box = box.parentWidget()
        if box is None or not line.text():
            continue
        form = box.parentWidget().parentWidget()
        # The line of a searched choice stands inside the border and padding of its box.
        edge = CARET if isinstance(line.parentWidget(), QComboBox) else EDGE
        wants = QFontMetricsF(line.font()).horizontalAdvance(line.displayText()) + 2 * edge
        if wants > line.width() + SLACK and box.width() < form.width() - 2 * EDGE:
            yield f"field narrower than its value: {line.accessibleName()!r} by {round(wants - line.width())}"


def _short(seen):
    for label in seen.of(QLabel):
        text = said_by(label)
        if not text or label.pixmap():
            continue
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + SLACK:
                yield f"lines cut: {text!r}"
        elif isinstance(label, Label) and label.text() != text:
            if not label.toolTip():
                yield f"shortened without a tooltip: {text!r}"
        elif label.sizeHint().width() > label.width() + SLACK:
            yield f"label cut: {text!r}"
        if not label.wordWrap() and QFontMetricsF(label.font()).height() > label.height() + 3:
            yield f"label too low: {text!r}"
    for button in seen.of(QAbstractButton):
        text = button.text().strip()
        if isinstance(button, ValueText) and button._lines > 1:
            continue
        if text and button.sizeHint().width() > button.width() + SLACK and text not in button.toolTip():
            yield f"button cut: {text!r}"
    for combo in seen.of(QComboBox):
        text = combo.currentText()
        room = combo.width() - 44
        if QFontMetricsF(combo.font()).horizontalAdvance(text) > room and combo.toolTip() != text:
            yield f"choice cut: {text!r}"


def _outside(seen):
    """What reaches out of the place it stands in, sideways anywhere, and downwards where nothing scrolls."""
    for widget in seen.of((QLabel, QAbstractButton, QLineEdit)):
        if isinstance(widget, (QLabel, QAbstractButton)) and not widget.text().strip():
            continue
        if isinstance(widget.parentWidget(), (QComboBox, QDateTimeEdit)):
            continue
        outer = _outside_of(widget)
        if outer:
            yield outer


def _outside_of(widget):
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else widget.accessibleName()
    parent = widget.parentWidget()
    while parent is not None:
        rect = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            hidden = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            sideways = isinstance(area, QScrollArea) and not hidden
            if not sideways and (rect.left() < -SLACK or rect.right() > parent.width() + SLACK):
                return f"outside its pane: {words!r} by {rect.right() - parent.width()}"
            return ""
        if rect.right() > parent.width() + SLACK or rect.bottom() > parent.height() + SLACK:
            return f"outside {type(parent).__name__}: {words!r} by {rect.right() - parent.width()}"
        if parent.isWindow():
            return ""
        parent = parent.parentWidget()
    return ""


def _headers(seen):
    """Titles of columns that are wider than their column."""
    for view in seen.of(QTableView):
        if not hasattr(view, "table"):
            continue
        header = view.horizontalHeader()
        for number, column in enumerate(view.table.columns):
            if view.isColumnHidden(number) or not column.label:
                continue
            text = view._desk.words(column.label)
            width = QFontMetricsF(view._desk.theme.font(Role.LABEL)).horizontalAdvance(text)
            if width > header.title_room(number) + SLACK and not header.tip(number):
                yield f"title cut: {text!r}"


# words


def written(root):
    """Every text that the screen shows or says: labels, buttons, hints, names, choices, titles of columns."""
    for widget in visible(root):
        yield from _written_by(widget)


def _written_by(widget):
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield said_by(widget).strip()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    if isinstance(widget, QTableView) and hasattr(widget, "table"):
        yield from (widget._desk.words(c.label) for c in widget.table.columns if c.label)
    menu = widget.menu() if hasattr(widget, "menu") and callable(widget.menu) else None
    if menu is not None:
        yield from (action.text() for action in menu.actions())


PLACES = frozenset({"Singapore"})
"""Names in the office's own records that are also words of the program."""


def untranslated(texts):
    """Those of the texts that are English although they have, or should have, Indonesian words."""
    known = {
        key if isinstance(key, str) else key[0]: words
        for key, words in gettext.translation("liaison", resources() / "locale", ["id"])._catalog.items()
        if key
    }
    wrong = set()
    for text in set(texts) - {""} - PLACES:
        if len(text) == 1:  # the cap of a key
            continue
        if known.get(text, text) != text or (text not in known and ENGLISH.search(text)):
            wrong.add(text)
    return sorted(wrong)


# ink on its ground


def faint(root, *, least=4.5):
    """Labels and buttons whose ink, as painted, has less contrast with their ground than that."""
    ratio = root.devicePixelRatioF()
    picture = _pixels(root.grab().toImage())
    found = []
    for widget in (*visible(root, QLabel), *visible(root, QAbstractButton)):
        if not widget.text().strip() or not widget.isEnabled():
            continue
        spot = _on_screen(widget, root)
        if spot.width() < 12 or spot.height() < 0.9 * min(widget.height(), 30):
            continue
        top, left = round(spot.top() * ratio), round(spot.left() * ratio)
        part = picture[top : round(spot.bottom() * ratio), left : round(spot.right() * ratio)]
        got = painted_contrast(part)
        if got < least:
            found.append(f"{got:.1f}: {widget.text()!r}")
    return found


def _on_screen(widget, root):
    """The part of the widget that can be seen, in the root's own measure."""
    seen = widget.visibleRegion().boundingRect()
    return seen.translated(widget.mapTo(root, QPoint(0, 0)))


def _pixels(image):
    """The picture as one whole number per pixel: 0xRRGGBB."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return flat[:, : image.width()] & 0xFFFFFF


def painted_contrast(part):
    """WCAG contrast between the commonest colour of a picture and the one that stands out from it most."""
    colours, counts = np.unique(part, return_counts=True)
    light = _luminance(colours)
    ground = light[counts.argmax()]
    ratios = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
    return float(ratios.max())


def _luminance(colours):
    parts = np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=-1) / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
