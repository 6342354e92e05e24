"""What survives a rebuilt frame and a lock: where the window was, and what was typed there."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from liaison.ui.places import Place, Trail


@dataclass(slots=True, kw_only=True)
class Kept:
    """The places visited, and what the present page wants back."""

    trail: Trail = field(default_factory=Trail)
    typed: dict[str, object] = field(default_factory=dict)

    def packed(self) -> str:
        """The present place and what was typed there, as text for the encrypted store; empty if nothing was typed."""
        here = self.trail.here
        if here is None or not self.typed:
            return ""
        plain = {"page": here.page, "record": here.record, "values": dict(here.values), "typed": self.typed}
        return json.dumps(plain, default=str, ensure_ascii=False)


def unpacked(text: str) -> Kept:
    """What :meth:`Kept.packed` gave; what cannot be read is left, since an older version may have written it."""
    if not text:
        return Kept()
    try:
        plain = json.loads(text)
        place = Place(page=plain["page"], record=plain["record"], values=plain["values"])
        typed = dict(plain["typed"])
    except (ValueError, KeyError, TypeError):
        return Kept()
    trail = Trail()
    trail.go(place)
    return Kept(trail=trail, typed=typed)
