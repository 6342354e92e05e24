"""Answers as text and back: plain values, codes, days, amounts and frozen records of named classes, and nothing else.

Every class that may stand in an answer is named by whoever keeps it, so that text never makes anything unexpected.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

_PLAIN = (str, int, float, bool, type(None))
_TUPLE, _LIST, _DICT, _DAY, _MOMENT, _DECIMAL = "()", "[]", "{}", "day", "moment", "decimal"
_READ: Mapping[str, Callable[..., Any]] = {
    _DAY: dt.date.fromisoformat, _MOMENT: dt.datetime.fromisoformat, _DECIMAL: Decimal,
}  # fmt: skip


def shape_of(classes: Sequence[type]) -> str:
    """A short mark of the classes and their fields: text of another shape is not read."""
    told = [
        (c.__name__, [f.name for f in dataclasses.fields(c)] if dataclasses.is_dataclass(c) else []) for c in classes
    ]
    return f"{zlib.crc32(json.dumps(told).encode()):08x}"


def as_text(value: object, classes: Sequence[type]) -> str:
    """A value as short text. Raises ``TypeError`` where something in it is of none of the classes."""
    plain = json.dumps(_put(value, frozenset(classes)), separators=(",", ":"))
    return base64.b64encode(zlib.compress(plain.encode(), 1)).decode("ascii")


def from_text(text: str, classes: Sequence[type]) -> Any:
    """The value as it was. Raises ``KeyError`` where the text asks for a class that is not among them."""
    plain = json.loads(zlib.decompress(base64.b64decode(text)))
    return _get(plain, {c.__name__: _maker(c) for c in classes})


def _put(value: object, classes: frozenset[type]) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in classes:
        if isinstance(value, Enum):
            return [kind.__name__, value.value]
        return [kind.__name__, *(_put(getattr(value, name), classes) for name in _names(kind))]
    if isinstance(value, (tuple, list)):
        return [_TUPLE if isinstance(value, tuple) else _LIST, *(_put(each, classes) for each in value)]
    if isinstance(value, Mapping):
        return [_DICT, *([_put(k, classes), _put(v, classes)] for k, v in value.items())]
    if isinstance(value, dt.datetime):
        return [_MOMENT, value.isoformat()]
    if isinstance(value, dt.date):
        return [_DAY, value.isoformat()]
    if isinstance(value, Decimal):
        return [_DECIMAL, str(value)]
    raise TypeError(f"{kind.__name__} is no part of a kept answer")


def _names(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


def _maker(kind: type) -> Any:
    """What makes one of a class from its values in the order of its fields."""
    if issubclass(kind, Enum):
        return kind
    names = _names(kind)
    return lambda *values: kind(**dict(zip(names, values, strict=True)))


def _get(plain: Any, makers: Mapping[str, Any]) -> Any:
    if not isinstance(plain, list):
        return plain
    tag, *rest = plain
    if tag == _DICT:
        return {_get(k, makers): _get(v, makers) for k, v in rest}
    values = [_get(each, makers) for each in rest]
    if tag == _LIST:
        return values
    if tag == _TUPLE:
        return tuple(values)
    return _READ[tag](*values) if tag in _READ else makers[tag](*values)
