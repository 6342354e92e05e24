"""Codes that carry their own word: the stored value is short and fixed, the label is what an officer reads."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A closed list of codes. ``value`` is stored; ``label`` is a marked English text, translated where it is shown."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make one member from its code and its marked label; called with a code alone, the class looks it up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
