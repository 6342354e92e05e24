"""Taking an action back, with what is in the way said in the words of the forms."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from liaison.domain.errors import Conflict
from liaison.i18n import N_, Language
from liaison.services.labels import is_read_by_people, label_of
from liaison.store.journal_tables import SYSTEM
from liaison.store.store import Store
from liaison.store.types import from_microseconds
from liaison.store.undo import CHANGED_SINCE, Clash, UndoConflict

_WHOLE_RECORD = "*"
_MOST_NAMED = 6
CHANGED_BY = N_(
    "Not undone: {fields} changed since, last by {who} on {when}. "
    "Nothing was touched; look at the history and change it by hand."
)
BY_ITSELF = N_("the program itself")


class ChangedSince(Conflict):
    """Nothing was undone: somebody changed these fields afterwards, or records they lie in."""

    def __init__(self, clashes: tuple[Clash, ...], *, who: str = "", when: dt.datetime | None = None) -> None:
        self.clashes = clashes
        self.who, self.when = who, when
        super().__init__(CHANGED_SINCE, fields=", ".join(_named(clashes)))

    def text(self, language: Language) -> str:
        """The sentence, with the fields as the forms of that language call them, and whose change is in the way."""
        fields = ", ".join(language(name) for name in _named(self.clashes))
        if self.when is None:
            return language(CHANGED_SINCE, fields=fields)
        who = language(BY_ITSELF) if self.who == SYSTEM else self.who
        return language(CHANGED_BY, fields=fields, who=who, when=self.when)


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
        who, when = _who_changed(store, action_id, conflict.clashes)
        raise ChangedSince(conflict.clashes, who=who, when=when) from conflict


def _who_changed(store: Store, action_id: int, clashes: tuple[Clash, ...]) -> tuple[str, dt.datetime | None]:
    """Who changed the first of these last, after the step, and when."""
    with store.read() as session:
        for clash in clashes:
            found = session.execute(
                _LATER_CHANGE,
                {
                    "id": action_id,
                    "table": clash.table,
                    "row": clash.row_id,
                    "whole": clash.field == _WHOLE_RECORD,
                    "field": "$" if clash.field == _WHOLE_RECORD else f"$.{clash.field}",
                },
            ).first()
            if found is not None:
                return str(found[0]), from_microseconds(found[1])
    return "", None


_LATER_CHANGE = sa.text(
    "SELECT a.actor, a.at_us FROM change c JOIN action a ON a.id = c.action_id "
    "WHERE c.table_name = :table AND c.row_id = :row AND c.seq > (SELECT last_seq FROM action WHERE id = :id) "
    "ORDER BY NOT :whole AND json_type(c.after_json, :field) IS NULL, c.seq DESC LIMIT 1"
)
"""The later change of that very field first, else the record's last."""
