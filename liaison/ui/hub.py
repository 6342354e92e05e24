"""One place that says what changed, so that every page can look again at what it shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Hub(QObject):
    """Outlives pages and workers. ``changed`` carries a ``services.changes.Changes``: kinds and ids, never objects."""

    changed = Signal(object)
    language_changed = Signal(str)
