"""What stands in an editor as a plain value that survives a lock and another language, and back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from liaison.domain.money import Money
from liaison.ui.typed import Unreadable
from liaison.ui.widgets.editors import Choice, Editor, SecretEdit


class HalfWritten(QFrame):
    """A part of a page that is no :class:`Form` and yet holds words that a lock or a kill may not take."""

    @property
    def dirty(self) -> bool:
        """Whether something was typed that no save has taken."""
        raise NotImplementedError


def kept_of(editor: Editor) -> Any:
    """What stands in an editor: its value where it can be read, so that another language writes it its own way."""
    if isinstance(editor, Choice):
        return _coded_choice(editor)
    try:
        value = editor.value()
    except Unreadable:
        return editor.typed()
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return editor.typed()


def put_back(editor: Editor, kept: Any) -> None:
    """Show again what :func:`kept_of` gave, or what :meth:`Editor.typed` gave."""
    if not isinstance(kept, Mapping):
        editor.retype(str(kept))
    elif "choice" in kept and isinstance(editor, Choice):
        editor.set_value(next((v for v in editor.offered if _code(v) == kept["choice"]), None))
    elif "minor" in kept:
        editor.set_value(Money(int(kept["minor"]), str(kept["currency"])))
    elif "moment" in kept:
        editor.set_value(dt.datetime.fromisoformat(str(kept["moment"])))
    elif "day" in kept:
        editor.set_value(dt.date.fromisoformat(str(kept["day"])))


def _coded_choice(editor: Choice) -> Any:
    try:
        return {"choice": _code(editor.value())}
    except Unreadable:
        return editor.typed()


def _code(value: Any) -> Any:
    plain = value.value if isinstance(value, Enum) else value
    return plain if plain is None or isinstance(plain, str | int | bool) else str(plain)


def editors_in(widget: QWidget) -> list[tuple[str, Editor]]:
    """Every editor in a form by its place there, secrets left out; one inside another belongs to the outer."""
    found = [e for e in widget.findChildren(Editor) if not isinstance(e, SecretEdit)]
    return [(f"{n}:{type(e).__name__}", e) for n, e in enumerate(_outermost(found, widget))]


def _outermost(editors: Iterable[Editor], within: QWidget) -> list[Editor]:
    def is_inside_another(editor: QWidget) -> bool:
        parent = editor.parentWidget()
        while parent is not None and parent is not within:
            if isinstance(parent, Editor):
                return True
            parent = parent.parentWidget()
        return False

    return [e for e in editors if not is_inside_another(e)]
