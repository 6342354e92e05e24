"""A rate, typed as either language writes numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import TextEdit

NOT_A_RATE = N_("A rate is a number, for instance 3850 or 4473.29.")


class RateEdit(TextEdit):
    """A decimal number, or nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, longest=30)
        self._formats = desk.formats

    def value(self) -> Any:
        """The rate."""
        text = self.line.text().strip()
        if not text:
            return None
        rate = self._formats.read_rate(text)
        if rate is None:
            raise Unreadable(Problem(code="NOT_A_RATE", message=NOT_A_RATE))
        return rate

    def set_value(self, value: Any) -> None:
        """Show a rate."""
        self.line.setText("" if value is None else self._formats.rate(Decimal(value)))
