"""What survives a rebuilt frame and a lock: where the window was, and what was typed there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liaison.ui.places import Place, Trail

WINDOW = "window"
"""Under which the store keeps where the window was when it locked, or when somebody was typing."""


@dataclass(slots=True, kw_only=True)
class Kept:
    """The places visited, and what the present page wants back: ``page``, ``form``, ``in_place``, ``typing``."""

    trail: Trail = field(default_factory=Trail)
    typed: dict[str, Any] = field(default_factory=dict)
    on_wall: bool = False
    """Whether a page for a whole room is shown."""
    hid: bool = False
    """Whether that page hid people, so that leaving it shows them again."""

    def plain(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The present place with what was typed there; empty where the window is nowhere."""
        here = self.trail.here
        if here is None:
            return {}
        return {"page": here.page, "record": here.record, "values": dict(here.values), "typed": dict(typed)}

    def packed(self) -> str:
        """The present place and what was typed there, as text for the encrypted store."""
        plain = self.plain(self.typed)
        return json.dumps(plain, default=str, ensure_ascii=False) if plain else ""


def unpacked(text: str, *, anywhere: bool = True) -> Kept:
    """What :meth:`Kept.packed` gave; what cannot be read is left, since an older version may have written it.

    ``anywhere`` goes back to the place in any case; without it only where somebody was typing (a new start).
    """
    if not text:
        return Kept()
    try:
        plain = json.loads(text)
        place = Place(page=plain["page"], record=plain["record"], values=plain["values"])
        typed = dict(plain["typed"])
        typed["page"] = dict(typed["page"])
    except (ValueError, KeyError, TypeError):
        return Kept()
    if not anywhere and not (typed.get("typing") or typed.get("form")):
        return Kept()
    trail = Trail()
    trail.go(place)
    return Kept(trail=trail, typed=typed)
