"""Names and filter words that the answers of Insight share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.grids import Cell
from liaison.domain.insight import Scope, exactly, quoted
from liaison.domain.money import Money
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.services.sentences import Sentence, said
from liaison.store.models import OfficerRow, OrganizationRow

_USUAL = {"MYR": 0, "SGD": 1, "IDR": 2}


def by_currency(currencies: Iterable[str], count: Callable[[str], int]) -> list[str]:
    """Currencies by how many rows are in them, those of the work first where that is equal."""
    return sorted(currencies, key=lambda c: (-count(c), _USUAL.get(c, 9), c))


def city_filter(scope: Scope) -> str:
    """The filter words for the city that is asked about, with a blank before them."""
    return f" kota:{quoted(scope.city)}" if scope.city else ""


def house_filter(field: str, name: str, nobody: str) -> str:
    """The filter word for a house, or for none stated."""
    return f"{field}:{exactly(name)}" if name else nobody


def house_names(session: Session) -> dict[int, str]:
    """Every house by its key."""
    return {row[0]: row[1] for row in session.execute(sa.select(OrganizationRow.id, OrganizationRow.name))}


def officer_names(session: Session) -> dict[int, str]:
    """Every officer by the key."""
    return {row[0]: row[1] for row in session.execute(sa.select(OfficerRow.id, OfficerRow.name))}


def amounts(sums: Sequence[Money]) -> Sentence | Money:
    """Several amounts in one sentence, one for each currency, never added up."""
    if not sums:
        return said(N_("no amount"))
    text: Sentence | Money = sums[0]
    for more in sums[1:]:
        text = said(N_("{first} and {second}"), first=text, second=more)
    return text


def cell_words(value: Cell, words: Language) -> str:
    """A figure or a name as it is read."""
    match value:
        case Coded():
            return upper_first(words(value.label))
        case Money():
            return words.formats.money(value)
        case bool() | None:
            return MISSING
        case int():
            return words.formats.number(value)
        case Decimal():
            return words.formats.number(value, 1)
    text = str(value)
    return _month_words(text, words) if _is_month(text) else text


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdigit() and text[5:].isdigit()


def _month_words(text: str, words: Language) -> str:
    return f"{words.formats.month(int(text[5:]), short=True)} {text[:4]}"
