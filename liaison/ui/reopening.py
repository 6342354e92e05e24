"""Which form stood open beside a page, said so that it can be written down and opened again after a lock or a crash.

An opener is a function ``(bench, …)`` marked with :func:`reopens`. What it was called with is kept as plain values; a
record that the page itself has read is kept as the page's own name for it, so that the form opens on today's record.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtWidgets import QWidget

from liaison.domain.money import Money

_OURS = "liaison."
_NOT_IN_KEY = frozenset({"version", "focus"})
_MARK = "reopens"
_AFTER = "done"
_UNSAID = {"unsaid": True}
"""An argument that no plain value stands for: the form is known again when it opens, but cannot be opened by itself."""
Opening = TypeVar("Opening", bound=Callable[..., Any])


class NotYet(LookupError):
    """The page has not read the record that the form is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """``key`` tells this form from every other of its page; ``call`` opens it again, empty where that cannot be."""

    key: str
    call: Mapping[str, Any]


def reopens(function: Opening) -> Opening:
    """Mark a function that opens a form in the drawer of its bench, the first argument."""

    @functools.wraps(function)
    def opening(bench: Any, *args: Any, **more: Any) -> Any:
        bench.drawer.about_to_open(opener_of(function, args, more, bench.drawer.page()))
        return function(bench, *args, **more)

    setattr(opening, _MARK, True)
    return cast("Opening", opening)


def opener_of(function: Callable[..., Any], args: tuple[Any, ...], more: Mapping[str, Any], page: object) -> Opener:
    """What opens this form, as plain values. What is to be called after the save is left out."""
    name = f"{function.__module__}:{function.__qualname__}"
    plain = [_plain(a, page) for a in args]
    named = {k: _plain(v, page) for k, v in more.items() if k != _AFTER}
    asked = {k: v for k, v in named.items() if k not in _NOT_IN_KEY}
    sayable = _UNSAID not in plain and _UNSAID not in named.values()
    call = {"opener": name, "args": plain, "more": named} if sayable else {}
    return Opener(key=f"{name} {plain} {asked}", call=call)


def open_again(call: Mapping[str, Any], bench: Any, page: object) -> bool:
    """Open the form again; false where its opener is gone or asks for something else now.

    Raises :class:`NotYet` until the page has read enough.
    """
    function = _function(str(call.get("opener", "")))
    if function is None:
        return False
    args = [_value(a, page) for a in call.get("args", ())]
    more = {k: _value(v, page) for k, v in dict(call.get("more", {})).items()}
    if not _takes(function, bench, *args, **more):
        return False
    function(bench, *args, **more)
    return True


def _takes(function: Callable[..., Any], *args: Any, **more: Any) -> bool:
    """An opener of a newer version may ask for more than an older one wrote down."""
    try:
        inspect.signature(function).bind(*args, **more)
    except TypeError:
        return False
    return True


def _plain(value: Any, page: object) -> Any:
    if isinstance(value, Enum):
        return {"enum": f"{type(value).__module__}:{type(value).__qualname__}", "value": value.value}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Path):
        return {"path": str(value)}
    if isinstance(value, list | tuple) and all(isinstance(each, Path) for each in value):
        return {"paths": [str(each) for each in value]}
    name = next((n for n, v in vars(page).items() if v is value), None) if isinstance(page, QWidget) else None
    return {"page": name} if name is not None else _UNSAID


def _value(plain: Any, page: object) -> Any:
    if not isinstance(plain, Mapping):
        return plain
    if "enum" in plain:
        kind = _named(str(plain["enum"]))
        return kind(plain["value"]) if isinstance(kind, type) and issubclass(kind, Enum) else plain["value"]
    if "minor" in plain:
        return Money(int(plain["minor"]), str(plain["currency"]))
    if "path" in plain:
        return Path(plain["path"])
    if "paths" in plain:
        return tuple(Path(each) for each in plain["paths"])
    found = getattr(page, str(plain["page"]), None)
    if found is None:
        raise NotYet(plain["page"])
    return found


def _function(name: str) -> Callable[..., Any] | None:
    """An opener by its name; only what is marked as one."""
    found = _named(name)
    return cast("Callable[..., Any]", found) if getattr(found, _MARK, False) else None


def _named(name: str) -> object:
    module, _, attribute = name.partition(":")
    if not module.startswith(_OURS):
        return None
    try:
        return getattr(import_module(module), attribute, None)
    except ImportError:
        return None
