"""One place that says what changed, so that every page can look again at what it shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Hub(QObject):
    """Outlives pages and workers. ``changed`` carries a ``services.changes.Changes``: kinds and ids, never objects.

    Emitted by :class:`~liaison.ui.runner.Runner` after every write. Listening: each page in its constructor (a list
    through :class:`~liaison.ui.pages.list_page.ListPage`, which asks its services for rows again), and the frame for
    the edges of the window: late steps on the rail, undo, the status line.
    """

    changed = Signal(object)
