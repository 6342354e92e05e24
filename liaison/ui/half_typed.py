"""What was typed and not saved yet: it outlives a lock, another language, another page, and the end of the program.

While the office is open the texts are held here; every change goes to the encrypted store within two seconds, outside
the journal, since nothing was decided yet. A text goes when it is saved or given up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from liaison.ui.places import Place
from liaison.ui.runner import Runner

Typed = dict[str, Any]


ONE_OF_A_KIND = frozenset({"today", "journeys", "claims", "network", "agreements"})
"""Pages that are the same page whatever filter they were opened with."""


def place_key(place: Place) -> str:
    """One text for a place. A new record has no key, so that what the place was opened with tells it apart."""
    if place.page in ONE_OF_A_KIND:
        return place.page
    if place.record is not None:
        return f"{place.page}/{place.record}"
    return f"{place.page}/{json.dumps(dict(place.values), sort_keys=True, default=str)}" if place.values else place.page


class HalfTyped(QObject):
    """Every half-typed text of an open office by its key. Without a store (tests, the gate) it only remembers."""

    def __init__(self, runner: Runner | None = None, texts: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._runner = runner
        self._texts: dict[str, str] = dict(texts or {})
        self._unwritten: dict[str, str] = {}

    def recall(self, key: str) -> Typed:
        """What was typed there last; empty where nothing was, or where an older version wrote it another way."""
        try:
            found = json.loads(self._texts.get(key, "{}"))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, key: str, typed: Mapping[str, Any]) -> None:
        """Remember what stands there now; nothing typed forgets it."""
        text = json.dumps(typed, ensure_ascii=False, default=str) if typed else ""
        if text == self._texts.get(key, ""):
            return
        if text:
            self._texts[key] = text
        else:
            self._texts.pop(key, None)
        self._unwritten[key] = text

    def forget(self, key: str) -> None:
        """It was saved or given up."""
        self.keep(key, {})

    def write(self) -> None:
        """Hand what changed to the store, off the window's thread and after whatever is being saved."""
        from liaison.ui import doors

        if self._runner is None or self._runner.store is None or not self._unwritten:
            return
        changed, self._unwritten = self._unwritten, {}
        self._runner.work(doors.keep_texts, self._runner.store, changed, owner=self, exclusive=True)

    def unwritten(self) -> dict[str, str]:
        """What the store does not know yet, for whoever closes it."""
        changed, self._unwritten = self._unwritten, {}
        return changed
