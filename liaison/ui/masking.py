"""Hiding people on the screen (Ctrl+Shift+M): a projector in a meeting, a visitor at the desk.

Names become "P-0412, P, 46", numbers dots and their last digits. Paper and files are never masked, they have their own
audiences; the preview of one that names people stays closed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from liaison.domain.names import masked
from liaison.i18n import N_

DOTS = "••••"
SHOW = N_("Show people on the screen")


class Masking(QObject):
    """Whether people are hidden, and how what stands on the screen is written then."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.on = False

    def switch(self) -> None:
        """Hide or show."""
        self.on = not self.on
        self.changed.emit(self.on)

    def name(self, name: str, number: str | int, *, sex_letter: str = "", age: int | None = None) -> str:
        """A person's name, or "P-0412, P, 46" while hidden; ``number`` is the case number or the record id."""
        return masked(str(number), sex_letter, age) if self.on else name

    def number(self, number: str, *, always: bool = False) -> str:
        """A number as dots and its last four characters; ``always`` for identity numbers that hide until clicked."""
        return masked_number(number) if (self.on or always) and number else number

    def text(self, text: str) -> str:
        """A free text (a note, a message): wholly hidden, since it may name anybody."""
        return DOTS * 3 if self.on and text else text


def masked_number(number: str, keep: int = 4) -> str:
    """Dots of one width, whatever the length, and the last ``keep`` characters."""
    plain = "".join(c for c in number if c.isalnum())
    return f"{DOTS} {DOTS} {plain[-keep:]}" if len(plain) > keep else DOTS
