"""A rate, typed as either language writes numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import TextEdit

NOT_A_RATE = N_("A rate is a number, for instance 3850 or 4473.29.")


def read_rate(text: str, mark: str) -> Decimal | None:
    """A rate in either notation: ``4.473,29``, ``4,473.29``, ``4.5325``. ``mark`` decides where three digits follow."""
    body = re.sub(r"[\s\u00a0\u202f]", "", text)
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{3})*),([0-9]{1,8})|([0-9]{1,3}(?:,[0-9]{3})*)\.([0-9]{1,8})", body)
    if match is None:
        plain = re.fullmatch(r"[0-9]+(?:[.,][0-9]{1,8})?", body)
        grouped = re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", body)
        if plain is not None:
            return Decimal(body.replace(",", "."))
        return Decimal(re.sub(r"[.,]", "", body)) if grouped is not None else None
    whole, cents = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    own = "," if match[1] is not None else "."
    if len(cents) == 3 and own != mark and not re.search(r"[.,]", whole):
        return Decimal(whole + cents)
    return Decimal(re.sub(r"[.,]", "", whole) + "." + cents)


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
        mark = self._formats.number(Decimal("0.5"))[1]
        rate = read_rate(text, mark)
        if rate is None:
            raise Unreadable(Problem(code="NOT_A_RATE", message=NOT_A_RATE))
        return rate

    def set_value(self, value: Any) -> None:
        """Show a rate."""
        self.line.setText("" if value is None else self._formats.rate(Decimal(value)))
