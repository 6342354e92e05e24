"""Who must not be read on a masked screen: every name, telephone and identity, policy and member number of a store."""

import re

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget
from sqlalchemy import text

from tests.ui.eyes import _written_by

NAMES = (
    "select full_name from patient", "select passport_name from patient", "select name from related_person",
    "select name_on_policy from cover", "select holder_name from policy",
)  # fmt: skip
NUMBERS = (
    "select phone from patient", "select phone from related_person", "select email from patient",
    "select value from patient_identifier", "select policy_no from policy", "select member_no from cover",
    "select card_no from cover", "select mrn from journey",
)  # fmt: skip
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
MOST_ROWS = 120


class Secrets:
    """Finds the people of a store in texts."""

    def __init__(self, session):
        names = {r for sql in NAMES for (r,) in session.execute(text(sql)) if r}
        numbers = {plain(r) for sql in NUMBERS for (r,) in session.execute(text(sql)) if r}
        # A name of one word may also be a word of the language or a town; it counts where it stands by itself.
        ordered = sorted(names, key=len, reverse=True)
        self._names = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)
        self._numbers = sorted(n for n in numbers if len(n) >= 6)

    def found_in(self, texts):
        """The texts that tell somebody's name or number."""
        wrong = set()
        for each in set(texts) - {"", None}:
            flat = plain(each)
            if self._names.search(each) or any(number in flat for number in self._numbers):
                wrong.add(each)
        return sorted(wrong)


def plain(value):
    """Digits and letters only, as a copied number would be compared."""
    return "".join(c for c in str(value) if c.isalnum()).upper()


def everything_said(root):
    """Every text of every widget under ``root``, shown or not, with its hints, names, rows and the window's title."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from _written_by(widget)
        yield widget.windowTitle()
        if isinstance(widget, QLineEdit):
            yield widget.text()
        if isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _rows(widget.model())


def _rows(model: QAbstractItemModel):
    for row in range(min(model.rowCount(QModelIndex()), MOST_ROWS)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            for role in ROLES:
                said = model.index(row, column).data(role)
                if isinstance(said, str):
                    yield said
