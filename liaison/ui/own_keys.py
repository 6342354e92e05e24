"""Keys of one's own: what may be chosen, who holds a key already, and what holds of what was kept on this machine.

A key is portable text such as ``Ctrl+K``; no text at all takes the key away from an action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QKeySequence

from liaison.i18n import N_

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
MOVING = frozenset(
    {"Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Tab", "Backtab", "Return", "Enter", "Esc",
     "Space", "Backspace", "Del", "Ins", "Menu", "Print", "Pause", "CapsLock", "NumLock", "ScrollLock"}
)  # fmt: skip
"""Keys that move, choose and delete wherever something is typed or listed."""
FREE_ALL_THE_SAME = frozenset({"Alt+Left", "Alt+Right", "Alt+Home", "Alt+End", "Ctrl+Backspace"})
NEEDED = frozenset(
    {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "F2", "F10", "Shift+F10", "Alt+F4", "Ctrl+F4", "Ctrl+Alt+N"}
    | {f"Ctrl+Alt+{number}" for number in range(1, 10)}
)
"""What the computer, every list and every form do with them already; ``Ctrl+Alt+N`` calls the window from outside."""


class Why(StrEnum):
    """Why a key cannot be chosen."""

    UNKNOWN = N_("This is no key of a keyboard. Press other keys.")
    TYPED = N_("{keys} would act while you type. Hold Ctrl or Alt with it.")
    NEEDED = N_("{keys} is needed by the computer, the lists and the forms. Press other keys.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """An action as far as keys go: its words (marked), its usual keys, and the pages where they hold (none: all)."""

    key: str
    text: str
    keys: tuple[str, ...] = ()
    pages: frozenset[str] = field(default_factory=frozenset)

    def meets(self, other: Keyed) -> bool:
        """Both can hold at the same time."""
        return not self.pages or not other.pages or bool(self.pages & other.pages)

    @property
    def may_change(self) -> bool:
        """Keys that mean the same in every form (Ctrl+Enter saves) stay."""
        return not self.keys or refusal(self.keys[0]) is None


def normal(keys: str) -> str:
    """One key with what is held down, as it is kept; empty where it is none."""
    sequence = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText) if sequence.count() == 1 else ""


def refusal(keys: str) -> Why | None:
    """Why nobody may choose these keys."""
    kept = normal(keys)
    held, last = _parts(kept)
    if not last or last in MODIFIERS:
        return Why.UNKNOWN
    if kept in FREE_ALL_THE_SAME:
        return None
    if kept in NEEDED or last in MOVING or "Meta" in held:
        return Why.NEEDED
    is_function = last.startswith("F") and last[1:].isdigit()
    return None if is_function or {"Ctrl", "Alt"} & held else Why.TYPED


def _parts(keys: str) -> tuple[set[str], str]:
    """What is held down, and the key itself; ``Ctrl++`` is the plus."""
    if keys.endswith("+"):
        return set(keys[:-1].split("+")) - {""}, "+"
    *held, last = keys.split("+")
    return set(held), last


def holder(actions: Iterable[Keyed], now: Mapping[str, str], action: Keyed, keys: str) -> Keyed | None:
    """Who has these keys already, of all that can hold together with the action."""
    return next(
        (a for a in actions if a.key != action.key and a.meets(action) and keys in keys_now(a, now)), None
    )  # fmt: skip


def keys_now(action: Keyed, own: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an action: one's own, else the usual ones."""
    if action.key in own:
        return (own[action.key],) if own[action.key] else ()
    return tuple(normal(k) or k for k in action.keys)


def settled(actions: Sequence[Keyed], kept: Mapping[str, str]) -> dict[str, str]:
    """What holds of the keys that were kept. One that makes no sense, is needed elsewhere or is doubled falls back.

    Falling back may double another one's own key, so it is looked at until nothing changes.
    """
    own = {}
    for action in actions:
        keys = kept.get(action.key)
        if keys is not None and action.may_change and (keys == "" or refusal(keys) is None):
            own[action.key] = normal(keys)
    changed = True
    while changed:
        changed = False
        for action in reversed(actions):
            keys = own.get(action.key)
            if keys and holder(actions, own, action, keys) is not None:
                del own[action.key]
                changed = True
    return {a.key: own[a.key] for a in actions if a.key in own and keys_now(a, own) != keys_now(a, {})}
