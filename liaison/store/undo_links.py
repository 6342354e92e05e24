"""Which action undid which, and which undo still stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class UndoLinks:
    """``targets``: undo → what it undid. ``undone_by``: action → the undo of it that still stands."""

    targets: Mapping[int, int]
    undone_by: Mapping[int, int]

    def root(self, action_id: int) -> tuple[int, int]:
        """The step at the bottom of undos of undos, and how many lie on it: even is done or redone, odd is undone."""
        depth = 0
        while action_id in self.targets:
            action_id, depth = self.targets[action_id], depth + 1
        return action_id, depth


def undo_links(connection: sa.Connection) -> UndoLinks:
    """Every sealed undo there is; an undo that was itself undone does not count."""
    rows = connection.exec_driver_sql(
        "SELECT id, undoes_action_id FROM action WHERE undoes_action_id IS NOT NULL AND chain_no IS NOT NULL "
        "ORDER BY chain_no DESC"
    ).all()
    undone_by: dict[int, int] = {}
    for undo, target in rows:  # newest first: whatever undid this undo was seen before it
        if undo not in undone_by:
            undone_by.setdefault(target, undo)
    return UndoLinks({row[0]: row[1] for row in rows}, undone_by)
