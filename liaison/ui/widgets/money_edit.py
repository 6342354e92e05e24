"""An amount with its currency. Either notation may be typed; what was understood is echoed in the shown language.

``i18n.formats.read_amount`` reads the figure; the value is a ``domain.money.Money``, which ``services.changes.fill``
stores as whole minor units and the currency beside them. Marks between digits are the formats' business alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from liaison.domain.money import CURRENCIES, Money
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.i18n.formats import NOT_AN_AMOUNT, AmountUnreadable, read_amount
from liaison.ui.desk import Desk
from liaison.ui.theme import Role
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import ComboBox, Editor
from liaison.ui.widgets.label import Label

READ_AS = N_("Read as {amount}")
TOO_LARGE = N_("This amount is too large. Look at how many digits it has.")
MOST = 10**13
"""No bill, limit or claim is larger; thousands of such still add up within what the store can hold."""


class MoneyEdit(Editor):
    """Currency and figure. ``fixed`` takes the choice of currency away where the record already has one."""

    def __init__(
        self, desk: Desk, *, currency: str = "MYR", fixed: bool = False, currencies: Sequence[str] = CURRENCIES
    ) -> None:
        super().__init__()
        self._desk = desk
        self._currencies = tuple(currencies)
        self.combo = ComboBox(desk)
        self.combo.addItems(list(self._currencies))
        self.combo.setMinimumContentsLength(3)
        self.combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.combo.setEnabled(not fixed)
        self.combo.activated.connect(lambda _index: self._currency_chosen())
        self.line = QLineEdit()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.textEdited.connect(self._edited)
        self.line.editingFinished.connect(self._finished)
        self.echo = Label("", Role.SECOND)
        self.echo.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.echo.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.combo)
        row.addWidget(self.line, 1)
        box.addLayout(row)
        box.addWidget(self.echo)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_currency(currency)

    def inner(self) -> QWidget:
        """The line with the figure."""
        return self.line

    def set_name(self, name: str, description: str = "") -> None:
        """Name both parts for screen readers."""
        super().set_name(name, description)
        self.combo.setAccessibleName(self._desk.words(N_("{field}: currency"), field=name))

    def currency(self) -> str:
        """The currency chosen."""
        return self.combo.currentText()

    def set_currency(self, currency: str) -> None:
        """Choose a currency."""
        self.combo.setCurrentIndex(max(0, self.combo.findText(currency)))

    def value(self) -> Any:
        """The amount, or nothing where nothing is typed."""
        text = self.line.text().strip()
        if not text:
            return None
        try:
            amount = read_amount(text)
        except AmountUnreadable as error:
            raise Unreadable(Problem(code="BAD_AMOUNT", message=NOT_AN_AMOUNT)) from error
        if abs(amount) > MOST:
            raise Unreadable(Problem(code="AMOUNT_TOO_LARGE", message=TOO_LARGE))
        return Money.of(amount, self.currency())

    def set_value(self, value: Any) -> None:
        """Show an amount."""
        self.echo.hide()
        if isinstance(value, Money):
            self.set_currency(value.currency)
            self.line.setText(self._desk.formats.amount(value))
        else:
            self.line.clear()

    def typed(self) -> str:
        """Currency and figure."""
        return f"{self.currency()} {self.line.text()}"

    def retype(self, text: str) -> None:
        """Put both back."""
        currency, _, figure = text.partition(" ")
        self.set_currency(currency)
        self.line.setText(figure)

    def _edited(self, text: str) -> None:
        """Say how an amount was read where the other notation would read it otherwise; the echo stays till the next."""
        self.echo.hide()
        if self._desk.formats.could_mean_another(text):
            try:
                value = self.value()
            except Unreadable:
                value = None
            if value is not None:
                self.echo.setText(self._desk.words(READ_AS, amount=value))
                self.echo.show()
        self.changed.emit()

    def _currency_chosen(self) -> None:
        self.echo.hide()
        self.changed.emit()
        self.committed.emit()

    def _finished(self) -> None:
        try:
            value = self.value()
        except Unreadable:
            value = None
        if value is not None:
            self.line.setText(self._desk.formats.amount(value))
        self.committed.emit()
