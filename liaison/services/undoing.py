"""Taking an action back, with what is in the way said in the words of the forms."""

from __future__ import annotations

from liaison.domain.errors import Conflict
from liaison.i18n import Language
from liaison.services.labels import is_read_by_people, label_of
from liaison.store.store import Store
from liaison.store.undo import CHANGED_SINCE, Clash, UndoConflict

_WHOLE_RECORD = "*"
_MOST_NAMED = 6


class ChangedSince(Conflict):
    """Nothing was undone: somebody changed these fields afterwards, or records they lie in."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        self.clashes = clashes
        super().__init__(CHANGED_SINCE, fields=", ".join(_named(clashes)))

    def text(self, language: Language) -> str:
        """The sentence, with the fields as the forms of that language call them."""
        return language(CHANGED_SINCE, fields=", ".join(language(name) for name in _named(self.clashes)))


def _named(clashes: tuple[Clash, ...]) -> list[str]:
    readable = [c for c in clashes if is_read_by_people(c.field)] or list(clashes)
    names = dict.fromkeys(label_of(c.table, c.table if c.field == _WHOLE_RECORD else c.field) for c in readable)
    return list(names)[:_MOST_NAMED]


def take_back(store: Store, action_id: int) -> int:
    """Undo an action (an undo of an undo is a redo); returns the key of the new action.

    Raises :class:`ChangedSince` naming the fields in the way, ``Conflict`` for a step that stays; nothing was written.
    """
    try:
        return store.undo(action_id)
    except UndoConflict as conflict:
        raise ChangedSince(conflict.clashes) from conflict
