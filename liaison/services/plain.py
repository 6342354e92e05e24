"""A view as plain values for JSON: sums as exact decimal texts with currency, keys as texts, dates as ISO texts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from liaison.domain.money import Money
from liaison.services.sentences import Sentence

if TYPE_CHECKING:
    from liaison.i18n import Language

_KEYS = ("id", "_id")


def plain(value: object, language: Language) -> Any:
    """Any view, line or value as JSON has it. Sentences are in the given language, codes stay codes."""
    match value:
        case None | bool():
            return value
        case Money():
            return {"currency": value.currency, "amount": value.plain()}
        case Sentence():
            return value.text(language)
        case enum.Enum():
            return value.value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        case dt.date():
            return value.isoformat()
        case Decimal() | Fraction():
            return str(value) if isinstance(value, Decimal) else f"{float(value):.8g}"
        case int() | float() | str():
            return value
    return _of_parts(value, language)


def _of_parts(value: object, language: Language) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: _named(name, part, language) for name, part in fields}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _named(name, part, language) for name, part in zip(value._fields, value, strict=True)}
    if isinstance(value, dict):
        return {str(key): plain(part, language) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part, language) for part in value]
    raise TypeError(f"{type(value).__name__} has no plain form")


def _named(name: str, value: object, language: Language) -> Any:
    """A key of a record is a text: a script that reads numbers as floats would lose its last digits."""
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and name.endswith(_KEYS)
        and not isinstance(value, enum.Enum)
    ):
        return str(value)
    return plain(value, language)
